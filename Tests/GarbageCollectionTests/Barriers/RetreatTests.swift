import GarbageCollection
import TestSupport
import Testing

/// Barriers that turn black objects grey again, at once or for termination, and those of loads.
struct RetreatTests {
  /// x holds A, z holds P, P.0 = Q; A is black.
  private func heap(
    _ barrier: Barrier, _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Laboratory {
    var lab = try Laboratory {
      $0.barrier = barrier
      change(&$0)
    }
    for label in ["A", "P", "Q"] { try lab.allocate(label) }
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.mutate(.setVariable("z", .object(lab.reference("P"))))
    try lab.assign("y")
    try lab.store("P", 0, "Q")
    try lab.startAndScanStack()
    try lab.scan("A")
    return lab
  }

  @Test(arguments: [Barrier.steele, .boehm, .boehmDirty, .luaBack])
  func `a black source is grey again after a white value has been stored`(
    _ barrier: Barrier
  ) throws {
    var lab = try heap(barrier)
    try lab.assign("y", "z", 0)
    try lab.put("x", 0, "y")
    #expect(lab.color("A") == .grey)
    #expect(lab.color("Q") == .white)
    let isDirty = barrier == .boehmDirty || barrier == .luaBack
    #expect(lab.observed.machine.deferredObjects == (isDirty ? [lab.reference("A")] : []))
    #expect(lab.observed.machine.worklist.contains(lab.reference("A")) == !isDirty)
    #expect(
      lab.observed.chronicle.events.contains(.reverted(lab.id("A"), isDeferred: isDirty)))
    try lab.put("z", 0, nil)
    try lab.finish()
    #expect(lab.fate("Q") == .live)
    #expect(lab.fault == nil)
  }

  @Test(arguments: [Barrier.steele, .boehm, .boehmDirty, .luaBack])
  func `only some look at the colour of the value`(_ barrier: Barrier) throws {
    var lab = try heap(barrier)
    try lab.put("x", 0, nil)
    let looks = barrier == .steele || barrier == .luaBack
    #expect(lab.color("A") == (looks ? .black : .grey))
    try lab.finish()
    #expect(lab.fault == nil)
  }

  @Test func `dirty objects are scanned when the world has stopped`() throws {
    for roots in RootPolicy.allCases {
      var lab = try heap(.boehmDirty) { $0.chosenRoots = roots }
      try lab.put("x", 1, "x")
      try lab.step(until: .termination)
      #expect(lab.color("A") == .grey)
      #expect(lab.observed.machine.isWorldStopped == true)
      if roots == .rescan {
        try lab.step()
        #expect(
          lab.observed.chronicle.events.contains(.scannedRoot(.stack(.main), isRescan: true)))
      }
      try lab.step()
      #expect(lab.observed.chronicle.events == [.requeued(lab.id("A"))])
      try lab.step()
      #expect(lab.color("A") == .black)
      try lab.finish()
      #expect(lab.fate("A") == .live)
    }
  }

  @Test(arguments: [Barrier.steele, .boehmDirty])
  func `a scanned global that gets a white value is scanned again`(_ barrier: Barrier) throws {
    var lab = try heap(barrier)
    try lab.mutate(.setGlobal("g", .null))
    try lab.step()
    try lab.mutate(.setGlobal("g", .slot(0, of: .place(lab.place("z")))))
    try lab.put("z", 0, nil)
    try lab.finish()
    #expect(lab.fate("Q") == .live)
  }

  @Test func `a scan ends where its object is made grey again`() throws {
    var lab = try heap(.steele) { $0.scan = .slotFirst }
    #expect(lab.observed.machine.partialScan?.object == lab.reference("A"))
    try lab.assign("y", "z", 0)
    try lab.put("x", 1, "y")
    #expect(lab.observed.machine.partialScan == nil)
    #expect(lab.observed.machine.worklist.last == lab.reference("A"))
    #expect(lab.fault == nil)
  }
}

// MARK: - Loads

extension RetreatTests {
  @Test(arguments: [Barrier.baker, .bakerUnconditional, .appel])
  func `what is loaded from a grey object is not white`(_ barrier: Barrier) throws {
    var lab = try heap(barrier)
    #expect(lab.color("P") == .grey)
    try lab.assign("y", "z", 0)
    #expect(lab.color("Q") == .grey)
    #expect(lab.color("P") == (barrier == .appel ? .black : .grey))
    let cause = lab.observed.chronicle[lab.id("Q")].shading?.cause
    let place = Location.slot(0, of: lab.id("P"))
    switch barrier {
    case .baker: #expect(cause == .barrier(line: 3, of: .load, place: place))
    case .bakerUnconditional: #expect(cause == .barrier(line: 2, of: .load, place: place))
    default: #expect(cause == .scan(slot: 0, of: lab.id("P")))
    }
    try lab.put("z", 0, nil)
    #expect(lab.observed.chronicle.events.contains(.ranLine(1, of: .store)))
    try lab.finish()
    #expect(lab.fate("Q") == .live)
    #expect(lab.fault == nil)
  }

