/// Walks over memory in address order, without the collector's help.
extension Heap {
  /// The first object at or after byte `offset` of the arena; amortised O(1) on a walk.
  public func firstObject(from offset: Int) -> Reference? {
    allocator.firstAllocatedCell(from: offset).map { Reference(offset: $0.offset) }
  }

  /// Calls `body` with every object, by address.
  public func forEachObject(_ body: (Reference) -> Void) {
    var offset = 0
    while let cell = allocator.firstAllocatedCell(from: offset) {
      body(Reference(offset: cell.offset))
      offset = cell.offset + cell.cellBytes
    }
  }

  /// Whether exactly at this reference stands an object; false when it dangles into a free cell.
  public func isObject(_ reference: Reference) -> Bool {
    allocator.holdsObject(at: reference.offset)
  }

  /// Bytes of the cell in which the object stands.
  public func cellBytes(of object: Reference) -> Int {
    let first = allocator.spans.owner(of: PageID(containing: object.offset))
    return Int(allocator.spans[first].cellBytes)
  }

  /// The bytes of the cell at `reference`, in use or free; empty if no span has a cell there.
  public func cellContents(at reference: Reference) -> [UInt8] {
    guard let (first, _) = allocator.cell(startingAt: reference.offset) else { return [] }
    return allocator.arena.bytes(
      at: reference.offset, byteCount: Int(allocator.spans[first].cellBytes))
  }

  /// Bytes of the cell that starts at `reference`, in use or free; 0 if there is none.
  func cellByteCount(at reference: Reference) -> Int {
    allocator.cell(startingAt: reference.offset).map { Int(allocator.spans[$0.first].cellBytes) }
      ?? 0
  }

  /// Bytes below this have been committed at some time.
  public var committedBytes: Int { allocator.pageHeap.committedPages * Page.bytes }

  /// Where the arena starts in this process.
  public var baseAddress: UInt { allocator.arena.baseAddress }

  /// The first broken equation of the allocator, or nil; O(pages).
  public func firstAllocatorFault() -> AllocatorFault? { allocator.firstFault() }

  func hash(into digest: inout Digest) {
    allocator.hash(into: &digest)
    colors.hash(arenaBytes: allocator.arena.committedBytes, into: &digest)
  }
}

/// What a view needs to know of one span.
public struct SpanSummary: Hashable, Sendable {
  public enum Holder: String, Hashable, Sendable {
    case pageHeap = "page heap"
    case threadCache = "thread cache"
    case centralList = "central list"
    case largeObject = "large object"
  }

  public let firstPage: PageID
  public let pageCount: Int
  public let holder: Holder
  /// Nil for free spans and large objects.
  public let sizeClass: SizeClass?
  public let cellBytes: Int
  public let cellCount: Int
  public let usedCellCount: Int

  /// Bytes from the arena's base.
  public var offset: Int { firstPage.offset }
}

extension Heap {
  /// Every span below the frontier, by address.
  public func spanSummaries() -> [SpanSummary] {
    var summaries: [SpanSummary] = []
    var page = PageID(UInt32(1))
    while page < allocator.pageHeap.frontier {
      let summary = summary(ofSpanAt: page)
      summaries.append(summary)
      page = PageID(page.index + UInt32(summary.pageCount))
    }
    return summaries
  }

  /// The span in which `reference` has its cell; nil if there is none any more.
  public func span(of reference: Reference) -> SpanSummary? {
    allocator.cell(startingAt: reference.offset).map { summary(ofSpanAt: $0.first) }
  }

  private func summary(ofSpanAt page: PageID) -> SpanSummary {
    let span = allocator.spans[page]
    let holder: SpanSummary.Holder =
      switch span.holder {
      case .nobody, .pageHeap: .pageHeap
      case .threadCache: .threadCache
      case .centralPartial, .centralFull: .centralList
      case .largeObject: .largeObject
      }
    let isSmall = holder == .threadCache || holder == .centralList
    return SpanSummary(
      firstPage: page, pageCount: Int(span.pageCount), holder: holder,
      sizeClass: isSmall ? SizeClass.table[Int(span.sizeClass)] : nil,
      cellBytes: Int(span.cellBytes), cellCount: Int(span.cellCount),
      usedCellCount: Int(span.usedCellCount))
  }
}
