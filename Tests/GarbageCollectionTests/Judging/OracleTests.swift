import TestSupport
import Testing

@testable import GarbageCollection

struct OracleTests {
  /// Sound and unsound alike: the oracle has to be right about both.
  static let setups =
    Wrong.setups + [
      Setup("dijkstra slot-first") {
        $0.barrier = .dijkstra
        $0.scan = .slotFirst
      },
      Setup("yuasa slot-last, store-first") {
        $0.barrier = .yuasa
        $0.scan = .slotLast
        $0.atomicity = .storeFirst
      },
      Setup("yuasa store-first, white births") {
        $0.barrier = .yuasa
        $0.atomicity = .storeFirst
        $0.birthColor = .white
      },
      Setup("none slot-last") { $0.scan = .slotLast },
      Setup("none slot-first, rescan") {
        $0.scan = .slotFirst
        $0.chosenRoots = .rescan
      },
      Setup("none, swept lazily") { $0.sweep = .lazy },
      Setup("hybrid read-first") {
        $0.barrier = .hybrid
        $0.atomicity = .readFirst
      },
    ]

  /// Shows states up to the first loss: after it, a snapshot does not know what is gone.
  private func forEachSoundState(
    of setup: Setup, _ body: (borrowing ObservedMachine, String) throws -> Void
  ) throws {
    for seed in 1...UInt64(Effort.scaled(20)) {
      var hasLost = false
      try forEachState(of: setup, seed: seed) { observed in
        hasLost = hasLost || observed.chronicle.records.contains { $0.death?.wasReachable == true }
        if !hasLost { try body(observed, "seed \(seed), step \(observed.chronicle.step)") }
      }
    }
  }

  @Test func `what a lazy sweep has kept is not doomed`() throws {
    var lab = try Laboratory { $0.sweep = .lazy }
    try lab.allocate("A", slots: 1)
    try lab.allocate("B", slots: 9)
    try lab.root("a", "A")
    try lab.step(until: .sweeping)
    try lab.allocate("C", slots: 1)
    #expect(lab.phase == .sweeping)
    #expect(lab.color("A") == .white)
    #expect(lab.observed.judgement.doomed == [])
    #expect(lab.fault == nil)
  }

  @Test func `a tiny object is safe where its neighbour is`() throws {
    var lab = try Laboratory()
    try lab.allocate("A", slots: 2)
    try lab.allocate("B", slots: 1)
    try lab.allocate("D", slots: 0)
    try lab.allocate("E", slots: 0)
    try lab.root("a", "A")
    try lab.store("A", 0, "D")
    try lab.store("A", 1, "B")
    try lab.store("B", 0, "E")
    try lab.mutate(.pushFrame("main"))
    try lab.step(until: .marking)
    try lab.mutate(.setVariable("x", .slot(0, of: .object(lab.reference("B")))))
    try lab.store("B", 0, nil)
    #expect(lab.color("E") == .white)
    #expect(lab.observed.judgement.doomed == [])
    #expect(lab.observed.judgement.weak == .holds)
    try lab.step(until: .idle)
    #expect(lab.fate("E") == .live)
  }

  @Test(arguments: setups)
  func `the oracle agrees with the closure of a matrix`(_ setup: Setup) throws {
    try forEachSoundState(of: setup) { observed, when in
      let judge = MatrixJudge(observed.machine.snapshot, setup.settings)
      let judgement = observed.judgement
      // A store that nobody waited for may have written a pointer to garbage that was freed.
      if !setup.settings.handshake, !judgement.dangling.isEmpty { return }
      let objects = observed.machine.objects
      #expect(judgement.reachable == Set(judge.reachable.map { objects[$0] }), "\(when)")
      #expect(judgement.doomed == judge.doomed.map { objects[$0] }, "\(when)")
      #expect(judgement.strong == state(judge.firstStrongBreach, observed), "\(when)")
      #expect(judgement.weak == state(judge.firstWeakBreach, observed), "\(when)")
      #expect(judgement.dangling == [], "\(when)")
    }
  }

  private func state(
    _ breach: MatrixJudge.Edge?, _ observed: borrowing ObservedMachine
  ) -> InvariantState {
    guard observed.machine.phase.isMarking else { return .notInForce }
    let objects = observed.machine.objects
    return breach.map {
      .broken(Edge(place: $0.place.map { objects[$0] }, target: objects[$0.target]))
    } ?? .holds
  }

  @Test(arguments: setups)
  func `the doomed are exactly those that a collector left alone would lose`(
    _ setup: Setup
  ) throws {
    try forEachSoundState(of: setup) { observed, when in
      if observed.machine.phase == .idle { return }
      if observed.machine.pendingStore != nil, setup.settings.handshake { return }
      let doomed = observed.judgement.doomed.map { observed.chronicle.tenant(of: $0)! }
      let alive = observed.chronicle.ids.filter { observed.chronicle[$0].death == nil }
      var alone = try observed.copy()
      while alone.machine.phase != .idle { try alone.perform(.collect(.step)) }
      let lost = alive.filter { alone.chronicle[$0].death?.wasReachable == true }
      #expect(Set(lost) == Set(doomed), "\(when)")
    }
  }

