import GarbageCollection
import TestSupport
import Testing

/// Every collector under every barrier and schedule that it is sound with.
enum CollectorMatrix {
  static let setups: [Setup] = CollectorKind.allCases.flatMap { kind -> [Setup] in
    switch kind {
    case .markSweep, .markCompact, .generational: barriers(of: kind)
    case .copying:
      [
        Setup("copying, stop-the-world") {
          $0.collector = .copying
          $0.schedule = .stopTheWorld
          $0.heapLimitBytes = 8192
        },
        Setup("copying, baker, incremental") {
          $0.collector = .copying
          $0.barrier = .baker
          $0.heapLimitBytes = 8192
        },
      ]
    case .referenceCounting: counting
    }
  }

  /// Every barrier that is no mistake, and all schedules it is sound under.
  private static func barriers(of kind: CollectorKind) -> [Setup] {
    Barrier.allCases.filter { !$0.facts.isMistake }.flatMap { barrier in
      Schedule.allCases.filter { barrier != .none || $0 == .stopTheWorld }.map { schedule in
        Setup("\(kind.rawValue), \(barrier.rawValue), \(schedule.rawValue)") {
          $0.collector = kind
          $0.barrier = barrier
          $0.schedule = schedule
          $0.nurseryBytes = 64
          $0.promotionAge = barrier == .yuasa ? 1 : 2
        }
      }
    }
  }

  static let counting = [
    Setup("reference-counting, immediate") { $0.collector = .referenceCounting },
    Setup("reference-counting, no cycles searched for") {
      $0.collector = .referenceCounting
      $0.cycleDetection = .off
    },
    Setup("reference-counting, deferred") {
      $0.collector = .referenceCounting
      $0.counting = .deferred
    },
  ]
}

/// Random programs, judged after every action, under each of them.
struct CollectorMatrixTests {
  @Test(arguments: CollectorMatrix.setups)
  func `nothing is lost, and no garbage outlives two full cycles`(_ setup: Setup) {
    let result = Exploration(setup.settings, budget: Effort.actionCount)
    #expect(result.actionCount >= Effort.actionCount)
    #expect(result.fault == nil)
    #expect(result.conviction == nil)
    #expect(
      result.deathCount > Effort.actionCount / 100,
      "the programs made little garbage: little was tested")
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
