/// Sweeping: what is white is freed, what is not turns white.
extension Heap {
  /// What the sweep of a span found.
  struct SweepTally {
    /// Cells.
    var freedCount = 0
    var keptCount = 0
    /// Objects that were in the freed cells; two in most tiny blocks.
    var deathCount = 0
  }

  /// Prepares a sweep of everything: every free cell goes back to its span.
  ///
  /// - Parameter isLazy: whether spans remember that they have to be swept, so that whoever wants cells
  ///   of them can do it.
  mutating func beginSweep(isLazy: Bool) {
    allocator.emptyCaches()
    guard isLazy else { return }
    for kind in CellKind.allKinds {
      allocator.centralLists[kind.index].beginSweep()
    }
  }

  /// Sweeps one cell, which is in use.
  mutating func sweep<O: Observer>(cell: Reference, observer: inout O) {
    if allocator.colors.isWhite(cell) {
      let dead = objects(inCellAt: cell)
      let route = freeInSweep(cell: cell)
      if let object = dead.first { observer.observe(.freed(object, along: route)) }
      if let object = dead.second { observer.observe(.freed(object, along: route)) }
    } else {
      setColor(.white, of: cell)
      forEachObject(inCellAt: cell) { observer.observe(.kept($0)) }
    }
  }
}

/// What a sweep has found.
struct SweptBytes {
  private(set) var freedBytes = 0
  private(set) var keptBytes = 0
  /// Those of `keptBytes` that no marking has to look into.
  private(set) var keptPointerFreeBytes = 0

  mutating func add(_ swept: Heap.SweptSpan) {
    freedBytes += swept.tally.freedCount * swept.cellBytes
    keptBytes += swept.tally.keptCount * swept.cellBytes
    if swept.isPointerFree { keptPointerFreeBytes += swept.tally.keptCount * swept.cellBytes }
  }
}

// MARK: - Whole spans

extension Heap {
  /// What the sweep of a whole span found, and what kind of span it was.
  struct SweptSpan {
    let tally: SweepTally
    let cellBytes: Int
    let isPointerFree: Bool
  }

  /// Sweeps every cell of the span at `first` and puts the span where it then belongs.
  ///
  /// - Parameter keepsEmpty: whether a span without an object stays with its class, because a cell of it
  ///   is wanted.
  func sweep<O: Observer>(
    spanAt first: PageID, keepsEmpty: Bool = false, observer: inout O
  ) -> SweepTally {
    let kind = allocator.spans.kind(of: first)
    var route = sweepRoute(kind)
    let list = unsafe allocator.lock(kind, &route)
    unsafe list.pointee.remove(first, in: allocator.spans)
    unsafe fetchNext(list.pointee.firstUnswept)
    unsafe allocator.unlock(list)
    return sweep(
      takenSpanAt: first, kind, keepsEmpty: keepsEmpty, &route, observer: &observer)
  }

  /// Sweeps any span of a kind that still has to be, whatever other threads do; nil when there is none.
  ///
  /// - Parameter wantsCell: whether nothing is to be done, either, where the central list has free cells.
  func sweepNext(
    of kind: CellKind, wantsCell: Bool = false
  ) -> SweptSpan? {
    var route = sweepRoute(kind)
    guard let first = takeUnswept(kind, wantsCell: wantsCell, &route) else { return nil }
    let cellBytes = Int(allocator.spans[first].cellBytes)
    var silent = SilentObserver()
    let tally = sweep(takenSpanAt: first, kind, keepsEmpty: false, &route, observer: &silent)
    return SweptSpan(tally: tally, cellBytes: cellBytes, isPointerFree: kind.isPointerFree)
  }

  /// Takes a span that still has to be swept off its list.
  private func takeUnswept(_ kind: CellKind, wantsCell: Bool, _ route: inout Route) -> PageID? {
    let list = unsafe allocator.lock(kind, &route)
    defer { unsafe allocator.unlock(list) }
    if wantsCell, unsafe list.pointee.hasFreeCells { return nil }
    guard let first = unsafe list.pointee.firstUnswept else { return nil }
    unsafe list.pointee.remove(first, in: allocator.spans)
    unsafe fetchNext(list.pointee.firstUnswept)
    return first
  }

  /// Asks for what the sweep of the next span will look at, while this one is swept.
  ///
  /// Spans are on their list as they came there, every other time from the last to the first, which no
  /// processor foresees: a cell then cost 2.8 ns instead of 1.7.
  @inline(__always)
  private func fetchNext(_ next: PageID?) {
    guard let next else { return }
    tables.fetchColors(ofPage: Int(next.index))
    allocator.spans.fetch(PageID(allocator.spans[next].next))
  }

  private func sweepRoute(_ kind: CellKind) -> Route {
    Route(tier: kind.isLarge ? .pageHeap : .centralList, spanClass: kind.spanClass)
  }

