import Glibc

/// Requests on their way down the tiers.
extension Allocator {
  /// A cell of the kind, which is not `none`, not tiny and not large.
  @inline(__always)
  func takeCell(
    _ kind: CellKind, _ cache: ThreadCache
  ) throws(HeapError) -> (cell: Reference, route: Route) {
    if let cell = cache.take(kind) {
      return (Reference(word: cell), Route(tier: .threadCache, spanClass: kind.spanClass))
    }
    let route = try refill(kind, cache)
    guard let cell = cache.take(kind) else { preconditionFailure("a refill brings a cell") }
    return (Reference(word: cell), route)
  }

  /// Fetches cells for a cache that has none of this kind left.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  @inline(never)
  func refill(_ kind: CellKind, _ cache: ThreadCache) throws(HeapError) -> Route {
    var route = Route(tier: .centralList, spanClass: kind.spanClass)
    let list = unsafe lock(kind, &route)
    defer { unsafe unlock(list) }

    if unsafe list.pointee.batchCount > 0, let storage = unsafe batchStorage(of: kind) {
      unsafe list.pointee.batchCount -= 1
      let batch = unsafe storage + list.pointee.batchCount * kind.fullBatch
      unsafe memcpy(cache.room(for: kind), batch, kind.fullBatch * MemoryLayout<UInt32>.stride)
      route.movedCellCount = kind.fullBatch
    } else {
      let isMiss = unsafe list.pointee.partial.first == nil
      if isMiss { unsafe list.pointee.put(try makeSpan(kind, &route), in: spans) }
      unsafe list.pointee.missCount += isMiss ? 1 : 0
      route.movedCellCount = unsafe takeCells(
        from: &list.pointee, limit: cache.nextBatch(kind), into: cache.room(for: kind))
    }
    unsafe list.pointee.hitCount += route.tier == .centralList ? 1 : 0
    cache.receive(route.movedCellCount, kind)
    return route
  }

  /// Takes free cells of the first spans of a list; how many there were, at most `limit`.
  ///
  /// The lowest cell ends up on top, to be the next that is handed out: the room is filled from its end,
  /// and moved down when it was not filled whole.
  private func takeCells(
    from list: inout CentralList, limit: Int, into room: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var left = limit
    while left > 0, let page = list.partial.first {
      let base = page.offset / Reference.granuleBytes
      let cellWords = Int(spans[page].cellBytes) / Reference.granuleBytes
      var place = unsafe room + left
      left -= spans[page].takeCells(limit: left) { cell in
        unsafe place -= 1
        unsafe place.pointee = UInt32(truncatingIfNeeded: base &+ cell &* cellWords)
      }
      if spans[page].freeCellCount == 0 {
        list.partial.remove(page, in: spans)
        spans[page].holder = .centralFull
        list.full.insert(page, in: spans)
      }
    }
    let count = limit - left
    if left > 0 { unsafe memmove(room, room + left, count * MemoryLayout<UInt32>.stride) }
    return count
  }

  /// A new span of a kind, cut into free cells, on no list yet.
  private func makeSpan(_ kind: CellKind, _ route: inout Route) throws(HeapError) -> PageID {
    guard let sizeClass = kind.spanClass?.sizeClass else {
      preconditionFailure("cells are cut for size classes")
    }
    let first = try takePages(sizeClass.spanPages, &route)
    spans[first].cellCount = UInt16(sizeClass.cellCount)
    spans[first].cellBytes = UInt32(sizeClass.cellBytes)
    spans[first].reciprocal = sizeClass.reciprocal
    spans[first].sweepGeneration = centralLists[kind.index].sweepGeneration
    spans[first].freeAll()
    spans.claimPages(of: first, for: kind)
    return first
  }

  private func takePages(
    _ pageCount: Int, _ route: inout Route
  ) throws(HeapError) -> PageID {
    let heap = unsafe lockPageHeap(&route)
    defer { unsafe unlock(heap) }
    let taken = unsafe try heap.pointee.takeSpan(pageCount: pageCount, ground)
    // Cells of another class may have been forbidden here.
    arena.allow(at: taken.first.offset, byteCount: pageCount * Page.bytes)
    route.movedPageCount += pageCount
    route.tier = taken.grownPages > 0 ? .system : .pageHeap
    route.systemBytes += taken.grownPages * Page.bytes
    route.systemCallCount += taken.grownPages > 0 ? 1 : 0
    return taken.first
  }
}

// MARK: - Large objects

extension Allocator {
  /// A span for one large object, past caches and size classes.
  func takeLarge(
    byteCount: Int, _ kind: CellKind
  ) throws(HeapError) -> (cell: Reference, route: Route) {
    var route = Route(tier: .pageHeap)
    let pageCount = (byteCount + Page.bytes - 1) / Page.bytes
    let list = unsafe lock(kind, &route)
    defer { unsafe unlock(list) }
    let first = try takePages(pageCount, &route)
    spans[first].cellCount = 1
    spans[first].sweepGeneration = unsafe list.pointee.sweepGeneration
    spans[first].cellBytes = UInt32(pageCount * Page.bytes)
    spans.claimPages(of: first, for: kind)
    unsafe list.pointee.put(first, in: spans)
    unsafe list.pointee.hitCount += 1
    return (Reference(offset: first.offset), route)
  }
}

