import GarbageCollection
import TestSupport
import Testing

/// Random programs, judged after every action, under collectors that move objects.
struct MovingSoundnessTests {
  private static let copying = [
    Setup("copying, stop-the-world") {
      $0.collector = .copying
      $0.schedule = .stopTheWorld
      $0.heapLimitBytes = 8192
    },
    Setup("copying, baker") {
      $0.collector = .copying
      $0.barrier = .baker
      $0.heapLimitBytes = 8192
    },
  ]

  /// Every barrier that is no mistake, and all schedules it is sound under.
  private static let generational: [Setup] = Barrier.allCases.filter { !$0.facts.isMistake }.flatMap
  {
    barrier in
    Schedule.allCases.filter { barrier != .none || $0 == .stopTheWorld }.map { schedule in
      Setup("generational, \(barrier.rawValue), \(schedule.rawValue)") {
        $0.collector = .generational
        $0.barrier = barrier
        $0.schedule = schedule
        $0.nurseryBytes = 64
        $0.promotionAge = barrier == .yuasa ? 1 : 2
      }
    }
  }

  /// Every barrier that is no mistake, and all schedules it is sound under.
  private static let compacting: [Setup] = Barrier.allCases.filter { !$0.facts.isMistake }.flatMap {
    barrier in
    Schedule.allCases.filter { barrier != .none || $0 == .stopTheWorld }.map { schedule in
      Setup("mark-compact, \(barrier.rawValue), \(schedule.rawValue)") {
        $0.collector = .markCompact
        $0.barrier = barrier
        $0.schedule = schedule
      }
    }
  }

  @Test(arguments: compacting)
  func `compaction loses nothing and leaves no garbage`(_ setup: Setup) {
    expectSound(setup, budget: 100_000 / Self.compacting.count)
  }

  @Test(arguments: copying)
  func `copying loses nothing and leaves no garbage`(_ setup: Setup) {
    expectSound(setup, budget: 12_000)
  }

  @Test(arguments: generational)
  func `old and young apart, nothing is lost and no garbage stays`(_ setup: Setup) {
    expectSound(setup, budget: 2600)
  }

  private func expectSound(_ setup: Setup, budget: Int) {
    let result = Exploration(setup.settings, budget: Effort.isLong ? budget * 10 : budget)
    #expect(result.fault == nil)
    #expect(result.conviction == nil)
    #expect(result.deathCount > 0, "the programs made no garbage: nothing was tested")
  }

  @Test(arguments: [
    Setup("copying without a read barrier") { $0.collector = .copying },
    Setup("mark-compact without a barrier") { $0.collector = .markCompact },
    Setup("generational without a remembered set") {
      $0.collector = .generational
      $0.barrier = .go
      $0.nurseryBytes = 64
      $0.remembersStores = false
    },
    Setup("generational without a barrier") {
      $0.collector = .generational
      $0.nurseryBytes = 64
    },
  ])
  func `the same programs convict the mistakes`(_ setup: Setup) {
    let result = Exploration(setup.settings, budget: 20_000)
    #expect(result.fault == nil)
    #expect(result.conviction != nil)
  }
}
