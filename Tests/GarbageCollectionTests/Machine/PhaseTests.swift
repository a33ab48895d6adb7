import GarbageCollection
import TestSupport
import Testing

extension Laboratory {
  /// The phases entered by the last action.
  var entered: [Phase] {
    observed.chronicle.events.compactMap {
      if case .phaseChanged(_, let next) = $0 { next } else { nil }
    }
  }

  var phase: Phase { observed.machine.phase }

  var waits: Bool { observed.chronicle.events == [.waitedForSafepoint] }
}

struct PhaseTests {
  @Test(arguments: RootPolicy.allCases)
  func `a cycle goes through every phase in order`(_ policy: RootPolicy) throws {
    var lab = try bookHeap { $0.chosenRoots = policy }
    try lab.mutate(.pushFrame("main"))
    var phases: [[Phase]] = []
    repeat {
      try lab.step()
      if !lab.entered.isEmpty { phases.append(lab.entered) }
    } while lab.phase != .idle
    #expect(
      phases
        == (policy == .once
          ? [[.roots], [.marking], [.termination, .sweeping], [.idle]]
          : [[.roots], [.marking], [.termination], [.sweeping], [.idle]]))
    #expect(lab.observed.machine.collector.cycleCount == 1)
    #expect(lab.fault == nil)
  }

  @Test(arguments: StackPolicy.allCases, RootPolicy.allCases)
  func `an empty heap has cycles too`(_ stacks: StackPolicy, _ roots: RootPolicy) throws {
    var lab = try Laboratory {
      $0.chosenStacks = stacks
      $0.chosenRoots = roots
    }
    for _ in 0..<3 { try lab.step(until: .idle) }
    #expect(lab.observed.machine.collector.cycleCount == 3)
    #expect(lab.fault == nil)
  }

  @Test func `the root phase scans the stack, then globals in order of birth`() throws {
    var lab = try bookHeap()
    try lab.mutate(.pushFrame("main"))
    try lab.perform(.collect(.start))
    #expect(lab.phase == .roots)
    var scans: [RootID] = []
    while lab.phase == .roots {
      try lab.step()
      for case .scannedRoot(let root, false) in lab.observed.chronicle.events { scans.append(root) }
    }
    #expect(scans == [.stack(.main), .global(0), .global(1)])
  }

  @Test func `a snapshot takes all stacks in the action that starts the cycle`() throws {
    var lab = try bookHeap { $0.chosenStacks = .snapshot }
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("D"))))
    try lab.step()
    #expect(lab.color("D") == .grey)
    #expect(lab.observed.machine.roots.stacks[0].isScanned == true)
    #expect(lab.phase == .roots)
    #expect(lab.labels(.grey) == ["D"])

    var bare = try Laboratory { $0.chosenStacks = .snapshot }
    try bare.perform(.collect(.start))
    #expect(bare.entered == [.roots, .marking])
  }

  @Test func `a stopped world refuses every mutation until the cycle ends`() throws {
    var lab = try bookHeap { $0.schedule = .stopTheWorld }
    try lab.mutate(.pushFrame("main"))
    let a = lab.reference("A")
    let mutations: [Mutation] = [
      .allocate(label: "Z", slotCount: 1, payloadBytes: 0), .setGlobal("a", .null),
      .pushFrame("f"), .popFrame, .setVariable("x", .object(a)),
      .store(slot: 0, of: .object(a), .null), .resume,
    ]
    var phases: Set<Phase> = []
    try lab.step()
    repeat {
      phases.insert(lab.phase)
      let digest = lab.observed.digest
      for mutation in mutations {
        #expect(throws: MachineError.worldIsStopped(lab.phase)) { try lab.mutate(mutation) }
      }
      #expect(lab.observed.digest == digest)
      try lab.step()
    } while lab.phase != .idle
    #expect(phases == [.roots, .marking, .sweeping])
    try lab.mutate(.setGlobal("a", .null))
  }

  @Test func `taking turns, only termination stops the world`() throws {
    var lab = try bookHeap { $0.chosenRoots = .rescan }
    try lab.mutate(.pushFrame("main"))
    var refusals: Set<Phase> = []
    repeat {
      try lab.step()
      do {
        try lab.mutate(.setVariable("x", .null))
      } catch MachineError.worldIsStopped(let phase) { refusals.insert(phase) }
    } while lab.phase != .idle
    #expect(refusals == [.termination])
  }

  @Test func `a rescan finds what stacks alone still hold, and marks on from there`() throws {
    var lab = try bookHeap { $0.barrier = .dijkstra }
    try lab.mutate(.pushFrame("main"))
    try lab.step(until: .marking)
    try lab.mutate(.setVariable("x", .slot(0, of: .object(lab.reference("A")))))
    try lab.store("A", 0, nil)
    try lab.step(until: .termination)
    #expect(lab.labels(.white) == ["B", "C", "D", "E"])
    try lab.step()
    #expect(lab.phase == .termination)
    #expect(lab.labels(.grey) == ["B"])
    try lab.step(until: .sweeping)
    #expect(lab.labels(.white) == ["D"])
    try lab.step(until: .idle)
    #expect(lab.fate("D") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `start is refused while a cycle is under way`() throws {
    var lab = try bookHeap { $0.chosenRoots = .rescan }
    try lab.perform(.collect(.start))
    repeat {
      #expect(throws: MachineError.cycleIsUnderWay) { try lab.perform(.collect(.start)) }
      try lab.step()
    } while lab.phase != .idle
    try lab.perform(.collect(.start))
  }

  @Test(arguments: [1, 2, 3, 7, 50, .max])
  func `any budget leads to the state that single steps lead to`(_ budget: Int) throws {
    for (index, setup) in SnapshotTests.setups.enumerated() {
      for seed in 1...UInt64(6) {
        var reached: Machine?
        try forEachState(of: setup, seed: seed, length: 10 + index + Int(seed) * 3) { observed in
          reached = try observed.machine.copy()
        }
        guard var slow = reached.take() else { continue }
        var observer = CheckingObserver()
        while slow.pendingStore != nil, !slow.isWorldStopped {
          try slow.perform(.mutate(.resume), observer: &observer)
        }
        var fast = try slow.copy()
        if slow.phase == .idle { continue }
        while slow.phase != .idle { #expect(slow.advance(budget: 1, observer: &observer) > 0) }
        while fast.phase != .idle {
          let units = fast.advance(budget: budget, observer: &observer)
          #expect(units >= min(budget, 1) && (units >= budget || fast.phase == .idle))
        }
        #expect(slow.digest == fast.digest)
      }
    }
  }
}

