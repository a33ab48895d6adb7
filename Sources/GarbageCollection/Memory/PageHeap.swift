/// The tier that deals in pages: hands out spans, takes empty ones back, and grows the arena.
///
/// Best fit, the lowest address among equals; freed spans are joined with free neighbours at once.
/// Committed pages = pages of spans in use + pages of free spans + the guard page.
struct PageHeap {
  /// Pages committed at a time when more are needed, unless the limit is nearer: 128 KiB.
  static let growthPages = 16

  /// The first page never committed.
  private(set) var frontier = PageID(UInt32(1))
  private var free = SpanList()
  /// Pages that may be committed, the guard page not counted.
  let limitPages: Int

  init(limitPages: Int) { self.limitPages = limitPages }

  /// Pages committed, the guard page not counted.
  var committedPages: Int { Int(frontier.index) - 1 }
}

extension PageHeap {
  /// A span of exactly `pageCount` pages, held by nobody yet, and whether the arena had to grow.
  mutating func takeSpan(
    pageCount: Int, spans: borrowing SpanTable, arena: inout Arena
  ) throws(HeapError) -> (first: PageID, hasGrown: Bool) {
    if let first = bestFit(pageCount: pageCount, in: spans) {
      carve(first, pageCount: pageCount, in: spans)
      return (first, false)
    }
    try grow(by: pageCount, spans: spans, arena: &arena)
    guard let first = bestFit(pageCount: pageCount, in: spans) else {
      preconditionFailure("the heap has just grown by enough pages")
    }
    carve(first, pageCount: pageCount, in: spans)
    return (first, true)
  }

  /// Takes a span back and joins it with its free neighbours.
  mutating func giveBack(_ page: PageID, spans: borrowing SpanTable) {
    var first = page
    var pageCount = spans[page].pageCount
    spans[page] = Span()
    if let next = freeSpan(startingAt: Int(first.index) + Int(pageCount), in: spans) {
      pageCount += spans[next].pageCount
      unlink(next, in: spans)
    }
    if let previous = freeSpan(endingBefore: first, in: spans) {
      pageCount += spans[previous].pageCount
      unlink(previous, in: spans)
      first = previous
    }
    link(first, pageCount: pageCount, in: spans)
  }

  /// The free spans, in the order of the list.
  func forEachFreeSpan(in spans: borrowing SpanTable, _ body: (PageID) -> Void) {
    var next = free.first
    while let page = next {
      body(page)
      next = spans[page].next == 0 ? nil : PageID(spans[page].next)
    }
  }
}

extension PageHeap {
  /// Linear in the number of free spans, which coalescing keeps small.
  private func bestFit(pageCount: Int, in spans: borrowing SpanTable) -> PageID? {
    var best: PageID?
    var bestPages = UInt32.max
    var next = free.first
    while let page = next {
      let pages = spans[page].pageCount
      if pages >= pageCount, pages < bestPages || (pages == bestPages && page < best!) {
        best = page
        bestPages = pages
      }
      next = spans[page].next == 0 ? nil : PageID(spans[page].next)
    }
    return best
  }

  /// Cuts `pageCount` pages off the front of the free span at `first`.
  private mutating func carve(_ first: PageID, pageCount: Int, in spans: borrowing SpanTable) {
    let rest = Int(spans[first].pageCount) - pageCount
    unlink(first, in: spans)
    if rest > 0 {
      link(PageID(Int(first.index) + pageCount), pageCount: UInt32(rest), in: spans)
    }
    spans[first].pageCount = UInt32(pageCount)
    spans.claimPages(of: first)
  }

  private mutating func grow(
    by pageCount: Int, spans: borrowing SpanTable, arena: inout Arena
  ) throws(HeapError) {
    let tail = freeSpan(endingBefore: frontier, in: spans)
    let missing = pageCount - (tail.map { Int(spans[$0].pageCount) } ?? 0)
    let room = limitPages - committedPages
    guard missing <= room else {
      throw .limitReached(
        requestedBytes: pageCount * Page.bytes, committedBytes: committedPages * Page.bytes,
        limitBytes: limitPages * Page.bytes)
    }
    let grown = min(room, max(missing, PageHeap.growthPages))
    try arena.commit(upTo: frontier.offset + grown * Page.bytes)
    let first = frontier
    frontier = PageID(Int(frontier.index) + grown)
    spans[first].pageCount = UInt32(grown)
    giveBack(first, spans: spans)
  }

  private mutating func link(_ first: PageID, pageCount: UInt32, in spans: borrowing SpanTable) {
    spans[first] = Span()
    spans[first].holder = .pageHeap
    spans[first].pageCount = pageCount
    spans.claimEnds(of: first)
    free.insert(first, in: spans)
  }

  private mutating func unlink(_ first: PageID, in spans: borrowing SpanTable) {
    free.remove(first, in: spans)
    spans[first].holder = .nobody
  }

  private func freeSpan(startingAt index: Int, in spans: borrowing SpanTable) -> PageID? {
    guard index < Int(frontier.index) else { return nil }
    let page = PageID(index)
    return spans[page].holder == .pageHeap ? page : nil
  }

  private func freeSpan(endingBefore page: PageID, in spans: borrowing SpanTable) -> PageID? {
    guard page.index > 1 else { return nil }
    let first = spans.owner(of: PageID(page.index - 1))
    guard first != .none, spans[first].holder == .pageHeap,
      first.index + spans[first].pageCount == page.index
    else { return nil }
    return first
  }
}
