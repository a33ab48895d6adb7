/// The cells in caches and batches, counted by their spans.
struct CellCensus {
  /// By first page.
  private(set) var count: [Int]
  /// A bit for each granule at which a cell starts that somebody holds.
  private var seen: [UInt64]
  /// The span of the last cell: most often that of the next one, too.
  private var span = Span()
  private var kind = CellKind.none
  private var (start, end) = (0, 0)
  private var (cellBytes, cellCount) = (1, 0)

  init(_ allocator: borrowing Allocator) {
    count = Array(repeating: 0, count: Int(allocator.pageHeap[0].frontier.index))
    let granules = allocator.committedEnd / SizeClass.granuleBytes
    seen = Array(repeating: 0, count: granules / 64 + 1)
  }

  mutating func take(
    _ allocator: borrowing Allocator, _ caches: [ThreadCache]
  ) -> AllocatorFault? {
    var raw: UInt8 = 1
    while raw < CellKind.count {
      let kind = CellKind(raw: raw)
      for cache in caches where cache.hasCells(of: kind) {
        if let fault = unsafe admit(cache.cells(of: kind), kind, allocator) { return fault }
      }
      if allocator.batchCount(of: kind) > 0 {
        if let fault = unsafe admit(allocator.batchedCells(of: kind), kind, allocator) {
          return fault
        }
      }
      raw += 1
    }
    return nil
  }

  private mutating func admit(
    _ cells: UnsafeBufferPointer<UInt32>, _ kind: CellKind, _ allocator: borrowing Allocator
  ) -> AllocatorFault? {
    var index = 0
    while index < cells.count {
      let cell = unsafe cells[index]
      let offset = Int(cell) * Reference.granuleBytes
      if offset < start || offset >= end {
        guard offset < allocator.committedEnd else { return .wrongClass(Reference(word: cell)) }
        lookUp(allocator.span(at: offset), allocator)
      }
      guard kind.raw == self.kind.raw else { return .wrongClass(Reference(word: cell)) }
      let number = (offset - start) / cellBytes
      guard offset == start + number * cellBytes, number < cellCount else {
        return .cellAstray(PageID(containing: start))
      }
      guard !holdsCell(at: offset), !span.isFree(cell: number) else {
        return .cellHeldTwice(Reference(word: cell))
      }
      let granule = offset / SizeClass.granuleBytes
      seen[granule / 64] |= 1 &<< UInt64(granule % 64)
      count[start / Page.bytes] += 1
      index += 1
    }
    return nil
  }

  private mutating func lookUp(_ first: PageID, _ allocator: borrowing Allocator) {
    span = allocator.spans[first]
    kind = allocator.spans.kind(of: first)
    (cellBytes, cellCount) = (Int(span.cellBytes), Int(span.cellCount))
    start = first.offset
    end = start + Int(span.pageCount) * Page.bytes
  }

  /// Whether a cache or a batch holds the cell that starts at this offset.
  func holdsCell(at offset: Int) -> Bool {
    let granule = offset / SizeClass.granuleBytes
    return seen[granule / 64] & (1 &<< UInt64(granule % 64)) != 0
  }
}

/// Where each span is found, to be compared with what its record says.
struct Listings {
  private var places: [UInt8]

  init(pageCount: Int) { places = Array(repeating: 0, count: max(1, pageCount)) }

  func place(of page: PageID) -> UInt8 { places[Int(page.index)] }

  /// The place that a span's own record names; 0 is none.
  static func place(of page: PageID, _ allocator: borrowing Allocator) -> UInt8 {
    let span = allocator.spans[page]
    if span.holder == .space { return 0 }
    guard span.isInUse else { return place(span.holder, isSwept: true) }
    let kind = allocator.spans.kind(of: page)
    switch allocator.centralLists[kind.index].sweepGeneration &- span.sweepGeneration {
    case 0: return place(span.holder, isSwept: true)
    case 2: return place(span.holder, isSwept: false)
    default: return .max
    }
  }

  private static func place(_ holder: Span.Holder, isSwept: Bool) -> UInt8 {
    holder == .nobody ? 0 : holder.rawValue << 1 | (isSwept ? 1 : 0)
  }

  mutating func take(_ allocator: borrowing Allocator) -> AllocatorFault? {
    if let fault = takeFreeSpans(allocator) { return fault }
    var raw: UInt8 = 0
    while raw < CellKind.count - 1 {
      raw += 1
      let kind = CellKind(raw: raw)
      guard allocator.hasSpans(kind) else { continue }
      let list = allocator.centralLists[kind.index]
      let fault =
        take(list.partial, kind, .centralPartial, isSwept: true, allocator)
        ?? take(list.full, kind, .centralFull, isSwept: true, allocator)
        ?? take(list.unsweptPartial, kind, .centralPartial, isSwept: false, allocator)
        ?? take(list.unsweptFull, kind, .centralFull, isSwept: false, allocator)
      if let fault { return fault }
    }
    return nil
  }

  /// The free spans, which come longest first, the higher address first among equals.
  private mutating func takeFreeSpans(_ allocator: borrowing Allocator) -> AllocatorFault? {
    var fault: AllocatorFault?
    var last: (pageCount: UInt32, index: UInt32) = (.max, .max)
    allocator.pageHeap[0].forEachFreeSpan(in: allocator.spans) { page in
      let next = (allocator.spans[page].pageCount, page.index)
      if !note(page, .pageHeap, isSwept: true) || next >= last {
        fault = fault ?? .spanMisplaced(page)
      }
      last = next
    }
    return fault
  }

  private mutating func take(
    _ list: SpanList, _ kind: CellKind, _ holder: Span.Holder, isSwept: Bool,
    _ allocator: borrowing Allocator
  ) -> AllocatorFault? {
    var (previous, next) = (UInt32(0), list.head)
    while next != 0 {
      let page = PageID(next)
      guard page < allocator.pageHeap[0].frontier, note(page, holder, isSwept: isSwept),
        allocator.spans.kind(of: page) == kind, allocator.spans[page].previous == previous
      else { return .spanMisplaced(page) }
      (previous, next) = (next, allocator.spans[page].next)
    }
    return nil
  }

  /// False if the span was found before.
  private mutating func note(_ page: PageID, _ holder: Span.Holder, isSwept: Bool) -> Bool {
    defer { places[Int(page.index)] = Listings.place(holder, isSwept: isSwept) }
    return places[Int(page.index)] == 0
  }
}

extension Allocator {
  func batchCount(of kind: CellKind) -> Int {
    unsafe centralLists.pointer(to: kind.index).pointee.batchCount
  }

  /// Whether the central list of a kind has any span.
  func hasSpans(_ kind: CellKind) -> Bool {
    let list = unsafe centralLists.pointer(to: kind.index)
    return unsafe list.pointee.partial.head | list.pointee.full.head
      | list.pointee.unsweptPartial.head | list.pointee.unsweptFull.head != 0
  }

  /// The cells in the batches of a central list, the batch handed out next at the end.
  func batchedCells(of kind: CellKind) -> UnsafeBufferPointer<UInt32> {
    let count = batchCount(of: kind) * kind.fullBatch
    guard count > 0, let storage = unsafe batchStorage(of: kind) else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeBufferPointer(start: storage, count: count)
  }
}