struct HandshakeTests {
  private func halfDone(handshake: Bool, scanned: Bool) throws -> Laboratory {
    var lab = try Laboratory {
      $0.atomicity = .shadeFirst
      $0.chosenHandshake = handshake
    }
    try lab.allocate("A")
    try lab.root("g", "A")
    try lab.mutate(.pushFrame("main"))
    try lab.perform(.collect(.start))
    if scanned { try lab.step(until: .marking) }
    try lab.store("A", 0, "A")
    return lab
  }

  @Test func `the collector scans globals and objects but no stack during a store`() throws {
    var lab = try halfDone(handshake: true, scanned: false)
    try lab.step()
    #expect(lab.waits == true)
    #expect(throws: MachineError.cannotScan(.storeIsHalfDone)) {
      try lab.perform(.collect(.scanRoot(.stack(.main))))
    }
    try lab.perform(.collect(.scanRoot(.global(0))))
    try lab.perform(.collect(.scanObject(lab.reference("A"))))
    try lab.mutate(.resume)
    try lab.step()
    #expect(lab.phase == .marking)
  }

  @Test func `marking does not end during a store`() throws {
    var lab = try halfDone(handshake: true, scanned: true)
    try lab.step()
    #expect(lab.color("A") == .black)
    for _ in 0..<3 {
      try lab.step()
      #expect(lab.waits == true)
    }
    try lab.mutate(.resume)
    try lab.step()
    #expect(lab.phase == .sweeping)
    #expect(lab.fate("A") == .live)
  }

  @Test func `without handshake nothing waits`() throws {
    var lab = try halfDone(handshake: false, scanned: false)
    try lab.step(until: .idle)
    #expect(lab.observed.machine.pendingStore != nil)
    try lab.mutate(.resume)
    #expect(lab.observed.slots(of: lab.id("A"))[0] == .object(lab.id("A")))
  }

  @Test func `a snapshot is not taken during a store`() throws {
    var lab = try Laboratory {
      $0.atomicity = .shadeFirst
      $0.chosenStacks = .snapshot
    }
    try lab.allocate("A")
    try lab.step(until: .marking)
    try lab.store("A", 0, nil)
    var snapshot = lab.observed.machine.snapshot
    snapshot.phase = .idle
    var machine = try Machine.restored(from: snapshot, lab.observed.machine.settings)
    var silent = SilentObserver()
    #expect(throws: MachineError.cannotScan(.storeIsHalfDone)) {
      try machine.perform(.collect(.start), observer: &silent)
    }
    #expect(machine.advance(budget: 5, observer: &silent) == 0)
    #expect(machine.snapshot == snapshot)
  }

  @Test func `during a store its mutator can do nothing else`() throws {
    var lab = try halfDone(handshake: true, scanned: true)
    let digest = lab.observed.digest
    for mutation in [Mutation.pushFrame("f"), .popFrame, .setGlobal("g", .null)] {
      #expect(throws: MachineError.storeIsHalfDone) { try lab.mutate(mutation) }
    }
    #expect(throws: MachineError.storeIsHalfDone) { try lab.allocate("B") }
    #expect(lab.observed.digest == digest)
    try lab.mutate(.resume)
    #expect(throws: MachineError.noStoreToResume) { try lab.mutate(.resume) }
  }
}
