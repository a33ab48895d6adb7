import TestSupport
import Testing

@testable import GarbageCollection

struct CopyTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `a copy is equal at once and goes its own way after`(_ seed: UInt64) throws {
    var observed = try ObservedMachine(RandomRun.setups[Int(seed) % 3].settings)
    try observed.perform(.mutate(.pushFrame("f0")))
    var program = RandomProgram(seed: seed)
    for _ in 0..<40 {
      try observed.perform(program.next(for: observed))
      let digest = observed.digest
      var copy = try observed.copy()
      #expect(copy.digest == digest)
      #expect(copy.machine.heap.baseAddress != observed.machine.heap.baseAddress)

      var other = program
      for _ in 0..<5 { try copy.perform(other.next(for: copy)) }
      #expect(copy.digest != digest)
      #expect(copy.machine.heap.firstAllocatorFault() == nil)
      #expect(observed.digest == digest)

      let changed = copy.digest
      try observed.perform(program.next(for: observed))
      #expect(copy.digest == changed)
    }
  }

  @Test func `equal copies do the same for ever after`() throws {
    var observed = try ObservedMachine(RandomRun.setups[2].settings)
    try observed.perform(.mutate(.pushFrame("f0")))
    var program = RandomProgram(seed: 9)
    for _ in 0..<50 { try observed.perform(program.next(for: observed)) }
    var copy = try observed.copy()
    for _ in 0..<300 {
      let action = program.next(for: observed)
      try observed.perform(action)
      try copy.perform(action)
      #expect(copy.digest == observed.digest)
      #expect(copy.chronicle.events == observed.chronicle.events)
    }
  }

  @Test func `the copy of a full heap is complete to its last cell`() throws {
    var generator = SeededGenerator(seed: 1)
    var model = try HeapModel(limitPages: 40)
    model.openCache()
    while model.counts.refusals < 20 {
      let payloadBytes = [3, 24, 500, 9000].randomElement(using: &generator) ?? 24
      model.allocate(
        ObjectHeader(slotCount: 0, payloadBytes: payloadBytes),
        color: Color.allCases[payloadBytes % 3], by: MutatorID(payloadBytes % 2))
    }
    model.continueAsCopy()
    model.checkAll(&generator)
    while !model.live.isEmpty { model.free(at: model.live.count / 3, by: MutatorID(1)) }
    model.continueAsCopy()
    model.checkAll(&generator)
    #expect(model.failures.isEmpty)
  }

  @Test func `the copy of a heap has bytes and caches of its own`() throws {
    var heap = try Heap(limitBytes: 1 << 18)
    let header = ObjectHeader(slotCount: 2, payloadBytes: 0)
    let (object, _) = try heap.allocate(header, color: .white)
    var copy = try heap.copy()
    copy.store(object, in: 0, of: object)
    copy.setColor(.black, of: object)
    #expect(heap.load(0, of: object) == nil)
    #expect(heap.color(of: object) == .white)
    _ = heap.free(object)
    #expect(copy.isObject(object) == true)
    #expect(try copy.allocate(header, color: .white).object != object)
    #expect(try heap.allocate(header, color: .white).object == object)
    copy.allocator.emptyCaches()
    #expect(copy.firstAllocatorFault() == nil)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `the batches of a copy are its own`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let header = ObjectHeader(slotCount: 2, payloadBytes: 0)
    let kind = heap.kind(for: header)
    let objects = try (0..<1024).map { _ in try heap.allocate(header, color: .white).object }
    for object in objects { _ = heap.free(object) }
    let batches = heap.allocator.batchCount(of: kind)
    #expect(batches > 0)
    var copy = try heap.copy()
    for _ in 0..<1024 { _ = try copy.allocate(header, color: .white) }
    #expect(copy.allocator.batchCount(of: kind) < batches)
    #expect(heap.allocator.batchCount(of: kind) == batches)
    #expect(heap.firstAllocatorFault() == nil)
    #expect(copy.firstAllocatorFault() == nil)
  }
}