extension Allocator {
  /// Pages that hold nothing, as far as the limit goes.
  var freePages: Int {
    pageHeap[0].limitPages - pageHeap[0].committedPages + pageHeap[0].freePages
  }

  /// Cells of a kind that are in caches, in batches, or free in spans; O(spans of the kind).
  func freeCellCount(of kind: CellKind) -> Int {
    var count = sharedCellCount(of: kind)
    for cache in caches { count += cache?[kind].cellCount ?? 0 }
    return count
  }

  /// Cells of a kind that any cache can have, in batches or free in spans; O(spans of the kind).
  func sharedCellCount(of kind: CellKind) -> Int {
    let list = centralLists[kind.index]
    var count = list.batchCount * kind.fullBatch
    list.forEachSpan(in: spans) { count += Int(spans[$0].freeCellCount) }
    return count
  }

  /// Whether that many pages in a row can be had, as far as the limit goes.
  func canTakePages(_ pageCount: Int) -> Bool { pageHeap[0].canTake(pageCount, ground) }
}

// MARK: - Spaces

extension Allocator {
  /// A run of pages for objects to stand in one behind the other.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  func takeSpace(pageCount: Int, _ kind: CellKind) throws(HeapError) -> PageID {
    precondition(kind.isSpace, "spaces are pages of a kind of their own")
    var route = Route(tier: .pageHeap)
    let first = try takePages(pageCount, &route)
    spans[first].holder = .space
    spans.claimPages(of: first, for: kind)
    return first
  }

  /// Makes all pages that the heap may have one space, with the objects in them where they are.
  ///
  /// Cells, spans and size classes are no more. Where the system refuses the rest of the pages, the
  /// space is as long as what it has given so far.
  func makeOneSpace() -> (first: PageID, pageCount: Int) {
    emptyCaches()
    var page = PageID(UInt32(1))
    while page < pageHeap[0].frontier {
      let pageCount = spans[page].pageCount
      if spans[page].isInUse {
        centralLists[spans.kind(of: page).index].remove(page, in: spans)
        pageHeap[0].takeBack(page, ground)
      }
      page = PageID(page.index + pageCount)
    }
    for pageCount in [pageHeap[0].limitPages, pageHeap[0].committedPages] where pageCount > 0 {
      do throws(HeapError) {
        return (try takeSpace(pageCount: pageCount, .space), pageCount)
      } catch { continue }
    }
    preconditionFailure("pages that are there can be had")
  }
}

// MARK: - Rebuilding

extension Allocator {
  /// A cell behind the one at `last`, which must be the newest; nil for the very first.
  ///
  /// For rebuilding a heap in the order of its addresses, before anything was freed. Needs no more
  /// pages than the heap that is rebuilt: what shared a span there shares one here.
  func appendCell(
    byteCount: Int, _ kind: CellKind, after last: Reference?
  ) throws(HeapError) -> Reference {
    if kind.isLarge { return try takeLarge(byteCount: byteCount, kind).cell }
    if let last, self.kind(at: last.offset) == kind {
      let first = span(at: last.offset)
      let next = spans[first].cell(at: last.offset - first.offset) + 1
      if next < spans[first].cellCount { return take(cell: next, ofSpanAt: first, kind) }
    }
    var route = Route(tier: .pageHeap)
    let first = try makeSpan(kind, &route)
    centralLists[kind.index].put(first, in: spans)
    return take(cell: 0, ofSpanAt: first, kind)
  }

  private func take(cell: Int, ofSpanAt first: PageID, _ kind: CellKind) -> Reference {
    centralLists[kind.index].remove(first, in: spans)
    spans[first].take(cell: cell)
    centralLists[kind.index].put(first, in: spans)
    return Reference(offset: first.offset + cell * Int(spans[first].cellBytes))
  }
}

// MARK: - Locks

extension Allocator {
  func lock(_ kind: CellKind, _ route: inout Route) -> UnsafeMutablePointer<CentralList> {
    let list = unsafe centralLists.pointer(to: kind.index)
    unsafe Lock.take(UnsafeMutableRawPointer(list).assumingMemoryBound(to: Lock.self))
    route.lockCount += 1
    return unsafe list
  }

  func lockPageHeap(_ route: inout Route) -> UnsafeMutablePointer<PageHeap> {
    let heap = unsafe pageHeap.pointer(to: 0)
    unsafe Lock.take(UnsafeMutableRawPointer(heap).assumingMemoryBound(to: Lock.self))
    route.lockCount += 1
    return unsafe heap
  }

  /// - Parameter record: one that begins with its lock.
  func unlock(_ record: UnsafeMutableRawPointer) {
    unsafe Lock.leave(record.assumingMemoryBound(to: Lock.self))
  }
}
