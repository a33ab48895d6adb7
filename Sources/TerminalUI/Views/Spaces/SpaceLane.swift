import GarbageCollection

/// A place in a space that has a name.
struct LanePointer: Hashable {
  let name: String
  let offset: Int
  var role = Role.strong
}

/// A space as one row: what stands there to scale, what is free, and the pointers under it.
///
/// ```
/// [●A   ]{◐B   }(○C   )░░░░░░░░░░░░░░░░░░░░░
///        ▲scan ─grey─ ▲free
/// ```
struct SpaceLane {
  let space: LaneBounds
  /// By address.
  let items: [LaneItem]
  let pointers: [LanePointer]
  let scale: LaneScale
  let theme: Theme
  let width: Int

  var map: LaneMap? {
    scale.columnsPerGranule.flatMap {
      LaneMap(space, items, columnsPerGranule: $0, width: width)
    }
  }

  /// Bytes of a column where there are too many objects to tell them apart.
  var columnBytes: Int {
    let room = max(1, width - 8)
    let used = max(space.free - space.start, SizeClass.granuleBytes)
    let bytes = (used + room - 1) / room
    return (bytes + SizeClass.granuleBytes - 1) / SizeClass.granuleBytes * SizeClass.granuleBytes
  }

  var line: TextLine {
    guard let map else { return density }
    var line = TextLine()
    for stretch in map.stretches where !stretch.columns.isEmpty {
      line = line.then(text(of: stretch))
    }
    return line
  }

  private func text(of stretch: LaneMap.Stretch) -> TextLine {
    let columns = stretch.columns.count
    guard let item = stretch.item else { return hole(stretch) }
    let name = item.glyph + item.label
    if item.wantedColumns <= columns {
      let room = columns - item.open.columnCount - item.close.columnCount
      return TextLine(item.open + name.padded(to: room) + item.close, item.role)
    }
    let text = name.columnCount <= columns ? name : item.glyph
    return TextLine(text.padded(to: columns), item.role)
  }

  /// What is free: its size, where it is not to scale and there is room to say so.
  private func hole(_ stretch: LaneMap.Stretch) -> TextLine {
    let columns = stretch.columns.count
    let isBehind = stretch.bytes.lowerBound >= space.free
    let size = ByteSize.round(stretch.bytes.count) + (isBehind ? " free" : "")
    let isToScale =
      columns >= stretch.bytes.count / SizeClass.granuleBytes * (scale.columnsPerGranule ?? 1)
    let glyph = theme.glyphs.hole
    guard !isToScale, size.columnCount <= columns - (isBehind ? 6 : 0) else {
      return TextLine(String(repeating: glyph, count: columns), .faint)
    }
    let left = (columns - size.columnCount) / 2
    let text =
      String(repeating: glyph, count: left) + size
      + String(repeating: glyph, count: columns - left - size.columnCount)
    return TextLine(text, .faint)
  }
}

// MARK: - Many objects

extension SpaceLane {
  /// A mark a column: grey if any object there is, else what most of the bytes are.
  private var density: TextLine {
    var bytes: [Int: [String: Int]] = [:]
    for item in items {
      var start = item.bytes.lowerBound
      while start < item.bytes.upperBound {
        let column = column(of: start)
        let end = min(item.bytes.upperBound, start + columnBytes)
        bytes[column, default: [:]][item.glyph, default: 0] += end - start
        start = end
      }
    }
    let text = (0..<width).map { mark(bytes[$0] ?? [:]) }.joined()
    return TextLine(text, .text)
  }

  private func mark(_ bytes: [String: Int]) -> String {
    let glyphs = theme.glyphs
    if bytes[glyphs.grey] != nil { return glyphs.grey }
    let (white, black) = (bytes[glyphs.white] ?? 0, bytes[glyphs.black] ?? 0)
    if white + black == 0 { return bytes[glyphs.freed] == nil ? glyphs.hole : glyphs.freed }
    return black >= white ? glyphs.black : glyphs.white
  }

  /// Where a byte of the space is drawn.
  func column(of offset: Int) -> Int {
    if let map { return map.column(of: offset) }
    if offset >= space.top, space.top < space.end {
      return max(0, width - 1 - (space.end - 1 - offset) / columnBytes)
    }
    return min(width - 1, (offset - space.start) / columnBytes)
  }
}

// MARK: - Pointers

extension SpaceLane {
  /// The pointers by column, those at one place together; left of the arrow at the right edge.
  func pointerLine(arrow: String) -> TextLine {
    var cells = Array(repeating: (text: " ", role: Role.text), count: width)
    func write(_ text: String, at column: Int, _ role: Role) {
      for (index, character) in text.enumerated() {
        cells[column + index] = (String(character), role)
      }
    }
    func isFree(_ columns: Range<Int>) -> Bool {
      columns.lowerBound >= 0 && columns.upperBound <= width
        && columns.allSatisfy { cells[$0].text == " " }
    }
    let places = pointersByColumn
    for place in places { write(arrow, at: place.column, place.role) }
    for place in places {
      let count = place.name.columnCount
      let after = place.column + 1..<place.column + 1 + count
      let before = place.column - count..<place.column
      if isFree(after) {
        write(place.name, at: after.lowerBound, place.role)
      } else if isFree(before) {
        write(place.name, at: before.lowerBound, place.role)
      }
    }
    if let grey = greyColumns {
      let first = (grey.lowerBound..<grey.upperBound).first { column in
        isFree(column..<grey.upperBound)
      }
      if let first, grey.upperBound - first >= 5 {
        let room = grey.upperBound - first
        let left = (room - 4) / 2
        let bar = theme.glyphs.lines[10]
        write(
          String(repeating: bar, count: left) + "grey"
            + String(repeating: bar, count: room - 4 - left), at: first, .changed)
      }
    }
    var line = TextLine()
    for cell in cells {
      if let last = line.pieces.indices.last, line.pieces[last].role == cell.role {
        line.pieces[last].text += cell.text
      } else {
        line = line.then(cell.text, cell.role)
      }
    }
    return line
  }

  private var pointersByColumn: [(column: Int, name: String, role: Role)] {
    var places: [(column: Int, name: String, role: Role)] = []
    for pointer in pointers {
      let column = max(0, min(width - 1, self.column(of: pointer.offset)))
      if let same = places.firstIndex(where: { $0.column == column }) {
        places[same].name += "=" + pointer.name
      } else {
        places.append((column, pointer.name, pointer.role))
      }
    }
    return places
  }

  /// Between `scan` and `free`, where copied objects wait to be scanned.
  private var greyColumns: Range<Int>? {
    guard pointers.contains(where: { $0.name == "scan" }), space.scan < space.free else {
      return nil
    }
    let first = column(of: space.scan) + 1
    return first < column(of: space.free) ? first..<column(of: space.free) : nil
  }
}

extension Glyphs {
  /// What is free in a lane: never the mark of a white object.
  var hole: String { freeCell == white ? lines[10] : freeCell }
}

extension ByteSize {
  /// To one decimal place: 8032 is `7.8KiB`.
  static func round(_ bytes: Int) -> String {
    let (unit, name) = bytes >= 1 << 20 ? (1 << 20, "MiB") : (1 << 10, "KiB")
    guard bytes >= 1 << 10, !bytes.isMultiple(of: unit) else { return describe(bytes) }
    let tenths = bytes * 10 / unit
    return "\(tenths / 10).\(tenths % 10)\(name)"
  }
}
