import GarbageCollection
import TestSupport
import Testing

struct BirthTests {
  @Test(arguments: Color.allCases)
  func `objects get the birth colour while marking and are white otherwise`(
    _ color: Color
  ) throws {
    var lab = try bookHeap {
      $0.birthColor = color
      $0.barrier = .dijkstra
    }
    try lab.allocate("idle")
    #expect(lab.color("idle") == .white)
    try lab.perform(.collect(.start))
    try lab.allocate("roots")
    #expect(lab.color("roots") == color)
    try lab.step(until: .marking)
    try lab.allocate("marking")
    #expect(lab.color("marking") == color)
    #expect(lab.observed.worklist.contains(lab.id("marking")) == (color == .grey))
    for label in ["roots", "marking"] { try lab.root(label, label) }
    try lab.step(until: .idle)
    for label in ["roots", "marking"] { #expect(lab.fate(label) == .live) }
    #expect(lab.fate("idle") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `a birth during the sweep survives it on either side of the cursor`() throws {
    var lab = try Laboratory()
    for label in ["A", "B", "C", "D"] { try lab.allocate(label) }
    try lab.root("b", "B")
    try lab.root("d", "D")
    try lab.step(until: .sweeping)
    try lab.step(2)
    #expect(lab.fate("A") == .collected)
    try lab.allocate("behind")
    #expect(lab.reference("behind") == lab.reference("A"))
    #expect(lab.color("behind") == .white)
    try lab.allocate("ahead")
    #expect(lab.reference("ahead") > lab.reference("D"))
    #expect(lab.color("ahead") == .black)
    try lab.step(until: .idle)
    for label in ["behind", "ahead", "B", "D"] { #expect(lab.color(label) == .white) }
    #expect(lab.fate("C") == .collected)

    try lab.step(until: .idle)
    for label in ["behind", "ahead"] { #expect(lab.fate(label) == .collected) }
    #expect(lab.fault == nil)
  }

  @Test func `a birth in the very cell that the sweep looks at next survives`() throws {
    var lab = try Laboratory()
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    for label in ["A", "C"] { try lab.root(label, label) }
    try lab.step(until: .idle)
    try lab.step(until: .sweeping)
    try lab.step()
    try lab.allocate("N")
    #expect(lab.reference("N") == lab.reference("B"))
    #expect(lab.reference("N").offset == lab.observed.machine.collector.sweepOffset)
    #expect(lab.color("N") == .black)
    try lab.step()
    #expect(lab.color("N") == .white)
  }

  @Test func `memory swept already counts as behind, however it is cut anew`() throws {
    var lab = try Laboratory()
    try lab.allocate("large", slots: 9000)
    try lab.allocate("last")
    try lab.root("g", "last")
    try lab.step(until: .sweeping)
    try lab.step()
    for (label, slots) in [("one", 20), ("two", 40), ("three", 5)] {
      try lab.allocate(label, slots: slots)
      #expect(lab.reference(label) < lab.reference("last"))
      #expect(lab.color(label) == .white)
    }
    try lab.step()
    #expect(lab.phase == .idle)
  }

  @Test(arguments: Barrier.allCases.filter { $0 != .dijkstraEarly })
  func `a global born in the middle of a cycle counts as scanned`(_ barrier: Barrier) throws {
    var lab = try bookHeap { $0.barrier = barrier }
    #expect(lab.observed.machine.roots.globals[0].isScanned == false)
    try lab.step(until: .marking)
    try lab.mutate(.setGlobal("late", .null))
    let late = try #require(lab.observed.machine.roots.globalIndex(named: "late"))
    // Some make it grey again for the nil that is stored in it.
    let isGreyAgain = barrier == .boehm || barrier == .boehmDirty
    #expect(lab.observed.machine.roots.globals[late].isScanned == !isGreyAgain)
    #expect(lab.phase == .marking)

    try lab.mutate(.setGlobal("late", .slot(0, of: .object(lab.reference("F")))))
    let shading: [Barrier] = [
      .dijkstra, .dijkstraConditional, .go, .hybridInverted, .luaForward, .baker,
      .bakerUnconditional, .appel,
    ]
    let isShaded = shading.contains(barrier)
    #expect(lab.color("G") == (isShaded ? .grey : .white))
    try lab.step(until: .sweeping)
    try lab.mutate(.setGlobal("later", .null))
    let later = try #require(lab.observed.machine.roots.globalIndex(named: "later"))
    #expect(lab.observed.machine.roots.globals[later].isScanned == false)
    try lab.step(until: .idle)
    #expect(lab.fate("G") == .live)
  }

  @Test func `a global born before the stack is scanned is scanned after it`() throws {
    var lab = try Laboratory {
      $0.barrier = .yuasa
      $0.chosenStacks = .first
      $0.birthColor = .grey
    }
    try lab.allocate("A")
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.perform(.collect(.start))
    try lab.mutate(.setGlobal("g", .place(lab.place("x"))))
    try lab.mutate(.setVariable("x", .null))
    #expect(lab.fate("A") == .live)
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .live)
  }

  @Test func `a full heap refuses a birth in any phase and the cycle goes on`() throws {
    var lab = try Laboratory { $0.heapLimitBytes = Page.bytes * 4 }
    try lab.allocate("A", slots: 2000)
    try lab.root("a", "A")
    try lab.allocate("B", slots: 2000)
    try lab.allocate("C", slots: 2000)
    try lab.allocate("D", slots: 2000)
    var phases: Set<Phase> = []
    while lab.fate("B") != .collected {
      phases.insert(lab.phase)
      let digest = lab.observed.digest
      #expect(throws: MachineError.self) { try lab.allocate("E", slots: 2000) }
      #expect(lab.observed.digest == digest)
      try lab.step()
    }
    #expect(phases == [.idle, .roots, .marking, .sweeping])
    try lab.allocate("E", slots: 2000)
    #expect(lab.reference("E") == lab.reference("B"))
    try lab.step(until: .idle)
    #expect(lab.fate("E") == .garbage)
    #expect(lab.fault == nil)
  }

  @Test func `a birth refused while a lazy sweep is under way has swept nothing`() throws {
    var lab = try Laboratory {
      $0.heapLimitBytes = Page.bytes * 2
      $0.sweep = .lazy
    }
    try lab.allocate("A")
    try lab.root("a", "A")
    try lab.allocate("B")
    try lab.allocate("C", slots: 500)
    try lab.step(until: .sweeping)
    let digest = lab.observed.digest
    #expect(throws: MachineError.self) { try lab.allocate("E", slots: 4000) }
    #expect(lab.observed.digest == digest)
    #expect(lab.fate("B") == .garbage)
    try lab.step(until: .idle)
    #expect(lab.fate("B") == .collected)
    #expect(lab.fate("C") == .collected)
    #expect(lab.fault == nil)
  }
}
