import TestSupport
import Testing

@testable import GarbageCollection

/// A→B→C→K; no barrier lets A.1 hide C while B's slot is cleared, so C and K are lost.
///
/// A.1 is left as the only pointer to C. Labels in `order` get their cells in that order.
private func lostHeap(
  order: [String] = ["A", "B", "C", "K"], slots: Int = 2
) throws -> Laboratory {
  var lab = try Laboratory()
  for label in order { try lab.allocate(label, slots: slots) }
  try lab.root("a", "A")
  try lab.store("A", 0, "B")
  try lab.store("B", 0, "C")
  try lab.store("C", 0, "K")
  try lab.mutate(.pushFrame("main"))
  try lab.mutate(.setVariable("x", .null))
  try lab.step(until: .marking)
  try lab.step()
  try lab.mutate(.setVariable("x", .slot(0, of: .object(lab.reference("B")))))
  try lab.mutate(.store(slot: 1, of: .place(lab.place("a")), .place(lab.place("x"))))
  try lab.store("B", 0, nil)
  try lab.mutate(.setVariable("x", .null))
  try lab.step(until: .idle)
  return lab
}

extension Laboratory {
  func id(_ label: String) -> ObjectID { observed.chronicle.object(labelled: label)! }

  /// What the last action said of dangling pointers.
  var misuses: [DanglingUse] {
    observed.chronicle.events.compactMap {
      if case .usedDangling(_, let use) = $0 { use } else { nil }
    }
  }

  mutating func load(_ variable: String, _ slot: Int, of place: String) throws {
    try mutate(.setVariable(variable, .slot(slot, of: .place(self.place(place)))))
  }
}

