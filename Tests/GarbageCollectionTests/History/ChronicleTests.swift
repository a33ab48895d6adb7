import GarbageCollection
import TestSupport
import Testing

struct ChronicleTests {
  @Test func `every grey object knows who shaded it, when and why`() throws {
    var lab = try Laboratory {
      $0.barrier = .go
      $0.birthColor = .grey
    }
    for label in ["A", "B", "C", "D"] { try lab.allocate(label) }
    try lab.root("g", "A")
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("B"))))
    try lab.store("A", 1, "C")
    try lab.step(until: .marking)
    try lab.step()
    try lab.store("B", 0, "D")
    try lab.allocate("E")

    let cause = { (label: String) in lab.observed.chronicle[lab.id(label)].shading?.cause }
    #expect(cause("A") == .root(.global(0), isRescan: false))
    #expect(cause("B") == .root(.variable(0, frame: 0, of: .main), isRescan: false))
    #expect(cause("C") == .scan(slot: 1, of: lab.id("A")))
    #expect(cause("D") == .barrier(line: 2, of: .store, place: .slot(0, of: lab.id("B"))))
    #expect(cause("E") == .birth)
    #expect(lab.observed.chronicle[lab.id("D")].shading?.step == lab.observed.chronicle.step - 1)
    #expect(lab.observed.chronicle[lab.id("D")].shading?.cycle == 1)
    #expect(lab.observed.chronicle[lab.id("A")].blackenedStep == lab.observed.chronicle.step - 2)
    #expect(lab.observed.chronicle[lab.id("E")].blackenedStep == nil)
    #expect(lab.observed.chronicle[lab.id("E")].birthStep == lab.observed.chronicle.step)
    #expect(lab.observed.chronicle[lab.id("E")].birthCycle == 1)
    #expect(lab.observed.chronicle[lab.id("A")].birthCycle == 0)
  }

  @Test func `a rescan is told apart from the first scan`() throws {
    var lab = try Laboratory { $0.barrier = .dijkstra }
    try lab.allocate("A")
    try lab.allocate("B")
    try lab.root("g", "A")
    try lab.store("A", 0, "B")
    try lab.mutate(.pushFrame("main"))
    try lab.step(until: .marking)
    try lab.load("x", 0, of: "g")
    try lab.store("A", 0, nil)
    try lab.step(until: .termination)
    #expect(lab.color("B") == .white)
    try lab.step()
    let shading = lab.observed.chronicle[lab.id("B")].shading
    #expect(shading?.cause == .root(.variable(0, frame: 0, of: .main), isRescan: true))
  }

  @Test func `a death is recorded with its step and the tier that took the cell`() throws {
    var lab = try Laboratory()
    try lab.allocate("small")
    try lab.allocate("neighbour")
    try lab.root("g", "neighbour")
    try lab.allocate("large", slots: 10_000)
    try lab.step(until: .sweeping)
    try lab.step()
    let small = lab.observed.chronicle[lab.id("small")].death
    #expect(small?.tier == .centralList)
    #expect(small?.step == lab.observed.chronicle.step)
    #expect(small?.wasReachable == false)
    try lab.step(2)
    #expect(lab.observed.chronicle[lab.id("large")].death?.tier == .pageHeap)
    #expect(lab.observed.color(of: lab.id("large")) == nil)
    #expect(lab.observed.slots(of: lab.id("large")) == [])
  }

  @Test func `a refused action leaves no trace in the history`() throws {
    var lab = try Laboratory { $0.heapLimitBytes = Page.bytes * 2 }
    try lab.allocate("A")
    let digest = lab.observed.digest
    let events = lab.observed.chronicle.events
    let refused: [Action] = [
      .mutate(.allocate(label: "huge", slotCount: 10_000, payloadBytes: 0)),
      .mutate(.allocate(label: "absurd", slotCount: .max, payloadBytes: .max)),
      .mutate(.allocate(label: "negative", slotCount: -1, payloadBytes: 0)),
      .mutate(.popFrame), .mutate(.setVariable("x", .null)), .mutate(.resume),
      .mutate(.store(slot: 7, of: .object(lab.reference("A")), .null)),
      .mutate(.setGlobal("g", .slot(7, of: .object(lab.reference("A"))))),
      .mutate(.setGlobal("g", .slot(0, of: .place(.slot(0, of: lab.reference("A")))))),
      .collect(.scanObject(lab.reference("A"))), .collect(.scanRoot(.stack(.main))),
    ]
    for action in refused {
      #expect(throws: MachineError.self, "\(action)") { try lab.perform(action) }
      #expect(lab.observed.digest == digest)
      #expect(lab.observed.chronicle.events == events)
      #expect(lab.observed.chronicle.step == 1)
    }
  }

  @Test func `sizes that no heap could hold are refused by name`() throws {
    var lab = try Laboratory { $0.heapLimitBytes = SettingName.heapLimits.upperBound }
    for (slots, bytes) in [
      (-1, 0), (0, -1), (1 << 31, 0), (0, 1 << 33), (.max, .max), (1 << 29, 1 << 32),
    ] {
      #expect(
        throws: MachineError.heap(.impossibleSize(slotCount: slots, payloadBytes: bytes))
      ) { try lab.allocate("x", slots: slots, bytes: bytes) }
    }
    #expect(lab.observed.machine.objects == [])
  }

  @Test func `a reference out of nowhere is noted, and refused where strict is on`() throws {
    for isStrict in [false, true] {
      var lab = try Laboratory { $0.isStrict = isStrict }
      for label in ["A", "D"] { try lab.allocate(label) }
      try lab.root("g", "A")
      try lab.store("A", 0, "D")
      try lab.store("A", 0, nil)
      try lab.step(until: .marking)
      let d = lab.reference("D")
      let write = Action.mutate(.store(slot: 0, of: .place(lab.place("g")), .object(d)))
      if isStrict {
        #expect(throws: MachineError.unlawful(d)) { try lab.perform(write) }
      } else {
        try lab.perform(write)
        #expect(lab.observed.chronicle.events.first == .conjured(lab.id("D")))
      }
      try lab.store("A", 1, "A")
      #expect(!lab.observed.chronicle.events.contains(.conjured(lab.id("A"))))
    }
  }

  @Test func `machines that differ in one fact differ in digest`() throws {
    let half = { (change: (inout Laboratory) throws -> Void) throws -> UInt64 in
      var lab = try Laboratory {
        $0.atomicity = .shadeFirst
        $0.barrier = .dijkstra
      }
      try lab.allocate("A")
      try lab.allocate("B")
      try lab.root("g", "A")
      try lab.mutate(.pushFrame("f"))
      try lab.mutate(.setVariable("x", .null))
      try lab.step(until: .marking)
      try change(&lab)
      return lab.observed.machine.digest
    }
    let digests = [
      try half { _ in },
      try half { try $0.store("A", 0, nil) },
      try half { try $0.store("A", 1, nil) },
      try half { try $0.store("B", 1, nil) },
      try half { try $0.root("g", nil) },
      try half { try $0.mutate(.setVariable("x", .object($0.reference("A")))) },
      try half { try $0.mutate(.setVariable("y", .null)) },
      try half { try $0.mutate(.pushFrame("y")) },
      try half { try $0.step() },
    ]
    #expect(Set(digests).count == digests.count)
    #expect(try half { _ in } == digests[0])
  }

  @Test func `histories that differ in one dangling pointer differ in digest`() throws {
    var digests: Set<UInt64> = []
    for (slot, target) in [(0, "C"), (1, "C"), (0, "D")] {
      var lab = try Laboratory()
      for label in ["A", "C", "D"] { try lab.allocate(label) }
      try lab.root("g", "A")
      try lab.step(until: .idle)
      try lab.store("A", slot, target)
      digests.insert(lab.observed.digest)
    }
    #expect(digests.count == 3)
  }
}
