import GarbageCollection
import TestSupport
import Testing

/// What compaction promises of addresses, and what is told of losses while objects slide.
struct CompactionTests {
  private func laboratory(
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Laboratory {
    try Laboratory {
      $0.collector = .markCompact
      $0.heapLimitBytes = 1 << 17
      change(&$0)
    }
  }

  @Test func `the order of addresses stays, one block is left, and births move a pointer`() throws {
    var lab = try laboratory()
    let kept = (0..<40).filter { $0 % 3 == 1 }
    for number in 0..<40 { try lab.allocate("o\(number)", slots: 1 + number % 5) }
    for number in kept { try lab.root("g\(number)", "o\(number)") }
    let before = kept.map { "o\($0)" }.sorted {
      lab.reference($0).offset < lab.reference($1).offset
    }
    try lab.step(until: .idle)
    let after = before.sorted { lab.reference($0).offset < lab.reference($1).offset }
    #expect(after == before)

    let space = lab.observed.machine.heap.spaces[0]
    var next = space.start
    for object in lab.observed.machine.objects {
      #expect(object.offset == next)
      next += lab.byteCount(of: object)
    }
    #expect(space.free == next)
    for number in 0..<3 {
      try lab.allocate("n\(number)", slots: 2)
      #expect(lab.reference("n\(number)").offset == next)
      next += lab.byteCount(of: lab.reference("n\(number)"))
    }
    #expect(lab.fault == nil)
  }

  /// In one action the lost object's cell goes to its neighbour, so addresses tell nothing any more.
  @Test(arguments: [false, true])
  func `a loss is told alike whether compaction takes one action or many`(inOne: Bool) throws {
    var lab = try laboratory()
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.root("a", "A")
    try lab.root("c", "C")
    try lab.step(until: .marking)
    while !lab.observed.machine.worklist.isEmpty { try lab.step() }
    try lab.store("A", 0, "B")
    if inOne {
      try lab.perform(.collect(.work(.max)))
    } else {
      try lab.step(until: .idle)
    }
    #expect(lab.fate("B") == .lost)
    #expect(lab.fate("C") == .live)
    let a = lab.reference("A")
    let c = lab.observed.chronicle.object(labelled: "C")!
    let b = lab.observed.chronicle.object(labelled: "B")!
    #expect(lab.observed.content(of: lab.place("c")) == .object(c))
    #expect(lab.observed.content(of: .slot(0, of: a)) == .dangling(b))
    #expect(lab.observed.chronicle.dangling.count == 1)
  }

  @Test func `a raw address is restored as what it is in every step of compaction`() throws {
    var lab = try laboratory { $0.schedule = .stopTheWorld }
    try lab.mutate(.pushFrame("f"))
    for label in ["D", "A", "E", "B"] { try lab.allocate(label) }
    for (name, label) in [("a", "A"), ("b", "B")] {
      let object = lab.reference(label)
      try lab.mutate(.setVariable(name, .object(object)))
      try lab.mutate(.setRaw("raw\(name)", .object(object)))
    }
    try lab.store("A", 0, "B")
    var phases: Set<Phase> = []
    repeat {
      try lab.step()
      phases.insert(lab.observed.machine.phase)
      let snapshot = lab.observed.machine.snapshot
      let restored = try Machine.restored(from: snapshot, lab.observed.machine.settings)
      #expect(restored.snapshot == snapshot, "\(snapshot.phase)")
    } while lab.observed.machine.phase != .idle
    #expect(phases.isSuperset(of: [.forwarding, .updating, .moving]))
    #expect(lab.observed.chronicle[ObjectID(1)].moveCount == 1)
  }

  @Test(arguments: [Barrier.go, .dijkstra, .yuasa, .boehmDirty])
  func `with several threads nothing is lost, and runs repeat`(_ barrier: Barrier) throws {
    var settings = Settings()
    settings.collector = .markCompact
    settings.barrier = barrier
    settings.heapLimitBytes = 1 << 17
    var moveCount = 0
    for seed in 1...UInt64(Effort.scaled(6)) {
      var threads = RandomThreads(seed: seed, freesByHand: false)
      var observed = try ObservedMachine(settings)
      var actions: [Action] = []
      var digests: [UInt64] = []
      for step in 0..<300 {
        if let action = threads.advance(&observed) {
          actions.append(action)
          digests.append(observed.digest)
        }
        try #require(observed.firstFault() == nil, "seed \(seed), step \(step)")
        let isLost = observed.chronicle.records.contains { $0.death?.fate == .lost }
        try #require(!isLost, "seed \(seed), step \(step)")
      }
      moveCount += observed.chronicle.records.reduce(0) { $0 + $1.moveCount }
      #expect(try observed.copy().digest == observed.digest)
      var again = try ObservedMachine(settings)
      for (action, digest) in zip(actions, digests) {
        try again.perform(action)
        try #require(again.digest == digest, "seed \(seed)")
      }
    }
    #expect(moveCount > 0)
  }
}

extension Laboratory {
  /// Bytes from an object of this heap to the next: header and place, slots of four bytes.
  fileprivate func byteCount(of object: Reference) -> Int {
    (16 + observed.machine.heap.slotCount(of: object) * 4 + 15) & ~15
  }
}
