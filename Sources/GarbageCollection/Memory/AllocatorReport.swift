/// The allocator's state in numbers: what views and benchmarks show of it.
public struct AllocatorReport: Hashable, Sendable {
  /// The cells of one span class, wherever they are.
  ///
  /// usedCellCount + cachedCellCount + freeCellCount = cellCount.
  public struct ClassLine: Hashable, Sendable {
    public let spanClass: SpanClass
    public var spanCount = 0
    /// Spans on the central list that have a free cell.
    public var partialSpanCount = 0
    public var cellCount = 0
    /// Cells that hold objects.
    public var usedCellCount = 0
    /// Cells in thread caches and in batches between them.
    public var cachedCellCount = 0
    /// Cells that are free in their spans.
    public var freeCellCount = 0
    /// Bytes that the objects asked for; the rest of their cells is waste by rounding.
    public var requestedBytes = 0
    public var hitCount = 0
    public var missCount = 0

    public init(_ spanClass: SpanClass) { self.spanClass = spanClass }
  }

  /// One mutator's cache.
  public struct CacheLine: Hashable, Sendable {
    public struct Bin: Hashable, Sendable {
      public let spanClass: SpanClass
      /// Cells at hand, and the most there can be.
      public let cellCount: Int
      public let capacity: Int
      /// Offset of the cell that the next request gets; nil when there is none.
      public let next: Int?
    }

    public let mutator: MutatorID
    /// Those that hold cells or have been used.
    public var bins: [Bin] = []
    public var hitCount = 0
    public var missCount = 0

    public init(_ mutator: MutatorID) { self.mutator = mutator }
  }

  /// Pages that belong to nobody.
  public struct FreeSpan: Hashable, Sendable {
    public let firstPage: PageID
    public let pageCount: Int
    /// Pages of these that the system has taken back.
    public let releasedPageCount: Int
  }

  /// Of classes that have spans, by class.
  public var classes: [ClassLine] = []
  /// By mutator.
  public var caches: [CacheLine] = []
  /// By address.
  public var freeSpans: [FreeSpan] = []
  public var largeObjectCount = 0
  public var largeObjectPages = 0
  /// Bytes that large objects asked for.
  public var largeRequestedBytes = 0

  /// Bytes that the system has made usable, without those it has taken back.
  public var committedBytes = 0
  public var releasedBytes = 0
  public var reservedBytes = 0
  public var limitBytes = 0
  /// By `AllocatorCounter`.
  public var counters: [AllocatorCounter: Int] = [:]

  public init() {}
}

extension AllocatorReport.ClassLine {
  /// Bytes of cells in use beyond what was asked for.
  public var roundingBytes: Int { usedCellCount * spanClass.sizeClass.cellBytes - requestedBytes }
  /// Bytes at the ends of spans that are too short for a cell.
  public var tailBytes: Int { spanCount * spanClass.sizeClass.tailBytes }
  /// Of the requests so far, those the thread caches answered, from 0 to 1; nil before the first.
  public var hitRate: Double? {
    let count = hitCount + missCount
    return count == 0 ? nil : Double(hitCount) / Double(count)
  }
}

extension AllocatorReport {
  public var freePages: Int { freeSpans.reduce(0) { $0 + $1.pageCount } }
  public var largestFreePages: Int { freeSpans.map(\.pageCount).max() ?? 0 }

  /// Bytes that all objects asked for.
  public var requestedBytes: Int {
    classes.reduce(largeRequestedBytes) { $0 + $1.requestedBytes }
  }

  /// Of the bytes of spans in use, those that no object asked for and no request can get: rounding,
  /// tails, and the ends of large objects; from 0 to 1.
  public var internalFragmentation: Double {
    let pages = classes.reduce(largeObjectPages) {
      $0 + $1.spanCount * $1.spanClass.sizeClass.spanPages
    }
    guard pages > 0 else { return 0 }
    let waste = classes.reduce(largeObjectPages * Page.bytes - largeRequestedBytes) {
      $0 + $1.roundingBytes + $1.tailBytes
    }
    return Double(waste) / Double(pages * Page.bytes)
  }

  /// Of the free pages, those outside the largest free span, from 0 to 1: how much of the free memory
  /// no single request can get.
  public var externalFragmentation: Double {
    freePages == 0 ? 0 : 1 - Double(largestFreePages) / Double(freePages)
  }
}
