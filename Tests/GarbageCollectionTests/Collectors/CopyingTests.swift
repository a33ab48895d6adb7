import GarbageCollection
import TestSupport
import Testing

struct CopyingTests {
  private func laboratory(
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Laboratory {
    try Laboratory {
      $0.collector = .copying
      $0.schedule = .stopTheWorld
      $0.heapLimitBytes = 1 << 16
      change(&$0)
    }
  }

  /// Three in a row from the global `g`, and one that nothing refers to.
  private func chain() throws -> Laboratory {
    var lab = try laboratory()
    for label in ["A", "B", "C", "D"] { try lab.allocate(label, bytes: 8) }
    try lab.store("A", 0, "B")
    try lab.store("B", 1, "C")
    try lab.root("g", "A")
    return lab
  }

  @Test func `objects are born one behind the other at the start of to-space`() throws {
    let lab = try chain()
    let space = lab.observed.machine.heap.spaces[0]
    #expect(space.role == .toSpace)
    #expect(
      ["A", "B", "C", "D"].map { lab.reference($0).offset - space.start } == [0, 32, 64, 96])
    #expect(space.byteCount == 1 << 15)
  }

  @Test func `a flip changes the roles and copies nothing`() throws {
    var lab = try chain()
    try lab.perform(.collect(.start))
    #expect(lab.observed.machine.phase == .flipping)
    #expect(lab.observed.machine.heap.spaces.map(\.role) == [.fromSpace, .toSpace])
    #expect(lab.labels(.white) == ["A", "B", "C", "D"])
  }

  @Test func `a root is set to the copy of what it refers to`() throws {
    var lab = try chain()
    try lab.perform(.collect(.start))
    let old = lab.reference("A")
    try lab.step()
    let copy = lab.reference("A")
    #expect(lab.observed.machine.value(at: .global(0)) == copy)
    #expect(lab.observed.machine.heap.spaces[1].contains(copy))
    #expect(lab.observed.machine.heap.forwarding(at: old) == copy)
    #expect(lab.labels(.grey) == ["A"])
    #expect(lab.observed.machine.phase == .copying)
  }

  @Test func `the scan goes through the copies in the order they were made`() throws {
    var lab = try chain()
    try lab.allocate("E")
    try lab.store("A", 1, "E")
    try lab.step(until: .copying)
    try lab.step()
    #expect(lab.labels(.black) == ["A"])
    #expect(lab.observed.worklist.map { lab.observed.label(of: $0) } == ["B", "E"])
    try lab.step()
    #expect(lab.observed.worklist.map { lab.observed.label(of: $0) } == ["E", "C"])
  }

  @Test func `what was not copied is given up, and the copies are white`() throws {
    var lab = try chain()
    try lab.step(until: .idle)
    #expect(lab.fate("D") == .collected)
    #expect(lab.labels(.white) == ["A", "B", "C"])
    #expect(lab.fault == nil)
    let space = lab.observed.machine.heap.spaces[1]
    #expect(space.free == lab.reference("C").offset + 32)
    #expect(lab.observed.machine.heap.count(of: .frees) == 1)
    #expect(lab.observed.machine.collector.work.movedObjects == 3)
    #expect(lab.observed.machine.collector.work.movedWords == 12)
  }

  @Test func `an object that two places refer to is copied once`() throws {
    var lab = try chain()
    try lab.store("C", 0, "A")
    try lab.store("A", 1, "B")
    try lab.step(until: .idle)
    #expect(lab.observed.chronicle.records.map(\.moveCount) == [1, 1, 1, 0])
    #expect(lab.observed.machine.value(at: .slot(0, of: lab.reference("C"))) == lab.reference("A"))
  }

  @Test func `two cycles bring an object back to where it stood`() throws {
    var lab = try chain()
    let before = lab.reference("A")
    try lab.step(until: .idle)
    #expect(lab.reference("A") != before)
    try lab.step(until: .idle)
    #expect(lab.reference("A") == before)
  }

  @Test func `a full half refuses, and a collection makes room`() throws {
    var lab = try laboratory { $0.heapLimitBytes = 8192 }
    var bornCount = 0
    let error = #expect(throws: MachineError.self) {
      while true {
        try lab.allocate("o\(bornCount)", slots: 2, bytes: 0)
        bornCount += 1
      }
    }
    #expect(bornCount == 4096 / 16)
    guard case .heap(.limitReached)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try lab.step(until: .idle)
    try lab.allocate("last")
    #expect(lab.fault == nil)
  }

  @Test func `with a trigger a full half owes a collection first`() throws {
    var lab = try laboratory {
      $0.heapLimitBytes = 8192
      $0.chosenTrigger = .full
    }
    for number in 0..<1000 {
      while let owed = lab.observed.machine.workOwed(slotCount: 2, payloadBytes: 0, by: .main) {
        try lab.perform(.collect(owed))
      }
      try lab.allocate("o\(number)")
      if number % 100 == 0 { try lab.root("g\(number)", "o\(number)") }
    }
    #expect(lab.observed.machine.collector.cycleCount >= 3)
    #expect(lab.fault == nil)
  }

  @Test func `a silent machine counts and digests like an observed one`() throws {
    let lab = try chain()
    var observed = try lab.observed.machine.copy()
    var silent = try lab.observed.machine.copy()
    var checking = CheckingObserver()
    var nobody = SilentObserver()
    repeat {
      try observed.perform(.collect(.step), observer: &checking)
      try silent.perform(.collect(.step), observer: &nobody)
      #expect(observed.digest == silent.digest)
    } while observed.phase != .idle
  }
}
