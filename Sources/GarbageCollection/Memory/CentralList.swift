/// The tier between thread caches and page heap: the spans of one class that no cache holds.
///
/// A span is on `partial` while it has a free cell and on `full` while it has none; an empty one goes
/// back to the page heap.
struct CentralList: BitwiseCopyable {
  private(set) var partial = SpanList()
  private(set) var full = SpanList()
}

extension CentralList {
  /// A span with a free cell, taken off the list; nil if there is none.
  mutating func takeSpan(in spans: borrowing SpanTable) -> PageID? {
    guard let page = partial.first else { return nil }
    partial.remove(page, in: spans)
    spans[page].holder = .nobody
    return page
  }

  /// Takes a span that a cache has no use for.
  mutating func put(_ page: PageID, in spans: borrowing SpanTable) {
    if spans[page].usedCellCount == spans[page].cellCount {
      spans[page].holder = .centralFull
      full.insert(page, in: spans)
    } else {
      spans[page].holder = .centralPartial
      partial.insert(page, in: spans)
    }
  }

  /// Takes the span off its list, whichever that is.
  mutating func remove(_ page: PageID, in spans: borrowing SpanTable) {
    switch spans[page].holder {
    case .centralFull: full.remove(page, in: spans)
    case .centralPartial: partial.remove(page, in: spans)
    case .nobody, .pageHeap, .threadCache, .largeObject:
      preconditionFailure("only a span on the list can be taken off it")
    }
    spans[page].holder = .nobody
  }
}
