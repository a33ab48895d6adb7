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