  @Test func `a load scans an object whole of which half is scanned`() throws {
    var lab = try heap(.appel) { $0.scan = .slotLast }
    while lab.observed.machine.partialScan != nil { try lab.step() }
    try lab.scan("P")
    #expect(lab.observed.machine.partialScan?.object == lab.reference("P"))
    try lab.assign("y", "z", 0)
    #expect(lab.color("P") == .black)
    #expect(lab.observed.machine.partialScan?.object == lab.reference("P"))
    try lab.finish()
    #expect(lab.fate("Q") == .live)
    #expect(lab.fault == nil)
  }

  @Test(arguments: [Barrier.baker, .appel])
  func `what is loaded through a global is guarded twice`(_ barrier: Barrier) throws {
    var lab = try Laboratory { $0.barrier = barrier }
    for label in ["A", "B"] { try lab.allocate(label) }
    try lab.root("g", "A")
    try lab.store("A", 0, "B")
    try lab.mutate(.pushFrame("main"))
    try lab.perform(.collect(.start))
    #expect(lab.color("A") == .white)
    try lab.mutate(.setVariable("x", .slot(0, of: .place(lab.place("g")))))
    #expect(lab.color("A") == (barrier == .appel ? .black : .grey))
    #expect(lab.color("B") == .grey)
    try lab.root("g", nil)
    try lab.finish()
    #expect(lab.fate("B") == .live)
  }
}

// MARK: - Copies and messages

extension RetreatTests {
  @Test func `a copy takes as many slots as both have, and refuses what is no more`() throws {
    var lab = try Laboratory()
    try lab.allocate("A", slots: 3)
    try lab.allocate("B", slots: 2)
    try lab.allocate("C", slots: 1)
    for slot in 0..<3 { try lab.store("A", slot, "C") }
    let (a, b) = (lab.reference("A"), lab.reference("B"))
    try lab.mutate(.copy(.object(a), to: .object(b)))
    #expect(
      lab.observed.chronicle.events.contains(.copied(lab.id("A"), to: lab.id("B"), slotCount: 2)))
    #expect(lab.observed.slots(of: lab.id("B")) == [.object(lab.id("C")), .object(lab.id("C"))])
    try lab.mutate(.free(.object(lab.reference("C"))))
    try lab.allocate("D", slots: 2)
    try lab.mutate(.copy(.object(b), to: .object(lab.reference("D"))))
    #expect(
      lab.observed.slots(of: lab.id("D")) == [.dangling(lab.id("C")), .dangling(lab.id("C"))])
    try lab.mutate(.free(.object(b)))
    #expect(throws: MachineError.danglingCopy) {
      try lab.mutate(.copy(.object(a), to: .object(b)))
    }
  }

  @Test func `a reference is sent from frame to frame only`() throws {
    var lab = try Laboratory()
    let t2 = MutatorID(1)
    try lab.allocate("A")
    #expect(throws: MachineError.noFrame) { try lab.mutate(.send("x", to: t2, as: "y")) }
    try lab.mutate(.pushFrame("f"))
    #expect(throws: MachineError.noVariable("x")) { try lab.mutate(.send("x", to: t2, as: "y")) }
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    #expect(throws: MachineError.noSuchThread) { try lab.mutate(.send("x", to: t2, as: "y")) }
    try lab.mutate(.startThread("T2"))
    #expect(throws: MachineError.noFrameThere("T2")) {
      try lab.mutate(.send("x", to: t2, as: "y"))
    }
    #expect(throws: MachineError.sendsToItself) { try lab.mutate(.send("x", to: .main, as: "y")) }
    try lab.perform(.mutate(.pushFrame("g"), by: t2))
    try lab.mutate(.send("x", to: t2, as: "y"))
    let place = try #require(lab.observed.machine.roots.variable(named: "y", of: t2))
    #expect(lab.observed.machine.value(at: place) == lab.reference("A"))
    try lab.mutate(.free(.object(lab.reference("A"))))
    try lab.mutate(.send("x", to: t2, as: "z"))
    let other = try #require(lab.observed.machine.roots.variable(named: "z", of: t2))
    #expect(lab.observed.content(of: other) == .dangling(lab.id("A")))
    try lab.mutate(.endThread(t2))
    #expect(throws: MachineError.threadHasEnded("T2")) {
      try lab.mutate(.send("x", to: t2, as: "y"))
    }
  }
}
