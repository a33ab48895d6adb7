/// A broken equation of the allocator.
public enum AllocatorFault: Hashable, Sendable {
  /// The map of the span at this page has another number of free cells than the count says.
  case cellCountDiffers(PageID)
  /// Cells of this span are in use, in a cache and free in the span, all in all more or fewer than it
  /// has; or something is in use where no cell starts.
  case cellAstray(PageID)
  /// A cache or a batch holds this cell, which is in use, free in its span, or held twice.
  case cellHeldTwice(Reference)
  /// A cache or a batch of one class holds this cell of another.
  case wrongClass(Reference)
  /// This page belongs to no span, or names one that does not cover it, or another kind.
  case pageWithoutSpan(PageID)
  /// A span is on a list that its record does not know of, or the other way round.
  case spanMisplaced(PageID)
  /// Two free spans stand side by side.
  case notCoalesced(PageID)
  /// Free or released pages are not as many as the counts say, or a released page is in use.
  case pageCountDiffers
  /// A half of a tiny block is kept for a cache that does not know of it, or the other way round; or
  /// a block in use has neither an object nor a kept half.
  case halfAstray(Reference)
  /// An object in a space stands beyond where objects can, or overlaps the next one.
  case objectAstray(Reference)
}

extension Allocator {
  /// The first broken equation, or nil; O(pages + cells in caches + granules), for tests.
  ///
  /// Quick enough to follow every operation on a small heap, also without optimisation: tables by page
  /// instead of dictionaries, and empty bins and lists passed without a call.
  ///
  /// `others` are caches that the allocator itself does not know of.
  func firstFault(others: [ThreadCache] = []) -> AllocatorFault? {
    let caches = caches.compactMap { $0 } + others
    var census = CellCensus(self)
    var listings = Listings(pageCount: Int(pageHeap[0].frontier.index))
    if let fault = census.take(self, caches) ?? listings.take(self) { return fault }

    let frontier = pageHeap[0].frontier
    var page = PageID(UInt32(1))
    var wasFree = false
    var (freePages, releasedPages, keptHalves) = (0, 0, 0)
    while page < frontier {
      let span = spans[page]
      if span.pageCount == 0 { return .pageWithoutSpan(page) }
      if listings.place(of: page) != Listings.place(of: page, self) { return .spanMisplaced(page) }
      let fault =
        span.isInUse
        ? faultInUse(page, span, census, &keptHalves)
        : faultFree(page, after: wasFree)
      if let fault { return fault }
      if !span.isInUse {
        freePages += Int(span.pageCount)
        releasedPages += Int(span.pageCount) - pageHeap[0].idlePages(of: page, ground)
      }
      wasFree = !span.isInUse
      page = PageID(page.index + span.pageCount)
    }
    guard page == frontier else { return .pageWithoutSpan(page) }
    if let fault = faultInSpareHalves(of: caches, keptHalves) { return fault }
    return freePages == pageHeap[0].freePages && releasedPages == pageHeap[0].releasedPages
      && releasedPages == releasedBits ? nil : .pageCountDiffers
  }

  private var releasedBits: Int {
    (0..<ground.released.count).reduce(0) { $0 + ground.released[$1].nonzeroBitCount }
  }

  private func faultInUse(
    _ first: PageID, _ span: Span, _ census: CellCensus, _ keptHalves: inout Int
  ) -> AllocatorFault? {
    let kind = spans.kind(of: first)
    if let page = spans.firstUnclaimed(of: first, span.pageCount, for: kind) {
      return .pageWithoutSpan(page)
    }
    // Who stands where in a space only its heap knows.
    if span.holder == .space { return kind.isSpace ? nil : .spanMisplaced(first) }
    let ones = span.countedFreeCells
    let end = first.offset + Int(span.pageCount) * Page.bytes
    let isTiny = kind == .tiny
    var used = 0
    var next = firstInUse(from: first.offset, below: end)
    while let offset = next {
      let cell = (offset - first.offset) / Int(span.cellBytes)
      guard offset == first.offset + cell * Int(span.cellBytes), cell < Int(span.cellCount) else {
        return .cellAstray(first)
      }
      if span.isFree(cell: cell) || census.holdsCell(at: offset) {
        return .cellHeldTwice(Reference(offset: offset))
      }
      if isTiny, let fault = fault(inTinyBlockAt: offset, &keptHalves) { return fault }
      used += 1
      next = firstInUse(from: offset + SizeClass.granuleBytes, below: end)
    }
    guard ones == span.freeCellCount else { return .cellCountDiffers(first) }
    guard used + census.count[Int(first.index)] + ones == span.cellCount else {
      return .cellAstray(first)
    }
    return (ones == 0) == (span.holder == .centralFull) ? nil : .spanMisplaced(first)
  }

  private func faultFree(_ first: PageID, after wasFree: Bool) -> AllocatorFault? {
    if wasFree { return .notCoalesced(first) }
    let span = spans[first]
    let last = PageID(first.index + span.pageCount - 1)
    guard spans.owner(of: first) == first, spans.owner(of: last) == first else {
      return .pageWithoutSpan(first)
    }
    for index in first.index...last.index where spans.kind(of: PageID(index)) != .none {
      return .pageWithoutSpan(PageID(index))
    }
    let end = first.offset + Int(span.pageCount) * Page.bytes
    return firstInUse(from: first.offset, below: end).map {
      .cellHeldTwice(Reference(offset: $0))
    }
  }
}

// MARK: - Tiny blocks

extension Allocator {
  private func fault(inTinyBlockAt offset: Int, _ keptHalves: inout Int) -> AllocatorFault? {
    let states = (arena.loadState(at: offset), arena.loadState(at: offset + TinyHalf.byteCount))
    let isKept = (states.0 == TinyHalf.reserved, states.1 == TinyHalf.reserved)
    keptHalves += (isKept.0 ? 1 : 0) + (isKept.1 ? 1 : 0)
    let isHeld = (
      isKept.0 || TinyHalf.isObject(states.0), isKept.1 || TinyHalf.isObject(states.1)
    )
    guard isHeld.0 || isHeld.1, isHeld.0 || states.0 == 0, isHeld.1 || states.1 == 0 else {
      return .halfAstray(Reference(offset: offset))
    }
    return nil
  }

  /// Each kept half is the spare one of exactly one cache.
  private func faultInSpareHalves(
    of caches: [ThreadCache], _ keptHalves: Int
  ) -> AllocatorFault? {
    let spares = caches.map { $0[.tiny].spareHalf }.filter { $0 != 0 }.sorted()
    for (index, word) in spares.enumerated() {
      let half = Reference(word: word)
      guard kind(at: half.offset) == .tiny, colors.isInUse(half),
        arena.loadState(at: half.offset) == TinyHalf.reserved,
        index == 0 || spares[index - 1] != word
      else { return .halfAstray(half) }
    }
    return spares.count == keptHalves ? nil : .halfAstray(Reference(word: spares.first ?? 0))
  }
}
