import TestSupport
import Testing

@testable import GarbageCollection

struct AllocatorModelTests {
  /// Mixes of objects: mostly tiny, those whose classes are 8 bytes apart, a few classes only,
  /// everything, mostly large ones.
  enum Mix: String, CaseIterable {
    case tiny, narrow, few, wide, large

    var limitPages: Int {
      switch self {
      case .tiny: 8
      case .narrow: 40
      case .few: 48
      case .wide, .large: 96
      }
    }

    func header(_ generator: inout SeededGenerator) -> ObjectHeader {
      func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
      switch self {
      case .tiny:
        return ObjectHeader(slotCount: random(0...3) / 3, payloadBytes: random(0...12))
      case .narrow:
        return ObjectHeader(slotCount: random(0...8), payloadBytes: random(8...88))
      case .few:
        let bytes = [24, 400, 3000, 9000].randomElement(using: &generator) ?? 24
        return ObjectHeader(slotCount: random(0...1), payloadBytes: bytes)
      case .wide:
        return ObjectHeader(
          slotCount: max(0, random(-2...3)), payloadBytes: 1 << random(0...14) + random(0...7))
      case .large:
        return ObjectHeader(slotCount: random(0...1), payloadBytes: random(8...200_000))
      }
    }
  }

  @Test(arguments: Mix.allCases, [1, 2] as [UInt64])
  func `the heap agrees with a plain model of it`(_ mix: Mix, _ seed: UInt64) throws {
    var walk = try HeapWalk(mix, seed: seed)
    walk.run(operationCount: Effort.scaled(13_000))
    #expect(walk.model.failures.isEmpty)
    #expect(walk.model.counts.refusals > 0, "the limit was never reached")
    let tiers = Tier.allCases.filter { walk.model.counts.tiers[$0] != nil }
    #expect(tiers.count >= (mix == .large ? 2 : 4), "only \(tiers) served")
  }

  @Test func `a heap emptied to the last object serves the largest request again`() throws {
    var generator = SeededGenerator(seed: 3)
    var model = try HeapModel(limitPages: 64)
    for _ in 0..<300 {
      model.allocate(Mix.wide.header(&generator), color: .white, by: .main)
    }
    while !model.live.isEmpty { model.free(at: model.live.count / 2, by: .main) }
    model.emptyCaches()
    #expect(model.heap.count(of: .spans) == 0)
    #expect(model.heap.allocatorReport().freeSpans.count == 1)
    let whole = ObjectHeader(slotCount: 0, payloadBytes: 64 * Page.bytes - 8)
    model.allocate(whole, color: .white, by: .main)
    #expect(model.live.map(\.header) == [whole])
    #expect(model.failures.isEmpty)
  }
}

/// A seeded sequence of operations on a model.
struct HeapWalk: ~Copyable {
  var model: HeapModel
  let mix: AllocatorModelTests.Mix
  private let phaseLength: Int
  private var generator: SeededGenerator

  init(
    _ mix: AllocatorModelTests.Mix, seed: UInt64, freedCells: Heap.FreedCells = .poisoned,
    phaseLength: Int = 700, faults: FaultPlan? = nil
  ) throws(HeapError) {
    self.mix = mix
    self.phaseLength = phaseLength
    generator = SeededGenerator(seed: seed)
    model = try HeapModel(limitPages: mix.limitPages, freedCells: freedCells, faults: faults)
  }

  mutating func run(operationCount: Int) {
    while model.operationCount < operationCount, model.failures.isEmpty {
      step()
      if model.operationCount.isMultiple(of: 64) { model.checkAll(&generator) }
    }
    model.checkAll(&generator)
  }

  private mutating func step() {
    let mutator = model.mutators.randomElement(using: &generator) ?? .main
    // Phases of growth and of decline, so that the heap is full and empty in turn.
    let isGrowing = model.operationCount / phaseLength % 3 < 2
    switch Int.random(in: 0..<1000, using: &generator) {
    case 0..<4:
      model.sweep(
        HeapModel.Sweep.allCases.randomElement(using: &generator) ?? .lazy,
        share: Int.random(in: 0...4, using: &generator), &generator)
    case 4..<12: model.sweepOneSpan()
    case 12..<16:
      if model.mutators.count < 3 { model.openCache() }
    case 16..<19:
      let index = Int.random(in: 0..<model.mutators.count, using: &generator)
      if index > 0 { model.closeCache(at: index) }
    case 19..<21: model.emptyCaches()
    case 21..<22:
      if model.freedCells != .sanitized { model.continueAsCopy() }
    case 22..<(isGrowing ? 700 : 300):
      let color = Color.allCases.randomElement(using: &generator) ?? .white
      model.allocate(mix.header(&generator), color: color, by: mutator)
    default:
      guard !model.live.isEmpty else { return model.emptyCaches() }
      model.free(at: Int.random(in: 0..<model.live.count, using: &generator), by: mutator)
    }
  }
}
