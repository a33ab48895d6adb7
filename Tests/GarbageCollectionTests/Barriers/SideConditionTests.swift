import GarbageCollection
import TestSupport
import Testing

/// Barriers without one of the conditions they depend on; the numbers are those of the catalogue.
struct SideConditionTests {
  private static let t2 = MutatorID(1)

  /// x holds A, A.0 = B; a thread T2 with a frame; marking goes on, with both stacks scanned if asked.
  private func heap(
    scansStacks: Bool = true, _ change: (inout Settings) -> Void
  ) throws -> Laboratory {
    var lab = try Laboratory(change)
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.mutate(.startThread("T2"))
    try lab.mutate(.pushFrame("main"))
    try lab.perform(.mutate(.pushFrame("worker"), by: Self.t2))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.assign("y")
    try lab.store("A", 0, "B")
    while lab.observed.machine.pendingStore != nil { try lab.mutate(.resume) }
    guard scansStacks else { return lab }
    try lab.perform(.collect(.start))
    while lab.observed.machine.phase == .roots { try lab.step() }
    return lab
  }

  private static let sound: [Barrier] = [.yuasa, .go, .hybrid, .hybridAny, .baker, .appel]

  @Test(arguments: sound, UnguardedThreads.allCases)
  func `B8 one thread without the barrier is enough`(
    _ barrier: Barrier, _ unguarded: UnguardedThreads
  ) throws {
    var lab = try heap {
      $0.barrier = barrier
      $0.unguarded = unguarded
    }
    try lab.assign("y", "x", 0)
    try lab.put("x", 0, nil)
    try lab.finish()
    #expect(lab.fate("B") == (unguarded == .main ? .lost : .live))
  }

  @Test(arguments: BulkCopy.allCases, [Barrier.go, .yuasa, .hybrid])
  func `B20 a bare copy overwrites what the barrier should have seen`(
    _ policy: BulkCopy, _ barrier: Barrier
  ) throws {
    var lab = try heap {
      $0.barrier = barrier
      $0.bulkCopy = policy
    }
    try lab.assign("y", "x", 0)
    try lab.mutate(.copy(.object(lab.reference("C")), to: .place(lab.place("x"))))
    #expect(lab.color("B") == (policy == .bare ? .white : .grey))
    try lab.finish()
    #expect(lab.fate("B") == (policy == .bare ? .lost : .live))
  }

  @Test(arguments: SendPolicy.allCases, [Barrier.go, .hybrid, .hybridAny])
  func `B21 a reference sent from a grey stack to a black one is shaded or lost`(
    _ policy: SendPolicy, _ barrier: Barrier
  ) throws {
    var lab = try heap(scansStacks: false) {
      $0.barrier = barrier
      $0.send = policy
    }
    try lab.perform(.collect(.start))
    try lab.perform(.collect(.scanRoot(.stack(Self.t2))))
    try lab.mutate(.send("x", to: Self.t2, as: "w"))
    try lab.assign("x")
    try lab.finish()
    #expect(lab.fate("A") == (policy == .bare ? .lost : .live))
  }

  @Test(arguments: [true, false])
  func `B22 a flag read before the cycle begins needs the handshake`(_ handshake: Bool) throws {
    var lab = try heap(scansStacks: false) {
      $0.barrier = .yuasa
      $0.flagCheck = .early
      $0.chosenHandshake = handshake
    }
    try lab.put("x", 0, nil, staysHalfDone: true)
    #expect(lab.observed.chronicle.events.last == .yielded(line: 3, of: .store))
    if handshake {
      #expect(throws: MachineError.cannotScan(.storeIsHalfDone)) {
        try lab.perform(.collect(.start))
      }
      try lab.step()
      #expect(lab.observed.chronicle.events == [.waitedForSafepoint])
      #expect(lab.observed.machine.phase == .idle)
      return
    }
    try lab.perform(.collect(.start))
    try lab.perform(
      .mutate(.setVariable("w", .slot(0, of: .object(lab.reference("A")))), by: Self.t2))
    try lab.mutate(.resume)
    #expect(lab.observed.chronicle.events.contains(.ranLine(3, of: .store)))
    try lab.finish()
    #expect(lab.fate("B") == .lost)
  }

  @Test func `the flag counts as it was read`() throws {
    var lab = try heap {
      $0.barrier = .go
      $0.flagCheck = .early
    }
    try lab.put("x", 0, nil, staysHalfDone: true)
    #expect(lab.observed.machine.pendingStore?.wasMarking == true)
    try lab.mutate(.resume)
    #expect(lab.color("B") == .grey)
  }
}

// MARK: - Buffers

extension SideConditionTests {
  @Test(arguments: [BufferPolicy.on, .late])
  func `what stands in a buffer is shaded before marking ends, or never`(
    _ policy: BufferPolicy
  ) throws {
    var lab = try heap {
      $0.barrier = .yuasa
      $0.buffer = policy
    }
    try lab.assign("y", "x", 0)
    try lab.put("x", 0, nil)
    #expect(lab.color("B") == .white)
    #expect(lab.observed.machine.barrierBuffer(of: .main) == [lab.reference("B")])
    #expect(lab.fate("B") == (policy == .on ? .live : .doomed))
    try lab.finish()
    #expect(lab.fate("B") == (policy == .on ? .live : .lost))
    #expect(lab.observed.machine.barrierBuffer(of: .main) == [])
  }

  @Test func `a full buffer is emptied by its mutator`() throws {
    var lab = try Laboratory {
      $0.barrier = .yuasa
      $0.buffer = .late
    }
    let count = Machine.barrierBufferLimit
    try lab.allocate("A", slots: count)
    for slot in 0..<count {
      try lab.allocate("B\(slot)")
      try lab.store("A", slot, "B\(slot)")
    }
    try lab.root("g", "A")
    try lab.mutate(.pushFrame("main"))
    try lab.startAndScanStack()
    for slot in 0..<count {
      #expect(lab.observed.machine.barrierBuffer(of: .main).count == slot)
      try lab.store("A", slot, nil)
    }
    #expect(lab.observed.machine.barrierBuffer(of: .main) == [])
    #expect(lab.labels(.grey).filter { $0 != "A" } == (0..<count).map { "B\($0)" })
    #expect(lab.observed.chronicle.events.contains(.flushedBuffer(of: .main)))
  }

  @Test func `what is freed by hand is forgotten by buffers and dirty lists`() throws {
    var lab = try heap {
      $0.barrier = .yuasa
      $0.buffer = .on
    }
    try lab.put("x", 0, nil)
    #expect(lab.observed.machine.barrierBuffer(of: .main) == [lab.reference("B")])
    try lab.mutate(.free(.object(lab.reference("B"))))
    #expect(lab.observed.machine.barrierBuffer(of: .main) == [])
    try lab.finish()

    lab = try heap { $0.barrier = .boehmDirty }
    try lab.step()
    #expect(lab.color("A") == .black)
    try lab.put("x", 1, nil)
    #expect(lab.observed.machine.deferredObjects == [lab.reference("A")])
    #expect(throws: MachineError.cannotScan(.objectIsDeferred)) { try lab.scan("A") }
    try lab.mutate(.free(.object(lab.reference("A"))))
    #expect(lab.observed.machine.deferredObjects == [])
    try lab.finish()
    #expect(lab.fault == nil)
  }
}
