/// The tiers put together: from a number of bytes to a cell, and back.
///
/// ```
/// thread cache ──miss──▶ central list ──miss──▶ page heap ──miss──▶ system
///   one span a class       partial, full spans     free pages         mmap, mprotect
/// ```
/// A request walks right only as far as it must and reports the tier that answered; a freed cell goes
/// back to its span, and the span to the tier that must hear of it.
struct Allocator: ~Copyable {
  var arena: Arena
  let spans: SpanTable
  private(set) var pageHeap: PageHeap
  private let centralLists: RawTable<CentralList>
  private let cache: ThreadCache

  init(limitBytes: Int) throws(HeapError) {
    let limitPages = limitBytes / Page.bytes
    arena = try Arena(reservedBytes: (limitPages + 1) * Page.bytes)
    spans = SpanTable(pageCount: limitPages + 1)
    pageHeap = PageHeap(limitPages: limitPages)
    centralLists = RawTable(zeroed: SizeClass.table.count)
    cache = ThreadCache()
  }

  private init(copying other: borrowing Allocator) throws(HeapError) {
    arena = try other.arena.copy()
    spans = other.spans.copy(pageCount: Int(other.pageHeap.frontier.index))
    pageHeap = other.pageHeap
    centralLists = other.centralLists.copy(prefix: other.centralLists.count)
    cache = other.cache.copy()
  }

  borrowing func copy() throws(HeapError) -> Allocator { try Allocator(copying: self) }
}

extension Allocator {
  /// A cell of at least `byteCount` bytes, by its offset in the arena.
  @inline(__always)
  mutating func allocate(byteCount: Int) throws(HeapError) -> (offset: Int, tier: Tier) {
    guard let sizeClass = SizeClass.serving(byteCount: byteCount) else {
      return try allocateLarge(byteCount: byteCount)
    }
    let page = cache[sizeClass.index]
    if page != .none, let cell = spans[page].takeCell() {
      return (page.offset + cell * sizeClass.cellBytes, .threadCache)
    }
    return try refill(sizeClass)
  }

  /// Frees the cell at `offset`, which must hold an object.
  mutating func free(offset: Int) -> Tier {
    let first = spans.owner(of: PageID(containing: offset))
    let holder = spans[first].holder
    let sizeClass = Int(spans[first].sizeClass)
    if holder == .largeObject {
      pageHeap.giveBack(first, spans: spans)
      return .pageHeap
    }
    spans[first].giveBack(cell: (offset - first.offset) / Int(spans[first].cellBytes))
    if holder == .threadCache { return .threadCache }
    centralLists[sizeClass].remove(first, in: spans)
    if spans[first].usedCellCount == 0 {
      pageHeap.giveBack(first, spans: spans)
      return .pageHeap
    }
    centralLists[sizeClass].put(first, in: spans)
    return .centralList
  }

  /// A cell behind the one at `last`, which must be the newest; 0 for the very first.
  ///
  /// For rebuilding a heap in the order of its addresses, before anything was freed. Needs no more
  /// pages than the heap that is rebuilt: what shared a span there shares one here.
  mutating func append(byteCount: Int, after last: Int) throws(HeapError) -> Int {
    guard let sizeClass = SizeClass.serving(byteCount: byteCount) else {
      return try allocateLarge(byteCount: byteCount).offset
    }
    let page = cache[sizeClass.index]
    if page != .none, page == spans.owner(of: PageID(containing: last)),
      let cell = spans[page].takeCell()
    {
      return page.offset + cell * sizeClass.cellBytes
    }
    return try refill(sizeClass, mayReuseSpans: false).offset
  }

  /// The thread cache has no free cell of this class: it trades its span for another.
  private mutating func refill(
    _ sizeClass: SizeClass, mayReuseSpans: Bool = true
  ) throws(HeapError) -> (offset: Int, tier: Tier) {
    let index = Int(sizeClass.index)
    var tier = Tier.centralList
    var next = mayReuseSpans ? centralLists[index].takeSpan(in: spans) : nil
    if next == nil {
      let taken = try pageHeap.takeSpan(
        pageCount: sizeClass.spanPages, spans: spans, arena: &arena)
      tier = taken.hasGrown ? .system : .pageHeap
      spans[taken.first].sizeClass = sizeClass.index
      spans[taken.first].cellCount = UInt16(sizeClass.cellCount)
      spans[taken.first].cellBytes = UInt32(sizeClass.cellBytes)
      next = taken.first
    }
    guard let page = next, let cell = spans[page].takeCell() else {
      preconditionFailure("a span from a lower tier has a free cell")
    }
    let old = cache[sizeClass.index]
    if old != .none { centralLists[index].put(old, in: spans) }
    spans[page].holder = .threadCache
    cache[sizeClass.index] = page
    return (page.offset + cell * sizeClass.cellBytes, tier)
  }

