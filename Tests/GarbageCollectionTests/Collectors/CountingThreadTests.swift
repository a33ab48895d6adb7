import GarbageCollection
import TestSupport
import Testing

/// Random programs of several threads whose references are counted.
struct CountingThreadTests {
  @Test(arguments: CollectorMatrix.counting)
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
