/// Walks over memory in address order, without the collector's help.
extension Heap {
  /// The first cell in use at or after byte `offset` of the arena; amortised O(1) on a walk.
  ///
  /// Colours are looked at only in pages that hold cells.
  func firstCell(from offset: Int) -> Reference? {
    var start = max(offset, Page.bytes)
    while start < allocator.committedEnd {
      let page = PageID(containing: start)
      let end = page.offset + Page.bytes
      if allocator.spans.kind(of: page) != .none,
        let found = allocator.firstInUse(from: start, below: end)
      {
        return Reference(offset: found)
      }
      start = end
    }
    return nil
  }

  /// The first object at or after byte `offset` of the arena; amortised O(1) on a walk.
  public func firstObject(from offset: Int) -> Reference? {
    let start = (max(offset, Page.bytes) + TinyHalf.byteCount - 1) & ~(TinyHalf.byteCount - 1)
    // Where the second half of a tiny block stands, no cell starts.
    if start % SizeClass.granuleBytes == TinyHalf.byteCount,
      isObject(Reference(offset: start))
    {
      return Reference(offset: start)
    }
    var cell = firstCell(from: start)
    while let found = cell {
      var first: Reference?
      forEachObject(inCellAt: found) { first = first ?? $0 }
      if let first { return first }
      cell = firstCell(from: found.offset + SizeClass.granuleBytes)
    }
    return nil
  }

  /// Calls `body` with every object, by address.
  public func forEachObject(_ body: (Reference) -> Void) {
    var offset = 0
    while let cell = firstCell(from: offset) {
      forEachObject(inCellAt: cell, body)
      offset = cell.offset + SizeClass.granuleBytes
    }
  }

  /// Whether exactly at this reference stands an object; false when it dangles into a free cell.
  @inline(__always)
  public func isObject(_ reference: Reference) -> Bool {
    let kind = allocator.kind(at: reference.offset)
    guard kind != .none, allocator.colors.isInUse(reference) else { return false }
    return kind == .tiny
      ? holdsTinyObject(reference)
      : CellStarts(kind).canStart(at: reference)
  }

  /// The object in the other half of a tiny one's cell, whose life it shares.
  public func neighbor(of object: Reference) -> Reference? {
    let other = Reference(word: object.word ^ 1)
    return isTiny(object) && isObject(other) ? other : nil
  }

  /// Bytes that are the object's: its cell, or its half of one.
  public func cellBytes(of object: Reference) -> Int {
    switch allocator.kind(at: object.offset) {
    case .tiny: TinyHalf.byteCount
    case let kind where kind.isSpace: standingBytes(of: object)
    default: Int(allocator.spans[allocator.span(at: object.offset)].cellBytes)
    }
  }

  /// The bytes of the cell at `reference`, in use or free; empty if no span has a cell there.
  public func cellContents(at reference: Reference) -> [UInt8] {
    let byteCount = cellByteCount(at: reference)
    return byteCount == 0
      ? [] : allocator.arena.bytes(at: reference.offset, byteCount: byteCount)
  }

  /// Bytes of the cell (or the half of one) that starts at `reference`, in use or free; 0 if there is
  /// none.
  func cellByteCount(at reference: Reference) -> Int {
    let kind = allocator.kind(at: reference.offset)
    if kind == .none { return 0 }
    if kind == .tiny { return TinyHalf.byteCount }
    if kind.isSpace { return standingBytes(at: reference) }
    let first = allocator.span(at: reference.offset)
    let span = allocator.spans[first]
    let (cell, rest) = (reference.offset - first.offset).quotientAndRemainder(
      dividingBy: Int(span.cellBytes))
    return rest == 0 && cell < span.cellCount ? Int(span.cellBytes) : 0
  }

  /// Bytes that have been committed at some time, the guard page not counted.
  public var committedBytes: Int { allocator.committedEnd - Page.bytes }

  /// Where the arena starts in this process.
  public var baseAddress: UInt { allocator.arena.baseAddress }

  /// The first broken equation of the allocator, or nil; O(pages + granules).
  public func firstAllocatorFault() -> AllocatorFault? {
    allocator.firstFault() ?? firstFaultInSpaces()
  }

