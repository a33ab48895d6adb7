import GarbageCollection
import TestSupport
import Testing

struct SnapshotTests {
  /// Settings under which a machine gets into every kind of state.
  static let setups = [
    Setup("dijkstra") { $0.barrier = .dijkstra },
    Setup("yuasa slot-last, store-first") {
      $0.barrier = .yuasa
      $0.scan = .slotLast
      $0.atomicity = .storeFirst
    },
    Setup("hybrid slot-first, fifo, read-first") {
      $0.barrier = .hybrid
      $0.scan = .slotFirst
      $0.worklistOrder = .firstInFirstOut
      $0.atomicity = .readFirst
    },
    Setup("boehm-dirty, stack barrier, flag read early") {
      $0.barrier = .boehmDirty
      $0.stackBarrier = true
      $0.flagCheck = .early
    },
    Setup("go, buffered, store-first") {
      $0.barrier = .go
      $0.buffer = .on
      $0.atomicity = .storeFirst
    },
    Setup("appel, slot-last") {
      $0.barrier = .appel
      $0.scan = .slotLast
    },
    Setup("none, shade-first, no handshake") {
      $0.atomicity = .shadeFirst
      $0.chosenHandshake = false
    },
    Setup("yuasa, store-first, no handshake") {
      $0.barrier = .yuasa
      $0.atomicity = .storeFirst
      $0.chosenHandshake = false
    },
    Setup("copying, stop-the-world") {
      $0.collector = .copying
      $0.schedule = .stopTheWorld
    },
    Setup("copying, baker") {
      $0.collector = .copying
      $0.barrier = .baker
    },
    Setup("generational, go") {
      $0.collector = .generational
      $0.barrier = .go
      $0.nurseryBytes = 96
    },
    Setup("generational, steele, store-first, one age") {
      $0.collector = .generational
      $0.barrier = .steele
      $0.nurseryBytes = 64
      $0.promotionAge = 1
      $0.atomicity = .storeFirst
    },
    Setup("mark-compact, go") {
      $0.collector = .markCompact
      $0.barrier = .go
    },
    Setup("mark-compact, yuasa, slot-last, store-first") {
      $0.collector = .markCompact
      $0.barrier = .yuasa
      $0.scan = .slotLast
      $0.atomicity = .storeFirst
    },
    Setup("reference-counting") { $0.collector = .referenceCounting },
    Setup("reference-counting, deferred") {
      $0.collector = .referenceCounting
      $0.counting = .deferred
    },
  ]

  @Test func `objects of different sizes come back in their own shape`() throws {
    var lab = try Laboratory()
    try lab.allocate("small", slots: 1)
    try lab.allocate("big", slots: 100)
    try lab.allocate("twin", slots: 1)
    try lab.allocate("large", slots: 20_000)
    try lab.store("big", 99, "twin")
    try lab.store("large", 19_999, "big")
    let snapshot = lab.observed.machine.snapshot
    let restored = try Machine.restored(from: snapshot, lab.observed.machine.settings)
    #expect(restored.snapshot == snapshot)
    #expect(restored.heap.firstAllocatorFault() == nil)
  }

  @Test func `a heap full of holes is restored within the same limit`() throws {
    var lab = try Laboratory { $0.heapLimitBytes = 16 * Page.bytes }
    try lab.mutate(.pushFrame("f"))
    var keepers = 0
    while true {
      do {
        try lab.allocate("o\(keepers)", slots: keepers.isMultiple(of: 3) ? 200 : 2)
        if keepers.isMultiple(of: 4) { try lab.root("g\(keepers)", "o\(keepers)") }
        keepers += 1
      } catch MachineError.heap { break }
    }
    try lab.step(until: .idle)
    let snapshot = lab.observed.machine.snapshot
    #expect(snapshot.objects.count > 20)
    let restored = try Machine.restored(from: snapshot, lab.observed.machine.settings)
    #expect(restored.snapshot == snapshot)
  }

