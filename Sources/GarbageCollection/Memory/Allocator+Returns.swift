import Glibc

/// Cells on their way back up the tiers.
extension Allocator {
  /// Gives a cell to the cache of the thread that frees it.
  ///
  /// The caller has seen to it that the cell is in use and is not tiny.
  @inline(__always)
  func giveBack(_ cell: Reference, _ kind: CellKind, _ cache: ThreadCache) -> Route {
    if cache.put(cell.word, kind) {
      return Route(tier: .threadCache, spanClass: kind.spanClass)
    }
    return giveBackSlowly(cell, kind, cache)
  }

  @inline(never)
  private func giveBackSlowly(_ cell: Reference, _ kind: CellKind, _ cache: ThreadCache) -> Route {
    if kind.isLarge {
      cache[kind].freeCount += 1
      return giveBackLarge(cell, kind)
    }
    var route = Route(tier: .centralList, spanClass: kind.spanClass)
    flush(cache[kind].fullBatch, of: kind, from: cache, &route)
    guard cache.put(cell.word, kind) else { preconditionFailure("a flush makes room") }
    return route
  }

  /// Gives a cell past the cache to its span, which counts as if it had gone through it.
  func giveBackToSpan(
    _ cell: Reference, _ kind: CellKind, countedBy cache: ThreadCache
  ) -> Route {
    cache[kind].freeCount += 1
    cache[kind].returnedCount += 1
    return giveBackToSpan(cell, kind)
  }

  /// Gives a cell straight back to its span, as a sweep does.
  func giveBackToSpan(_ cell: Reference, _ kind: CellKind) -> Route {
    if kind.isLarge { return giveBackLarge(cell, kind) }
    colors.clear(cell)
    var route = Route(tier: .centralList, spanClass: kind.spanClass)
    let list = unsafe lock(kind, &route)
    defer { unsafe unlock(list) }
    unsafe put(cell.word, back: &list.pointee, &route)
    return route
  }

  private func giveBackLarge(_ cell: Reference, _ kind: CellKind) -> Route {
    colors.clear(cell)
    var route = Route(tier: .pageHeap)
    let list = unsafe lock(kind, &route)
    defer { unsafe unlock(list) }
    let first = PageID(containing: cell.offset)
    unsafe list.pointee.remove(first, in: spans)
    givePages(first, &route)
    return route
  }

  /// Sends the `count` oldest cells of a stack to the central list.
  func flush(
    _ count: Int, of kind: CellKind, from cache: ThreadCache, keepsBatches: Bool = true,
    _ route: inout Route
  ) {
    let list = unsafe lock(kind, &route)
    defer { unsafe unlock(list) }
    let cells = unsafe cache.lowest(of: kind)
    if keepsBatches, count == kind.fullBatch,
      unsafe list.pointee.batchCount < CentralList.batchLimit,
      let storage = unsafe batchStorage(of: kind)
    {
      let batch = unsafe storage + list.pointee.batchCount * count
      unsafe memcpy(batch, cells, count * MemoryLayout<UInt32>.stride)
      unsafe list.pointee.batchCount += 1
    } else {
      for index in 0..<count { unsafe put(cells[index], back: &list.pointee, &route) }
    }
    cache.dropLowest(count, kind)
    route.movedCellCount += count
  }

  /// Puts a cell back into its span, and the span where it then belongs.
  private func put(_ cell: UInt32, back list: inout CentralList, _ route: inout Route) {
    let offset = Reference(word: cell).offset
    let first = span(at: offset)
    let wasFull = spans[first].freeCellCount == 0
    if wasFull { list.remove(first, in: spans) }
    spans[first].giveBack(cell: spans[first].cell(at: offset - first.offset))
    if spans[first].freeCellCount == spans[first].cellCount {
      if !wasFull { list.remove(first, in: spans) }
      givePages(first, &route)
    } else if wasFull {
      list.put(first, in: spans)
    }
  }

  /// Gives a span that is on no list back to the page heap.
  func givePages(_ first: PageID, _ route: inout Route) {
    let heap = unsafe lockPageHeap(&route)
    defer { unsafe unlock(heap) }
    route.tier = .pageHeap
    route.movedPageCount += Int(spans[first].pageCount)
    let calls = unsafe heap.pointee.systemCallCount
    let returned = unsafe heap.pointee.giveBack(first, ground)
    guard returned > 0 else { return }
    route.tier = .system
    route.systemBytes += returned * Page.bytes
    route.systemCallCount += unsafe heap.pointee.systemCallCount - calls
  }
}

// MARK: - Emptying caches

extension Allocator {
  /// Gives all cells of a cache back to their spans.
  func empty(_ cache: ThreadCache) -> Route {
    var route = Route(tier: .threadCache)
    giveUpSpareHalf(of: cache, &route)
    for raw in 1..<UInt8(CellKind.count) {
      let kind = CellKind(raw: raw)
      let count = cache[kind].cellCount
      if count > 0 { flush(count, of: kind, from: cache, keepsBatches: false, &route) }
    }
    if route.lockCount > 0, route.tier == .threadCache { route.tier = .centralList }
    return route
  }

  /// Gives the cells of all caches and batches back to their spans, as before a sweep: then every free
  /// cell is where its span says.
  func emptyCaches() {
    for cache in caches {
      if let cache { _ = empty(cache) }
    }
    var route = Route(tier: .centralList)
    for raw in 1..<UInt8(CellKind.count) {
      let kind = CellKind(raw: raw)
      guard centralLists[kind.index].batchCount > 0 else { continue }
      let list = unsafe lock(kind, &route)
      defer { unsafe unlock(list) }
      guard let storage = unsafe batchStorage(of: kind) else { continue }
      let count = unsafe list.pointee.batchCount * kind.fullBatch
      for index in 0..<count {
        unsafe put(storage[index], back: &list.pointee, &route)
      }
      unsafe list.pointee.batchCount = 0
    }
  }
}
