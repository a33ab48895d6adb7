/// The way an edge is going as it enters or leaves a cell.
enum Heading: Int, CaseIterable {
  case up, right, down, left

  /// As in `Glyphs.lines`.
  var bit: UInt8 { 1 << UInt8(rawValue) }
  var isHorizontal: Bool { self == .left || self == .right }
  var reversed: Heading { Heading.allCases[(rawValue + 2) % 4] }
}

/// One cell of a route.
struct RouteStep: Hashable {
  /// Position in the grid, row by row.
  var cell: Int
  var entering: Heading
  var leaving: Heading
}

/// Cells that edges may use, and the edges that use them already.
///
/// Edges to one target are one *net*: they may join, like brooks, and then run on together. Edges
/// of different nets may only cross, both going straight. So every cell is one of
///
///     empty   ─ │ straight   ┌ ┐ └ ┘ bend   ├ ┤ ┬ ┴ join (one net)   ┼ crossing (two nets)
///
/// and following a line from a slot leads to one arrowhead: lines never share a cell and a direction
/// unless they share their target, and four arms always mean a crossing.
struct RouteGrid {
  typealias Net = Int32
  static let none: Net = -1

  let width: Int
  let height: Int

  /// No edge may enter; a route may still start here.
  private(set) var isBlocked: [Bool]
  /// Only edges of this net may enter.
  private var reservedFor: [Net]
  /// Extra cost of entering, to keep lines off the boxes.
  private(set) var weight: [Int32]

  /// The net whose line lies along each axis; equal for a bend or join, different for a crossing.
  private(set) var horizontalNet: [Net]
  private(set) var verticalNet: [Net]
  /// Sides that lines touch.
  private(set) var arms: [UInt8]
  /// Where the net along each axis flows on to.
  private var horizontalExit: [Heading]
  private var verticalExit: [Heading]
  private var isArrowhead: [Bool]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    let count = width * height
    isBlocked = Array(repeating: false, count: count)
    reservedFor = Array(repeating: Self.none, count: count)
    weight = Array(repeating: 0, count: count)
    horizontalNet = reservedFor
    verticalNet = reservedFor
    arms = Array(repeating: 0, count: count)
    horizontalExit = Array(repeating: .right, count: count)
    verticalExit = Array(repeating: .down, count: count)
    isArrowhead = isBlocked
  }

  func cell(column: Int, row: Int) -> Int? {
    (0..<width).contains(column) && (0..<height).contains(row) ? row * width + column : nil
  }

  func neighbor(of cell: Int, _ heading: Heading) -> Int? {
    switch heading {
    case .up: cell >= width ? cell - width : nil
    case .down: cell + width < arms.count ? cell + width : nil
    case .left: cell % width > 0 ? cell - 1 : nil
    case .right: cell % width < width - 1 ? cell + 1 : nil
    }
  }
}

// MARK: Obstacles

extension RouteGrid {
  mutating func block(_ rect: Rect) { forEachCell(in: rect) { $0.isBlocked[$1] = true } }

  mutating func reserve(column: Int, row: Int, for net: Net) {
    if let cell = cell(column: column, row: row) { reservedFor[cell] = net }
  }

  mutating func weigh(_ rect: Rect, by extra: Int32) {
    forEachCell(in: rect) { $0.weight[$1] += extra }
  }

  private mutating func forEachCell(in rect: Rect, _ change: (inout RouteGrid, Int) -> Void) {
    let area = Rect(column: 0, row: 0, width: width, height: height).intersection(rect)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn { change(&self, row * width + column) }
    }
  }
}

// MARK: Rules

extension RouteGrid {
  /// What an edge may do in a cell it enters.
  struct Passage {
    /// The only way on, or nil when it may also turn.
    var forced: Heading?
    var cost: Int32
  }

  private static let crossingCost: Int32 = 9
  private static let joiningCost: Int32 = 5

  /// The rules above, for an edge of `net` that enters `cell`; nil when it may not be there.
  func passage(of net: Net, into cell: Int, _ heading: Heading) -> Passage? {
    guard !isBlocked[cell], reservedFor[cell] == Self.none || reservedFor[cell] == net else {
      return nil
    }
    let along = heading.isHorizontal ? horizontalNet[cell] : verticalNet[cell]
    let across = heading.isHorizontal ? verticalNet[cell] : horizontalNet[cell]
    if along == Self.none && across == Self.none { return Passage(cost: 0) }
    if along == net && across != net && across != Self.none {
      return exit(of: cell, along: heading) == heading ? Passage(forced: heading, cost: 0) : nil
    }
    if along == net || (along == Self.none && across == net) {
      return passageOnOwnLine(cell, heading, flow: exit(of: cell, along: along == net, heading))
    }
    if along != Self.none || isArrowhead[cell] { return nil }
    return Passage(forced: heading, cost: Self.crossingCost)
  }

  private func passageOnOwnLine(_ cell: Int, _ heading: Heading, flow: Heading) -> Passage? {
    let side = heading.reversed
    if flow == side { return nil }
    if arms[cell] & side.bit != 0 { return Passage(forced: flow, cost: 0) }
    guard !isArrowhead[cell], arms[cell].nonzeroBitCount == 2 else { return nil }
    return Passage(forced: flow, cost: Self.joiningCost)
  }

  private func exit(of cell: Int, along heading: Heading) -> Heading {
    heading.isHorizontal ? horizontalExit[cell] : verticalExit[cell]
  }

  private func exit(of cell: Int, along isAlong: Bool, _ heading: Heading) -> Heading {
    heading.isHorizontal == isAlong ? horizontalExit[cell] : verticalExit[cell]
  }

  /// Whether an arrowhead of `net` may stand in `cell`, reached along `heading`.
  func canEnd(_ net: Net, in cell: Int, _ heading: Heading) -> Bool {
    guard !isBlocked[cell], reservedFor[cell] == Self.none || reservedFor[cell] == net else {
      return false
    }
    if arms[cell] == 0 { return true }
    return isArrowhead[cell] && arms[cell] & heading.reversed.bit != 0
      && (heading.isHorizontal ? horizontalNet[cell] : verticalNet[cell]) == net
  }

  /// Some other net runs beside `cell`, on either side of the way `heading`.
  func hasStranger(beside cell: Int, _ heading: Heading, net: Net) -> Bool {
    isStranger(neighbor(of: cell, heading.isHorizontal ? .up : .left), to: net)
      || isStranger(neighbor(of: cell, heading.isHorizontal ? .down : .right), to: net)
  }

  /// Some other net runs before or behind `cell` on the way `heading`.
  func hasStranger(beforeOrBehind cell: Int, _ heading: Heading, net: Net) -> Bool {
    isStranger(neighbor(of: cell, heading), to: net)
      || isStranger(neighbor(of: cell, heading.reversed), to: net)
  }

  private func isStranger(_ cell: Int?, to net: Net) -> Bool {
    guard let cell, arms[cell] != 0 else { return false }
    return horizontalNet[cell] != net && verticalNet[cell] != net
  }

  /// Lays the line of a route; its last step is the arrowhead.
  mutating func lay(_ route: [RouteStep], net: Net) {
    for step in route {
      for heading in [step.entering, step.leaving] {
        if heading.isHorizontal {
          horizontalNet[step.cell] = net
          horizontalExit[step.cell] = step.leaving
        } else {
          verticalNet[step.cell] = net
          verticalExit[step.cell] = step.leaving
        }
      }
      arms[step.cell] |= step.entering.reversed.bit | step.leaving.bit
    }
    if let end = route.last { isArrowhead[end.cell] = true }
  }
}
