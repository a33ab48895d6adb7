import GarbageCollection
import TestSupport
import Testing

struct BakerTests {
  /// A refers to B, which refers to C; the stack's `a` holds A, and the flip is done.
  private func laboratory(_ barrier: Barrier, limit: Int = 1 << 16) throws -> Laboratory {
    var lab = try Laboratory {
      $0.collector = .copying
      $0.barrier = barrier
      $0.heapLimitBytes = limit
    }
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.store("A", 0, "B")
    try lab.store("B", 0, "C")
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("a", .object(lab.reference("A"))))
    try lab.step(until: .copying)
    return lab
  }

  private func load(_ variable: String, _ slot: Int, of base: String, _ lab: inout Laboratory)
    throws
  {
    try lab.mutate(.setVariable(variable, .slot(slot, of: .place(lab.place(base)))))
  }

  @Test func `a load copies what it finds, and sets the slot`() throws {
    var lab = try laboratory(.baker)
    try load("b", 0, of: "a", &lab)
    #expect(lab.color("B") == .grey)
    #expect(lab.observed.machine.value(at: lab.place("b")) == lab.reference("B"))
    #expect(lab.observed.machine.value(at: .slot(0, of: lab.reference("A"))) == lab.reference("B"))
    #expect(lab.observed.machine.heap.spaces[1].contains(lab.reference("B")))
  }

  @Test func `a load of what has been copied takes the copy`() throws {
    var lab = try laboratory(.baker)
    try load("b", 0, of: "a", &lab)
    let moves = lab.observed.machine.collector.work.movedObjects
    try load("b2", 0, of: "a", &lab)
    #expect(lab.observed.machine.collector.work.movedObjects == moves)
    #expect(lab.observed.machine.value(at: lab.place("b2")) == lab.reference("B"))
  }

  @Test func `objects are born black at the far end`() throws {
    var lab = try laboratory(.baker)
    try lab.allocate("N")
    let space = lab.observed.machine.heap.spaces[1]
    #expect(lab.color("N") == .black)
    #expect(lab.reference("N").offset == space.end - 16)
    try lab.root("n", "N")
    try lab.step(until: .idle)
    try lab.step(until: .idle)
    #expect(lab.fate("N") == .live)
    #expect(lab.fault == nil)
  }

  @Test func `births leave room for everything that may be copied`() throws {
    var lab = try laboratory(.baker, limit: 8192)
    #expect(throws: MachineError.self) {
      while true { try lab.allocate("o\(lab.observed.chronicle.records.count)") }
    }
    try lab.step(until: .idle)
    #expect(lab.fate("C") == .live)
    #expect(lab.observed.judgement.dangling.isEmpty)
    #expect(lab.fault == nil)
    #expect(lab.observed.machine.heap.spaces[1].freeBytes == 0)
  }

  @Test func `without a barrier the program gets a stale reference, and its store is lost`() throws
  {
    var lab = try laboratory(.none)
    try load("b", 0, of: "a", &lab)
    try lab.step()
    #expect(lab.observed.content(of: lab.place("b")) == .stale(ObjectID(1)))
    try lab.mutate(.store(slot: 0, of: .place(lab.place("b")), .null))
    let wrong = lab.observed.chronicle.events.contains { event in
      if case .usedDangling(_, .staleCopy) = event { true } else { false }
    }
    #expect(wrong)
    #expect(lab.observed.machine.value(at: .slot(0, of: lab.reference("B"))) != nil)
    try load("c", 0, of: "b", &lab)
    #expect(lab.observed.content(of: lab.place("c")) == .empty)
    try lab.step(until: .idle)
    #expect(lab.observed.content(of: lab.place("b")) == .dangling(ObjectID(1)))
    #expect(lab.fate("B") == .live)
    #expect(lab.observed.judgement.dangling.count == 1)
  }

  @Test func `without a barrier an object that only the program still holds is lost`() throws {
    var lab = try laboratory(.none)
    try load("b", 0, of: "a", &lab)
    try lab.mutate(.store(slot: 0, of: .place(lab.place("a")), .null))
    #expect(lab.observed.judgement.weak != .holds)
    #expect(lab.fate("B") == .doomed)
    #expect(lab.fate("C") == .doomed)
    try lab.step(until: .idle)
    #expect(lab.fate("B") == .lost)
    #expect(lab.fate("C") == .lost)
    #expect(lab.observed.content(of: lab.place("b")) == .dangling(ObjectID(1)))
  }

  @Test func `the barrier is the program that the screen shows`() {
    var settings = Settings()
    settings.collector = .copying
    settings.barrier = .baker
    #expect(
      BarrierProgram(.load, settings).lines == [
        "load(slot):", "  value = *slot", "  if value is in from-space:",
        "    *slot = value = copy(value)",
      ])
  }
}
