import TestSupport
import Testing

@testable import GarbageCollection

/// Grey objects grouped by the page they stand in.
struct PageWorklistTests {
  /// A random graph of objects of several sizes on many pages; the machine, marking.
  private func machine(_ order: WorklistOrder, seed: UInt64) throws -> Machine {
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
          slotCount: Int.random(in: 0..<6, using: &generator), payloadBytes: 24))
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

  /// Who is marked when marking has ended.
  private func marked(_ machine: borrowing Machine) -> [UInt32] {
    var marked: [UInt32] = []
    machine.heap.forEachObject {
      if machine.heap.color(of: $0) == .black { marked.append($0.word) }
    }
    return marked
  }

  @Test(arguments: [1, 100, 512, 700, 5000, Int.max])
  func `every order and every budget marks the same objects`(_ budget: Int) throws {
    var first = try machine(.lastInFirstOut, seed: 1)
    var second = try machine(.bySpan, seed: 1)
    var silent = SilentObserver()
    while first.phase == .marking, !first.worklist.isEmpty {
      first.advance(budget: 1, observer: &silent)
    }
    while second.phase == .marking, !second.worklist.isEmpty || second.partialScan != nil {
      // Not so much that the sweep is reached.
      second.advance(budget: min(budget, 5000), observer: &silent)
    }
    #expect(marked(first).count > 1000)
    #expect(second.phase != .marking || marked(first) == marked(second))
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