  @Test(arguments: setups)
  func `snapshot and restored machine invert each other at every action`(_ setup: Setup) throws {
    var states: Set<String> = []
    for seed in 1...UInt64(Effort.scaled(8)) {
      try forEachState(of: setup, seed: seed) { observed in
        let snapshot = observed.machine.snapshot
        let restored = try Machine.restored(from: snapshot, setup.settings)
        #expect(restored.snapshot == snapshot, "seed \(seed), step \(observed.chronicle.step)")
        #expect(restored.heap.firstAllocatorFault() == nil)
        states.insert(
          "\(snapshot.phase) \(snapshot.scan != nil) \(snapshot.stores.first?.nextInstruction ?? 0)"
        )
      }
    }
    let kindCount = setup.settings.collector == .copying ? 3 : 4
    #expect(states.count >= kindCount, "few kinds of state were met: \(states.sorted())")
  }

  @Test(arguments: setups)
  func `a restored machine goes on like the original`(_ setup: Setup) throws {
    var comparisonCount = 0
    for seed in 1...UInt64(Effort.scaled(12)) {
      var observed = try ObservedMachine(setup.settings)
      try observed.perform(.mutate(.pushFrame("f0")))
      var program = RandomProgram(seed: seed)
      for _ in 0..<10 + Int(seed) { try observed.perform(program.next(for: observed)) }
      var twin = try Machine.restored(from: observed.machine.snapshot, setup.settings)
      var observer = CheckingObserver()
      for _ in 0..<40 {
        let action = program.next(for: observed)
        guard let translated = translate(action, from: observed.machine, to: twin) else { break }
        try observed.perform(action)
        try twin.perform(translated, observer: &observer)
        #expect(twin.snapshot == observed.machine.snapshot, "seed \(seed): \(action)")
        comparisonCount += 1
      }
    }
    #expect(comparisonCount > 20)
  }

  @Test func `a half-done store into a freed object is restored`() throws {
    var lab = try Laboratory {
      $0.atomicity = .shadeFirst
      $0.chosenHandshake = false
    }
    try lab.allocate("A")
    try lab.step(until: .marking)
    try lab.store("A", 0, nil)
    try lab.step(until: .idle)
    #expect(lab.fate("A") == .collected)
    let snapshot = lab.observed.machine.snapshot
    #expect(snapshot.stores.count == 1)
    let restored = try Machine.restored(from: snapshot, lab.observed.machine.settings)
    #expect(restored.snapshot == snapshot)
  }

  @Test func `after a cycle nothing is left of it in the snapshot`() throws {
    var lab = try Laboratory { $0.barrier = .dijkstra }
    try lab.allocate("A")
    try lab.root("g", "A")
    try lab.step(until: .idle)
    #expect(lab.observed.machine.snapshot.nextRescan == 0)
  }
}

/// Runs a random program and shows every state on its way.
func forEachState(
  of setup: Setup, seed: UInt64, length: Int = 60,
  _ body: (borrowing ObservedMachine) throws -> Void
) throws {
  var observed = try ObservedMachine(setup.settings)
  try observed.perform(.mutate(.pushFrame("f0")))
  var program = RandomProgram(seed: seed)
  for _ in 0..<length {
    try observed.perform(program.next(for: observed))
    try body(observed)
  }
}

/// The same action for a machine whose cells stand elsewhere; nil for allocations, whose cells do
/// depend on where the others stand.
private func translate(
  _ action: Action, from machine: borrowing Machine, to twin: borrowing Machine
) -> Action? {
  let old = machine.objects
  let new = twin.objects
  switch action {
  case .mutate(.allocate, _), .mutate(.store(_, .object, _), _), .mutate(.store(_, _, .object), _),
    .mutate(.setGlobal(_, .object), _), .mutate(.setVariable(_, .object), _):
    return nil
  case .mutate, .collect(.start), .collect(.startMinor), .collect(.step), .collect(.work),
    .collect(.scanRoot):
    return action
  case .collect(.scanObject(let object)):
    return old.firstIndex(of: object).map { .collect(.scanObject(new[$0])) }
  }
}

extension Machine {
  /// Every object, by address.
  var objects: [Reference] {
    var objects: [Reference] = []
    heap.forEachObject { objects.append($0) }
    return objects
  }
}
