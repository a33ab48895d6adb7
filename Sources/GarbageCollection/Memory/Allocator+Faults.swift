/// A broken equation of the allocator.
public enum AllocatorFault: Hashable, Sendable {
  /// The map of the span at this page has another number of free cells than the count says.
  case cellCountDiffers(PageID)
  /// Cells of this span are in use, in a cache and free in the span, all in all more or fewer than it
  /// has.
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
}

extension Allocator {
  /// The first broken equation, or nil; O(pages + cells in caches + granules), for tests.
  ///
  /// `others` are caches that the allocator itself does not know of.
  func firstFault(others: [ThreadCache] = []) -> AllocatorFault? {
    let caches = caches.compactMap { $0 } + others
    let kinds = kindsInUse(by: caches)
    var census = CellCensus()
    if let fault = census.take(self, caches, kinds) { return fault }
    var listed: [PageID: Listing] = [:]
    if let fault = collectListed(of: kinds, into: &listed) { return fault }

    var page = PageID(UInt32(1))
    var wasFree = false
    var (freePages, releasedPages) = (0, 0)
    while page < pageHeap[0].frontier {
      let span = spans[page]
      if span.pageCount == 0 { return .pageWithoutSpan(page) }
      if listed[page] != Listing(span) { return .spanMisplaced(page) }
      let fault =
        span.isInUse
        ? faultInUse(page, cachedCount: census.count[page] ?? 0) : faultFree(page, after: wasFree)
      if let fault { return fault }
      if !span.isInUse {
        freePages += Int(span.pageCount)
        releasedPages += Int(span.pageCount) - pageHeap[0].idlePages(of: page, ground)
      }
      wasFree = !span.isInUse
      page = PageID(page.index + span.pageCount)
    }
    guard page == pageHeap[0].frontier else { return .pageWithoutSpan(page) }
    return freePages == pageHeap[0].freePages && releasedPages == pageHeap[0].releasedPages
      && releasedPages == releasedBits ? nil : .pageCountDiffers
  }

  /// The kinds with spans, batches, or cells in caches: few, and tests look after every step.
  private func kindsInUse(by caches: [ThreadCache]) -> [CellKind] {
    var kinds: [CellKind] = []
    var kind = CellKind(raw: 1)
    // Not a range: unoptimised, its iterator takes most of the time.
    while kind.index < CellKind.count {
      let list = centralLists[kind.index]
      if !list.isEmpty || list.batchCount > 0 || caches.contains(where: { $0[kind].cellCount > 0 })
      {
        kinds.append(kind)
      }
      kind = CellKind(raw: kind.raw + 1)
    }
    return kinds
  }

  /// Where a span is found, to be compared with what its record says.
  private struct Listing: Equatable {
    var holder: Span.Holder
    var isSwept: Bool

    init(_ span: Span) { (holder, isSwept) = (span.holder, span.isSwept) }
    init(_ holder: Span.Holder, isSwept: Bool) { (self.holder, self.isSwept) = (holder, isSwept) }
  }

  private var releasedBits: Int {
    (0..<ground.released.count).reduce(0) { $0 + ground.released[$1].nonzeroBitCount }
  }

  private func faultInUse(_ first: PageID, cachedCount: Int) -> AllocatorFault? {
    let span = spans[first]
    var ones = 0
    var used = 0
    for word in 0..<8 { ones += span.free[word].nonzeroBitCount }
    let end = first.offset + Int(span.pageCount) * Page.bytes
    var next = first.offset
    while let found = colors.firstInUse(from: next, below: end) {
      let (cell, rest) = (found - first.offset).quotientAndRemainder(
        dividingBy: Int(span.cellBytes))
      guard rest == 0, cell < span.cellCount else { return .cellAstray(first) }
      if span.isFree(cell: cell) { return .cellHeldTwice(Reference(offset: found)) }
      used += 1
      next = found + SizeClass.granuleBytes
    }
    guard ones == span.freeCellCount else { return .cellCountDiffers(first) }
    guard used + cachedCount + ones == span.cellCount else { return .cellAstray(first) }
    guard (ones == 0) == (span.holder == .centralFull) else { return .spanMisplaced(first) }
    let kind = spans.kind(of: first)
    for index in first.index..<first.index + span.pageCount {
      guard spans.owner(of: PageID(index)) == first, spans.kind(of: PageID(index)) == kind,
        kind != .none
      else { return .pageWithoutSpan(PageID(index)) }
    }
    return nil
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
    return colors.firstInUse(from: first.offset, below: end).map {
      .cellHeldTwice(Reference(offset: $0))
    }
  }

  private func collectListed(
    of kinds: [CellKind], into listed: inout [PageID: Listing]
  ) -> AllocatorFault? {
    var fault: AllocatorFault?
    func note(_ page: PageID, _ holder: Span.Holder, isSwept: Bool) {
      if listed.updateValue(Listing(holder, isSwept: isSwept), forKey: page) != nil {
        fault = .spanMisplaced(page)
      }
    }
    pageHeap[0].forEachFreeSpan(in: spans) { note($0, .pageHeap, isSwept: true) }
    for kind in kinds {
      let list = centralLists[kind.index]
      list.partial.forEach(in: spans) { note($0, .centralPartial, isSwept: true) }
      list.full.forEach(in: spans) { note($0, .centralFull, isSwept: true) }
      list.unsweptPartial.forEach(in: spans) { note($0, .centralPartial, isSwept: false) }
      list.unsweptFull.forEach(in: spans) { note($0, .centralFull, isSwept: false) }
    }
    return fault
  }
}

/// The cells in caches and batches, counted by their spans.
private struct CellCensus {
  var count: [PageID: Int] = [:]
  private var seen: Set<UInt32> = []

  mutating func take(
    _ allocator: borrowing Allocator, _ caches: [ThreadCache], _ kinds: [CellKind]
  ) -> AllocatorFault? {
    var fault: AllocatorFault?
    for kind in kinds {
      for cache in caches {
        cache.forEachCell(of: kind) { cell in fault = fault ?? admit(cell, kind, allocator) }
      }
      allocator.forEachBatchedCell(of: kind) { cell in
        fault = fault ?? admit(cell, kind, allocator)
      }
    }
    return fault
  }

  private mutating func admit(
    _ cell: UInt32, _ kind: CellKind, _ allocator: borrowing Allocator
  ) -> AllocatorFault? {
    let reference = Reference(word: cell)
    guard allocator.kind(at: reference.offset) == kind else { return .wrongClass(reference) }
    let first = allocator.span(at: reference.offset)
    let number = allocator.spans[first].cell(at: reference.offset - first.offset)
    guard seen.insert(cell).inserted, !allocator.colors.isInUse(reference),
      !allocator.spans[first].isFree(cell: number)
    else { return .cellHeldTwice(reference) }
    count[first, default: 0] += 1
    return nil
  }
}

extension Allocator {
  /// The cells in the batches of a central list.
  func forEachBatchedCell(of kind: CellKind, _ body: (UInt32) -> Void) {
    let count = centralLists[kind.index].batchCount * kind.fullBatch
    guard count > 0, let storage = unsafe batchStorage(of: kind) else { return }
    for index in 0..<count { body(unsafe storage[index]) }
  }
}