struct DanglingTests {
  @Test(arguments: [["A", "B", "C", "K"], ["K", "C", "B", "A"], ["K", "A", "C", "B"]])
  func `a lost object takes what hangs from it along, whatever the addresses`(
    _ order: [String]
  ) throws {
    let lab = try lostHeap(order: order)
    #expect(["A", "B", "C", "K"].map { lab.fate($0) } == [.live, .live, .lost, .lost])
    #expect(lab.observed.chronicle.dangling == [.slot(1, of: lab.id("A")): lab.id("C")])
    #expect(
      lab.observed.judgement.dangling
        == [Edge(place: .slot(1, of: lab.reference("A")), target: lab.reference("C"))])
    #expect(lab.fault == nil)
  }

  @Test func `a dangling pointer is followed through loads, stores, copies and pops`() throws {
    var lab = try lostHeap()
    let c = lab.id("C")
    try lab.load("x", 1, of: "a")
    #expect(lab.observed.content(of: lab.place("x")) == .dangling(c))
    try lab.mutate(.setVariable("y", .place(lab.place("x"))))
    #expect(lab.observed.content(of: lab.place("y")) == .dangling(c))
    try lab.mutate(.setGlobal("h", .place(lab.place("y"))))
    #expect(lab.observed.content(of: lab.place("h")) == .dangling(c))
    try lab.mutate(.setGlobal("i", .slot(1, of: .place(lab.place("a")))))
    try lab.mutate(.store(slot: 0, of: .place(lab.place("a")), .place(lab.place("h"))))
    #expect(lab.observed.slots(of: lab.id("A")) == [.dangling(c), .dangling(c)])
    #expect(lab.observed.chronicle.dangling.count == 6)

    try lab.mutate(.popFrame)
    try lab.mutate(.setGlobal("i", .null))
    try lab.mutate(.setGlobal("h", .place(lab.place("a"))))
    try lab.store("A", 0, "B")
    #expect(lab.observed.chronicle.dangling == [.slot(1, of: lab.id("A")): c])
    #expect(lab.observed.content(of: lab.place("h")) == .object(lab.id("A")))
  }

  @Test func `a pushed frame does not inherit the dangling pointers of a popped one`() throws {
    var lab = try lostHeap()
    try lab.load("x", 1, of: "a")
    try lab.mutate(.popFrame)
    try lab.mutate(.pushFrame("again"))
    try lab.mutate(.setVariable("z", .null))
    #expect(lab.observed.content(of: lab.place("z")) == .empty)
  }

  @Test func `after reuse the pointer still means the former tenant and shows the new one`() throws
  {
    var lab = try lostHeap()
    let c = lab.id("C")
    try lab.allocate("E")
    #expect(lab.reference("E") == lab.reference("C"))
    #expect(lab.observed.chronicle[lab.id("E")].predecessor == c)
    try lab.store("E", 0, "A")
    try lab.load("x", 1, of: "a")
    #expect(lab.observed.content(of: lab.place("x")) == .dangling(c))

    try lab.load("y", 0, of: "x")
    #expect(lab.misuses == [.otherObject])
    #expect(lab.observed.content(of: lab.place("y")) == .object(lab.id("A")))
    try lab.mutate(.store(slot: 1, of: .place(lab.place("x")), .place(lab.place("a"))))
    #expect(lab.misuses == [.otherObject])
    #expect(lab.observed.slots(of: lab.id("E")) == [.object(lab.id("A")), .object(lab.id("A"))])
    #expect(lab.fault == nil)
  }

  @Test func `every kind of load through a pointer into a free cell finds poison`() throws {
    var lab = try lostHeap()
    #expect(
      lab.observed.machine.heap.cellContents(at: lab.reference("C")).allSatisfy {
        $0 == Heap.poisonByte
      })
    try lab.load("x", 1, of: "a")
    #expect(lab.misuses == [])
    try lab.load("y", 0, of: "x")
    #expect(lab.misuses == [.poison])
    #expect(lab.observed.content(of: lab.place("y")) == .empty)
    try lab.mutate(.setGlobal("h", .slot(0, of: .place(lab.place("x")))))
    #expect(lab.misuses == [.poison])
    try lab.mutate(
      .store(slot: 0, of: .place(lab.place("a")), .slot(1, of: .place(lab.place("x")))))
    #expect(lab.misuses == [.poison])
  }

  @Test func `a write into a free cell is made there and gone with its reuse`() throws {
    var lab = try lostHeap()
    try lab.load("x", 1, of: "a")
    try lab.mutate(.store(slot: 0, of: .place(lab.place("x")), .place(lab.place("a"))))
    #expect(lab.misuses == [.poison])
    #expect(
      lab.observed.machine.heap.cellContents(at: lab.reference("C"))[8..<12]
        != [Heap.poisonByte, Heap.poisonByte, Heap.poisonByte, Heap.poisonByte])
    try lab.allocate("E")
    #expect(lab.observed.slots(of: lab.id("E")) == [.empty, .empty])
    #expect(lab.fault == nil)
  }

  @Test func `memory given back to the page heap can be neither read nor written`() throws {
    var lab = try lostHeap(slots: 10_000)
    try lab.load("x", 1, of: "a")
    try lab.load("y", 0, of: "x")
    #expect(lab.misuses == [.noCell])
    let digest = lab.observed.digest
    #expect(throws: MachineError.danglingWrite) {
      try lab.mutate(.store(slot: 0, of: .place(lab.place("x")), .null))
    }
    #expect(lab.observed.digest == digest)
  }

  @Test func `bytes of another object that are no slot are told as such`() throws {
    var lab = try lostHeap()
    try lab.allocate("E", slots: 1, bytes: 4)
    #expect(lab.reference("E") == lab.reference("C"))
    try lab.load("x", 1, of: "a")
    try lab.load("y", 1, of: "x")
    #expect(lab.misuses == [.notASlot(word: 0x4545_4545)])
    #expect(throws: MachineError.slotOutOfRange(slot: 1, count: 1)) {
      try lab.mutate(.store(slot: 1, of: .place(lab.place("x")), .null))
    }
  }

  @Test func `a half-done store moves a dangling pointer when it writes, not before`() throws {
    var lab = try Laboratory { $0.atomicity = .shadeFirst }
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.root("a", "A")
    try lab.store("A", 0, "B")
    try lab.store("B", 0, "C")
    try lab.step(until: .marking)
    try lab.step()
    for (label, target) in [("A", "C"), ("B", nil)] {
      try lab.store(label, label == "A" ? 1 : 0, target)
      try lab.mutate(.resume)
    }
    try lab.step(until: .idle)
    let c = lab.id("C")
    #expect(lab.fate("C") == .lost)

    try lab.step(until: .marking)
    try lab.mutate(
      .store(slot: 0, of: .place(lab.place("a")), .slot(1, of: .place(lab.place("a")))))
    #expect(lab.observed.slots(of: lab.id("A")) == [.object(lab.id("B")), .dangling(c)])
    try lab.mutate(.resume)
    #expect(lab.observed.slots(of: lab.id("A")) == [.dangling(c), .dangling(c)])
    try lab.mutate(.store(slot: 1, of: .place(lab.place("a")), .null))
    #expect(lab.observed.slots(of: lab.id("A")) == [.dangling(c), .dangling(c)])
    try lab.mutate(.resume)
    #expect(lab.observed.slots(of: lab.id("A")) == [.dangling(c), .empty])
  }

  @Test func `the death of the next tenant does not change whom a pointer means`() throws {
    var lab = try lostHeap(order: ["C", "K", "B", "A"])
    let c = lab.id("C")
    try lab.allocate("E")
    #expect(lab.reference("E") == lab.reference("C"))
    try lab.root("a", nil)
    try lab.step(until: .sweeping)
    try lab.step()
    #expect(lab.fate("E") == .collected)
    #expect(lab.observed.chronicle.dangling[.slot(1, of: lab.id("A"))] == c)
  }

  @Test func `the label of a freed object gives a dangling pointer`() throws {
    var lab = try lostHeap()
    let c = lab.id("C")
    try lab.root("h", "C")
    #expect(lab.observed.chronicle.dangling[.global(1)] == c)
    try lab.allocate("E")
    #expect(lab.observed.content(of: lab.place("h")) == .dangling(c))
  }

  @Test func `a half-done store never reaches beyond the cell it finds`() throws {
    var settings = Settings()
    settings.atomicity = .shadeFirst
    settings.chosenHandshake = false
    var machine = try Machine(settings)
    let other = MutatorID(1)
    var recorder = Recorder()
    try machine.perform(.mutate(.startThread("other")), observer: &recorder)
    for _ in 0..<20 { try machine.allocate(slots: 100, &recorder) }
    let big = machine.objects
    try machine.perform(.mutate(.setGlobal("g", .object(big[19]))), observer: &recorder)
    machine.advance(budget: 3, observer: &recorder)
    try machine.perform(
      .mutate(.store(slot: 90, of: .object(big[0]), .object(big[19]))), observer: &recorder)
    while machine.phase != .idle { machine.advance(budget: 1, observer: &recorder) }
    for _ in 0..<100 { try machine.allocate(slots: 2, by: other, &recorder) }
    #expect(machine.objects[0] == big[0], "a smaller cell starts where the big one was")

    let objects = machine.snapshot.objects
    recorder.events = []
    try machine.perform(.mutate(.resume), observer: &recorder)
    #expect(recorder.events.contains(.usedDangling(.slot(90, of: big[0]), .noCell)))
    #expect(machine.snapshot.objects == objects)
  }

  @Test func `the mutator's own mistakes are not taken for dangling pointers`() throws {
    var lab = try Laboratory()
    try lab.allocate("A", slots: 1)
    try lab.root("g", "A")
    try lab.mutate(.pushFrame("f"))
    for slot in [1, 2, 1000, -1] {
      #expect(throws: MachineError.slotOutOfRange(slot: slot, count: 1)) {
        try lab.load("x", slot, of: "g")
      }
      #expect(throws: MachineError.slotOutOfRange(slot: slot, count: 1)) {
        try lab.store("A", slot, "A")
      }
    }
    #expect(lab.fault == nil)
  }
}

/// Keeps what a machine without a chronicle says.
struct Recorder: Observer {
  static var checksReferences: Bool { true }

  var events: [Event<Reference>] = []

  mutating func observe(_ event: Event<Reference>) { events.append(event) }
}

extension Machine {
  mutating func allocate(
    slots: Int, by mutator: MutatorID = .main, _ recorder: inout Recorder
  ) throws(MachineError) {
    try perform(
      .mutate(.allocate(label: "o", slotCount: slots, payloadBytes: 0), by: mutator),
      observer: &recorder)
  }
}
