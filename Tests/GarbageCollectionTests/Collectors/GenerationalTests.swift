import GarbageCollection
import TestSupport
import Testing

struct GenerationalTests {
  private func laboratory(
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> Laboratory {
    try Laboratory {
      $0.collector = .generational
      $0.barrier = .dijkstra
      $0.nurseryBytes = 128
      $0.heapLimitBytes = 1 << 17
      change(&$0)
    }
  }

  private func collectMinor(_ lab: inout Laboratory) throws {
    try lab.perform(.collect(.startMinor))
    try lab.step(until: .idle)
  }

  /// An old O that the global `o` holds.
  private func withOld(_ change: (inout Settings) -> Void = { _ in }) throws -> Laboratory {
    var lab = try laboratory(change)
    try lab.allocate("O")
    try lab.root("o", "O")
    try lab.step(until: .idle)
    return lab
  }

  @Test func `the nursery is no larger than asked for`() throws {
    var lab = try laboratory()
    for number in 0..<8 { try lab.allocate("o\(number)") }
    #expect(throws: MachineError.self) { try lab.allocate("o8") }
    #expect(lab.observed.machine.heap.spaces.map(\.role) == [.nursery, .survivors, .toSpace])
    #expect(lab.observed.machine.workOwed(slotCount: 2, payloadBytes: 0, by: .main) == .startMinor)
  }

  @Test func `survivors grow older, and are promoted`() throws {
    var lab = try laboratory()
    try lab.allocate("A")
    try lab.allocate("D")
    try lab.root("g", "A")
    try collectMinor(&lab)
    #expect(lab.fate("D") == .collected)
    #expect(lab.young.contains("A"))
    #expect(lab.observed.machine.heap.age(of: lab.reference("A")) == 1)
    try collectMinor(&lab)
    #expect(!lab.young.contains("A"))
    #expect(lab.observed.chronicle[ObjectID(0)].moveCount == 2)
    try collectMinor(&lab)
    #expect(lab.observed.chronicle[ObjectID(0)].moveCount == 2)
    #expect(lab.fault == nil)
  }

  @Test(arguments: SettingName.promotionAges)
  func `promotion takes as many collections as were asked for`(_ age: Int) throws {
    var lab = try laboratory { $0.promotionAge = age }
    try lab.allocate("A", slots: 3, bytes: 4)
    try lab.root("g", "A")
    for number in 1...age {
      #expect(lab.young.contains("A"))
      try collectMinor(&lab)
      #expect(lab.young.contains("A") == (number < age))
    }
    #expect(lab.observed.machine.heap.header(of: lab.reference("A")).payloadBytes == 4)
  }

  @Test func `a store of a young object into an old one is remembered once`() throws {
    var lab = try withOld()
    try lab.allocate("Y")
    try lab.store("O", 0, "Y")
    try lab.store("O", 0, "Y")
    #expect(
      lab.observed.machine.heap.remembered.slots
        == [RememberedSet.Slot(number: 0, object: lab.reference("O"))])
    try collectMinor(&lab)
    #expect(lab.fate("Y") == .live)
    #expect(lab.young.contains("Y"))
    #expect(lab.observed.machine.heap.remembered.count == 1)
    try collectMinor(&lab)
    #expect(!lab.young.contains("Y"))
    #expect(lab.observed.machine.heap.remembered.count == 0)
  }

  @Test func `stores among the young, and of the old, are not remembered`() throws {
    var lab = try withOld()
    try lab.allocate("Y")
    try lab.allocate("Z")
    try lab.store("Y", 0, "Z")
    try lab.store("Y", 1, "O")
    try lab.store("O", 0, "O")
    try lab.store("O", 1, nil)
    #expect(lab.observed.machine.heap.remembered.count == 0)
  }

