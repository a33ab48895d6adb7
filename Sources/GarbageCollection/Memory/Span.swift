/// A run of pages: free, cut into cells of one class, or one large object.
///
/// Equations (checked by `Allocator.firstFault`):
/// - cells that hold objects + cells in caches and batches + `freeCellCount` = `cellCount`
/// - `freeCellCount` = number of ones in `free`
/// - every page of a span in use names the span's first page in `SpanTable.owner(of:)`
/// - a span is in exactly one place: on a central list, in the page heap, being
///   carved, or being swept
struct Span: BitwiseCopyable {
  /// The most cells a span can have: a page of the smallest class.
  static let cellLimit = Page.bytes / SizeClass.granuleBytes

  /// Who holds the span.
  ///
  /// Zero is the meaning of untouched table entries.
  enum Holder: UInt8, BitwiseCopyable {
    case nobody = 0
    /// In the page heap's tree of free spans.
    case pageHeap
    /// On a central list: with free cells, or without.
    case centralPartial
    case centralFull
    /// Of a collector, which lets objects stand there one behind the other.
    case space
  }

  var holder: Holder = .nobody
  /// No byte of a record is left to chance, since records are hashed as bytes.
  private var padding: UInt8 = 0
  var cellCount: UInt16 = 0
  /// Cells free in the span; those in caches belong to the cache.
  var freeCellCount: UInt16 = 0
  private var morePadding: UInt16 = 0
  var pageCount: UInt32 = 0
  /// Bytes in one cell; for a large object, those of its pages.
  var cellBytes: UInt32 = 0
  /// Turns a distance in bytes into a cell number: `SizeClass.reciprocal`.
  var reciprocal: UInt32 = 0
  /// Neighbours on the central list; children in the page heap's tree.
  var next: UInt32 = 0
  var previous: UInt32 = 0
  /// Which sweep has come here, beside `CentralList.sweepGeneration`; meaningless in free spans.
  var sweepGeneration: UInt32 = 0
  /// Bit `i` is one while cell `i` is free in the span.
  var free: InlineArray<8, UInt64> = .init(repeating: 0)
}

extension Span {
  var isInUse: Bool {
    switch holder {
    case .nobody, .pageHeap: false
    case .centralPartial, .centralFull, .space: true
    }
  }

  /// The number of the cell that holds the byte `distance` bytes after the span's first.
  @inline(__always)
  func cell(at distance: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: distance) &* UInt64(reciprocal)) >> 32)
  }

  @inline(__always)
  func isFree(cell: Int) -> Bool { free[cell / 64] & (1 &<< UInt64(cell % 64)) != 0 }

  /// The free cells as the map has them: `freeCellCount`, if all is well.
  var countedFreeCells: Int {
    var (word, ones) = (0, 0)
    while word < 8 {
      ones += free[word].nonzeroBitCount
      word += 1
    }
    return ones
  }

  /// Makes every cell free.
  mutating func freeAll() {
    freeCellCount = cellCount
    for word in 0..<8 {
      let cells = max(0, min(64, Int(cellCount) - word * 64))
      free[word] = cells == 64 ? ~0 : (1 << UInt64(cells)) - 1
    }
  }

  @inline(__always)
  mutating func giveBack(cell: Int) {
    assert(!isFree(cell: cell), "a cell is freed once")
    free[cell / 64] |= 1 &<< UInt64(cell % 64)
    freeCellCount += 1
  }

  /// Gives back all cells of one word of the map that have a one in `cells`.
  @inline(__always)
  mutating func giveBack(_ cells: UInt64, inWord word: Int) {
    assert(free[word] & cells == 0, "a cell is freed once")
    free[word] |= cells
    freeCellCount += UInt16(truncatingIfNeeded: cells.nonzeroBitCount)
  }

  /// Takes this very cell, which must be free.
  mutating func take(cell: Int) {
    assert(isFree(cell: cell), "only a free cell can be taken")
    free[cell / 64] &= ~(1 &<< UInt64(cell % 64))
    freeCellCount -= 1
  }

  /// Takes up to `limit` free cells, lowest first, and gives the number of each to `body`; how many.
  ///
  /// Lowest first, so that what was freed is soon reused and spans empty from the top.
  @inline(__always)
  mutating func takeCells(limit: Int, _ body: (Int) -> Void) -> Int {
    var taken = 0
    for word in 0..<8 {
      var bits = free[word]
      if bits == ~0, limit - taken >= 64 {
        for bit in 0..<64 { body(word &* 64 &+ bit) }
        free[word] = 0
        taken += 64
        continue
      }
      while bits != 0, taken < limit {
        body(word * 64 + bits.trailingZeroBitCount)
        bits &= bits - 1
        taken += 1
      }
      free[word] = bits
      if taken == limit { break }
    }
    freeCellCount -= UInt16(taken)
    return taken
  }
}
