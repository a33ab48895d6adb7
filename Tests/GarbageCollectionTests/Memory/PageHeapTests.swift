import TestSupport
import Testing

@testable import GarbageCollection

struct PageHeapTests {
  @Test func `the heap grows by 16 pages first, then by a sixteenth of itself`() throws {
    // Pages before those that huge pages stand behind, the guard page not counted.
    let limit = Arena.smallPageBytes / Page.bytes - 1
    var pages = try Pages(limitPages: limit)
    var grown: [Int] = []
    var takenCount = 0
    while pages.heap.committedPages < limit {
      takenCount += 1
      let step = try pages.take(1).grownPages
      if step > 0 { grown.append(step) }
    }
    #expect(grown.prefix(4) == [16, 2, 2, 2])
    var committed = 0
    for (index, step) in grown.enumerated() {
      let wanted = index == 0 ? 16 : max(2, committed / 16)
      #expect(step == min(wanted, limit - committed))
      committed += step
    }
    #expect(pages.heap.systemCallCount == grown.count)
    #expect(pages.heap.missCount == grown.count)
    #expect(pages.heap.hitCount == takenCount - grown.count)
  }

  @Test func `a large heap ends with a huge page, or with its limit`() throws {
    let unit = SystemMemory.hugePageBytes / Page.bytes
    var pages = try Pages(limitPages: 2000)
    while pages.heap.committedPages < 2000 {
      guard try pages.take(1).grownPages > 0 else { continue }
      let end = pages.heap.committedPages + 1
      #expect(end * Page.bytes <= Arena.smallPageBytes || end % unit == 0 || end == 2001)
    }
  }

  @Test func `the tail counts when the heap grows`() throws {
    var pages = try Pages(limitPages: 100)
    _ = try pages.take(6)
    let taken = try pages.take(30)
    #expect(taken.first == PageID(7))
    #expect(taken.grownPages == 20)
    #expect(pages.heap.committedPages == 36)
  }

