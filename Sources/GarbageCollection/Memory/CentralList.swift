/// The tier between thread caches and page heap: the spans of one class, and batches of free cells on
/// their way from one cache to another.
///
/// ```
/// partial   swept spans with a free cell         unsweptPartial, unsweptFull: not swept since the
/// full      swept spans without one              last marking; swept when a cache asks for cells
/// batches   cells of a full batch each, as a cache gave them: no span is looked at
/// ```
/// A span with all its cells free goes back to the page heap. Batches are TCMalloc's transfer cache;
/// the four lists are those of Go's `mcentral`.
///
/// One thread at a time: whoever calls holds `lock`.
struct CentralList: BitwiseCopyable {
  /// First, so that it stands where the record stands.
  var lock = Lock()
  var partial = SpanList()
  var full = SpanList()
  var unsweptPartial = SpanList()
  var unsweptFull = SpanList()
  /// Grows by two with each sweep of the class, so that a sweep begins without touching a span.
  ///
  /// A span of this generation is swept, one two behind still has to be; one that is being swept is on no
  /// list (after Go's `sweepgen`, runtime/mheap.go).
  private(set) var sweepGeneration: UInt32 = 0
  var batchCount = 0
  var hitCount = 0
  var missCount = 0
  /// Objects that a sweep has freed.
  var sweptCount = 0
  /// Keeps the locks of two lists on different lines of the processor's cache.
  private var padding: InlineArray<2, UInt64> = .init(repeating: 0)

  /// Batches that a list keeps; those beyond go back to their spans.
  static let batchLimit = 8
}

extension CentralList {
  /// Whether a cache can be served without a sweep or new pages.
  var hasFreeCells: Bool { batchCount > 0 || partial.first != nil }

  /// The span to sweep next: one that may serve a cache soon, if there is one.
  var firstUnswept: PageID? { unsweptPartial.first ?? unsweptFull.first }

  /// Puts a span where it belongs by its free cells.
  mutating func put(_ page: PageID, in spans: borrowing SpanTable) {
    let isFull = spans[page].freeCellCount == 0
    spans[page].holder = isFull ? .centralFull : .centralPartial
    switch (isFull, isSwept(page, in: spans)) {
    case (true, true): full.insert(page, in: spans)
    case (false, true): partial.insert(page, in: spans)
    case (true, false): unsweptFull.insert(page, in: spans)
    case (false, false): unsweptPartial.insert(page, in: spans)
    }
  }

  /// Takes the span off its list, whichever that is.
  mutating func remove(_ page: PageID, in spans: borrowing SpanTable) {
    switch (spans[page].holder, isSwept(page, in: spans)) {
    case (.centralFull, true): full.remove(page, in: spans)
    case (.centralPartial, true): partial.remove(page, in: spans)
    case (.centralFull, false): unsweptFull.remove(page, in: spans)
    case (.centralPartial, false): unsweptPartial.remove(page, in: spans)
    case (.nobody, _), (.pageHeap, _), (.space, _):
      preconditionFailure("only a span on the list can be taken off it")
    }
    spans[page].holder = .nobody
  }

  /// Whether a span of the class has been swept since the last marking.
  func isSwept(_ page: PageID, in spans: borrowing SpanTable) -> Bool {
    spans[page].sweepGeneration == sweepGeneration
  }

  /// Makes every span of the class one that has to be swept; O(1).
  mutating func beginSweep() {
    precondition(
      unsweptPartial.first == nil && unsweptFull.first == nil, "one sweep ends before the next")
    swap(&partial, &unsweptPartial)
    swap(&full, &unsweptFull)
    sweepGeneration &+= 2
  }

  /// Every span, swept or not.
  func forEachSpan(in spans: borrowing SpanTable, _ body: (PageID) -> Void) {
    partial.forEach(in: spans, body)
    full.forEach(in: spans, body)
    unsweptPartial.forEach(in: spans, body)
    unsweptFull.forEach(in: spans, body)
  }
}
