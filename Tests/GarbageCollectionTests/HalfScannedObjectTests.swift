import GarbageCollection
import TestSupport
import Testing

struct HalfScannedObjectTests {
  /// A half scanned, its slot 0 done; B hangs from A.1, C from B.0.
  private func halfScanned() throws -> Laboratory {
    var lab = try Laboratory { $0.scan = .slotLast }
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.root("a", "A")
    try lab.store("A", 1, "B")
    try lab.store("B", 0, "C")
    try lab.step(until: .marking)
    try lab.step(2)
    try #require(lab.color("A") == .grey)
    return lab
  }

  @Test func `a slot that the scan has passed counts as black`() throws {
    var lab = try halfScanned()
    try lab.store("A", 0, "C")
    guard case .broken(let edge) = lab.observed.judgement.strong else {
      Issue.record("the strong invariant must be broken")
      return
    }
    #expect(edge.place == .slot(0, of: lab.reference("A")))
    #expect(lab.observed.judgement.weak == .holds)
  }

  @Test func `the weak invariant breaks when an object in a passed slot is doomed`() throws {
    var lab = try halfScanned()
    try lab.store("A", 0, "C")
    try lab.store("B", 0, nil)
    #expect(lab.fate("C") == .doomed)
    #expect(lab.observed.judgement.weak != .holds)
  }

  @Test func `a slot that the scan has yet to reach counts as grey`() throws {
    let lab = try halfScanned()
    #expect(lab.observed.judgement.strong == .holds)
    #expect(lab.observed.judgement.weak == .holds)
  }
}
