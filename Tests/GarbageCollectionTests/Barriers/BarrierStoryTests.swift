import GarbageCollection
import TestSupport
import Testing

/// The mutator of the stories: everything it holds is in variables of one frame.
extension Laboratory {
  /// `variable = nil`, `variable = other` or `variable = other.slot`.
  mutating func assign(_ variable: String, _ other: String? = nil, _ slot: Int? = nil) throws {
    let operand: Operand =
      switch (other, slot) {
      case (let other?, let slot?): .slot(slot, of: .place(place(other)))
      case (let other?, nil): .place(place(other))
      case (nil, _): .null
      }
    try mutate(.setVariable(variable, operand))
  }

  /// `variable.slot = other`, all of it in one go unless `staysHalfDone`.
  mutating func put(
    _ variable: String, _ slot: Int, _ other: String?, staysHalfDone: Bool = false
  ) throws {
    let operand: Operand = other.map { .place(place($0)) } ?? .null
    try mutate(.store(slot: slot, of: .place(place(variable)), operand))
    while !staysHalfDone, observed.machine.pendingStore != nil { try mutate(.resume) }
  }

  mutating func scan(_ label: String) throws {
    try perform(.collect(.scanObject(reference(label))))
  }

  /// Starts a cycle and scans the stack, unless starting has done so.
  mutating func startAndScanStack() throws {
    try perform(.collect(.start))
    if !observed.machine.roots.stacks[0].isScanned {
      try perform(.collect(.scanRoot(.stack(.main))))
    }
  }

  /// Runs the cycle to its end; a store that it waits for is resumed.
  mutating func finish() throws {
    repeat {
      try step()
      if observed.chronicle.events == [.waitedForSafepoint] { try mutate(.resume) }
    } while observed.machine.phase != .idle
  }
}

/// x holds A, z holds P; A.0 = B and P.0 = Q.
private func heap(_ change: (inout Settings) -> Void) throws -> Laboratory {
  var lab = try Laboratory(change)
  for label in ["A", "B", "P", "Q"] { try lab.allocate(label) }
  try lab.mutate(.pushFrame("main"))
  try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
  try lab.mutate(.setVariable("z", .object(lab.reference("P"))))
  try lab.assign("y")
  try lab.store("A", 0, "B")
  try lab.store("P", 0, "Q")
  return lab
}

/// Each error of the catalogue as its story, beside a sound collector that survives the same one.
struct BarrierStoryTests {
  // MARK: - What the mutator does

  /// B moves from a slot into a variable of a stack that was scanned.
  private func hidesInStack(_ change: (inout Settings) -> Void) throws -> Fate {
    var lab = try heap(change)
    try lab.startAndScanStack()
    try lab.assign("y", "x", 0)
    try lab.put("x", 0, nil)
    try lab.finish()
    #expect(lab.fault == nil)
    return lab.fate("B")
  }

  /// Q moves from P, still grey, into A, already black.
  private func hidesInBlack(_ change: (inout Settings) -> Void) throws -> Fate {
    var lab = try heap(change)
    try lab.startAndScanStack()
    try lab.scan("A")
    try lab.assign("y", "z", 0)
    try lab.put("x", 1, "y")
    try lab.put("z", 0, nil)
    try lab.assign("y")
    try lab.finish()
    #expect(lab.fault == nil)
    return lab.fate("Q")
  }

  /// Q moves from a stack not scanned yet into A, made black by way of the barrier or of a global.
  private func hidesFromGreyStack(_ change: (inout Settings) -> Void) throws -> Fate {
    var lab = try heap(change)
    try lab.assign("y", "z", 0)
    try lab.put("z", 0, nil)
    try lab.root("g", "A")
    try lab.perform(.collect(.start))
    try lab.perform(.collect(.scanRoot(.global(0))))
    try lab.scan("A")
    try lab.put("x", 1, "y")
    try lab.assign("y")
    try lab.finish()
    #expect(lab.fault == nil)
    return lab.fate("Q")
  }

  // MARK: - The catalogue

  @Test func `B1 no barrier loses what moves into a scanned stack`() throws {
    #expect(try hidesInStack { _ in } == .lost)
    #expect(try hidesInStack { $0.chosenStacks = .snapshot } == .lost)
    #expect(try hidesInStack { $0.chosenRoots = .rescan } == .live)
    for barrier in [Barrier.yuasa, .yuasaConditional, .hybrid, .go] {
      #expect(try hidesInStack { $0.barrier = barrier } == .live)
    }
  }