  /// In checked builds (`-D CHECKED`), stops at the first broken equation of the allocator.
  @inline(__always)
  func checkEquations() {
    #if CHECKED
      if let fault = firstAllocatorFault() {
        preconditionFailure("the allocator's equations hold after every action: \(fault)")
      }
    #endif
  }

  func hash(into digest: inout Digest) {
    allocator.hash(into: &digest)
    for space in spaces { space.hash(into: &digest) }
    if layout.hasCollectorWords { counting.hash(into: &digest) }
    if !spaces.isEmpty {
      digest.mix(bumpCount)
      digest.mix(reclaimCount)
      digest.mix(promotedCount)
      for object in promoted { digest.mix(Int(object.word)) }
      remembered.hash(into: &digest)
    }
  }
}

// MARK: - Reports

extension Heap {
  /// The allocator's state in numbers; O(pages + granules).
  public func allocatorReport() -> AllocatorReport {
    allocatorReport(others: [], retired: RetiredCounts())
  }

  /// The same with caches that the heap itself does not know of, and what such have counted.
  func allocatorReport(
    others: [(MutatorID, ThreadCache)], retired: RetiredCounts
  ) -> AllocatorReport {
    allocator.report(others: others, retired: retired) { requestedBytes(inCellAt: $0) }
  }

  /// One of the numbers that the allocator counts.
  public func count(of counter: AllocatorCounter) -> Int {
    let count = allocator.count(of: counter)
    return switch counter {
    case .allocations: count + bumpCount - promotedCount
    case .frees: count + reclaimCount
    default: count
    }
  }

  private func requestedBytes(inCellAt cell: Reference) -> Int {
    var sum = 0
    forEachObject(inCellAt: cell) {
      let header = header(of: $0)
      sum += isTiny(header) ? header.requestedBytes : objectBytes(header)
    }
    return sum
  }
}

/// What a view needs to know of one span.
public struct SpanSummary: Hashable, Sendable {
  public enum Holder: String, Hashable, Sendable {
    case pageHeap = "page heap"
    case centralList = "central list"
    case largeObject = "large object"
    case space
  }

  public let firstPage: PageID
  public let pageCount: Int
  public let holder: Holder
  /// Nil for free spans and large objects.
  public let spanClass: SpanClass?
  public let cellBytes: Int
  public let cellCount: Int
  /// Cells that hold objects.
  public let usedCellCount: Int
  /// Cells free in the span; the others are in caches.
  public let freeCellCount: Int
  /// Whether the sweep has been here since the last marking.
  public let isSwept: Bool

  public var sizeClass: SizeClass? { spanClass?.sizeClass }
  public var cachedCellCount: Int { cellCount - usedCellCount - freeCellCount }
  /// Bytes from the arena's base.
  public var offset: Int { firstPage.offset }
}

extension Heap {
  /// Every span below the frontier, by address.
  public func spanSummaries() -> [SpanSummary] {
    var summaries: [SpanSummary] = []
    var page = PageID(UInt32(1))
    while page.offset < allocator.committedEnd {
      let summary = summary(ofSpanAt: page)
      summaries.append(summary)
      page = PageID(page.index + UInt32(summary.pageCount))
    }
    return summaries
  }

  /// The span in which `reference` has its cell; nil if there is none any more.
  public func span(of reference: Reference) -> SpanSummary? {
    cellByteCount(at: reference) == 0
      ? nil : summary(ofSpanAt: allocator.span(at: reference.offset))
  }

  private func summary(ofSpanAt page: PageID) -> SpanSummary {
    let span = allocator.spans[page]
    let kind = allocator.spans.kind(of: page)
    var used = 0
    if span.isInUse {
      for cell in 0..<Int(span.cellCount) {
        let reference = Reference(offset: page.offset + cell * Int(span.cellBytes))
        used += allocator.colors.isInUse(reference) ? 1 : 0
      }
    }
    return SpanSummary(
      firstPage: page, pageCount: Int(span.pageCount),
      holder: !span.isInUse
        ? .pageHeap : kind.isLarge ? .largeObject : kind.isSpace ? .space : .centralList,
      spanClass: kind.spanClass, cellBytes: Int(span.cellBytes), cellCount: Int(span.cellCount),
      usedCellCount: used, freeCellCount: Int(span.freeCellCount),
      isSwept: !span.isInUse || kind.isSpace || allocator.isSwept(spanAt: page))
  }
}
