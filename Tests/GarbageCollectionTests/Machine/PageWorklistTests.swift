import TestSupport
import Testing

@testable import GarbageCollection

/// Grey objects grouped by the page they stand in.
struct PageWorklistTests {
  /// A random graph of objects of several sizes on many pages; the machine, marking.
  ///
  /// - Parameter payloads: bytes; with 5 slots at most, 24 makes cells of 32 to 56 bytes.
  private func machine(
    _ order: WorklistOrder, seed: UInt64, payloads: ClosedRange<Int> = 24...24
  ) throws -> Machine {
    var settings = Settings()
    settings.worklistOrder = order
    settings.heapLimitBytes = 1 << 22
    var machine = try Machine(settings)
    var generator = SeededGenerator(seed: seed)
    var silent = SilentObserver()
    // The first is scanned in pieces.
    var objects = [try machine.allocateObject(slotCount: 3000, payloadBytes: 0)]
    for _ in 0..<4000 {
      objects.append(
        try machine.allocateObject(
          slotCount: Int.random(in: 0..<6, using: &generator),
          payloadBytes: Int.random(in: payloads, using: &generator)))
    }
    try machine.perform(
      .mutate(.setGlobal("root", .object(objects[0]))), observer: &silent)
    for object in objects {
      for slot in 0..<machine.heap.slotCount(of: object) where Bool.random(using: &generator) {
        let target = objects.randomElement(using: &generator)!
        try machine.perform(
          .mutate(.store(slot: slot, of: .object(object), .object(target))), observer: &silent)
      }
    }
    try machine.perform(.collect(.start), observer: &silent)
    while machine.phase == .roots { machine.advance(budget: 1, observer: &silent) }
    return machine
  }

  @Test(arguments: [1, 100, 512, 700, 5000, Int.max])
  func `every order and every budget keeps the same objects`(_ budget: Int) throws {
    var first = try machine(.lastInFirstOut, seed: 1)
    var second = try machine(.bySpan, seed: 1)
    let left = first.survivors(budget: 1)
    #expect(left.count > 1000)
    let others = second.survivors(budget: budget)
    #expect(others == left)
  }

  @Test(arguments: [8, 16, 40, 56, 72, 88] as [Int], [1, 512, 5000])
  func `objects in the middle of a granule are marked as in any other order`(
    _ payloadBytes: Int, _ budget: Int
  ) throws {
    let payloads = payloadBytes...payloadBytes + 12
    var first = try machine(.lastInFirstOut, seed: 5, payloads: payloads)
    var second = try machine(.bySpan, seed: 5, payloads: payloads)
    let words = first.survivors(budget: 1)
    #expect(words.count { $0 % 2 == 1 } > 500)
    let others = second.survivors(budget: budget)
    #expect(others == words)
  }

  @Test(arguments: [1, 2, 3, 100])
  func `pages that go from marker to marker keep their objects`(_ share: Int) throws {
    let heap = try objectsOfOddClasses()
    let ground = heap.heap.tables
    func wavefront() -> Wavefront {
      Wavefront(order: .bySpan, granularity: .object, pageCount: (1 << 20) / Page.bytes + 1)
    }
    var generator = SeededGenerator(seed: 6)
    var one = wavefront()
    var other = wavefront()
    // Of each page a single one, and of every other page more.
    var grey: [Reference] = []
    for (page, objects) in heap.objectsByPage.enumerated() {
      let count = page % 2 == 0 ? 1 : Int.random(in: 2...objects.count, using: &generator)
      grey += objects.shuffled(using: &generator).prefix(count)
    }
    #expect(grey.contains { $0.word % 2 == 1 } && grey.contains { $0.word % 2 == 0 })
    for object in grey {
      ground.setColor(.grey, of: object)
      one.push(object)
    }
    while one.listedCount > 0 { _ = other.take(share, from: &one, ground) }
    let waiting = other.waiting(ground)
    #expect(waiting.sorted() == grey.sorted())
    other.giveAll(to: &one, ground)
    let (isFirstEmpty, isSecondEmpty) = (one.isExhausted, other.isExhausted)
    #expect(!isFirstEmpty && isSecondEmpty)
    var popped: [Reference] = []
    while !one.isExhausted {
      if let object = one.pop(ground) { popped.append(object) }
    }
    #expect(popped.sorted() == grey.sorted())
  }

  /// A heap full of objects of 24 to 120 bytes, and where they stand.
  private struct OddHeap: ~Copyable {
    var heap: Heap
    var objectsByPage: [[Reference]] = []
  }

  private func objectsOfOddClasses() throws -> OddHeap {
    var heap = try Heap(limitBytes: 1 << 20)
    var pages: [Int: [Reference]] = [:]
    for sizeClass in CellStartTests.odd {
      let header = ObjectHeader(slotCount: 1, payloadBytes: sizeClass.cellBytes - 12)
      for _ in 0..<3 * sizeClass.cellCount {
        let object = try heap.allocate(header, color: .white).object
        pages[object.page, default: []].append(object)
      }
    }
    let byPage = pages.sorted { $0.key < $1.key }.map(\.value)
    return OddHeap(heap: heap, objectsByPage: byPage)
  }

  @Test(arguments: [1, 511, 512, 2000])
  func `who is told of what happens changes nothing`(_ budget: Int) throws {
    var alone = try machine(.bySpan, seed: 2)
    var told = try machine(.bySpan, seed: 2)
    var silent = SilentObserver()
    var counter = EventCounter()
    for _ in 0..<(6000 / budget + 2) where alone.phase == .marking {
      let units = alone.advance(budget: budget, observer: &silent)
      #expect(told.advance(budget: budget, observer: &counter) == units)
      #expect(alone.digest == told.digest)
    }
    #expect(counter.count > 0)
  }

  @Test func `a copy goes on as the original does`() throws {
    var machine = try machine(.bySpan, seed: 3)
    var silent = SilentObserver()
    machine.advance(budget: 600, observer: &silent)
    machine.advance(budget: 3, observer: &silent)
    var copy = try machine.copy()
    #expect(copy.digest == machine.digest)
    for _ in 0..<50 {
      machine.advance(budget: 7, observer: &silent)
      copy.advance(budget: 7, observer: &silent)
      #expect(copy.digest == machine.digest)
    }
  }

  @Test func `what waits is what is grey, page by page`() throws {
    var machine = try machine(.bySpan, seed: 4)
    var silent = SilentObserver()
    for budget in [1, 1, 600, 1, 1, 700, 1] {
      machine.advance(budget: budget, observer: &silent)
      var grey: [Reference] = []
      machine.heap.forEachObject {
        if machine.heap.color(of: $0) == .grey { grey.append($0) }
      }
      let scanned = machine.partialScan.map { [$0.object] } ?? []
      #expect((machine.worklist + scanned).sorted() == grey)
    }
  }

  private struct EventCounter: Observer {
    var count = 0

    static var checksReferences: Bool { false }

    mutating func observe(_ event: Event<Reference>) { count += 1 }
  }
}
