import TestSupport
import Testing

@testable import GarbageCollection

/// What counts are, and what they free by themselves.
struct CountingTests {
  static func laboratory(_ change: (inout Settings) -> Void = { _ in }) throws -> Laboratory {
    var lab = try Laboratory {
      $0.collector = .referenceCounting
      change(&$0)
    }
    try lab.mutate(.pushFrame("main"))
    return lab
  }

  @Test func `every kind of place is counted, and let go of`() throws {
    var lab = try Self.laboratory()
    try lab.allocate("A", slots: 2)
    #expect(lab.count("A") == 0)
    try lab.root("g", "A")
    try lab.mutate(.setVariable("x", .place(lab.place("g"))))
    try lab.mutate(.store(slot: 0, of: .place(lab.place("x")), .place(lab.place("x"))))
    #expect(lab.count("A") == 3)
    try lab.allocate("B", slots: 2)
    try lab.root("h", "B")
    try lab.mutate(.copy(.place(lab.place("g")), to: .place(lab.place("h"))))
    #expect(lab.count("A") == 4)
    try lab.mutate(.startThread("T2"))
    let other = MutatorID(1)
    try lab.perform(.mutate(.pushFrame("work"), by: other))
    try lab.mutate(.send("x", to: other, as: "y"))
    #expect(lab.count("A") == 5)
    try lab.mutate(.endThread(other))
    #expect(lab.count("A") == 4)
    try lab.mutate(.popFrame)
    #expect(lab.count("A") == 3)
    try lab.root("h", nil)
    #expect(lab.fate("B") == .collected)
    #expect(lab.count("A") == 2)
    #expect(lab.fault == nil)
  }

  @Test func `to store what is there already frees nothing`() throws {
    var lab = try Self.laboratory()
    try lab.allocate("A")
    try lab.root("g", "A")
    try lab.root("g", "A")
    #expect(lab.fate("A") == .live)
    #expect(lab.count("A") == 1)
    #expect(lab.fault == nil)
  }

