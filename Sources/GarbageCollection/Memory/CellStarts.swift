/// Where the cells of a page start: the way back from the colour table, which knows granules of 16 bytes
/// alone.
///
/// ```
/// granule      │ 0      │ 1      │ 2      │ 3      │ 4      │ 5      │ 6      │ 7
/// 40 bytes     │ cell 0             │ cell 1             │ cell 2             │ cell 3
/// ```
/// Cells that are no multiple of 16 bytes start every other time in the middle of a granule: those with
/// an odd number. All such classes have spans of one page (`SizeClassTests` sees to that), so the place
/// in the page tells the number. Everything else starts where a granule does.
struct CellStarts: BitwiseCopyable {
  /// `SizeClass.reciprocal`; 0, which makes every number even, where all cells start with a granule.
  private let reciprocal: UInt32

  /// - Parameter kind: that of the page.
  @inline(__always)
  init(_ kind: CellKind) {
    // Classes go from 16 bytes to 128 in steps of 8, and there are two kinds of each.
    switch (kind.raw &- 1) &>> 1 {
    case 1: reciprocal = SizeClass.reciprocal(of: 24)
    case 3: reciprocal = SizeClass.reciprocal(of: 40)
    case 5: reciprocal = SizeClass.reciprocal(of: 56)
    case 7: reciprocal = SizeClass.reciprocal(of: 72)
    case 9: reciprocal = SizeClass.reciprocal(of: 88)
    case 11: reciprocal = SizeClass.reciprocal(of: 104)
    case 13: reciprocal = SizeClass.reciprocal(of: 120)
    default: reciprocal = 0
    }
  }

  /// Whether every cell starts with a granule.
  @inline(__always)
  var areGranules: Bool { reciprocal == 0 }

  /// The cell that starts in a granule, if one does.
  ///
  /// - Parameter word: of a reference to the granule's start, which is even.
  @inline(__always)
  func cell(inGranule word: UInt32) -> Reference {
    // The cell that holds the granule's last byte is the only one that can start there.
    let last = UInt64(truncatingIfNeeded: (word & 1023) &<< 3 &+ 15)
    let number = (last &* UInt64(truncatingIfNeeded: reciprocal)) &>> 32
    return Reference(word: word | UInt32(truncatingIfNeeded: number & 1))
  }

  /// Whether a cell can start at the place, if one starts in its granule.
  @inline(__always)
  func canStart(at place: Reference) -> Bool { cell(inGranule: place.word & ~1) == place }
}

extension HeapTables {
  /// The cell that starts in the same granule as the place, which is in the heap, if one does.
  @inline(__always)
  func cell(inGranuleOf place: Reference) -> Reference {
    CellStarts(kind(of: place)).cell(inGranule: place.word & ~1)
  }
}

extension Allocator {
  /// The offset of the first cell in use that starts at or after `offset` and below `end`, or nil.
  ///
  /// Never inlined: the optimiser of Swift 6.3 does not survive it.
  @inline(never)
  func firstInUse(from offset: Int, below end: Int) -> Int? {
    var next = offset
    while let granule = colors.firstGranuleInUse(from: next, below: end) {
      let starts = CellStarts(spans.kind(of: PageID(containing: granule)))
      let found = starts.cell(inGranule: Reference(offset: granule).word).offset
      if found >= offset { return found < end ? found : nil }
      next = granule + SizeClass.granuleBytes
    }
    return nil
  }
}
