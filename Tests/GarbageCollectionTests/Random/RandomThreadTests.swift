import TestSupport
import Testing

@testable import GarbageCollection

/// Random schedules of several threads that start, end, pass objects on and free some by hand.
struct RandomThreadTests {
  static let sound = [
    Setup("go") { $0.barrier = .go },
    Setup("go shade-first") {
      $0.barrier = .go
      $0.atomicity = .shadeFirst
    },
    Setup("hybrid") { $0.barrier = .hybrid },
    Setup("yuasa read-first") {
      $0.barrier = .yuasa
      $0.atomicity = .readFirst
    },
    Setup("dijkstra") { $0.barrier = .dijkstra },
    Setup("steele, store-first") {
      $0.barrier = .steele
      $0.atomicity = .storeFirst
    },
    Setup("boehm-dirty") { $0.barrier = .boehmDirty },
    Setup("lua-back, flag read early") {
      $0.barrier = .luaBack
      $0.flagCheck = .early
    },
    Setup("hybrid-any, buffered") {
      $0.barrier = .hybridAny
      $0.buffer = .on
    },
    Setup("dijkstra, sent bare, buffered") {
      $0.barrier = .dijkstra
      $0.send = .bare
      $0.buffer = .on
    },
    Setup("baker") { $0.barrier = .baker },
    Setup("baker-unconditional, buffered") {
      $0.barrier = .bakerUnconditional
      $0.buffer = .on
    },
    Setup("appel, slot-last") {
      $0.barrier = .appel
      $0.scan = .slotLast
    },
    Setup("go, swept lazily") {
      $0.barrier = .go
      $0.sweep = .lazy
    },
  ]

  private static let unsound = [
    Setup("none") { _ in },
    Setup("hybrid, no handshake, store-first, slot by slot") {
      $0.barrier = .hybrid
      $0.chosenHandshake = false
      $0.atomicity = .storeFirst
      $0.scan = .slotLast
    },
  ]

  private static let seeds = 1...UInt64(Effort.scaled(6))

  @Test(arguments: sound)
  func `a sound barrier loses nothing, however many threads there are`(_ setup: Setup) throws {
    for seed in Self.seeds {
      var threads = RandomThreads(seed: seed, freesByHand: false)
      var observed = try ObservedMachine(setup.settings)
      for step in 0..<300 {
        _ = threads.advance(&observed)
        try #require(observed.firstFault() == nil, "seed \(seed), step \(step)")
        let isLost = observed.chronicle.records.contains { $0.death?.fate == .lost }
        try #require(!isLost, "seed \(seed), step \(step)")
      }
    }
  }

  @Test(arguments: sound + unsound)
  func `the oracle agrees with the closure of a matrix over all stacks`(_ setup: Setup) throws {
    for seed in Self.seeds {
      var threads = RandomThreads(seed: seed, freesByHand: false)
      var observed = try ObservedMachine(setup.settings)
      for step in 0..<200 {
        _ = threads.advance(&observed)
        if observed.chronicle.records.contains(where: { $0.death?.wasReachable == true }) { break }
        let judge = MatrixJudge(observed.machine.snapshot, setup.settings)
        let objects = observed.machine.objects
        let judgement = observed.judgement
        try #require(
          judgement.reachable == Set(judge.reachable.map { objects[$0] }), "\(seed), \(step)")
        try #require(judgement.doomed == judge.doomed.map { objects[$0] }, "\(seed), \(step)")
      }
    }
  }

  @Test(arguments: sound + unsound)
  func `a run of threads that free by hand can be copied, restored and replayed`(
    _ setup: Setup
  ) throws {
    for seed in Self.seeds {
      var threads = RandomThreads(seed: seed, freesByHand: true)
      var observed = try ObservedMachine(setup.settings)
      var actions: [Action] = []
      var digests: [UInt64] = []
      for step in 0..<200 {
        if let action = threads.advance(&observed) {
          actions.append(action)
          digests.append(observed.digest)
        }
        try #require(observed.firstFault() == nil, "seed \(seed), step \(step)")
      }
      #expect(try observed.copy().digest == observed.digest)
      let snapshot = observed.machine.snapshot
      #expect(try Machine.restored(from: snapshot, setup.settings).snapshot == snapshot)

      var again = try ObservedMachine(setup.settings)
      for (action, digest) in zip(actions, digests) {
        try again.perform(action)
        try #require(again.digest == digest, "seed \(seed)")
      }
    }
  }
}
