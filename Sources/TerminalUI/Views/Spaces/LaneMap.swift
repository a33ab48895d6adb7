import GarbageCollection

/// Something that stands in a space, or has left its shell there.
struct LaneItem: Hashable {
  /// What encloses it, the three of the graph: `(○A)`, `{◐B}`, `[●C]`; empty for shells.
  let open: String
  let close: String
  let glyph: String
  let label: String
  let role: Role
  /// Bytes of the arena.
  let bytes: Range<Int>

  /// Columns in which all of it can be read.
  var wantedColumns: Int {
    open.columnCount + glyph.columnCount + label.columnCount + close.columnCount
  }
}

/// The pointers of a space, as they are or as they are going to be.
struct LaneBounds: Hashable {
  let start: Int
  let end: Int
  var free: Int
  let scan: Int
  let top: Int

  init(_ space: Space) {
    start = space.start
    end = space.end
    free = space.free
    scan = space.scan
    top = space.top
  }
}

/// Which columns of a lane are which bytes of a space.
///
/// Objects are to scale. Between them, what is free is so only while it is short: the first compaction
/// finds objects pages apart. The room up to `top` takes what columns are left.
struct LaneMap: Hashable {
  struct Stretch: Hashable {
    let bytes: Range<Int>
    let columns: Range<Int>
    /// Nil where nothing stands.
    let item: LaneItem?
  }

  let stretches: [Stretch]
  let width: Int

  /// - Parameter columnsPerGranule: the scale, for 16 bytes.
  /// - Returns: nil where the objects do not fit.
  init?(_ space: LaneBounds, _ items: [LaneItem], columnsPerGranule: Int, width: Int) {
    let low = LaneMap.pieces(items.filter { $0.bytes.lowerBound < space.top }, from: space.start)
    let high = LaneMap.pieces(items.filter { $0.bytes.lowerBound >= space.top }, from: space.top)
    let columns = { (piece: Piece) in LaneMap.columns(of: piece, columnsPerGranule) }
    let used = (low + high).reduce(0) { $0 + columns($1) }
    let lowEnd = low.last?.bytes.upperBound ?? space.start
    let least = space.top > lowEnd ? min(LaneMap.leastRoom, width / 4) : 0
    guard used + least <= width else { return nil }
    var stretches: [Stretch] = []
    var column = 0
    func append(_ piece: Piece, _ count: Int) {
      stretches.append(
        Stretch(bytes: piece.bytes, columns: column..<column + count, item: piece.item))
      column += count
    }
    for piece in low { append(piece, columns(piece)) }
    // What was given up below `free` comes first, so that the pointer has a place of its own.
    let free = max(lowEnd, min(space.free, space.top))
    var spare = width - used
    if free > lowEnd, spare > 0 {
      let piece = Piece(bytes: lowEnd..<free, item: nil)
      let count = min(columns(piece), spare - min(spare - 1, least))
      append(piece, count)
      spare -= count
    }
    if space.top > free { append(Piece(bytes: free..<space.top, item: nil), spare) }
    for piece in high { append(piece, columns(piece)) }
    self.stretches = stretches
    self.width = width
  }

  /// Where a byte of the space is drawn; its end is drawn in the last column.
  func column(of offset: Int) -> Int {
    guard
      let stretch = stretches.first(where: {
        $0.bytes.contains(offset) && !$0.columns.isEmpty
      })
    else { return offset <= (stretches.first?.bytes.lowerBound ?? offset) ? 0 : width - 1 }
    let distance = offset - stretch.bytes.lowerBound
    return stretch.columns.lowerBound
      + distance * stretch.columns.count / max(1, stretch.bytes.count)
  }

  /// Columns that are kept for what is free behind the objects.
  private static let leastRoom = 8
  /// Columns that a hole between objects gets at most.
  private static let widestHole = 7

  private struct Piece {
    let bytes: Range<Int>
    let item: LaneItem?
  }

  /// The items with the holes before and between them.
  private static func pieces(_ items: [LaneItem], from start: Int) -> [Piece] {
    var pieces: [Piece] = []
    var end = start
    for item in items {
      if item.bytes.lowerBound > end {
        pieces.append(Piece(bytes: end..<item.bytes.lowerBound, item: nil))
      }
      pieces.append(Piece(bytes: item.bytes, item: item))
      end = item.bytes.upperBound
    }
    return pieces
  }

  private static func columns(of piece: Piece, _ scale: Int) -> Int {
    let columns = piece.bytes.count / SizeClass.granuleBytes * scale
    return piece.item == nil ? min(columns, widestHole) : columns
  }
}

/// One scale for all lanes, so that an object is as wide where it goes as where it stands.
struct LaneScale: Hashable {
  /// Nil where the objects do not fit by themselves: then a column says what its bytes mostly are.
  let columnsPerGranule: Int?

  /// The smallest scale at which every object can be read, or the largest that fits.
  init(_ lanes: [(space: LaneBounds, items: [LaneItem])], width: Int) {
    let wanted = lanes.flatMap(\.items).map { item in
      let granules = max(1, item.bytes.count / SizeClass.granuleBytes)
      return (item.wantedColumns + granules - 1) / granules
    }.max()
    columnsPerGranule = (1...min(8, max(1, wanted ?? 1))).last { scale in
      lanes.allSatisfy { lane in
        LaneMap(lane.space, lane.items, columnsPerGranule: scale, width: width) != nil
      }
    }
  }
}
