import GarbageCollection
import TestSupport
import Testing

struct ScanByChoiceTests {
  @Test func `a scan begun before the roots are done can go on before they are done`() throws {
    var lab = try Laboratory {
      $0.barrier = .dijkstra
      $0.scan = .slotLast
    }
    for label in ["A", "B", "C"] { try lab.allocate(label) }
    try lab.root("g", "B")
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.store("A", 1, "C")
    try lab.perform(.collect(.start))
    try lab.store("B", 0, "A")
    #expect(lab.observed.machine.phase == .roots)

    try lab.perform(.collect(.scanObject(lab.reference("A"))))
    try lab.perform(.collect(.scanObject(lab.reference("A"))))
    #expect(lab.color("A") == .grey)
    try lab.perform(.collect(.scanObject(lab.reference("A"))))

    #expect(lab.color("A") == .black)
    #expect(lab.color("C") == .grey)
    #expect(lab.observed.machine.phase == .roots)
    #expect(lab.fault == nil)
  }
}
