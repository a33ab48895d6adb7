/// A run of pages: free, cut into cells of one class, or one large object.
///
/// Invariants (checked by `Heap.firstAllocatorFault`):
/// - usedCellCount = number of ones in `allocated`; usedCellCount + free cells = cellCount
/// - every page of a span in use names the span's first page in `SpanTable.owners`
/// - a span is in exactly one place: a thread cache, a central list, the page heap, or (large) none
struct Span: BitwiseCopyable {
  /// The most cells a span can have: a page of the smallest class.
  static let cellLimit = Page.bytes / SizeClass.granuleBytes

  /// Who holds the span.
  ///
  /// Zero is the meaning of untouched table entries.
  enum Holder: UInt8, BitwiseCopyable {
    case nobody = 0
    /// On the page heap's list of free spans.
    case pageHeap
    /// The span a thread cache allocates from.
    case threadCache
    /// On a central list: with free cells, or without.
    case centralPartial
    case centralFull
    /// One object larger than every class.
    case largeObject
  }

  var holder: Holder = .nobody
  /// Index in `SizeClass.table`; meaningless for free spans and large objects.
  var sizeClass: UInt8 = 0
  var cellCount: UInt16 = 0
  var usedCellCount: UInt16 = 0
  var pageCount: UInt32 = 0
  /// Bytes in one cell; for a large object, those of its pages.
  var cellBytes: UInt32 = 0
  /// Neighbours on the list of the holder.
  var next: UInt32 = 0
  var previous: UInt32 = 0
  /// Bit `i` is one while cell `i` holds an object.
  var allocated: InlineArray<8, UInt64> = .init(repeating: 0)
}

extension Span {
  var isInUse: Bool {
    switch holder {
    case .nobody, .pageHeap: false
    case .threadCache, .centralPartial, .centralFull, .largeObject: true
    }
  }

  /// Takes the free cell with the lowest index, or nil when the span is full.
  ///
  /// Lowest first, so that a freed cell is the next one to be reused in its span.
  @inline(__always)
  mutating func takeCell() -> Int? {
    guard usedCellCount < cellCount else { return nil }
    for word in 0..<8 {
      let free = ~allocated[word]
      guard free != 0 else { continue }
      let bit = free.trailingZeroBitCount
      allocated[word] |= 1 << UInt64(bit)
      usedCellCount += 1
      return word * 64 + bit
    }
    preconditionFailure("a span that counts a free cell has one")
  }

  @inline(__always)
  mutating func giveBack(cell: Int) {
    assert(isAllocated(cell: cell), "a cell is freed once")
    allocated[cell / 64] &= ~(1 << UInt64(cell % 64))
    usedCellCount -= 1
  }

  @inline(__always)
  func isAllocated(cell: Int) -> Bool {
    allocated[cell / 64] & (1 << UInt64(cell % 64)) != 0
  }

  /// The first cell at or after `cell` that holds an object.
  func firstAllocated(from cell: Int) -> Int? {
    var word = cell / 64
    guard word < 8 else { return nil }
    var bits = allocated[word] & (~0 << UInt64(cell % 64))
    while bits == 0 {
      word += 1
      guard word < 8 else { return nil }
      bits = allocated[word]
    }
    return word * 64 + bits.trailingZeroBitCount
  }
}
