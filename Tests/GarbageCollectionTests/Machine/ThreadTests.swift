import TestSupport
import Testing

@testable import GarbageCollection

/// Several mutators over one heap.
struct ThreadTests {
  private let other = MutatorID(1)

  private func laboratory(_ change: (inout Settings) -> Void = { _ in }) throws -> Laboratory {
    var lab = try Laboratory(change)
    try lab.mutate(.pushFrame("f"))
    try lab.mutate(.startThread("T2"))
    try lab.perform(.mutate(.pushFrame("g"), by: other))
    try lab.allocate("A", slots: 2)
    try lab.allocate("B", slots: 2)
    return lab
  }

  @Test func `a thread starts with a stack of its own`() throws {
    let lab = try laboratory()
    let stacks = lab.observed.machine.roots.stacks
    #expect(stacks.map(\.thread) == ["main", "T2"])
    #expect(stacks.map { $0.frames.map(\.name) } == [["f"], ["g"]])
    #expect(lab.observed.machine.roots.mutator(named: "T2") == other)
  }

  @Test func `what only one thread holds is reachable and survives`() throws {
    var lab = try laboratory()
    try lab.perform(.mutate(.setVariable("x", .object(lab.reference("A"))), by: other))
    try lab.step()
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .live)
    #expect(lab.fate("B") == .collected)
  }

  @Test func `the frames of a thread end with it`() throws {
    var lab = try laboratory()
    try lab.perform(.mutate(.setVariable("x", .object(lab.reference("A"))), by: other))
    try lab.mutate(.endThread(other))
    #expect(lab.fate("A") == .garbage)
    #expect(lab.observed.machine.roots.stacks[1].isEnded == true)
    #expect(throws: MachineError.threadHasEnded("T2")) {
      try lab.perform(.mutate(.pushFrame("g"), by: other))
    }
    #expect(throws: MachineError.threadHasEnded("T2")) { try lab.mutate(.endThread(other)) }
  }

  @Test func `what cannot be done with threads is an error and changes nothing`() throws {
    var lab = try laboratory()
    let digest = lab.observed.digest
    func refuse(_ action: Action, _ error: MachineError) {
      #expect(throws: error) { try lab.perform(action) }
    }
    refuse(.mutate(.startThread("T2")), .threadNameTaken("T2"))
    refuse(.mutate(.startThread("main")), .threadNameTaken("main"))
    refuse(.mutate(.endThread(.main), by: other), .mainThreadStays)
    refuse(.mutate(.endThread(other), by: other), .threadJoinsItself)
    refuse(.mutate(.endThread(MutatorID(2))), .noSuchThread)
    refuse(.mutate(.pushFrame("f"), by: MutatorID(2)), .noSuchThread)
    #expect(lab.observed.digest == digest)
  }

  /// A stack needs only its own mutator at a safepoint; marking cannot end while any store is half done.
  @Test
  func `each thread can have a store half done, and the collector waits for whose stack it is`()
    throws
  {
    var lab = try laboratory {
      $0.barrier = .go
      $0.atomicity = .shadeFirst
    }
    let (a, b) = (lab.reference("A"), lab.reference("B"))
    try lab.step()
    try lab.perform(.mutate(.store(slot: 0, of: .object(a), .object(b)), by: other))
    try lab.mutate(.store(slot: 1, of: .object(b), .object(a)))
    #expect(lab.observed.machine.pendingStores.map(\.mutator) == [.main, other])
    #expect(lab.observed.machine.pendingStore(of: other)?.new == b)
    #expect(throws: MachineError.storeIsHalfDone) { try lab.mutate(.popFrame) }
    #expect(throws: MachineError.storeIsHalfDone) { try lab.mutate(.endThread(other)) }

    try lab.step()
    #expect(lab.observed.chronicle.events == [.waitedForSafepoint])
    try lab.mutate(.resume)
    #expect(throws: MachineError.noStoreToResume) { try lab.mutate(.resume) }
    try lab.step()
    #expect(lab.observed.chronicle.events.contains(.scannedRoot(.stack(.main), isRescan: false)))
    try lab.step()
    #expect(lab.observed.chronicle.events == [.waitedForSafepoint])
    try lab.perform(.mutate(.resume, by: other))
    try lab.step()
    #expect(lab.observed.chronicle.events.contains(.scannedRoot(.stack(other), isRescan: false)))
    #expect(lab.observed.machine.value(at: .slot(0, of: a)) == b)
    #expect(lab.observed.machine.value(at: .slot(1, of: b)) == a)
  }

  @Test func `the end of the last root that waits for its scan ends the root phase`() throws {
    var lab = try laboratory()
    try lab.step(2)
    #expect(lab.observed.machine.phase == .roots)
    try lab.mutate(.endThread(other))
    #expect(lab.observed.machine.phase == .marking)
    try lab.step(until: .idle)
    #expect(lab.fault == nil)
  }

  @Test func `a thread born while marking is black, an ended one is not scanned again`() throws {
    var lab = try laboratory { $0.barrier = .dijkstra }
    try lab.step()
    try lab.mutate(.endThread(other))
    try lab.mutate(.startThread("T3"))
    #expect(lab.observed.machine.roots.stacks[2].isScanned == true)
    var scans: [Event<ObjectID>] = []
    while lab.observed.machine.phase != .idle {
      try lab.step()
      scans += lab.observed.chronicle.events.filter { event in
        if case .scannedRoot(_, isRescan: true) = event { true } else { false }
      }
    }
    #expect(
      scans == [
        .scannedRoot(.stack(.main), isRescan: true),
        .scannedRoot(.stack(MutatorID(2)), isRescan: true),
      ])
  }

  @Test func `dangling variables of a thread end with it`() throws {
    var lab = try laboratory()
    try lab.perform(.mutate(.setVariable("x", .object(lab.reference("A"))), by: other))
    try lab.mutate(.free(.object(lab.reference("A"))))
    #expect(lab.observed.chronicle.dangling.count == 1)
    #expect(lab.observed.name(of: .variable(0, frame: 0, of: other)) == "T2:g.x")
    try lab.mutate(.endThread(other))
    #expect(lab.observed.chronicle.dangling == [:])
  }
}
