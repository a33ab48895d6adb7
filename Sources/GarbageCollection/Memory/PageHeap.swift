/// The tier that deals in pages: hands out spans, takes empty ones back, and grows the arena.
///
/// Best fit, the lowest address among equals; freed spans are joined with free neighbours at once.
/// Equations (checked by `Allocator.firstFault`):
/// - every page below `frontier` but the guard page is in exactly one span, in use or free
/// - free pages = pages of the spans in `free`; no two of them stand side by side
/// - `releasedPages` = ones in the map of released pages, all of them in free spans
///
/// One thread at a time: whoever calls holds `lock`.
struct PageHeap: BitwiseCopyable {
  /// First, so that it stands where the record stands.
  var lock = Lock()
  /// The first page never committed.
  private(set) var frontier = PageID(UInt32(1))
  /// Pages below this one have been made usable ahead of need; see `MemoryAhead`.
  var preparedEnd = PageID(UInt32(0))
  private var free = PageTree()
  /// Pages that may be committed, the guard page not counted.
  let limitPages: Int
  private(set) var freePages = 0
  /// Free pages whose memory the system has; they read as zero and cost nothing.
  private(set) var releasedPages = 0
  private(set) var hitCount = 0
  private(set) var missCount = 0
  private(set) var systemCallCount = 0
  /// Times the system would not take memory back; the pages stay as they are.
  private(set) var refusedReturnCount = 0

  init(limitPages: Int) { self.limitPages = limitPages }

  /// Pages that have been made usable at some time, the guard page not counted.
  var committedPages: Int { Int(frontier.index) - 1 }
  /// Of these, the pages that have memory behind them as far as we know.
  var residentPages: Int { committedPages - releasedPages }
}

extension PageHeap {
  /// Pages committed when the first one is needed: 128 KiB.
  static let firstGrowthPages = 16
  /// After that the heap grows by this fraction of itself: few system calls, little that is idle.
  static let growthFraction = 16
  /// Free pages with memory behind them are given back when there are more of them than this, and
  /// than a quarter of the heap: an eighth of the limit, between 512 KiB and 32 MiB.
  var returnThresholdPages: Int { min(4096, max(64, limitPages / 8)) }
}

/// The memory that a page heap works on.
struct PageGround: ~Copyable {
  let arena: Arena
  let spans: SpanTable
  /// Bit `i % 64` of word `i / 64` is one while page `i` is released.
  let released: RawTable<UInt64>
}

extension PageHeap {
  /// A span of exactly `pageCount` pages, held by nobody yet, and how much the arena had to grow.
  mutating func takeSpan(
    pageCount: Int, _ ground: borrowing PageGround
  ) throws(HeapError) -> (first: PageID, grownPages: Int) {
    if let first = free.bestFit(pageCount: pageCount, in: ground.spans) {
      hitCount += 1
      carve(first, pageCount: pageCount, ground)
      return (first, 0)
    }
    let grownPages = try grow(by: pageCount, ground)
    missCount += 1
    guard let first = free.bestFit(pageCount: pageCount, in: ground.spans) else {
      preconditionFailure("the heap has just grown by enough pages")
    }
    carve(first, pageCount: pageCount, ground)
    return (first, grownPages)
  }

  /// Takes a span back and joins it with its free neighbours; the pages it then gave to the system.
  @discardableResult
  mutating func giveBack(_ page: PageID, _ ground: borrowing PageGround) -> Int {
    ground.spans.forgetKinds(of: page, pageCount: Int(ground.spans[page].pageCount))
    join(page, pageCount: ground.spans[page].pageCount, ground)
    return returnSurplus(ground)
  }

  /// Takes a span back whose objects stay where they are: no memory is given to the system.
  mutating func takeBack(_ page: PageID, _ ground: borrowing PageGround) {
    ground.spans.forgetKinds(of: page, pageCount: Int(ground.spans[page].pageCount))
    join(page, pageCount: ground.spans[page].pageCount, ground)
  }

  private mutating func join(
    _ page: PageID, pageCount: UInt32, _ ground: borrowing PageGround
  ) {
    var (first, pageCount) = (page, pageCount)
    if let next = freeSpan(startingAt: Int(first.index) + Int(pageCount), ground.spans) {
      pageCount += ground.spans[next].pageCount
      unlink(next, ground.spans)
    }
    if let previous = freeSpan(endingBefore: first, ground.spans) {
      pageCount += ground.spans[previous].pageCount
      unlink(previous, ground.spans)
      first = previous
    }
    link(first, pageCount: pageCount, ground.spans)
  }

  /// The free spans, the longest first.
  func forEachFreeSpan(in spans: borrowing SpanTable, _ body: (PageID) -> Void) {
    free.forEachFromLongest(in: spans) { page in
      body(page)
      return true
    }
  }
}

extension PageHeap {
  /// Whether that many pages in a row can be had, as far as the limit goes.
  func canTake(_ pageCount: Int, _ ground: borrowing PageGround) -> Bool {
    if free.bestFit(pageCount: pageCount, in: ground.spans) != nil { return true }
    let tail = freeSpan(endingBefore: frontier, ground.spans)
    let missing = pageCount - (tail.map { Int(ground.spans[$0].pageCount) } ?? 0)
    return missing <= limitPages - committedPages
  }
}

// MARK: - Cutting and growing