  @Test func `B2 rescanning stacks does not make up for a missing barrier`() throws {
    #expect(try hidesInBlack { $0.chosenRoots = .rescan } == .lost)
    for barrier in Barrier.allCases where barrier != .none {
      #expect(try hidesInBlack { $0.barrier = barrier } == .live)
    }
  }

  @Test func `B3 an insertion barrier needs the rescan, or a barrier on the stack`() throws {
    for barrier in [Barrier.dijkstra, .dijkstraConditional] {
      let once = { (settings: inout Settings) in
        settings.barrier = barrier
        settings.chosenRoots = .once
      }
      #expect(try hidesInStack(once) == .lost)
      #expect(try hidesInStack { $0.barrier = barrier } == .live)
      #expect(
        try hidesInStack {
          once(&$0)
          $0.stackBarrier = true
        } == .live)
    }
  }

  @Test func `B4 a deletion barrier needs stacks scanned before any object`() throws {
    #expect(
      try hidesFromGreyStack {
        $0.barrier = .yuasa
        $0.chosenStacks = .any
      } == .lost)
    #expect(try hidesFromGreyStack { $0.barrier = .yuasa } == .live)
    #expect(try hidesFromGreyStack { $0.barrier = .hybrid } == .live)
    #expect(try hidesFromGreyStack { $0.barrier = .go } == .live)
  }

  @Test(arguments: [Barrier.yuasa, .yuasaConditional, .hybrid, .go])
  func `B6 a black mutator must not bear white objects`(_ barrier: Barrier) throws {
    for (color, fate) in [(Color.white, Fate.lost), (.grey, .live), (.black, .live)] {
      var lab = try heap {
        $0.barrier = barrier
        $0.birthColor = color
      }
      try lab.startAndScanStack()
      try lab.allocate("N")
      try lab.mutate(.setVariable("y", .object(lab.reference("N"))))
      #expect(lab.fate("N") == (fate == .lost ? .doomed : .live))
      try lab.finish()
      #expect(lab.fate("N") == fate)
    }
  }

  @Test func `B7 stacks first and black births lose what moves into a newborn`() throws {
    for (color, policy, fate) in [
      (Color.black, StackPolicy.first, Fate.lost), (.grey, .first, .live),
      (.black, .snapshot, .live),
    ] {
      var lab = try heap {
        $0.barrier = .yuasa
        $0.chosenStacks = policy
        $0.birthColor = color
      }
      try lab.perform(.collect(.start))
      try lab.allocate("N")
      try lab.mutate(.setVariable("y", .object(lab.reference("N"))))
      try lab.put("y", 0, "x")
      try lab.assign("x")
      try lab.finish()
      #expect(lab.fate("A") == fate)
    }
  }

  @Test(arguments: [Barrier.yuasa, .go])
  func `B9 shading after the store needs the handshake`(_ barrier: Barrier) throws {
    for (handshake, fate) in [(false, Fate.lost), (true, .live)] {
      var lab = try heap {
        $0.barrier = barrier
        $0.atomicity = .storeFirst
        $0.chosenHandshake = handshake
      }
      try lab.startAndScanStack()
      try lab.assign("y", "x", 0)
      try lab.put("x", 0, nil, staysHalfDone: true)
      #expect(lab.fate("B") == (handshake ? .live : .doomed))
      try lab.finish()
      #expect(lab.fate("B") == fate)
    }
  }

  @Test func `B10 a deletion barrier that looks at its source must do so before the store`() throws
  {
    for (atomicity, fate) in [
      (Atomicity.storeFirst, Fate.lost), (.shadeFirst, .live), (.readFirst, .live),
    ] {
      var lab = try heap {
        $0.barrier = .yuasaConditional
        $0.atomicity = atomicity
      }
      try lab.startAndScanStack()
      try lab.assign("y", "x", 0)
      try lab.put("x", 0, nil, staysHalfDone: true)
      try lab.scan("A")
      try lab.finish()
      #expect(lab.fate("B") == fate)
    }
  }

  @Test func `B11 an insertion barrier that looks at its source must do so after the store`() throws
  {
    for (barrier, atomicity, fate) in [
      (Barrier.dijkstraConditional, Atomicity.shadeFirst, Fate.lost),
      (.dijkstraConditional, .readFirst, .lost), (.dijkstraConditional, .storeFirst, .live),
      (.dijkstra, .shadeFirst, .live),
    ] {
      var lab = try heap {
        $0.barrier = barrier
        $0.atomicity = atomicity
      }
      try lab.startAndScanStack()
      try lab.assign("y", "z", 0)
      try lab.put("x", 1, "y", staysHalfDone: true)
      if atomicity == .readFirst { try lab.mutate(.resume) }
      try lab.scan("A")
      while lab.observed.machine.pendingStore != nil { try lab.mutate(.resume) }
      try lab.put("z", 0, nil)
      try lab.assign("y")
      try lab.finish()
      #expect(lab.fate("Q") == fate)
    }
  }

  @Test func `B13 blackening last, a test for a black source comes too late`() throws {
    for (barrier, scan, fate) in [
      (Barrier.dijkstraConditional, ScanGranularity.slotLast, Fate.lost),
      (.dijkstraConditional, .slotFirst, .live), (.dijkstra, .slotLast, .live),
    ] {
      var lab = try heap {
        $0.barrier = barrier
        $0.scan = scan
      }
      try lab.startAndScanStack()
      try lab.scan("A")
      try lab.step()
      try lab.assign("y", "z", 0)
      try lab.put("x", 0, "y")
      try lab.put("z", 0, nil)
      try lab.assign("y")
      #expect(lab.fate("Q") == (fate == .lost ? .doomed : .live))
      try lab.finish()
      #expect(lab.fate("Q") == fate)
    }
  }

  @Test func `B14 blackening first, a test for a black source comes too early`() throws {
    for (barrier, scan, fate) in [
      (Barrier.yuasaConditional, ScanGranularity.slotFirst, Fate.lost),
      (.yuasaConditional, .slotLast, .live), (.yuasa, .slotFirst, .live),
    ] {
      var lab = try heap {
        $0.barrier = barrier
        $0.scan = scan
      }
      try lab.startAndScanStack()
      try lab.perform(.collect(.scanObject(lab.reference("A"))))
      if scan == .slotLast {
        try lab.step()
        #expect(lab.color("B") == .grey)
      }
      try lab.assign("y", "x", 0)
      try lab.put("x", 0, nil)
      try lab.finish()
      #expect(lab.fate("B") == fate)
    }
  }

  @Test func `B18 a deletion barrier must not skip stores of nil`() throws {
    for barrier in [Barrier.yuasa, .yuasaConditional, .hybrid, .go] {
      #expect(
        try hidesInStack {
          $0.barrier = barrier
          $0.elision = .newNil
        } == .lost)
    }
    #expect(
      try hidesInStack {
        $0.barrier = .dijkstra
        $0.elision = .newNil
      } == .live)
  }

  @Test func `B19 an insertion barrier must not skip stores over nil`() throws {
    for barrier in [Barrier.hybrid, .go] {
      #expect(
        try hidesFromGreyStack {
          $0.barrier = barrier
          $0.elision = .oldNil
        } == .lost)
    }
    #expect(
      try hidesInBlack {
        $0.barrier = .dijkstra
        $0.elision = .oldNil
      } == .lost)
    #expect(
      try hidesInBlack {
        $0.barrier = .yuasa
        $0.elision = .oldNil
      } == .live)
  }

  // MARK: - What the barrier acts on

  @Test func `a global is guarded like a slot`() throws {
    for (barrier, fate) in [(Barrier.none, Fate.lost), (.dijkstra, .live), (.go, .live)] {
      var lab = try heap { $0.barrier = barrier }
      try lab.root("g", nil)
      try lab.startAndScanStack()
      try lab.perform(.collect(.scanRoot(.global(0))))
      try lab.mutate(.setGlobal("g", .slot(0, of: .place(lab.place("z")))))
      try lab.put("z", 0, nil)
      try lab.finish()
      #expect(lab.fate("Q") == fate)
    }
  }

  @Test func `variables are guarded only where the stack barrier is on`() throws {
    for isOn in [false, true] {
      var lab = try heap {
        $0.barrier = .dijkstra
        $0.stackBarrier = isOn
      }
      try lab.startAndScanStack()
      try lab.assign("y", "z", 0)
      #expect(lab.color("Q") == (isOn ? .grey : .white))
      #expect(lab.observed.chronicle.events.contains(.ranLine(1, of: .store)) == isOn)
    }
  }

  @Test(arguments: Barrier.allCases, Atomicity.allCases)
  func `outside marking a store is a store`(_ barrier: Barrier, _ atomicity: Atomicity) throws {
    var lab = try heap {
      $0.barrier = barrier
      $0.atomicity = atomicity
    }
    try lab.put("x", 1, "z", staysHalfDone: true)
    #expect(lab.observed.machine.pendingStore == nil)
    #expect(lab.observed.chronicle.events.count == 1)
    #expect(lab.observed.slots(of: lab.id("A"))[1] == .object(lab.id("P")))
  }
}