  @Test func `the program that runs is the one on the screen`() throws {
    let lab = try Self.laboratory()
    #expect(
      lab.observed.machine.programs.store.lines == [
        "store(slot, new):", "  count(new) += 1", "  old = *slot", "  *slot = new",
        "  count(old) -= 1; if 0: free(old)",
      ])
    let deferred = try Self.laboratory { $0.counting = .deferred }
    #expect(deferred.observed.machine.programs.move.instructions == [.write])
  }

  @Test func `a newborn is the program's until a reference to it has come and gone`() throws {
    var lab = try Self.laboratory { $0.cycleDetection = .off }
    for label in ["A", "B"] { try lab.allocate(label) }
    #expect(lab.observed.machine.zeroCountTable == [lab.reference("A"), lab.reference("B")])
    try lab.root("g", "A")
    try lab.root("g", nil)
    #expect(lab.fate("A") == .collected)
    #expect(lab.fate("B") == .garbage)
    try lab.step(until: .idle)
    #expect(lab.fate("B") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `a cycle leaks, with what hangs from it, where nobody looks for it`() throws {
    var lab = try Self.laboratory { $0.cycleDetection = .off }
    try lab.makeCycle()
    try lab.root("g", nil)
    for _ in 0..<2 { try lab.step(until: .idle) }
    #expect(["A", "B", "C"].map { lab.fate($0) } == [.leaked, .leaked, .leaked])
    #expect(lab.observed.machine.candidates == [])
    #expect(lab.fault == nil)
  }

  @Test func `trial deletion frees the cycle and restores what is in use`() throws {
    var lab = try Self.laboratory()
    try lab.makeCycle()
    try lab.root("c", "C")
    try lab.root("g", nil)
    #expect(lab.fate("A") == .leaked)
    #expect(lab.observed.trialColor(of: lab.observed.chronicle.object(labelled: "A")!) == .purple)
    try lab.step(until: .trialScanning)
    #expect([lab.count("A"), lab.count("B"), lab.count("C")] == [0, 0, 1])
    try lab.step(until: .idle)
    #expect(["A", "B", "C"].map { lab.fate($0) } == [.collected, .collected, .live])
    #expect(lab.count("C") == 1)
    #expect(lab.fault == nil)
  }

  @Test func `a cycle made by labels alone, never let go of, is found too`() throws {
    var lab = try Self.laboratory()
    try lab.allocate("A")
    try lab.store("A", 0, "A")
    try lab.store("A", 1, "A")
    #expect(lab.fate("A") == .leaked)
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `deferred, a stack's reference counts only while a collection looks`() throws {
    var lab = try Self.laboratory { $0.counting = .deferred }
    try lab.allocate("A")
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    #expect(lab.count("A") == 0)
    try lab.step(2)
    #expect(lab.count("A") == 1)
    try lab.step(until: .idle)
    #expect(lab.count("A") == 0)
    #expect(lab.fate("A") == .live)
    try lab.mutate(.setVariable("x", .null))
    #expect(lab.fate("A") == .garbage)
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `deferred, a cycle that only a stack has held is found when it lets go`() throws {
    var lab = try Self.laboratory { $0.counting = .deferred }
    try lab.allocate("A")
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.store("A", 0, "A")
    for _ in 0..<2 { try lab.step(until: .idle) }
    #expect(lab.fate("A") == .live)
    try lab.mutate(.setVariable("x", .null))
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `what cannot be counted is refused`() throws {
    var lab = try Self.laboratory()
    try lab.allocate("A")
    try lab.allocate("B")
    let gone = lab.reference("A")
    try lab.root("g", "A")
    #expect(throws: MachineError.freesCounted) { try lab.mutate(.free(.object(gone))) }
    try lab.root("g", nil)
    #expect(throws: MachineError.countsFreed) {
      try lab.mutate(.setGlobal("g", .object(gone)))
    }
    #expect(lab.fault == nil)
  }

  @Test func `a full heap of garbage cycles is emptied when the trigger asks`() throws {
    var lab = try Self.laboratory {
      $0.heapLimitBytes = 1 << 16
      $0.chosenTrigger = .full
    }
    for number in 0..<3000 {
      while let work = lab.observed.machine.workOwed(slotCount: 1, payloadBytes: 48, by: .main) {
        try lab.perform(.collect(work))
      }
      try lab.allocate("o\(number)", slots: 1, bytes: 48)
      try lab.root("g", "o\(number)")
      try lab.mutate(.store(slot: 0, of: .place(lab.place("g")), .place(lab.place("g"))))
    }
    #expect(lab.observed.machine.collector.cycleCount > 1)
    #expect(lab.fault == nil)
  }

  /// A million in the long form; with a call for each even these would need far more than a thread has.
  @Test(arguments: [CountingPolicy.immediate, .deferred])
  func `a list of very many objects dies without a deep stack`(counting: CountingPolicy) throws {
    var settings = Settings()
    settings.collector = .referenceCounting
    settings.counting = counting
    settings.heapLimitBytes = 1 << 27
    settings.poisonsFreedCells = false
    var machine = try Machine(settings)
    var silent = SilentObserver()
    try machine.perform(.mutate(.setGlobal("g", .null)), observer: &silent)
    let count = Effort.isLong ? 1_000_000 : 100_000
    for _ in 0..<count {
      let object = try machine.allocateObject(slotCount: 1, payloadBytes: 0)
      let link = Mutation.store(slot: 0, of: .object(object), .place(.global(0)))
      try machine.perform(.mutate(link), observer: &silent)
      try machine.perform(.mutate(.setGlobal("g", .object(object))), observer: &silent)
    }
    try machine.perform(.mutate(.setGlobal("g", .null)), observer: &silent)
    if counting == .deferred {
      #expect(machine.zeroCountTable.count == 1)
      repeat { machine.advance(budget: .max, observer: &silent) } while machine.phase != .idle
    }
    #expect(machine.heap.count(of: .frees) == count)
    #expect(machine.heap.firstObject(from: 0) == nil)
    #expect(machine.collector.work.counting >= 4 * count)
  }
}

extension Laboratory {
  fileprivate func count(_ label: String) -> Int? {
    observed.count(of: observed.chronicle.object(labelled: label)!)
  }

  /// A and B refer to each other, C hangs from B, and the global g holds A.
  fileprivate mutating func makeCycle() throws {
    for label in ["A", "B", "C"] { try allocate(label) }
    try root("g", "A")
    try store("A", 0, "B")
    try store("B", 0, "A")
    try store("B", 1, "C")
  }
}
