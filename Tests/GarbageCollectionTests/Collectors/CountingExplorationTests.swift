import GarbageCollection
import TestSupport
import Testing

/// Random programs whose references are counted, judged after every action.
struct CountingExplorationTests {
  static let setups = [
    Setup("immediate, trial deletion") { $0.collector = .referenceCounting },
    Setup("immediate, no cycles searched for") {
      $0.collector = .referenceCounting
      $0.cycleDetection = .off
    },
    Setup("deferred, trial deletion") {
      $0.collector = .referenceCounting
      $0.counting = .deferred
    },
  ]

  /// Nothing is lost, all counts are right; at the end nothing is left but, without a search for
  /// cycles, these.
  @Test(arguments: setups)
  func `counts are right after every action, and only cycles are left`(_ setup: Setup) {
    let budget = Effort.isLong ? 1_000_000 : 35_000
    let exploration = Exploration(setup.settings, budget: budget)
    #expect(exploration.actionCount >= budget)
    #expect(exploration.fault == nil)
    #expect(exploration.conviction == nil)
    #expect(exploration.deathCount > budget / 100)
  }

  @Test(arguments: setups)
  func `programs of several threads keep every count right`(_ setup: Setup) throws {
    for seed in 1...UInt64(Effort.scaled(5)) {
      var observed = try ObservedMachine(setup.settings)
      var program = RandomThreads(seed: seed, freesByHand: false)
      for step in 0..<400 {
        _ = program.advance(&observed)
        #expect(observed.firstFault() == nil, "seed \(seed), step \(step)")
        #expect(observed.judgement.dangling.isEmpty)
      }
    }
  }
}
