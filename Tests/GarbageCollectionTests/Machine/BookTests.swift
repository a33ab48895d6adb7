import GarbageCollection
import TestSupport
import Testing

/// The heap that books draw: A→B, B→C, B→E, F→G, D alone; roots A and F.
func bookHeap(_ change: (inout Settings) -> Void = { _ in }) throws -> Laboratory {
  var lab = try Laboratory(change)
  for label in ["A", "B", "C", "D", "E", "F", "G"] { try lab.allocate(label) }
  try lab.root("f", "F")
  try lab.root("a", "A")
  try lab.store("A", 0, "B")
  try lab.store("B", 0, "C")
  try lab.store("B", 1, "E")
  try lab.store("F", 0, "G")
  return lab
}

struct BookTests {
  @Test func `marking shows the four pictures of the books in order`() throws {
    var lab = try bookHeap()
    try lab.step(until: .marking)
    #expect(lab.labels(.grey) == ["A", "F"])
    try lab.step()
    #expect(lab.labels(.black) == ["A"])
    #expect(lab.labels(.grey) == ["B", "F"])
    try lab.step()
    #expect(lab.labels(.black) == ["A", "B"])
    #expect(lab.labels(.grey) == ["C", "E", "F"])
    try lab.step(2)
    #expect(lab.labels(.black) == ["A", "B", "C", "E"])
    #expect(lab.labels(.grey) == ["F"])
    try lab.step(2)
    #expect(lab.labels(.white) == ["D"])
    #expect(lab.fault == nil)
  }

  @Test func `a cycle frees exactly the unreachable and its cell is reused first`() throws {
    var lab = try bookHeap()
    let cell = lab.reference("D")
    try lab.step(until: .idle)
    #expect(lab.fate("D") == .collected)
    #expect(lab.labels(.white) == ["A", "B", "C", "E", "F", "G"])

    try lab.allocate("H")
    #expect(lab.reference("H") == cell)
    #expect(lab.fault == nil)
  }

  @Test func `without a barrier a moved pointer is lost and dangles into another object`() throws {
    var lab = try Laboratory()
    for label in ["A", "B", "C"] { try lab.allocate(label, slots: 1, bytes: 8) }
    try lab.root("a", "A")
    try lab.store("A", 0, "B")
    try lab.store("B", 0, "C")
    try lab.mutate(.pushFrame("main"))
    try lab.step(until: .marking)
    try lab.step()
    #expect(lab.color("A") == .black && lab.color("B") == .grey)

    try lab.mutate(.setVariable("x", .slot(0, of: .object(lab.reference("B")))))
    try lab.mutate(.store(slot: 0, of: .place(lab.place("a")), .place(lab.place("x"))))
    #expect(lab.fate("C") == .live)
    try lab.store("B", 0, nil)
    #expect(lab.fate("C") == .doomed)
    guard case .broken(let edge) = lab.observed.judgement.weak else {
      Issue.record("the weak invariant must be broken")
      return
    }
    #expect(edge.target == lab.reference("C"))

    try lab.step(until: .idle)
    #expect(lab.fate("C") == .lost)
    try lab.allocate("E", slots: 1, bytes: 8)
    #expect(lab.reference("E") == lab.reference("C"))
    let c = try #require(lab.observed.chronicle.object(labelled: "C"))
    #expect(lab.observed.slots(of: ObjectID(0)) == [.dangling(c)])
    #expect(lab.fault == nil)
  }

  @Test(arguments: [Barrier.dijkstra, .yuasa, .hybrid, .go])
  func `every barrier saves the moved pointer`(_ barrier: Barrier) throws {
    var lab = try Laboratory { $0.barrier = barrier }
    for label in ["A", "B", "C"] { try lab.allocate(label, slots: 1) }
    try lab.root("a", "A")
    try lab.store("A", 0, "B")
    try lab.store("B", 0, "C")
    try lab.step(until: .marking)
    try lab.step()
    try lab.store("A", 0, "C")
    try lab.store("B", 0, nil)
    try lab.step(until: .idle)
    #expect(lab.fate("C") == .live)
    #expect(lab.fault == nil)
  }
}