  @Test func `slots of a promoted object that refer to the young are remembered`() throws {
    var lab = try laboratory()
    try lab.allocate("A")
    try lab.root("g", "A")
    try collectMinor(&lab)
    try lab.allocate("Y")
    try lab.store("A", 1, "Y")
    try collectMinor(&lab)
    #expect(!lab.young.contains("A"))
    #expect(lab.young.contains("Y"))
    #expect(
      lab.observed.machine.heap.remembered.slots
        == [RememberedSet.Slot(number: 1, object: lab.reference("A"))])
  }

  @Test func `without the remembered set the young object is doomed, then lost`() throws {
    var lab = try withOld { $0.remembersStores = false }
    try lab.allocate("Y")
    try lab.store("O", 0, "Y")
    #expect(lab.fate("Y") == .live)
    try lab.perform(.collect(.startMinor))
    #expect(lab.fate("Y") == .doomed)
    try lab.step(until: .idle)
    #expect(lab.fate("Y") == .lost)
    #expect(lab.observed.content(of: .slot(0, of: lab.reference("O"))) == .dangling(ObjectID(1)))
  }

  @Test func `a dead old object keeps its young alive until everything is collected`() throws {
    var lab = try withOld()
    try lab.allocate("Y")
    try lab.store("O", 0, "Y")
    try lab.root("o", nil)
    try collectMinor(&lab)
    #expect(lab.fate("Y") == .garbage)
    try lab.step(until: .idle)
    #expect(lab.fate("Y") == .collected)
    #expect(lab.fate("O") == .collected)
  }

  @Test func `a major collection promotes all the young, then marks`() throws {
    var lab = try laboratory()
    try lab.allocate("A")
    try lab.root("g", "A")
    try lab.perform(.collect(.start))
    #expect(lab.observed.machine.phase == .flipping)
    try lab.step(until: .roots)
    #expect(!lab.young.contains("A"))
    #expect(lab.color("A") == .white)
    try lab.allocate("N")
    #expect(!lab.young.contains("N"))
    try lab.step(until: .idle)
    #expect(lab.fault == nil)
  }

  @Test func `objects larger than the nursery are born old`() throws {
    var lab = try laboratory()
    try lab.allocate("L", slots: 40)
    #expect(!lab.young.contains("L"))
  }

  @Test func `survivors that find no room among the young are promoted early`() throws {
    var lab = try laboratory { $0.promotionAge = 7 }
    var count = 0
    for _ in 0..<3 {
      for _ in 0..<8 {
        try lab.allocate("o\(count)")
        try lab.root("g\(count)", "o\(count)")
        count += 1
      }
      try collectMinor(&lab)
    }
    for number in 0..<count { #expect(lab.fate("o\(number)") == .live) }
    #expect(lab.fault == nil)
  }

  @Test func `where the old are full the young are marked where they stand`() throws {
    var lab = try laboratory {
      $0.heapLimitBytes = 5 * Page.bytes
      $0.chosenTrigger = .full
    }
    // Two pages for the old: both taken, by what is dead later.
    try lab.allocate("L", slots: 1, bytes: 8100)
    try lab.allocate("M", slots: 1, bytes: 8100)
    for number in 0..<8 { try lab.allocate("o\(number)") }
    try lab.root("g", "o3")
    #expect(throws: MachineError.self) { try lab.perform(.collect(.startMinor)) }
    #expect(lab.observed.machine.workOwed(slotCount: 2, payloadBytes: 0, by: .main) == .start)
    try lab.step(until: .idle)
    #expect(lab.fate("L") == .collected)
    #expect(lab.fate("o0") == .collected)
    #expect(lab.fate("o3") == .live)
    #expect(lab.young.contains("o3"))
    #expect(lab.observed.machine.workOwed(slotCount: 2, payloadBytes: 0, by: .main) == .startMinor)
    #expect(lab.fault == nil)
  }

  @Test func `the barrier for the remembered set is part of the store's program`() {
    var settings = Settings()
    settings.collector = .generational
    settings.barrier = .yuasa
    #expect(
      BarrierProgram(.store, settings).lines == [
        "store(slot, new):", "  shade(*slot)", "  *slot = new",
        "  if source is old and new young:", "    remember(slot)",
      ])
    settings.remembersStores = false
    #expect(BarrierProgram(.store, settings).lines.count == 3)
  }
}

extension Laboratory {
  /// The labels of the objects that stand in spaces for the young, by birth.
  fileprivate var young: [String] {
    observed.chronicle.ids.filter {
      observed.color(of: $0) != nil
        && observed.machine.heap.isYoung(observed.chronicle[$0].reference)
    }.map { observed.label(of: $0) }
  }
}