  private mutating func allocateLarge(
    byteCount: Int
  ) throws(HeapError) -> (offset: Int, tier: Tier) {
    let pageCount = (byteCount + Page.bytes - 1) / Page.bytes
    let taken = try pageHeap.takeSpan(pageCount: pageCount, spans: spans, arena: &arena)
    spans[taken.first].holder = .largeObject
    spans[taken.first].cellCount = 1
    spans[taken.first].cellBytes = UInt32(pageCount * Page.bytes)
    _ = spans[taken.first].takeCell()
    return (taken.first.offset, taken.hasGrown ? .system : .pageHeap)
  }
}

extension Allocator {
  /// Offset of the first cell at or after `offset` that holds an object; amortised O(1) on a walk.
  func firstAllocatedCell(from offset: Int) -> (offset: Int, cellBytes: Int)? {
    var page = PageID(containing: max(offset, Page.bytes))
    var start = offset
    while page < pageHeap.frontier {
      let first = spans.owner(of: page)
      guard first != .none, covers(first, page), spans[first].pageCount > 0 else {
        page = PageID(page.index + 1)
        continue
      }
      let cellBytes = Int(spans[first].cellBytes)
      if spans[first].isInUse {
        let from = start > first.offset ? (start - first.offset + cellBytes - 1) / cellBytes : 0
        if let cell = spans[first].firstAllocated(from: from) {
          return (first.offset + cell * cellBytes, cellBytes)
        }
      }
      page = PageID(first.index + spans[first].pageCount)
      start = page.offset
    }
    return nil
  }

  /// Whether exactly at `offset` starts a cell that holds an object.
  func holdsObject(at offset: Int) -> Bool {
    guard let (first, cell) = cell(startingAt: offset) else { return false }
    return spans[first].isAllocated(cell: cell)
  }

  /// The span and cell that start exactly at `offset`, whether the cell is in use or free.
  func cell(startingAt offset: Int) -> (first: PageID, cell: Int)? {
    let page = PageID(containing: offset)
    guard page.index > 0, page < pageHeap.frontier else { return nil }
    let first = spans.owner(of: page)
    guard first != .none, covers(first, page), spans[first].isInUse else { return nil }
    let (cell, rest) = (offset - first.offset).quotientAndRemainder(
      dividingBy: Int(spans[first].cellBytes))
    return rest == 0 && cell < spans[first].cellCount ? (first, cell) : nil
  }

  /// Owners inside free spans are stale, so a claim to own `page` must be checked.
  private func covers(_ first: PageID, _ page: PageID) -> Bool {
    page >= first && page.index < first.index + spans[first].pageCount
  }

  func hash(into digest: inout Digest) {
    arena.hash(into: &digest)
    spans.hash(pageCount: Int(pageHeap.frontier.index), into: &digest)
    centralLists.hash(prefix: centralLists.count, into: &digest)
    cache.hash(into: &digest)
    digest.mix(Int(pageHeap.frontier.index))
  }
}

extension Allocator {
  /// The span the thread cache holds for a class, or `none`.
  func cachedSpan(of sizeClass: SizeClass) -> PageID { cache[sizeClass.index] }

  /// The spans on a class's central list: those with free cells first, then the full ones.
  func forEachCentralSpan(of sizeClass: SizeClass, _ body: (PageID, _ isFull: Bool) -> Void) {
    let list = centralLists[Int(sizeClass.index)]
    var next = list.partial.first
    while let page = next {
      body(page, false)
      next = spans[page].next == 0 ? nil : PageID(spans[page].next)
    }
    next = list.full.first
    while let page = next {
      body(page, true)
      next = spans[page].next == 0 ? nil : PageID(spans[page].next)
    }
  }
}
