import TestSupport
import Testing

@testable import GarbageCollection

/// Memory that the program frees by hand, beside the collector.
struct FreeTests {
  /// g and x refer to A, A to B.
  private func heap(_ change: (inout Settings) -> Void = { _ in }) throws -> Laboratory {
    var lab = try Laboratory(change)
    try lab.allocate("A", slots: 1)
    try lab.allocate("B", slots: 1)
    try lab.store("A", 0, "B")
    try lab.root("g", "A")
    try lab.mutate(.pushFrame("f"))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    return lab
  }

  private func id(_ label: String, _ lab: borrowing Laboratory) -> ObjectID {
    lab.observed.chronicle.object(labelled: label)!
  }

  @Test func `a free by hand leaves every other pointer dangling`() throws {
    var lab = try heap()
    try lab.mutate(.free(.place(lab.place("x"))))
    let a = id("A", lab)
    #expect(lab.fate("A") == .released)
    #expect(lab.color("A") == nil)
    #expect(
      lab.observed.chronicle.dangling == [
        .global(0): a, .variable(0, frame: 0, of: .main): a,
      ])
    let death = try #require(lab.observed.chronicle[a].death)
    #expect(death.cause == .program)
    #expect(death.mutator == .main)
    #expect(death.wasReachable == true)
    #expect(lab.fate("B") == .garbage)
    #expect(lab.fault == nil)
  }

  @Test func `what hung from a released object is garbage, not lost`() throws {
    var lab = try heap()
    try lab.mutate(.free(.place(lab.place("x"))))
    try lab.step()
    try lab.step(until: .idle)
    #expect(lab.fate("B") == .collected)
    #expect(lab.fate("A") == .released)
  }

  @Test func `a free of nil is an error and changes nothing`() throws {
    var lab = try heap()
    try lab.mutate(.setVariable("x", .null))
    let digest = lab.observed.digest
    #expect(throws: MachineError.freedNil) { try lab.mutate(.free(.place(lab.place("x")))) }
    #expect(lab.observed.digest == digest)
  }

  @Test func `a double free is refused, by variable and by label`() throws {
    var lab = try heap()
    let a = id("A", lab)
    try lab.mutate(.free(.place(lab.place("x"))))
    let machine = lab.observed.machine.digest
    for mutation in [
      Mutation.free(.place(lab.place("g"))), .free(.object(lab.reference("A"))), .freeAgain(a),
    ] {
      try lab.mutate(mutation)
      #expect(lab.observed.chronicle.events == [.refusedFree(a)])
    }
    #expect(lab.observed.machine.digest == machine)
  }

  @Test func `a double free never takes the new tenant of the cell`() throws {
    var lab = try heap()
    let a = id("A", lab)
    try lab.mutate(.free(.place(lab.place("x"))))
    try lab.allocate("C", slots: 1)
    #expect(lab.reference("C") == lab.reference("A"))
    try lab.mutate(.free(.place(lab.place("g"))))
    #expect(lab.observed.chronicle.events == [.refusedFree(a)])
    try lab.mutate(.freeAgain(a))
    #expect(lab.observed.chronicle.events == [.refusedFree(a)])
    #expect(lab.color("C") == .white)
    try lab.mutate(.free(.object(lab.reference("C"))))
    #expect(lab.fate("C") == .released)
  }

  @Test func `a machine without a chronicle refuses what dangles into a free cell`() throws {
    var machine = try Machine(Settings())
    var recorder = Recorder()
    try machine.allocate(slots: 1, &recorder)
    let object = machine.objects[0]
    try machine.perform(.mutate(.free(.object(object))), observer: &recorder)
    let digest = machine.digest
    recorder.events = []
    try machine.perform(.mutate(.free(.object(object))), observer: &recorder)
    #expect(recorder.events == [.refusedFree(object)])
    #expect(machine.digest == digest)
  }

  @Test func `the world stops for frees too`() throws {
    var lab = try heap { $0.schedule = .stopTheWorld }
    try lab.step()
    let digest = lab.observed.digest
    #expect(throws: MachineError.worldIsStopped(.roots)) {
      try lab.mutate(.free(.place(lab.place("x"))))
    }
    #expect(throws: MachineError.worldIsStopped(.roots)) { try lab.mutate(.freeAgain(ObjectID(0))) }
    #expect(lab.observed.digest == digest)
  }

  @Test func `a grey object that is freed waits no more`() throws {
    var lab = try heap()
    try lab.step(2)
    #expect(lab.color("A") == .grey)
    try lab.mutate(.free(.place(lab.place("x"))))
    #expect(lab.observed.worklist == [])
    #expect(lab.fault == nil)
    try lab.step(until: .idle)
    #expect(lab.fate("B") == .collected)
  }

  @Test(arguments: [ScanGranularity.slotLast, .slotFirst])
  func `the scan of an object ends when it is freed`(_ scan: ScanGranularity) throws {
    var lab = try heap { $0.scan = scan }
    while lab.observed.machine.partialScan == nil { try lab.step() }
    try lab.mutate(.free(.place(lab.place("x"))))
    #expect(lab.observed.machine.partialScan == nil)
    try lab.step(until: .idle)
    #expect(lab.fault == nil)
  }

  @Test func `a free of the last cell to sweep ends the sweep`() throws {
    var lab = try heap()
    try lab.step()
    try lab.step(until: .sweeping)
    try lab.mutate(.free(.object(lab.reference("B"))))
    #expect(lab.observed.machine.phase == .sweeping)
    try lab.mutate(.free(.place(lab.place("x"))))
    #expect(lab.observed.machine.phase == .idle)
  }

  @Test func `a half-done store of a freed object writes a dangling pointer`() throws {
    var lab = try heap {
      $0.barrier = .go
      $0.atomicity = .shadeFirst
    }
    try lab.mutate(.startThread("T2"))
    try lab.step()
    try lab.mutate(.store(slot: 0, of: .object(lab.reference("B")), .place(lab.place("x"))))
    try lab.perform(.mutate(.free(.place(.global(0))), by: MutatorID(1)))
    try lab.allocate2("C")
    try lab.mutate(.resume)
    let slot = Location<Reference>.slot(0, of: lab.reference("B"))
    #expect(lab.observed.content(of: slot) == .dangling(id("A", lab)))
  }

  @Test func `programs that free by hand keep every promise`() throws {
    for seed in 1...UInt64(Effort.scaled(30)) {
      var program = RandomProgram(seed: seed)
      var observed = try ObservedMachine(Setup("go") { $0.barrier = .go }.settings)
      try observed.perform(.mutate(.pushFrame("f0")))
      var frees = SeededGenerator(seed: seed)
      for _ in 0..<200 {
        let names = ["x", "y"].compactMap { observed.machine.roots.variable(named: $0, of: .main) }
        if let place = names.randomElement(using: &frees), !observed.machine.isWorldStopped,
          observed.machine.value(at: place) != nil, UInt.random(in: 0..<8, using: &frees) == 0,
          observed.machine.pendingStore == nil
        {
          try observed.perform(.mutate(.free(.place(place))))
        } else {
          try observed.perform(program.next(for: observed))
        }
        try #require(observed.firstFault() == nil, "seed \(seed)")
        let fates = observed.chronicle.ids.map { observed.fate(of: $0, observed.judgement) }
        try #require(!fates.contains(.lost), "seed \(seed)")
      }
    }
  }
}

extension Laboratory {
  /// Allocates as the second mutator.
  fileprivate mutating func allocate2(_ label: String) throws {
    try perform(
      .mutate(.allocate(label: label, slotCount: 1, payloadBytes: 0), by: MutatorID(1)))
  }
}