  @Test(arguments: setups)
  func `paths are real and as short as can be`(_ setup: Setup) throws {
    try forEachSoundState(of: setup) { observed, when in
      guard observed.machine.phase.isMarking else { return }
      let snapshot = observed.machine.snapshot
      let judge = MatrixJudge(snapshot, setup.settings)
      let oracle = observed.chronicle.oracle
      let roots = judge.edges.filter { if case .slot = $0.place { false } else { true } }
      let greys = judge.edges.filter {
        if case .slot = $0.place { $0.isRead } else { false }
      }
      for (number, object) in observed.machine.objects.enumerated() {
        let fromRoot = oracle.pathFromRoot(to: object, in: observed.machine)
        let fromGrey = oracle.pathFromGrey(to: object, in: observed.machine)
        #expect(
          fromRoot?.count == distance(from: roots, to: number, snapshot) { _ in true }, "\(when)")
        #expect(
          fromGrey?.count
            == distance(from: greys, to: number, snapshot) { snapshot.objects[$0].color == .white },
          "\(when)")
        for path in [fromRoot, fromGrey] {
          guard let path else { continue }
          let held = path.map { observed.machine.value(at: $0) }
          #expect(held.last == object)
          #expect(path.dropFirst().map(\.owner) == held.dropLast())
        }
      }
    }
  }

  /// Places on a shortest way, by relaxing edges until nothing changes.
  private func distance(
    from starts: [MatrixJudge.Edge], to target: Int, _ snapshot: Snapshot,
    _ mayCross: (Int) -> Bool
  ) -> Int? {
    var distances = [Int?](repeating: nil, count: snapshot.objects.count)
    for start in starts { distances[start.target] = 1 }
    for _ in snapshot.objects {
      for (number, object) in snapshot.objects.enumerated() where mayCross(number) {
        guard let here = distances[number] else { continue }
        for case let next? in object.slots {
          distances[next] = min(distances[next] ?? .max, here + 1)
        }
      }
    }
    return distances[target]
  }

  @Test func `what hangs from a lost object is still reachable to the program`() throws {
    var lab = try Laboratory()
    for label in ["A", "C", "K", "L"] { try lab.allocate(label, slots: 2) }
    try lab.root("a", "A")
    try lab.store("C", 1, "K")
    try lab.store("K", 0, "L")
    try lab.step(until: .marking)
    try lab.step()
    try lab.store("A", 0, "C")
    try lab.step(until: .sweeping)
    #expect(lab.observed.judgement.doomed == ["C", "K", "L"].map { lab.reference($0) })
    try lab.step(2)
    #expect(lab.fate("C") == .lost)
    #expect(lab.observed.judgement.doomed == ["K", "L"].map { lab.reference($0) })
    #expect(lab.observed.judgement.reachable.contains(lab.reference("L")) == true)
    try lab.step(until: .idle)
    #expect(["K", "L"].map { label in lab.fate(label) } == [.lost, .lost])
    try lab.allocate("E")
    #expect(lab.reference("E") == lab.reference("C"))
    #expect(lab.fate("E") == .live)
    #expect(lab.observed.judgement.reachable.contains(lab.reference("K")) == false)
  }

  @Test func `what a lost object held is forgotten with the next tenant of its cell`() throws {
    var lab = try Laboratory()
    for label in ["A", "C", "K"] { try lab.allocate(label) }
    try lab.root("a", "A")
    try lab.store("C", 1, "K")
    try lab.step(until: .marking)
    try lab.step()
    try lab.store("A", 0, "C")
    try lab.step(until: .idle)
    #expect(lab.fate("C") == .lost)
    try lab.store("A", 0, nil)
    try lab.allocate("E")
    #expect(lab.reference("E") == lab.reference("C"))
    try lab.step(until: .idle)
    #expect(lab.fate("E") == .collected)
    try lab.root("e", "E")
    #expect(lab.observed.judgement.reachable == [lab.reference("A"), lab.reference("E")])
  }

  @Test func `a way from grey leads through white objects only`() throws {
    var lab = try Laboratory { $0.scan = .slotFirst }
    for label in ["A", "B", "C", "D", "E"] { try lab.allocate(label) }
    for label in ["A", "B"] { try lab.root(label, label) }
    for (slot, chain) in [(0, ["A", "B", "C"]), (1, ["A", "D", "E"])] {
      for (from, to) in zip(chain, chain.dropFirst()) { try lab.store(from, slot, to) }
    }
    try lab.step(until: .marking)
    try lab.perform(.collect(.scanObject(lab.reference("B"))))
    try lab.step(2)
    let way = { (label: String) in
      lab.observed.chronicle.oracle.pathFromGrey(to: lab.reference(label), in: lab.observed.machine)
    }
    #expect(lab.labels(.black) == ["B"])
    #expect(way("C") == nil)
    let expected = ["A", "D"].map { Location.slot(1, of: lab.reference($0)) }
    #expect(way("E") == expected)

    try lab.perform(.collect(.scanObject(lab.reference("A"))))
    try lab.step()
    #expect(lab.labels(.black) == ["A", "B"])
    #expect(way("B") == nil)
    #expect(way("E") == expected)
  }
}