extension PageHeap {
  /// Cuts `pageCount` pages off the front of the free span at `first`.
  private mutating func carve(
    _ first: PageID, pageCount: Int, _ ground: borrowing PageGround
  ) {
    let rest = Int(ground.spans[first].pageCount) - pageCount
    unlink(first, ground.spans)
    if rest > 0 {
      link(PageID(Int(first.index) + pageCount), pageCount: UInt32(rest), ground.spans)
    }
    ground.spans[first] = Span()
    ground.spans[first].pageCount = UInt32(pageCount)
    // The system gives memory again when the pages are touched.
    for page in Int(first.index)..<Int(first.index) + pageCount where releasedPages > 0 {
      if ground.released.removeBit(page) { releasedPages -= 1 }
    }
  }

  /// The pages by which the arena grew.
  private mutating func grow(
    by pageCount: Int, _ ground: borrowing PageGround
  ) throws(HeapError) -> Int {
    let tail = freeSpan(endingBefore: frontier, ground.spans)
    let missing = pageCount - (tail.map { Int(ground.spans[$0].pageCount) } ?? 0)
    let room = limitPages - committedPages
    guard missing <= room else {
      throw .limitReached(
        requestedBytes: pageCount * Page.bytes, committedBytes: committedPages * Page.bytes,
        limitBytes: limitPages * Page.bytes)
    }
    let step =
      committedPages == 0
      ? PageHeap.firstGrowthPages : max(2, committedPages / PageHeap.growthFraction)
    let grown = min(room, wholeHugePages(max(missing, step)))
    // The system would let us wait until it has given the memory that is being prepared further on.
    if preparedEnd.offset < frontier.offset + grown * Page.bytes {
      try ground.arena.commit(from: frontier.offset, to: frontier.offset + grown * Page.bytes)
      systemCallCount += 1
    }
    let first = frontier
    frontier = PageID(Int(frontier.index) + grown)
    join(first, pageCount: UInt32(grown), ground)
    return grown
  }

  /// Pages of growth such that the heap then ends with a huge page, where those are used.
  private func wholeHugePages(_ pageCount: Int) -> Int {
    let end = Int(frontier.index) + pageCount
    guard end * Page.bytes > Arena.smallPageBytes else { return pageCount }
    let unit = SystemMemory.hugePageBytes / Page.bytes
    return (end + unit - 1) / unit * unit - Int(frontier.index)
  }

  private mutating func link(
    _ first: PageID, pageCount: UInt32, _ spans: borrowing SpanTable
  ) {
    spans[first] = Span()
    spans[first].holder = .pageHeap
    spans[first].pageCount = pageCount
    spans.claimEnds(of: first)
    free.insert(first, in: spans)
    freePages += Int(pageCount)
  }

  private mutating func unlink(_ first: PageID, _ spans: borrowing SpanTable) {
    free.remove(first, in: spans)
    freePages -= Int(spans[first].pageCount)
    spans[first].holder = .nobody
  }

  private func freeSpan(startingAt index: Int, _ spans: borrowing SpanTable) -> PageID? {
    guard index < Int(frontier.index) else { return nil }
    let page = PageID(index)
    return spans[page].holder == .pageHeap ? page : nil
  }

  private func freeSpan(endingBefore page: PageID, _ spans: borrowing SpanTable) -> PageID? {
    guard page.index > 1 else { return nil }
    let first = spans.owner(of: PageID(page.index - 1))
    guard first != .none, spans[first].holder == .pageHeap,
      first.index + spans[first].pageCount == page.index
    else { return nil }
    return first
  }
}

// MARK: - Giving back to the system

extension PageHeap {
  /// Gives free memory back, the longest spans first, while too much of it is idle; the pages that
  /// the system took.
  ///
  /// Half of the surplus stays, so that a program at the edge does not pay for every page twice.
  private mutating func returnSurplus(_ ground: borrowing PageGround) -> Int {
    let idle = freePages - releasedPages
    guard idle > returnThresholdPages, idle > residentPages / 4 else { return 0 }
    let target = max(returnThresholdPages, residentPages / 4) / 2
    let before = releasedPages
    do throws(HeapError) {
      try release(idle - target, ground)
    } catch { refusedReturnCount += 1 }
    return releasedPages - before
  }

  /// Gives at least `wanted` free pages back, if there are so many.
  ///
  /// - Throws: what the system says; what it had taken by then stays taken.
  private mutating func release(
    _ wanted: Int, _ ground: borrowing PageGround
  ) throws(HeapError) {
    var chosen: [PageID] = []
    var found = 0
    free.forEachFromLongest(in: ground.spans) { page in
      let idle = idlePages(of: page, ground)
      if idle > 0 { chosen.append(page) }
      found += idle
      return found < wanted
    }
    for page in chosen {
      let pageCount = Int(ground.spans[page].pageCount)
      try ground.arena.giveBack(from: page.offset, to: page.offset + pageCount * Page.bytes)
      systemCallCount += 1
      for index in Int(page.index)..<Int(page.index) + pageCount
      where ground.released.insertBit(index) { releasedPages += 1 }
    }
  }

  /// Pages of a free span that have memory behind them.
  func idlePages(of page: PageID, _ ground: borrowing PageGround) -> Int {
    let range = Int(page.index)..<Int(page.index) + Int(ground.spans[page].pageCount)
    return range.reduce(0) { $0 + (ground.released.hasBit($1) ? 0 : 1) }
  }
}

extension RawTable<UInt64> {
  func hasBit(_ index: Int) -> Bool { self[index / 64] & 1 &<< UInt64(index % 64) != 0 }

  /// Sets a bit; whether it was zero.
  func insertBit(_ index: Int) -> Bool {
    let wasZero = !hasBit(index)
    self[index / 64] |= 1 &<< UInt64(index % 64)
    return wasZero
  }

  /// Clears a bit; whether it was one.
  func removeBit(_ index: Int) -> Bool {
    let wasOne = hasBit(index)
    self[index / 64] &= ~(1 &<< UInt64(index % 64))
    return wasOne
  }
}
