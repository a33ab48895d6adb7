import GarbageCollection
import TestSupport
import Testing

extension Laboratory {
  /// Steps until marking has ended and the labels of the objects in the order they became black.
  mutating func blackeningOrder() throws -> [String] {
    var order: [String] = []
    while phase == .marking {
      try step()
      for case .blackened(let id) in observed.chronicle.events {
        order.append(observed.label(of: id))
      }
    }
    return order
  }
}

struct ScanTests {
  @Test func `depth first scans the one shaded last, breadth first the one shaded first`() throws {
    var deep = try bookHeap { $0.worklistOrder = .lastInFirstOut }
    try deep.step(until: .marking)
    #expect(try deep.blackeningOrder() == ["A", "B", "E", "C", "F", "G"])
    var broad = try bookHeap { $0.worklistOrder = .firstInFirstOut }
    try broad.step(until: .marking)
    #expect(try broad.blackeningOrder() == ["F", "A", "G", "B", "C", "E"])
  }

  @Test(arguments: ScanGranularity.allCases)
  func `an object without slots is black once it is found, and never scanned`(
    _ granularity: ScanGranularity
  ) throws {
    var lab = try Laboratory { $0.scan = granularity }
    try lab.allocate("A", slots: 0, bytes: 8)
    try lab.root("g", "A")
    try lab.step(until: .marking)
    #expect(lab.color("A") == .black)
    #expect(lab.observed.worklist == [])
    #expect(
      lab.observed.chronicle.events.contains(
        .marked(lab.id("A"), by: .root(.global(0), isRescan: false))))
    try lab.step()
    #expect(lab.phase == .sweeping)
    #expect(lab.fault == nil)
  }

  @Test(arguments: 1...4)
  func `slot by slot takes a step for each slot, and one to take the object`(
    _ slots: Int
  ) throws {
    for (granularity, steps) in [
      (ScanGranularity.object, 1), (.slotLast, slots + 1), (.slotFirst, slots + 1),
    ] {
      var lab = try Laboratory { $0.scan = granularity }
      try lab.allocate("A", slots: slots)
      try lab.root("g", "A")
      try lab.step(until: .marking)
      var count = 0
      var examined: [Int] = []
      var colors: [Color?] = []
      var blackeningCount = 0
      while lab.labels(.grey) == ["A"] || lab.observed.machine.partialScan != nil {
        try lab.step()
        count += 1
        colors.append(lab.color("A"))
        blackeningCount += lab.observed.chronicle.events.count { $0 == .blackened(lab.id("A")) }
        for case .examinedSlot(let slot, _, nil) in lab.observed.chronicle.events {
          examined.append(slot)
        }
      }
      #expect(count == steps)
      #expect(examined == Array(0..<slots))
      #expect(colors.last == .black)
      #expect(blackeningCount == 1)
      #expect(
        colors.dropLast().allSatisfy { $0 == (granularity == .slotFirst ? .black : .grey) })
      #expect(lab.fault == nil)
    }
  }

  @Test func `work is counted in slots, roots, blackenings and cells`() throws {
    var lab = try Laboratory()
    try lab.allocate("A", slots: 5)
    try lab.root("g", "A")
    var machine = try lab.observed.machine.copy()
    var silent = SilentObserver()
    var units: [Int] = []
    repeat {
      units.append(machine.advance(budget: 1, observer: &silent))
    } while machine.phase != .idle
    #expect(units == [1, 1, 6, 1, 1])
  }

  @Test func `another scan or root can be chosen next, and only one that could be`() throws {
    var lab = try bookHeap()
    try lab.mutate(.pushFrame("main"))
    let (a, b, d, f) = (
      lab.reference("A"), lab.reference("B"), lab.reference("D"), lab.reference("F")
    )
    #expect(throws: MachineError.noCycleIsUnderWay) { try lab.perform(.collect(.scanObject(a))) }
    #expect(throws: MachineError.noCycleIsUnderWay) {
      try lab.perform(.collect(.scanRoot(.global(0))))
    }
    try lab.perform(.collect(.start))
    try lab.perform(.collect(.scanRoot(.global(1))))
    #expect(lab.labels(.grey) == ["A"])
    #expect(throws: MachineError.cannotScan(.rootIsScanned)) {
      try lab.perform(.collect(.scanRoot(.global(1))))
    }
    try lab.perform(.collect(.scanObject(a)))
    #expect(lab.labels(.black) == ["A"])
    try lab.perform(.collect(.scanRoot(.stack(.main))))
    #expect(lab.phase == .roots)
    try lab.perform(.collect(.scanRoot(.global(0))))
    #expect(lab.phase == .marking)
    for object in [a, d] {
      #expect(throws: MachineError.cannotScan(.objectIsNotGrey)) {
        try lab.perform(.collect(.scanObject(object)))
      }
    }
    #expect(throws: MachineError.cannotScan(.rootIsScanned)) {
      try lab.perform(.collect(.scanRoot(.global(0))))
    }
    #expect(lab.observed.worklist.map { lab.observed.label(of: $0) } == ["B", "F"])
    try lab.perform(.collect(.scanObject(b)))
    #expect(lab.observed.worklist.map { lab.observed.label(of: $0) } == ["F", "C", "E"])
    try lab.perform(.collect(.scanObject(f)))
    try lab.step(until: .sweeping)
    #expect(throws: MachineError.cannotScan(.markingIsOver)) {
      try lab.perform(.collect(.scanObject(a)))
    }
    #expect(lab.fault == nil)
  }

  @Test(arguments: [StackPolicy.first, .snapshot])
  func `where stacks come first nothing can be scanned before them`(
    _ policy: StackPolicy
  ) throws {
    var lab = try bookHeap {
      $0.chosenStacks = policy
      $0.barrier = .go
    }
    try lab.mutate(.pushFrame("main"))
    let a = lab.reference("A")
    try lab.perform(.collect(.start))
    if policy == .first {
      try lab.store("A", 1, "A")
      #expect(lab.color("A") == .grey)
      for scan in [Collection.scanRoot(.global(1)), .scanObject(a)] {
        #expect(throws: MachineError.cannotScan(.stacksComeFirst)) {
          try lab.perform(.collect(scan))
        }
      }
      try lab.perform(.collect(.scanRoot(.stack(.main))))
    }
    try lab.perform(.collect(.scanRoot(.global(1))))
    try lab.perform(.collect(.scanObject(a)))
    #expect(lab.labels(.black) == ["A"])
  }

  @Test(arguments: [ScanGranularity.slotLast, .slotFirst])
  func `a half-scanned object is finished before another is chosen`(
    _ scan: ScanGranularity
  ) throws {
    var lab = try bookHeap { $0.scan = scan }
    try lab.step(until: .marking)
    try lab.perform(.collect(.scanObject(lab.reference("F"))))
    #expect(lab.observed.machine.partialScan?.object == lab.reference("F"))
    #expect(throws: MachineError.cannotScan(.anotherScanIsUnderWay)) {
      try lab.perform(.collect(.scanObject(lab.reference("A"))))
    }
    try lab.step(2)
    try lab.perform(.collect(.scanObject(lab.reference("A"))))
    try lab.step(until: .idle)
    #expect(lab.fate("D") == .collected)
    #expect(lab.fault == nil)
  }

  @Test func `a worklist longer than its first buffer keeps its order`() throws {
    for order in WorklistOrder.allCases {
      var lab = try Laboratory { $0.worklistOrder = order }
      try lab.allocate("hub", slots: 200)
      try lab.root("g", "hub")
      for number in 0..<200 {
        try lab.allocate("o\(number)", slots: 1)
        try lab.store("hub", number, "o\(number)")
      }
      try lab.step(until: .marking)
      let labels = try lab.blackeningOrder().dropFirst()
      let forward = (0..<200).map { "o\($0)" }
      #expect(Array(labels) == (order == .lastInFirstOut ? forward.reversed() : forward))
    }
  }
}
