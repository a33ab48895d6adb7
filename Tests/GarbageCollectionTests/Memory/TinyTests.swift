import TestSupport
import Testing

@testable import GarbageCollection

private func tiny(_ payloadBytes: Int) -> ObjectHeader {
  ObjectHeader(slotCount: 0, payloadBytes: payloadBytes)
}

private let other = MutatorID(1)

/// Two pointer-free objects under 16 bytes in one block.
struct TinyTests {
  @Test func `two tiny objects share a block, the third begins another`() throws {
    var heap = try Heap(limitBytes: 1 << 16)
    let objects = try (0..<4).map { try heap.allocate(tiny($0 * 2), color: .white) }
    let first = objects[0].object
    #expect(objects.map { Int($0.object.word - first.word) } == [0, 1, 2, 3])
    #expect(objects.map(\.route.tier) == [.system, .threadCache, .threadCache, .threadCache])
    #expect(objects.map { heap.header(of: $0.object).payloadBytes } == [0, 2, 4, 6])
    #expect(objects.allSatisfy { heap.isObject($0.object) && heap.isPointerFree($0.object) })
    #expect(heap.count(of: .allocations) == 4)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `only pointer-free objects with at most 7 bytes are tiny`() {
    #expect(tiny(0).isTiny && tiny(7).isTiny)
    #expect(!tiny(8).isTiny)
    #expect(!ObjectHeader(slotCount: 1, payloadBytes: 0).isTiny)
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `a block is free when both halves are, in any order`(_ order: [Int]) throws {
    var heap = try Heap(limitBytes: 1 << 16)
    let pair = try (0..<2).map { _ in try heap.allocate(tiny(3), color: .white).object }
    heap.fillPayload(of: pair[order[1]], with: [9])
    _ = heap.free(pair[order[0]])
    #expect(heap.isObject(pair[order[0]]) == false)
    #expect(heap.isObject(pair[order[1]]) == true)
    #expect(heap.cellContents(at: pair[order[1]])[1..<4] == [9, 9, 9])
    #expect(heap.cellContents(at: pair[order[0]])[1...].allSatisfy { $0 == Heap.poisonByte })
    #expect(heap.count(of: .frees) == 1)
    #expect(heap.firstAllocatorFault() == nil)
    _ = heap.free(pair[order[1]])
    #expect(heap.count(of: .frees) == 2)
    #expect(heap.firstObject(from: 0) == nil)
    #expect(heap.firstAllocatorFault() == nil)
    #expect(try heap.allocate(tiny(7), color: .white).object == pair[0])
  }

  @Test func `two caches free the two halves of one block`() throws {
    var heap = try Heap(limitBytes: 1 << 16)
    try heap.openCache(of: other)
    let pair = try (0..<2).map { _ in try heap.allocate(tiny(3), color: .white).object }
    _ = heap.free(pair[1], by: other)
    #expect(heap.allocator.cache(of: other)[.tiny].cellCount == 0)
    _ = heap.free(pair[0], by: other)
    #expect(heap.allocator.cache(of: other)[.tiny].cellCount == 1)
    #expect(heap.count(of: .frees) == 2)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `an object freed beside the kept half leaves its block in use until that is used`()
    throws
  {
    var heap = try Heap(limitBytes: 1 << 16)
    try heap.openCache(of: other)
    let (first, _) = try heap.allocate(tiny(3), color: .black)
    _ = heap.free(first, by: other)
    #expect(heap.firstObject(from: 0) == nil)
    #expect(heap.firstAllocatorFault() == nil)
    #expect(heap.count(of: .allocations) - heap.count(of: .frees) == 0)
    let (second, route) = try heap.allocate(tiny(5), color: .white)
    #expect(second.word == first.word + 1 && route.tier == .threadCache)
    #expect(heap.firstObject(from: 0) == second)
    _ = heap.free(second)
    #expect(heap.count(of: .allocations) - heap.count(of: .frees) == 0)
    #expect(heap.allocator.colors.isInUse(first) == false)
  }

  @Test(arguments: [false, true])
  func `the kept half is given up at the end of its thread`(_ isFirstFreed: Bool) throws {
    var heap = try Heap(limitBytes: 1 << 16)
    try heap.openCache(of: other)
    let (first, _) = try heap.allocate(tiny(3), color: .white, by: other)
    if isFirstFreed { _ = heap.free(first) }
    _ = heap.closeCache(of: other)
    #expect(heap.firstAllocatorFault() == nil)
    #expect(heap.count(of: .allocations) - heap.count(of: .frees) == (isFirstFreed ? 0 : 1))
    #expect(heap.count(of: .spans) == (isFirstFreed ? 0 : 1))
    if !isFirstFreed { _ = heap.free(first) }
    #expect(heap.count(of: .allocations) == heap.count(of: .frees))
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test(arguments: HeapModel.Sweep.allCases)
  func `a block is swept as one: both objects live or both die`(_ sweep: HeapModel.Sweep) throws {
    var heap = try Heap(limitBytes: 1 << 16)
    let objects = try (0..<5).map { _ in try heap.allocate(tiny(1), color: .white).object }
    heap.setColor(.black, of: objects[2])
    #expect(heap.color(of: objects[3]) == .black)
    heap.beginSweep(isLazy: sweep == .lazy)
    #expect(heap.firstAllocatorFault() == nil)
    var deaths = Deaths()
    let page = PageID(containing: objects[0].offset)
    switch sweep {
    case .cells:
      for cell in [0, 2, 4] { heap.sweep(cell: objects[cell], observer: &deaths) }
    case .spans, .lazy: _ = heap.sweep(spanAt: page, observer: &deaths)
    }
    #expect(deaths.freed == [objects[0], objects[1], objects[4]])
    #expect(deaths.kept == [objects[2], objects[3]])
    #expect(heap.color(of: objects[2]) == .white)
    #expect(heap.count(of: .allocations) - heap.count(of: .frees) == 2)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `a sweep passes a block whose object was freed beside the kept half`() throws {
    for isWhole in [false, true] {
      var heap = try Heap(limitBytes: 1 << 16)
      heap.beginSweep(isLazy: false)
      let (object, _) = try heap.allocate(tiny(1), color: .black)
      _ = heap.free(object)
      var deaths = Deaths()
      if isWhole {
        _ = heap.sweep(spanAt: PageID(containing: object.offset), observer: &deaths)
      } else {
        heap.sweep(cell: object, observer: &deaths)
      }
      #expect(deaths.freed.isEmpty && deaths.kept.isEmpty)
      #expect(heap.firstAllocatorFault() == nil)
      #expect(try heap.allocate(tiny(1), color: .white).object.word == object.word + 1)
    }
  }

  @Test func `the first object from any byte on may be the second of a block`() throws {
    var heap = try Heap(limitBytes: 1 << 16)
    let pair = try (0..<2).map { _ in try heap.allocate(tiny(3), color: .white).object }
    for distance in 0...16 {
      let expected = distance == 0 ? pair[0] : distance <= 8 ? pair[1] : nil
      #expect(heap.firstObject(from: pair[0].offset + distance) == expected)
    }
  }

  @Test func `a block takes the darker colour of its two objects`() throws {
    for (first, second) in [(Color.white, Color.black), (.black, .white), (.grey, .white)] {
      var heap = try Heap(limitBytes: 1 << 16)
      let (object, _) = try heap.allocate(tiny(3), color: first)
      _ = try heap.allocate(tiny(3), color: second)
      #expect(heap.color(of: object).rawValue == max(first.rawValue, second.rawValue))
    }
  }
}