  /// Sweeps a span that is on no list, and puts it where it then belongs.
  ///
  /// Nobody else knows it meanwhile, so its cells are looked at without the lock. (Under the lock, a
  /// mutator that wanted cells while another thread swept span after span waited for dozens of them: a
  /// mutex goes to who is awake.)
  @inline(__always)
  private func sweep<O: Observer>(
    takenSpanAt first: PageID, _ kind: CellKind, keepsEmpty: Bool, _ route: inout Route,
    observer: inout O
  ) -> SweepTally {
    if kind.isLarge { route.movedPageCount = Int(allocator.spans[first].pageCount) }
    let tally = sweepCells(ofSpanAt: first, kind, along: route, observer: &observer)
    let list = unsafe allocator.lock(kind, &route)
    defer { unsafe allocator.unlock(list) }
    allocator.spans[first].sweepGeneration = unsafe list.pointee.sweepGeneration
    unsafe list.pointee.sweptCount += tally.deathCount
    let span = allocator.spans[first]
    if span.freeCellCount == span.cellCount, !(keepsEmpty && !kind.isLarge) {
      allocator.givePages(first, &route)
    } else {
      unsafe list.pointee.put(first, in: allocator.spans)
    }
    observer.observe(
      .sweptSpan(first, freedCount: tally.freedCount, keptCount: tally.keptCount))
    return tally
  }

  /// Sweeps the cells 64 at a time: their colours are read and written without a branch, and only who
  /// wants to know of each cell looks at each.
  @inline(__always)
  private func sweepCells<O: Observer>(
    ofSpanAt first: PageID, _ kind: CellKind, along route: Route, observer: inout O
  ) -> SweepTally {
    var tally = SweepTally()
    let cellCount = Int(allocator.spans[first].cellCount)
    let cellBytes = Int(allocator.spans[first].cellBytes)
    let looksAtCells = O.isInterested || freedCells != .kept || kind == .tiny
    for start in stride(from: 0, to: cellCount, by: 64) {
      let offset = first.offset + start * cellBytes
      let found = allocator.colors.sweep(
        from: offset, count: min(64, cellCount - start), cellBytes: cellBytes)
      tally.freedCount += found.dead.nonzeroBitCount
      tally.keptCount += found.live.nonzeroBitCount
      tally.deathCount +=
        looksAtCells
        ? tell(found.dead, found.live, from: offset, cellBytes, kind, route, observer: &observer)
        : found.dead.nonzeroBitCount
      allocator.spans[first].giveBack(found.dead, inWord: start / 64)
    }
    return tally
  }

  /// Tells what has become of each object; how many are dead.
  private func tell<O: Observer>(
    _ dead: UInt64, _ live: UInt64, from offset: Int, _ cellBytes: Int, _ kind: CellKind,
    _ route: Route, observer: inout O
  ) -> Int {
    var deathCount = 0
    var rest = dead | live
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      let cell = Reference(offset: offset + bit * cellBytes)
      let objects = objects(inCellAt: cell)
      let isDead = dead & 1 << UInt64(bit) != 0
      if isDead { bury(cell: cell, kind) }
      for case let object? in [objects.first, objects.second] {
        deathCount += isDead ? 1 : 0
        observer.observe(isDead ? .freed(object, along: route) : .kept(object))
      }
    }
    return deathCount
  }
}

// MARK: - What is left to sweep

extension Heap {
  /// Whether cells of that span were swept since the last marking.
  func isSwept(_ object: Reference) -> Bool {
    allocator.isSwept(spanAt: allocator.span(at: object.offset))
  }

  /// Any span that still has to be swept, or one of a kind.
  func unsweptSpan(of kind: CellKind? = nil) -> PageID? {
    for kind in kind.map({ [$0] }) ?? CellKind.allKinds {
      if let page = allocator.centralLists[kind.index].firstUnswept { return page }
    }
    return nil
  }

  /// Whether the central list can serve a cache without a sweep or new pages.
  func hasFreeCells(_ kind: CellKind) -> Bool {
    allocator.centralLists[kind.index].hasFreeCells
  }

  /// Whether a span, in use or free, starts at byte `offset`, or nothing was ever there.
  func startsSpan(at offset: Int) -> Bool {
    let page = PageID(containing: max(offset, Page.bytes))
    return page.offset >= allocator.committedEnd || allocator.spans[page].holder == .pageHeap
      || allocator.spans.owner(of: page) == page && allocator.spans[page].isInUse
  }

  func byteCount(ofSpanAt first: PageID) -> Int {
    Int(allocator.spans[first].pageCount) * Page.bytes
  }

  /// Bytes of a whole cell, also of one that two tiny objects share.
  func cellBytes(ofCellAt cell: Reference) -> Int {
    Int(allocator.spans[allocator.span(at: cell.offset)].cellBytes)
  }

  /// Whether the mutator's cache has no cell for such an object, so that a span has to be found.
  func needsSpan(for header: ObjectHeader, by mutator: MutatorID) -> Bool {
    let kind = kind(for: header)
    let bin = allocator.cache(of: mutator)[kind]
    return kind.isLarge || bin.cellCount == 0 && !(isTiny(header) && bin.spareHalf != 0)
  }

  /// The first span in use at or after byte `offset`, which starts a span; O(free spans passed).
  func firstSpanInUse(from offset: Int) -> PageID? {
    var page = PageID(containing: max(offset, Page.bytes))
    while page.offset < allocator.committedEnd {
      if allocator.spans[page].isInUse { return page }
      page = PageID(page.index + allocator.spans[page].pageCount)
    }
    return nil
  }
}
