import Testing

@testable import GarbageCollection

struct MemoryAheadTests {
  private func makeHeap(_ system: SystemMemory = SystemMemory()) throws -> Heap {
    try Heap(limitBytes: 1 << 25, freedCells: .kept, system)
  }

  /// An array of numbers that is as large as the heap may be, about.
  private func fill(_ heap: inout Heap) throws -> Reference {
    let header = try ObjectHeader(requestedSlots: 0, payloadBytes: 1 << 24)
    let object = try heap.allocate(header, color: .white).object
    heap.fillPayload(of: object, with: [1, 2, 3])
    return object
  }

  @Test func `what is prepared is zero, and the heap grows into it`() throws {
    var heap = try makeHeap()
    let memory = MemoryAhead(heap.allocator)
    memory.prepare(from: Page.bytes, to: 1 << 24)
    let object = try fill(&heap)
    // While it is in use, too: its bytes stay.
    memory.prepare(from: Page.bytes, to: 1 << 24)
    let start = heap.allocator.arena.slotOffset(0, ofObjectAt: object.offset)
    #expect(heap.allocator.arena.bytes(at: start, byteCount: 4) == [1, 2, 3, 1])
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `what lies behind the arena is left alone`() throws {
    let heap = try makeHeap()
    let memory = MemoryAhead(heap.allocator)
    memory.prepare(from: 1 << 24, to: 1 << 40)
    memory.prepare(from: 1 << 40, to: 1 << 41)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `threads that grow their heap while it is prepared find it whole`() throws {
    var settings = ThreadSettings()
    settings.limitBytes = 1 << 26
    settings.judges = true
    let machine = try ThreadedMachine(settings)
    var mutator = try machine.makeMutator(named: "T")
    mutator.push(try mutator.allocate(slotCount: 1, payloadBytes: 2000))
    for number in 0..<10_000 {
      let object = try mutator.allocate(slotCount: 1, payloadBytes: 2000)
      mutator.storePayload(UInt64(number), 200, after: 1, of: object)
      mutator.store(mutator[0], in: 0, of: object)
      mutator[0] = object
    }
    var next = mutator[0]
    for number in (0..<10_000).reversed() {
      #expect(mutator.loadPayload(200, after: 1, of: next!) == UInt64(number))
      next = mutator.load(0, of: next!)
    }
    _ = consume mutator
    machine.close()
    #expect(machine.report().lostCount == 0)
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
  }
}
