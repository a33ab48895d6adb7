import TestSupport
import Testing

@testable import GarbageCollection

private let small = ObjectHeader(slotCount: 2, payloadBytes: 0)
private let smallKind = CellKind(SpanClass(SizeClass.serving(byteCount: 16)!, isPointerFree: false))
private let other = MutatorID(1)

/// What goes between thread caches and central lists, and what it costs.
struct CentralTierTests {
  @Test func `a cache asks for twice as much each time, up to half its room`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    var moved: [Int] = []
    while moved.count < 8 {
      let route = try heap.allocate(small, color: .white).route
      if route.movedCellCount > 0 { moved.append(route.movedCellCount) }
    }
    // A span has 512 cells: the last 8 of the first one are taken before a second one is cut.
    #expect(moved == [8, 16, 32, 64, 128, 256, 8, 256])
  }

  @Test func `the lowest free cell is the next one used`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let objects = try (0..<20).map { _ in try heap.allocate(small, color: .white).object }
    #expect(objects == (0..<20).map { Reference(offset: Page.bytes + $0 * 16) })
    for index in [7, 5, 11] { _ = heap.free(objects[index]) }
    for index in [11, 5, 7] {
      #expect(try heap.allocate(small, color: .white).object == objects[index])
    }
  }

  @Test func `each tier has its price`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let first = try heap.allocate(small, color: .white)
    var expected = Route(tier: .system, spanClass: smallKind.spanClass)
    expected.movedCellCount = 8
    expected.movedPageCount = 1
    expected.systemBytes = 16 * Page.bytes
    expected.lockCount = 2
    expected.systemCallCount = 1
    #expect(first.route == expected)

    expected = Route(tier: .threadCache, spanClass: smallKind.spanClass)
    #expect(try heap.allocate(small, color: .white).route == expected)
    #expect(heap.free(first.object) == expected)

    let bytes = ObjectHeader(slotCount: 0, payloadBytes: 8)
    expected = Route(tier: .pageHeap, spanClass: heap.kind(for: bytes).spanClass)
    expected.movedCellCount = 8
    expected.movedPageCount = 1
    expected.lockCount = 2
    #expect(try heap.allocate(bytes, color: .white).route == expected)

    for _ in 0..<7 { _ = try heap.allocate(bytes, color: .white) }
    expected = Route(tier: .centralList, spanClass: expected.spanClass)
    expected.movedCellCount = 16
    expected.lockCount = 1
    #expect(try heap.allocate(bytes, color: .white).route == expected)

    let large = ObjectHeader(slotCount: 1, payloadBytes: 5 * Page.bytes)
    let third = try heap.allocate(large, color: .white)
    expected = Route(tier: .pageHeap)
    expected.movedPageCount = 6
    expected.lockCount = 2
    #expect(third.route == expected)
    #expect(heap.free(third.object) == expected)
    #expect(heap.count(of: .allocations) - heap.count(of: .frees) == 10)
  }

  @Test func `a route visits every tier down to its own, a large object only the last two`() {
    let small = Route(tier: .centralList, spanClass: smallKind.spanClass)
    #expect(Tier.allCases.map { small.visits($0) } == [true, true, false, false])
    let large = Route(tier: .system)
    #expect(Tier.allCases.map { large.visits($0) } == [false, false, true, true])
  }

  @Test func `batches go from a consumer to a producer without a look at the spans`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    try heap.openCache(of: other)
    let batch = smallKind.fullBatch
    var inFlight = try (0..<batch * 2).map { _ in try heap.allocate(small, color: .white).object }
    var spansBefore: [SpanSummary] = []
    var batchCounts: [Int] = []
    for round in 0..<batch * 8 {
      inFlight.append(try heap.allocate(small, color: .white).object)
      _ = heap.free(inFlight.removeFirst(), by: other)
      batchCounts.append(heap.allocator.batchCount(of: smallKind))
      if round == batch * 4 { spansBefore = heap.spanSummaries() }
    }
    #expect(Set(batchCounts) == [0, 1])
    // Only who uses the cells has changed, not which of them are free in their spans.
    #expect(heap.spanSummaries().map(\.freeCellCount) == spansBefore.map(\.freeCellCount))
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `batches beyond the limit go back to their spans`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let batch = smallKind.fullBatch
    let objects = try (0..<batch * 20).map { _ in try heap.allocate(small, color: .white).object }
    for object in objects { _ = heap.free(object) }
    #expect(heap.allocator.batchCount(of: smallKind) == CentralList.batchLimit)
    #expect(heap.count(of: .spans) < 10)
    #expect(heap.firstAllocatorFault() == nil)
    heap.allocator.emptyCaches()
    #expect(heap.count(of: .spans) == 0)
    #expect(heap.allocator.batchCount(of: smallKind) == 0)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `a cache that ends gives all its cells back and keeps its counts`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    try heap.openCache(of: other)
    let objects = try (0..<40).map { number in
      try heap.allocate(
        ObjectHeader(slotCount: number % 3, payloadBytes: number * 20), color: .white, by: other
      ).object
    }
    for object in objects { _ = heap.free(object, by: other) }
    let route = heap.closeCache(of: other)
    #expect(route.tier == .pageHeap)
    #expect(heap.count(of: .spans) == 0)
    #expect(heap.count(of: .allocations) == 40 && heap.count(of: .frees) == 40)
    #expect(heap.count(of: .cacheHits) + heap.count(of: .cacheMisses) == 40)
    #expect(heap.firstAllocatorFault() == nil)
    try heap.openCache(of: other)
    #expect(heap.count(of: .allocations) == 40)
  }

  @Test func `the checker of the allocator sees a broken equation`() throws {
    var heap = try Heap(limitBytes: 1 << 18)
    let (object, _) = try heap.allocate(small, color: .white)
    let page = PageID(containing: object.offset)
    let sound = heap.allocator.spans[page]
    func fault(_ change: (inout Span) -> Void) -> AllocatorFault? {
      change(&heap.allocator.spans[page])
      defer { heap.allocator.spans[page] = sound }
      return heap.firstAllocatorFault()
    }
    #expect(fault { $0.freeCellCount -= 1 } == .cellCountDiffers(page))
    #expect(fault { $0.free[7] = 0 } == .cellCountDiffers(page))
    #expect(fault { $0.holder = .centralFull } == .spanMisplaced(page))
    #expect(fault { $0.sweepGeneration &-= 2 } == .spanMisplaced(page))
    #expect(fault { $0.sweepGeneration &-= 1 } == .spanMisplaced(page))
    #expect(fault { $0.free[0] |= 1 } == .cellHeldTwice(object))
    #expect(fault { $0.free[0] |= 2 } == .cellHeldTwice(Reference(offset: object.offset + 16)))
    #expect(fault { $0.pageCount = 2 } != nil)
    #expect(fault { _ in } == nil)
    heap.allocator.colors.clear(object)
    #expect(heap.firstAllocatorFault() == .cellAstray(page))
    heap.allocator.colors[object] = .white
    let cell = try #require(heap.allocator.cache(of: .main).take(smallKind))
    #expect(heap.firstAllocatorFault() == .cellAstray(page))
    #expect(heap.allocator.cache(of: .main).put(cell, smallKind))
    #expect(heap.firstAllocatorFault() == nil)
    #expect(heap.allocator.cache(of: .main).put(cell, smallKind))
    #expect(heap.firstAllocatorFault() == .cellHeldTwice(Reference(word: cell)))
  }
}
