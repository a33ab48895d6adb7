import Foundation
import GarbageCollection
import ModelChecking
import Testing

/// What the table says of barriers, asked of the checker.
struct BarrierFactsTests {
  /// Barriers that keep what they promise.
  static let sound = Barrier.allCases.filter { !$0.facts.isMistake && $0 != .none }

  private func finding(
    _ barrier: Barrier, _ bounds: Bounds = Bounds(), _ change: (inout Settings) -> Void = { _ in }
  ) throws -> CheckReport.Finding {
    var settings = Settings()
    settings.barrier = barrier
    change(&settings)
    return try Check(settings: settings, bounds: bounds, mergesHeaps: true).run().finding
  }

  @Test(arguments: sound)
  func `a barrier is sound as it needs to be used`(_ barrier: Barrier) throws {
    #expect(try finding(barrier) == .holds)
  }

  @Test(arguments: Barrier.allCases.filter { !sound.contains($0) })
  func `a mistake loses an object as it is meant to be used`(_ barrier: Barrier) throws {
    // The early version needs a second cycle, and three objects, to fail.
    let isEarly = barrier == .dijkstraEarly
    let bounds = isEarly ? Bounds(mutators: 2, cycles: .many) : Bounds()
    #expect(try finding(barrier, bounds) == .fails)
  }

  @Test(arguments: sound)
  func `births are sound in the colours it says, and in no other`(_ barrier: Barrier) throws {
    for color in Color.allCases {
      let found = try finding(barrier, Bounds(allocates: true)) { $0.birthColor = color }
      let isSound = barrier.facts.soundBirthColors.contains(color)
      #expect((found == .holds) == isSound, "\(barrier.rawValue), born \(color.word)")
    }
  }

  @Test(arguments: sound)
  func `stacks are needed when and as often as it says`(_ barrier: Barrier) throws {
    if barrier.facts.neededRoots == .rescan {
      #expect(try finding(barrier) { $0.chosenRoots = .once } == .fails)
    }
    if barrier.facts.neededStacks == .snapshot {
      // One thread's stack may be scanned by itself; with two threads it matters to some.
      let any = try finding(barrier) { $0.chosenStacks = .any }
      #expect(any == (barrier == .baker || barrier == .appel ? .holds : .fails))
    }
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["TRICOLOR_LONG"] == "1"), arguments: sound)
  func `scans slot by slot are sound where it says so`(_ barrier: Barrier) throws {
    for scan in ScanGranularity.allCases {
      let found = try finding(barrier, Bounds(slots: 2)) { $0.scan = scan }
      let isSound = barrier.facts.soundScans.contains(scan)
      #expect((found == .holds) == isSound, "\(barrier.rawValue), \(scan.rawValue)")
    }
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["TRICOLOR_LONG"] == "1"), arguments: sound)
  func `the invariant it keeps is never broken in the heap`(_ barrier: Barrier) throws {
    guard let invariant = barrier.facts.invariant else { return }
    var settings = Settings()
    settings.barrier = barrier
    let promise: Promise = invariant == .strong ? .strongInvariant : .weakInvariant
    let check = try Check(
      settings: settings, bounds: Bounds(objects: 3), promise: promise, mergesHeaps: true,
      limits: SearchLimits(workerCount: 2))
    #expect(check.run().finding == .holds)
  }
}
