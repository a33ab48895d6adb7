import Glibc
import Synchronization
import TestSupport
import Testing

@testable import GarbageCollection

/// Threads whose objects are born in a nursery; the oracle judges after each collection.
@Suite(.serialized)
struct NurseryTests {
  private func settings(
    _ collection: ThreadedCollection = .concurrent, nurseryBytes: Int = 64 << 10,
    limitBytes: Int = 1 << 26
  ) -> ThreadSettings {
    var settings = ThreadSettings()
    settings.collection = collection
    settings.nurseryBytes = nurseryBytes
    settings.limitBytes = limitBytes
    settings.minimumBytes = 1 << 17
    settings.judges = true
    return settings
  }

  private func expectSound(_ machine: ThreadedMachine, minors: Int = 2) {
    let report = machine.report()
    #expect(report.minorCount >= minors)
    #expect(report.lostCount == 0)
    #expect(report.staleCount == 0)
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
  }

  /// Runs `body` on a mutator of its own, which ends with it.
  private func run(
    on machine: ThreadedMachine, _ body: (inout ThreadedMutator) throws -> Void
  ) throws {
    var mutator = try machine.makeMutator(named: "T")
    try body(&mutator)
  }

  // MARK: One thread

  @Test(arguments: ThreadedCollection.allCases)
  func `what lives is promoted with its bytes`(_ collection: ThreadedCollection) throws {
    let machine = try ThreadedMachine(settings(collection))
    try run(on: machine) { mutator in
      // A list whose nodes have sizes of all kinds, and garbage between them.
      for number in 0..<2000 {
        let payloadBytes = 8 + number * 24 % 1500
        let node = try mutator.allocate(slotCount: 1, payloadBytes: payloadBytes)
        mutator.storePayload(UInt64(number), 0, after: 1, of: node)
        if number > 0 { mutator.store(mutator[0], in: 0, of: node) }
        if number == 0 { mutator.push(node) } else { mutator[0] = node }
        for _ in 0..<20 { _ = try mutator.allocate(slotCount: 3, payloadBytes: 16) }
      }
      var next = mutator[0]
      for number in (0..<2000).reversed() {
        #expect(mutator.loadPayload(0, after: 1, of: next!) == UInt64(number))
        next = mutator.load(0, of: next!)
      }
      #expect(next == nil)
    }
    machine.close()
    expectSound(machine)
    #expect(machine.report().promotedBytes > 2000 * 16)
  }

  @Test func `what allocations ask for is one cycle, not two`() throws {
    var settings = settings()
    settings.judges = false
    // So much that nobody promotes it again while a sweep is held up.
    settings.minimumBytes = 1 << 23
    let machine = try ThreadedMachine(settings)
    try run(on: machine) { mutator in
      mutator.push(nil)
      for round in 1...5 {
        let last = try mutator.allocate(slotCount: 1, payloadBytes: 8)
        mutator[0] = last
        while machine.report().cycleCount < round {
          let node = try mutator.allocate(slotCount: 1, payloadBytes: 200)
          mutator.store(mutator[0], in: 0, of: node)
          mutator[0] = node
        }
        // Time enough for another to begin and end.
        mutator.whileAway { _ = usleep(50_000) }
        #expect(machine.report().cycleCount == round)
      }
    }
    machine.close()
  }

