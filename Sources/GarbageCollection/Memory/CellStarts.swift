/// Where the cells of a page start: the way back from the colour table, which knows granules of 16 bytes
/// alone.
///
/// ```
/// granule      │ 0      │ 1      │ 2      │ 3      │ 4      │ 5      │ 6      │ 7
/// 40 bytes     │ cell 0             │ cell 1             │ cell 2             │ cell 3
/// ```
/// Cells that are no multiple of 16 bytes start every other time in the middle of a granule: those with
/// an odd number. All such classes have spans of one page (`SizeClassTests` sees to that), so the place
/// in the page tells which these are: of cells of 40 bytes, 5 times 8, every fifth granule from the third
/// on. Everything else starts where a granule does.
struct CellStarts: BitwiseCopyable {
  /// A bit for every `step`th granule; none, where all cells start with a granule.
  private let pattern: UInt64
  /// Granules from one cell that starts in the middle to the next: as many as a cell has steps of 8 bytes.
  private let step: UInt32

  /// - Parameter kind: that of the page.
  @inline(__always)
  init(_ kind: CellKind) {
    // Classes go from 16 bytes to 128 in steps of 8, and there are two kinds of each.
    switch (kind.raw &- 1) &>> 1 {
    case 1: self.init(step: 3, pattern: 0x9249_2492_4924_9249)
    case 3: self.init(step: 5, pattern: 0x1084_2108_4210_8421)
    case 5: self.init(step: 7, pattern: 0x8102_0408_1020_4081)
    case 7: self.init(step: 9, pattern: 0x8040_2010_0804_0201)
    case 9: self.init(step: 11, pattern: 0x0080_1002_0040_0801)
    case 11: self.init(step: 13, pattern: 0x0010_0080_0400_2001)
    case 13: self.init(step: 15, pattern: 0x1000_2000_4000_8001)
    default: self.init(step: 1, pattern: 0)
    }
  }

  @inline(__always)
  private init(step: UInt32, pattern: UInt64) {
    self.step = step
    self.pattern = pattern
  }

  /// The cells of a line of 64 granules, whose colours stand in one line of the processor's cache.
  ///
  /// - Parameter line: of those of the page, 0-based.
  @inline(__always)
  func cells(ofLine line: Int, ofPage page: Int) -> Line {
    // The first of a page is granule `step / 2`. A later line counts from its own start, 64 less for each
    // line before it: modulo `step` that is `step - 1` times as many more.
    let before = UInt32(truncatingIfNeeded: line &<< 6) &* (step &- 1)
    let shift = (step &>> 1 &+ before) % step
    return Line(
      word: UInt32(truncatingIfNeeded: page &<< 10 &+ line &<< 7),
      middles: pattern &<< UInt64(truncatingIfNeeded: shift))
  }

  /// The 64 granules of a line, and the cells that start in them.
  struct Line: BitwiseCopyable {
    fileprivate let word: UInt32
    /// A bit for each granule: whether a cell that starts there starts in its middle.
    fileprivate let middles: UInt64

    /// The cell that starts in the granule of this number (0...63), if one does.
    @inline(__always)
    subscript(granule: Int) -> Reference {
      let number = UInt64(truncatingIfNeeded: granule)
      let isMiddle = middles &>> number & 1
      return Reference(word: word &+ UInt32(truncatingIfNeeded: number &<< 1 &+ isMiddle))
    }
  }

  /// The cell that starts in the same granule as the place, if one does.
  @inline(__always)
  func cell(inGranuleOf place: Reference) -> Reference {
    let granule = Int(place.word &>> 1)
    return cells(ofLine: granule &>> 6 & 7, ofPage: granule &>> 9)[granule & 63]
  }

  /// Whether a cell can start at the place, if one starts in its granule.
  @inline(__always)
  func canStart(at place: Reference) -> Bool { cell(inGranuleOf: place) == place }
}

extension HeapTables {
  /// The cell that starts in the same granule as the place, which is in the heap, if one does.
  @inline(__always)
  func cell(inGranuleOf place: Reference) -> Reference {
    CellStarts(kind(of: place)).cell(inGranuleOf: place)
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
      let found = starts.cell(inGranuleOf: Reference(offset: granule)).offset
      if found >= offset { return found < end ? found : nil }
      next = granule + SizeClass.granuleBytes
    }
    return nil
  }
}
