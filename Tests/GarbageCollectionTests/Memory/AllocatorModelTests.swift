import TestSupport
import Testing

@testable import GarbageCollection

struct AllocatorModelTests {
  /// Mixes of sizes: many small ones, a few classes only, everything, mostly large ones.
  enum Mix: String, CaseIterable {
    case tiny, few, wide, large

    func byteCount(_ generator: inout SeededGenerator) -> Int {
      switch self {
      case .tiny: Int.random(in: 8...64, using: &generator)
      case .few: [24, 400, 3000, 9000].randomElement(using: &generator) ?? 24
      case .wide:
        8 << Int.random(in: 0...14, using: &generator)
          + Int.random(in: 0...7, using: &generator)
      case .large: Int.random(in: 8...200_000, using: &generator)
      }
    }
  }

  @Test(arguments: Mix.allCases, [1, 2] as [UInt64])
  func `the heap agrees with a plain model of it`(_ mix: Mix, _ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var model = try HeapModel(limitPages: mix == .tiny ? 3 : mix == .few ? 30 : 90)
    for round in 0..<Effort.scaled(500) {
      // Phases of growth and of decline, so that the heap is full and empty in turn.
      let isGrowing = round / 60 % 3 < 2
      let births = Int.random(in: 0..<10, using: &generator) < (isGrowing ? 8 : 2)
      if births || model.live.isEmpty {
        let color = Color.allCases.randomElement(using: &generator) ?? .white
        for _ in 0..<(mix == .tiny ? 4 : 1) {
          model.allocate(byteCount: mix.byteCount(&generator), color: color)
        }
      } else {
        for _ in 0..<(mix == .tiny ? 4 : 1) where !model.live.isEmpty {
          model.free(at: Int.random(in: 0..<model.live.count, using: &generator))
        }
      }
      if round.isMultiple(of: 16) { model.checkAll(&generator) }
    }
    #expect(model.failures.prefix(5).isEmpty)
    #expect(model.limitErrorCount > 0, "the limit was never reached")
    let tiers = Tier.allCases.filter { model.tiersSeen[$0] != nil }
    #expect(tiers.count >= (mix == .tiny ? 3 : 4) || mix == .large, "only \(tiers) served")
  }

  @Test func `a heap emptied to the last object serves the largest request again`() throws {
    var generator = SeededGenerator(seed: 3)
    var model = try HeapModel(limitPages: 64)
    for _ in 0..<300 { model.allocate(byteCount: Mix.wide.byteCount(&generator), color: .white) }
    while !model.live.isEmpty { model.free(at: model.live.count / 2) }
    let cached = model.heap.spanSummaries().filter { $0.holder == .threadCache }
    #expect(cached.allSatisfy { $0.usedCellCount == 0 })
    #expect(model.heap.spanSummaries().allSatisfy { $0.holder != .centralList })
    #expect(model.failures.isEmpty)
  }
}
