/// Lines from where objects stand to where they are going to stand, between two lanes.
///
/// Sliding keeps the order of addresses and goes to the left, so that lines need not cross: each one
/// bends one row lower than the line it would run into.
struct LaneWires {
  /// Columns, by address.
  let wires: [(from: Int, to: Int)]
  let width: Int
  let theme: Theme

  /// Exactly `height` rows; nil where there are too many lines for that, or none at all.
  func lines(height: Int) -> [TextLine]? {
    let rows = self.rows
    guard let last = rows.max(), last < height else { return nil }
    // Bits as in `Glyphs.lines`: 1 up, 2 right, 4 down, 8 left.
    var sides = Array(repeating: Array(repeating: 0, count: width), count: height)
    for (wire, row) in zip(wires, rows) {
      let bend = wire.from == wire.to ? height : row
      for upper in 0..<min(bend, height) { sides[upper][wire.from] |= 5 }
      guard bend < height else { continue }
      sides[bend][wire.from] |= 9
      for column in wire.to + 1..<wire.from { sides[bend][column] |= 10 }
      sides[bend][wire.to] |= 6
      for lower in bend + 1..<height { sides[lower][wire.to] |= 5 }
    }
    return sides.map { row in
      TextLine(row.map { theme.glyphs.lines[$0] }.joined(), .edge)
    }
  }

  private var rows: [Int] {
    var rows: [Int] = []
    for (index, wire) in wires.enumerated() {
      let isClear = index == 0 || wire.to > wires[index - 1].from
      rows.append(isClear ? 0 : rows[index - 1] + 1)
    }
    return rows
  }
}
