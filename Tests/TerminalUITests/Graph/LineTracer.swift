@testable import TerminalUI

/// Follows lines on a canvas as a reader does, by what is drawn and nothing else.
///
/// A line goes straight on where four arms meet and where another line passes over it; where three
/// meet, all ways are tried.
struct LineTracer {
  struct Point: Hashable {
    var column: Int
    var row: Int

    func moved(_ heading: Heading) -> Point {
      switch heading {
      case .up: Point(column: column, row: row - 1)
      case .right: Point(column: column + 1, row: row)
      case .down: Point(column: column, row: row + 1)
      case .left: Point(column: column - 1, row: row)
      }
    }
  }

  /// Where lines ended.
  struct Ends: Hashable {
    /// What arrowheads point at: the cell beyond each.
    var targets: Set<Point> = []
    /// Cells where a line broke off.
    var broken: Set<Point> = []
  }

  private struct Move: Hashable {
    var point: Point
    var heading: Heading
  }

  let canvas: Canvas
  /// Where lines begin; walking back into one ends the walk there.
  let starts: Set<Point>

  func follow(from start: Point) -> Ends {
    var ends = Ends()
    var seen: Set<Move> = []
    var pending = [Move(point: start, heading: .right)]
    while let move = pending.popLast() {
      guard seen.insert(move).inserted else { continue }
      if starts.contains(move.point.moved(.right)), move.heading == .left { continue }
      guard canvas.bounds.contains(column: move.point.column, row: move.point.row) else {
        ends.broken.insert(move.point)
        continue
      }
      let scalar = canvas[column: move.point.column, row: move.point.row].scalar
      if scalar == Self.heads[move.heading] {
        ends.targets.insert(move.point.moved(move.heading))
        continue
      }
      let ways = ways(through: scalar, move)
      if ways.isEmpty { ends.broken.insert(move.point) }
      for way in ways { pending.append(Move(point: move.point.moved(way), heading: way)) }
    }
    return ends
  }

  private func ways(through scalar: Unicode.Scalar, _ move: Move) -> [Heading] {
    // The warning of a dangling pointer stands on the first cell of its line.
    let isWarning = scalar == "!" && starts.contains(move.point)
    guard let arms = isWarning ? 10 : Self.arms[scalar] else { return [] }
    let straight: UInt8 = move.heading.isHorizontal ? 10 : 5
    if arms & move.heading.reversed.bit == 0 { return arms == 15 - straight ? [move.heading] : [] }
    if arms == 15 { return [move.heading] }
    return Heading.allCases.filter { arms & $0.bit != 0 && $0 != move.heading.reversed }
  }

  private static let heads: [Heading: Unicode.Scalar] = [
    .up: "▲", .right: "▶", .down: "▼", .left: "◀",
  ]

  private static let arms: [Unicode.Scalar: UInt8] = {
    var arms: [Unicode.Scalar: UInt8] = [:]
    let glyphs = Glyphs.unicode
    for lines in [glyphs.lines, glyphs.heavyLines, glyphs.dashedLines, glyphs.doubleLines] {
      // Later ones win: a dashed line that stands for a stub and for a whole is a whole.
      for (mask, text) in lines.enumerated().dropFirst() {
        arms[text.unicodeScalars.first!] = UInt8(mask)
      }
    }
    return arms
  }()
}