  @Test func `an old object that alone refers to a young one keeps it`() throws {
    let machine = try ThreadedMachine(settings())
    try run(on: machine) { mutator in
      mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 0))
      mutator.collect()
      let young = try mutator.allocate(slotCount: 0, payloadBytes: 32)
      mutator.storePayload(77, 0, after: 0, of: young)
      mutator.store(young, in: 1, of: mutator[0]!)
      let minors = machine.report().minorCount
      while machine.report().minorCount == minors {
        _ = try mutator.allocate(slotCount: 2, payloadBytes: 0)
      }
      let moved = mutator.load(1, of: mutator[0]!)!
      #expect(moved != young)
      #expect(mutator.loadPayload(0, after: 0, of: moved) == 77)
    }
    machine.close()
    expectSound(machine)
  }

  @Test func `an old object that is stored into again and again is remembered in little room`()
    throws
  {
    let machine = try ThreadedMachine(settings())
    try run(on: machine) { mutator in
      mutator.push(try mutator.allocate(slotCount: 4, payloadBytes: 0))
      mutator.collect()
      mutator.push(try mutator.allocate(slotCount: 0, payloadBytes: 16))
      for number in 0..<300_000 { mutator.store(mutator[1], in: number & 3, of: mutator[0]!) }
      #expect(mutator.record.remembered.count <= 1 << 16)
    }
    machine.close()
    #expect(machine.report().lostCount == 0)
  }

  @Test func `large objects are born old, and tiny ones have headers`() throws {
    let machine = try ThreadedMachine(settings())
    try run(on: machine) { mutator in
      let large = mutator.push(try mutator.allocate(slotCount: 2000, payloadBytes: 0))
      let before = mutator[large]
      for slot in 0..<2000 {
        let tiny = try mutator.allocate(slotCount: 0, payloadBytes: 3)
        mutator.store(tiny, in: slot, of: mutator[large]!)
        _ = try mutator.allocate(slotCount: 0, payloadBytes: 7)
        _ = try mutator.allocate(slotCount: 8, payloadBytes: 40)
      }
      #expect(mutator[large] == before)
    }
    machine.close()
    expectSound(machine, minors: 1)
  }

  @Test func `a heap that is full of live objects says so, and goes on`() throws {
    let machine = try ThreadedMachine(settings(limitBytes: 1 << 20))
    try run(on: machine) { mutator in
      #expect(throws: ThreadError.self) {
        while true { mutator.push(try mutator.allocate(slotCount: 4, payloadBytes: 200)) }
      }
      mutator.pop(to: 0)
      for _ in 0..<20_000 { _ = try mutator.allocate(slotCount: 4, payloadBytes: 200) }
    }
    machine.close()
    expectSound(machine)
  }

  @Test func `sizes that no nursery can have are refused`() {
    for byteCount in [1, 1 << 12, 1 << 29] {
      #expect(throws: ThreadError.badNursery(byteCount)) {
        try ThreadedMachine(settings(nurseryBytes: byteCount))
      }
    }
  }

  // MARK: Many threads

  @Test(arguments: ThreadSettings.barriers, ThreadedCollection.allCases)
  func `nothing is lost while threads rewire a graph`(
    _ barrier: Barrier, _ collection: ThreadedCollection
  ) throws {
    var settings = settings(collection)
    settings.barrier = barrier
    settings.markerCount = collection == .concurrent ? 2 : 1
    let machine = try ThreadedMachine(settings)
    try run(on: machine) { owner in
      owner.push(try owner.allocate(slotCount: 32, payloadBytes: 0))
      // What has been promoted does not move again.
      owner.collect()
      let board = ExchangeBoard(object: owner[0]!, slotCount: 32)
      owner.whileAway {
        runThreads(3) { number in
          var program = Rewiring(
            try! machine.makeMutator(named: "T\(number)"), seed: UInt64(number))
          try! program.populate()
          try! program.run(Effort.scaled(20_000), exchanging: board)
        }
      }
      for slot in 0..<board.slotCount { owner.store(nil, in: slot, of: board.object) }
      owner.collect()
    }
    machine.close()
    expectSound(machine)
  }

  @Test func `without its barrier the oracle finds that an object is lost`() throws {
    var program = BarrierProgram(.store, settings().machine)
    program = BarrierProgram(.store, program.instructions.filter { $0 != .rememberSlot })
    let machine = try ThreadedMachine(settings(), store: program)
    try run(on: machine) { mutator in
      mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 0))
      mutator.collect()
      let young = try mutator.allocate(slotCount: 0, payloadBytes: 32)
      mutator.storePlainly(young, in: 1, of: mutator[0]!)
      let minors = machine.report().minorCount
      while machine.report().minorCount == minors {
        _ = try mutator.allocate(slotCount: 2, payloadBytes: 0)
      }
      mutator.store(nil, in: 1, of: mutator[0]!)
    }
    machine.close()
    #expect(machine.report().lostCount > 0)
  }

  // MARK: Standing still

  @Test func `whoever pauses can take the young to the old step by step, and let go in between`()
    throws
  {
    let machine = try ThreadedMachine(settings())
    var mutator = try machine.makeMutator(named: "T")
    mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 8))
    for _ in 0..<50 {
      let object = try mutator.allocate(slotCount: 2, payloadBytes: 8)
      mutator.store(mutator[0], in: 0, of: object)
      mutator[0] = object
    }
    mutator.whileAway {
      machine.pause()
      var movedCount = 0
      // Not to the end: the rest is done when the threads go on.
      for _ in 0..<20 {
        for case .moved in machine.step().events { movedCount += 1 }
      }
      #expect(movedCount > 0)
      #expect(machine.whilePaused { $0.phase.isCopying })
      machine.resume()
    }
    let length = mutator.length(ofListIn: 0)
    #expect(length == 51)
    _ = consume mutator
    machine.close()
    #expect(machine.report().lostCount == 0)
  }

  // MARK: One go and step by step

  /// Random programs on two machines: one collects its young step by step, the other in one go.
  @Test(arguments: 0..<UInt64(Effort.scaled(20)))
  func `in one go what survives is what survives step by step`(_ seed: UInt64) throws {
    var settings = Settings()
    settings.collector = .generational
    settings.promotionAge = 1
    settings.nurseryBytes = 4096
    settings.heapLimitBytes = 1 << 20
    settings.barrier = .go
    var stepwise = try Machine(settings)
    var atOnce = try Machine(settings)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let choices = (0..<60).map { _ in Int.random(in: 0..<1 << 20, using: &generator) }
      for choice in choices {
        try NurseryTests.act(choice, on: &stepwise)
        try NurseryTests.act(choice, on: &atOnce)
      }
      var silent = SilentObserver()
      try stepwise.perform(.collect(.startMinor), observer: &silent)
      while stepwise.phase != .idle { stepwise.advance(budget: 1, observer: &silent) }
      _ = atOnce.collectYoung()
      #expect(NurseryTests.shape(of: stepwise) == NurseryTests.shape(of: atOnce))
      #expect(stepwise.collector.work == atOnce.collector.work)
      #expect(stepwise.collector.cycleCount == atOnce.collector.cycleCount)
      #expect(atOnce.heap.firstAllocatorFault() == nil)
      let hasYoung = atOnce.heap.hasYoung
      #expect(!hasYoung)
    }
  }

  /// Allocates an object into one of eight globals, links two of them, or drops one.
  private static func act(_ choice: Int, on machine: inout Machine) throws {
    var silent = SilentObserver()
    let (first, second) = (choice >> 3 & 7, choice >> 6 & 7)
    switch choice & 7 {
    case 0...4:
      let object = try machine.allocateObject(
        slotCount: 1 + choice >> 9 & 3, payloadBytes: 8 + choice >> 11 & 31)
      machine.heap.fillPayload(of: object, with: [UInt8(truncatingIfNeeded: choice >> 4)])
      if let old = machine.global(first) {
        try machine.perform(
          .mutate(.store(slot: 0, of: .object(object), .object(old))), observer: &silent)
      }
      try machine.perform(.mutate(.setGlobal("g\(first)", .object(object))), observer: &silent)
    case 5, 6:
      guard let source = machine.global(first), let target = machine.global(second) else { return }
      try machine.perform(
        .mutate(.store(slot: 0, of: .object(source), .object(target))), observer: &silent)
    default:
      try machine.perform(.mutate(.setGlobal("g\(first)", .null)), observer: &silent)
    }
  }

  /// Every reachable object, in the order of a walk from the globals: its bytes, and to which of them it
  /// refers.
  private static func shape(of machine: borrowing Machine) -> [[Int]] {
    var numbers: [Reference: Int] = [:]
    var order: [Reference] = []
    func number(_ object: Reference?) -> Int {
      guard let object else { return -1 }
      if let number = numbers[object] { return number }
      numbers[object] = order.count
      order.append(object)
      return order.count - 1
    }
    var shape: [[Int]] = [machine.roots.globals.map { number($0.value) }]
    var index = 0
    while index < order.count {
      let object = order[index]
      let header = machine.heap.header(of: object)
      let slots = (0..<header.slotCount).map { number(machine.heap.load($0, of: object)) }
      let start = machine.heap.allocator.arena.slotOffset(
        header.slotCount, ofObjectAt: object.offset)
      let payload = machine.heap.allocator.arena
        .bytes(at: start, byteCount: header.payloadBytes).map(Int.init)
      shape.append([header.slotCount, header.payloadBytes] + slots + payload)
      index += 1
    }
    return shape
  }
}

extension Machine {
  fileprivate func global(_ number: Int) -> Reference? {
    roots.globalIndex(named: "g\(number)").flatMap { roots.globals[$0].value }
  }
}
