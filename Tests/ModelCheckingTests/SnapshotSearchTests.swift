import GarbageCollection
import Testing

@testable import ModelChecking

/// Collectors whose states are snapshots.
struct SnapshotSearchTests {
  private func check(
    _ bounds: Bounds = Bounds(), workers: Int = 1, _ change: (inout Settings) -> Void
  ) throws -> CheckReport {
    var settings = Settings()
    change(&settings)
    return try Check(
      settings: settings, bounds: bounds, limits: SearchLimits(workerCount: workers)
    ).run()
  }

  /// Marking decides who is lost, and it is the same as under mark-sweep.
  @Test(arguments: [Barrier.none, .dijkstra, .yuasa])
  func `mark-compact is safe or not just as mark-sweep is`(barrier: Barrier) throws {
    let compact = try check {
      $0.collector = .markCompact
      $0.barrier = barrier
    }
    let sweep = try check { $0.barrier = barrier }
    #expect(compact.finding == sweep.finding)
    #expect(compact.depth == sweep.depth)
    #expect(compact.story?.steps.count == sweep.story?.steps.count)
  }

  @Test func `the shortest loss under mark-compact is real`() throws {
    var settings = Settings()
    settings.collector = .markCompact
    let story = try #require(try Check(settings: settings, bounds: Bounds()).run().story)
    var observed = try ObservedMachine(settings)
    for action in story.actions { try observed.perform(action) }
    let lost = observed.chronicle.records.filter { $0.death?.wasReachable == true }
    #expect(lost.map(\.label) == story.lost.map(\.description))
    #expect(story.lines.last?.contains("compacts, and frees B") == true)
  }

  @Test(arguments: [2, 3])
  func `copying is safe with its read barrier and not without`(objects: Int) throws {
    let bounds = Bounds(objects: objects, registers: objects == 2 ? 2 : 1)
    let safe = try check(bounds, workers: 2) {
      $0.collector = .copying
      $0.barrier = .baker
    }
    #expect(safe.finding == .holds)
    #expect(safe.states > 20)
  }

  @Test func `the shortest loss under copying is real`() throws {
    var settings = Settings()
    settings.collector = .copying
    try expectRealLoss(settings, Bounds())
  }

  @Test func `the old are marked: without a barrier one is lost, with one none`() throws {
    var settings = Settings()
    settings.collector = .generational
    try expectRealLoss(settings, Bounds())
    settings.barrier = .dijkstra
    #expect(try Check(settings: settings, bounds: Bounds()).run().finding == .holds)
  }

  @Test func `what no store has remembered is lost when the young are collected`() throws {
    var settings = Settings()
    settings.collector = .generational
    settings.barrier = .dijkstra
    settings.promotionAge = 1
    settings.remembersStores = false
    let bounds = Bounds(objects: 2, registers: 2, allocates: true, cycles: .many)
    let steps = try expectRealLoss(settings, bounds)
    #expect(steps.last == .finish)
    #expect(steps.contains(.startMinor))
  }

  /// The shortest story loses what it says on a machine that has lived from the start.
  @discardableResult
  private func expectRealLoss(_ settings: Settings, _ bounds: Bounds) throws -> [Turn] {
    let story = try #require(try Check(settings: settings, bounds: bounds).run().story)
    var observed = try ObservedMachine(settings)
    for action in story.actions { try observed.perform(action) }
    let lost = observed.chronicle.records.filter { $0.death?.wasReachable == true }
    #expect(lost.count == story.lost.count && !lost.isEmpty)
    return story.steps.map(\.turn)
  }

  @Test(arguments: [CountingPolicy.immediate, .deferred], [CycleDetection.trialDeletion, .off])
  func `counting loses nothing, whoever searches`(
    counting: CountingPolicy, detection: CycleDetection
  ) throws {
    var bounds = Bounds()
    bounds.allocates = true
    bounds.cycles = .many
    let reports = try [1, 2].map { workers in
      try check(bounds, workers: workers) {
        $0.collector = .referenceCounting
        $0.counting = counting
        $0.cycleDetection = detection
      }
    }
    #expect(reports[0].finding == .holds)
    #expect(reports[0].states >= 90)
    #expect(reports[0] == reports[1])
  }

  @Test func `settings that mean nothing together are refused`() {
    var settings = Settings()
    settings.collector = .referenceCounting
    settings.barrier = .dijkstra
    let conflict = settings.firstConflict!
    #expect(throws: CheckError.conflict(conflict)) {
      try Check(settings: settings, bounds: Bounds())
    }
  }
}
