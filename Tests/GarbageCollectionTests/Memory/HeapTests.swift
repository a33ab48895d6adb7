import TestSupport
import Testing

@testable import GarbageCollection

private let small = ObjectHeader(slotCount: 2, payloadBytes: 0)

struct HeapTests {
  @Test func `a request walks down the tiers only as far as it must`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let cellCount = try #require(SizeClass.serving(byteCount: small.objectBytes)).cellCount
    var objects: [Reference] = []
    for number in 0..<cellCount * 2 {
      let (object, tier) = try heap.allocate(small, color: .white)
      let expected: Tier =
        number == 0 ? .system : number == cellCount ? .pageHeap : .threadCache
      #expect(tier == expected)
      objects.append(object)
    }
    #expect(heap.free(objects[3]) == .centralList)
    #expect(heap.free(objects[cellCount]) == .threadCache)
    #expect(try heap.allocate(small, color: .white) == (objects[cellCount], .threadCache))
    #expect(try heap.allocate(small, color: .white) == (objects[3], .centralList))
    for object in objects[cellCount...].dropLast() { #expect(heap.free(object) == .centralList) }
    #expect(heap.free(objects[cellCount * 2 - 1]) == .pageHeap)
  }

  @Test func `the lowest free cell of a span is the next one used`() throws {
    var heap = try Heap(limitBytes: 1 << 20)
    let objects = try (0..<100).map { _ in try heap.allocate(small, color: .white).object }
    for index in [70, 5, 64, 63, 99] { _ = heap.free(objects[index]) }
    for index in [5, 63, 64, 70, 99] {
      #expect(try heap.allocate(small, color: .white).object == objects[index])
    }
  }

  @Test func `a large object has whole pages of its own and gives them back`() throws {
    var heap = try Heap(limitBytes: 100 * Page.bytes)
    let header = ObjectHeader(slotCount: 0, payloadBytes: 40 * Page.bytes - 8)
    let (object, _) = try heap.allocate(header, color: .white)
    #expect(heap.cellBytes(of: object) == 40 * Page.bytes)
    #expect(heap.span(of: object)?.holder == .largeObject)
    #expect(heap.span(of: object)?.sizeClass == nil)
    #expect(heap.free(object) == .pageHeap)
    #expect(heap.span(of: object) == nil)
    #expect(heap.cellContents(at: object) == [])
    #expect(try heap.allocate(header, color: .white) == (object, .pageHeap))
  }

  @Test func `freed neighbours join in any order`() throws {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      var heap = try Heap(limitBytes: 60 * Page.bytes)
      let header = ObjectHeader(slotCount: 0, payloadBytes: 20 * Page.bytes - 8)
      let objects = try (0..<3).map { _ in try heap.allocate(header, color: .white).object }
      for index in order { _ = heap.free(objects[index]) }
      #expect(heap.spanSummaries().map(\.pageCount) == [60])
      #expect(heap.firstAllocatorFault() == nil)
      let whole = ObjectHeader(slotCount: 0, payloadBytes: 60 * Page.bytes - 8)
      #expect(try heap.allocate(whole, color: .white) == (objects[0], .pageHeap))
    }
  }

  @Test func `the limit is exact to the page`() throws {
    var heap = try Heap(limitBytes: 10 * Page.bytes + 17)
    let whole = ObjectHeader(slotCount: 0, payloadBytes: 10 * Page.bytes - 8)
    let more = ObjectHeader(slotCount: 0, payloadBytes: 10 * Page.bytes - 7)
    #expect(
      throws: HeapError.limitReached(
        requestedBytes: 11 * Page.bytes, committedBytes: 0, limitBytes: 10 * Page.bytes)
    ) { try heap.allocate(more, color: .white) }
    _ = try heap.allocate(whole, color: .white)
    #expect(throws: HeapError.self) { try heap.allocate(small, color: .white) }
  }

  @Test func `slots hold what was stored and nothing of a former tenant`() throws {
    var heap = try Heap(limitBytes: 1 << 16)
    let header = ObjectHeader(slotCount: 3, payloadBytes: 5)
    let (object, _) = try heap.allocate(header, color: .grey)
    for slot in 0..<3 { heap.store(object, in: slot, of: object) }
    heap.store(nil, in: 1, of: object)
    heap.fillPayload(of: object, with: [1, 2])
    #expect((0..<3).map { heap.load($0, of: object) } == [object, nil, object])
    #expect(heap.cellContents(at: object)[20..<25] == [1, 2, 1, 2, 1])
    #expect(heap.header(of: object) == header)
    #expect(heap.color(of: object) == .grey)
    _ = heap.free(object)
    #expect(heap.color(of: object) == .white)
    #expect(heap.cellContents(at: object).allSatisfy { $0 == Heap.poisonByte })
    #expect(try heap.allocate(header, color: .white).object == object)
    #expect((0..<3).map { heap.load($0, of: object) } == [nil, nil, nil])
  }

  @Test func `without poison a freed cell keeps its bytes`() throws {
    var heap = try Heap(limitBytes: 1 << 16, poisonsFreedCells: false)
    let (object, _) = try heap.allocate(small, color: .white)
    heap.store(object, in: 0, of: object)
    let bytes = heap.cellContents(at: object)
    _ = heap.free(object)
    #expect(heap.cellContents(at: object) == bytes)
  }

  @Test func `the checker of the allocator sees a broken equation`() throws {
    var heap = try Heap(limitBytes: 1 << 18)
    let (object, _) = try heap.allocate(small, color: .white)
    let page = PageID(containing: object.offset)
    heap.allocator.spans[page].usedCellCount += 1
    #expect(heap.firstAllocatorFault() == .cellCountDiffers(page))
    heap.allocator.spans[page].usedCellCount -= 1
    heap.allocator.spans[page].holder = .centralPartial
    #expect(heap.firstAllocatorFault() == .spanMisplaced(page))
    heap.allocator.spans[page].holder = .threadCache
    heap.allocator.spans[page].pageCount = 2
    #expect(heap.firstAllocatorFault() != nil)
    heap.allocator.spans[page].pageCount = 1
    #expect(heap.firstAllocatorFault() == nil)
  }
}