  @Test func `the shortest free span that is long enough is cut, the lowest among equals`() throws {
    var pages = try Pages(limitPages: 64)
    let spans = try [3, 1, 5, 1, 3, 1, 4, 1].map { try pages.take($0).first }
    for index in [6, 4, 2, 0] { pages.giveBack(spans[index]) }
    #expect(try pages.take(3).first == spans[0])
    #expect(try pages.take(3).first == spans[4])
    #expect(try pages.take(3).first == spans[6])
    #expect(try pages.take(5).first == spans[2])
    #expect(try pages.take(1).first == PageID(spans[6].index + 3))
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func `freed neighbours join in any order`(_ order: [Int]) throws {
    var pages = try Pages(limitPages: 60)
    let spans = try (0..<3).map { _ in try pages.take(20).first }
    for index in order { pages.giveBack(spans[index]) }
    #expect(pages.freeSpans == [[1, 60]])
    #expect(pages.heap.freePages == 60)
    #expect(try pages.take(60).first == spans[0])
  }

  @Test func `a refused request changes nothing`() throws {
    var heap = try Heap(limitBytes: 10 * Page.bytes + 17)
    let whole = ObjectHeader(slotCount: 0, payloadBytes: 10 * Page.bytes - 8)
    let more = ObjectHeader(slotCount: 0, payloadBytes: 10 * Page.bytes - 7)
    let digest = heap.digest
    #expect(
      throws: HeapError.limitReached(
        requestedBytes: 11 * Page.bytes, committedBytes: 0, limitBytes: 10 * Page.bytes)
    ) { try heap.allocate(more, color: .white) }
    #expect(heap.digest == digest)
    _ = try heap.allocate(whole, color: .white)
    let full = heap.digest
    #expect(throws: HeapError.self) {
      try heap.allocate(ObjectHeader(slotCount: 2, payloadBytes: 0), color: .white)
    }
    #expect(heap.digest == full)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `surplus goes back to the system, half of it, the longest spans first`() throws {
    var pages = try Pages(limitPages: 1000)
    let large = try pages.take(120).first
    _ = try pages.take(1)
    let small = try pages.take(10).first
    _ = try pages.take(1)
    for page in [large, small] { pages.fill(page) }
    #expect(pages.heap.returnThresholdPages == 125)
    #expect(pages.giveBack(small) == 0)
    let returned = pages.giveBack(large)
    #expect(returned == 120)
    #expect(pages.heap.releasedPages == 120)
    #expect(pages.heap.residentPages == pages.heap.committedPages - 120)
    #expect(pages.isZero(large, pageCount: 120) == true)
    let calls = pages.heap.systemCallCount
    let again = try pages.take(50)
    #expect(again.first == large && again.grownPages == 0)
    #expect(pages.heap.releasedPages == 70)
    #expect(pages.heap.systemCallCount == calls)
    pages.fill(again.first)
    pages.giveBack(again.first)
    #expect(pages.heap.releasedPages == 70)
  }

  @Test func `pages the system has had read as zero in their next object`() throws {
    var heap = try Heap(limitBytes: 400 * Page.bytes)
    let header = ObjectHeader(slotCount: 0, payloadBytes: 300 * Page.bytes - 8)
    let (object, _) = try heap.allocate(header, color: .white)
    let route = heap.free(object)
    #expect(route.tier == .system)
    #expect(route.systemBytes == 300 * Page.bytes)
    #expect(route.systemCallCount == 1)
    let report = heap.allocatorReport()
    #expect(report.releasedBytes == 300 * Page.bytes)
    #expect(report.freeSpans.map(\.releasedPageCount) == [300])
    #expect(heap.isUniform(at: object.offset, byteCount: 300 * Page.bytes, 0) == true)
    #expect(try heap.allocate(header, color: .white).route.tier == .pageHeap)
    #expect(heap.allocatorReport().releasedBytes == 0)
    #expect(heap.firstAllocatorFault() == nil)
  }

  @Test func `a copy leaves to the system what the system has`() throws {
    var heap = try Heap(limitBytes: 400 * Page.bytes)
    let header = ObjectHeader(slotCount: 0, payloadBytes: 300 * Page.bytes - 8)
    let (kept, _) = try heap.allocate(ObjectHeader(slotCount: 0, payloadBytes: 90), color: .black)
    let (object, _) = try heap.allocate(header, color: .white)
    _ = heap.free(object)
    let copy = try heap.copy()
    #expect(copy.digest == heap.digest)
    #expect(copy.allocatorReport() == heap.allocatorReport())
    #expect(copy.header(of: kept).payloadBytes == 90)
  }
}

/// A page heap and the memory it works on.
private struct Pages: ~Copyable {
  var heap: PageHeap
  let ground: PageGround

  init(limitPages: Int) throws {
    let system = SystemMemory()
    ground = PageGround(
      arena: try Arena(
        reservedBytes: (limitPages + 1) * Page.bytes, headerBytes: ObjectHeader.byteCount, system),
      spans: try SpanTable(pageCount: limitPages + 1, system),
      released: try RawTable(zeroed: limitPages / 64 + 1, from: system))
    heap = PageHeap(limitPages: limitPages)
  }

  mutating func take(_ pageCount: Int) throws -> (first: PageID, grownPages: Int) {
    let taken = try heap.takeSpan(pageCount: pageCount, ground)
    ground.spans.claimPages(of: taken.first, for: .large)
    return taken
  }

  @discardableResult
  mutating func giveBack(_ page: PageID) -> Int { heap.giveBack(page, ground) }

  /// First page and length of each free span, by address.
  var freeSpans: [[Int]] {
    var spans: [[Int]] = []
    heap.forEachFreeSpan(in: ground.spans) {
      spans.append([Int($0.index), Int(ground.spans[$0].pageCount)])
    }
    return spans.sorted { $0[0] < $1[0] }
  }

  func fill(_ page: PageID) {
    ground.arena.fill(
      at: page.offset, byteCount: Int(ground.spans[page].pageCount) * Page.bytes, with: 7)
  }

  func isZero(_ page: PageID, pageCount: Int) -> Bool {
    ground.arena.bytes(at: page.offset, byteCount: pageCount * Page.bytes).allSatisfy { $0 == 0 }
  }
}
