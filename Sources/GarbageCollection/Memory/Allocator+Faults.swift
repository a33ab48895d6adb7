/// A broken equation of the allocator.
public enum AllocatorFault: Hashable, Sendable {
  /// The bitmap of the span at this page has another number of ones than the count says.
  case cellCountDiffers(PageID)
  /// This page belongs to no span, or names one that does not cover it.
  case pageWithoutSpan(PageID)
  /// A span is on a list that its record does not know of, or the other way round.
  case spanMisplaced(PageID)
  /// Two free spans stand side by side.
  case notCoalesced(PageID)
}

extension Allocator {
  /// The first broken equation, or nil; O(pages), for tests.
  func firstFault() -> AllocatorFault? {
    var page = PageID(UInt32(1))
    var wasFree = false
    var listed: [PageID: Span.Holder] = [:]
    collectListed(into: &listed)
    while page < pageHeap.frontier {
      let span = spans[page]
      if span.pageCount == 0 { return .pageWithoutSpan(page) }
      if span.holder == .nobody { return .spanMisplaced(page) }
      if span.holder != .largeObject, listed[page] != span.holder { return .spanMisplaced(page) }
      if let fault = span.isInUse ? faultInUse(page) : faultFree(page, after: wasFree) {
        return fault
      }
      wasFree = !span.isInUse
      page = PageID(page.index + span.pageCount)
    }
    return page == pageHeap.frontier ? nil : .pageWithoutSpan(page)
  }

  private func faultInUse(_ first: PageID) -> AllocatorFault? {
    let span = spans[first]
    var ones = 0
    for word in 0..<8 { ones += span.allocated[word].nonzeroBitCount }
    guard ones == span.usedCellCount, span.usedCellCount <= span.cellCount else {
      return .cellCountDiffers(first)
    }
    if span.holder == .centralFull, span.usedCellCount != span.cellCount {
      return .spanMisplaced(first)
    }
    if span.holder == .centralPartial, span.usedCellCount == span.cellCount {
      return .spanMisplaced(first)
    }
    for index in first.index..<first.index + span.pageCount
    where spans.owner(of: PageID(index)) != first {
      return .pageWithoutSpan(PageID(index))
    }
    return nil
  }

  private func faultFree(_ first: PageID, after wasFree: Bool) -> AllocatorFault? {
    if wasFree { return .notCoalesced(first) }
    let last = PageID(first.index + spans[first].pageCount - 1)
    return spans.owner(of: first) == first && spans.owner(of: last) == first
      ? nil : .pageWithoutSpan(first)
  }

  private func collectListed(into listed: inout [PageID: Span.Holder]) {
    var found: [PageID: Span.Holder] = [:]
    pageHeap.forEachFreeSpan(in: spans) { found[$0] = .pageHeap }
    for sizeClass in SizeClass.table {
      let page = cachedSpan(of: sizeClass)
      if page != .none { found[page] = .threadCache }
      forEachCentralSpan(of: sizeClass) { page, isFull in
        found[page] = isFull ? .centralFull : .centralPartial
      }
    }
    listed = found
  }
}
