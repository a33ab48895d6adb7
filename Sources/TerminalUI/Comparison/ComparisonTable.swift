import GarbageCollection
public import Scenarios

/// Barriers line by line, made to fit the width there is.
///
/// The longest names are cut first, then what matters least is left out; figures are never cut.
public struct ComparisonTable: Sendable {
  public let outcomes: [Outcome]
  public let width: Int
  private let cells: [[String]]
  private let widths: [Int]
  /// The columns there is room for.
  private let columns: [Int]

  private static let head = [
    "barrier", "lost", "doomed", "strong", "weak", "shades", "float", "rescan", "reads", "steps",
  ]
  private static let lostLimit = 9
  /// Columns to do without, by position in `head`.
  private static let dispensable = [6, 8, 7, 9, 5, 2]

  public init(_ outcomes: [Outcome], width: Int = 80) {
    self.outcomes = outcomes
    self.width = width
    let cells = [Self.head] + outcomes.map(Self.cells)
    var columns = Array(Self.head.indices)
    for column in Self.dispensable where Self.least(of: cells, columns) > width {
      columns.removeAll { $0 == column }
    }
    self.cells = cells
    self.columns = columns
    widths = Self.widths(of: cells, columns, width: width)
  }

  public var headLine: String { line(cells[0]) }

  /// One for each outcome.
  public var lines: [String] { cells.dropFirst().map(line) }

  /// What the columns mean.
  public static let legend =
    "strong, weak: the first step that breaks the invariant, in parentheses where the barrier does "
    + "not promise it. doomed: in parentheses where the object was saved after all. shades: by the "
    + "barrier. float: garbage that outlived a cycle. reads: references the collector looked at."
}

extension ComparisonTable {
  private static func cells(_ outcome: Outcome) -> [String] {
    func step(_ broken: Outcome.Break?) -> String {
      broken.map { $0.isPromised ? "\($0.step)" : "(\($0.step))" } ?? "-"
    }
    return [
      outcome.barrier.rawValue, lost(outcome),
      outcome.doom.map { $0.isFinal ? "\($0.step)" : "(\($0.step))" } ?? "-",
      step(outcome.strongBreak), step(outcome.weakBreak), "\(outcome.shadeCount)",
      "\(outcome.floatingCount)", "\(outcome.rescanCount)", "\(outcome.scanCount)",
      "\(outcome.stepCount)",
    ]
  }

  /// The first few, and how many more.
  private static func lost(_ outcome: Outcome) -> String {
    guard let first = outcome.lost.first else { return "-" }
    let text = outcome.lost.joined(separator: ",")
    if text.columnCount <= lostLimit { return text }
    let rest = outcome.lost.count > 1 ? " +\(outcome.lost.count - 1)" : ""
    return first.prefixed(by: lostLimit - rest.columnCount, .ascii) + rest
  }

  private static func width(of cells: [[String]], _ column: Int) -> Int {
    cells.map { $0[column].columnCount }.max() ?? 0
  }

  /// Columns of text with names cut as far as they may be.
  private static func least(of cells: [[String]], _ columns: [Int]) -> Int {
    columns.dropFirst().reduce(nameMinimum) { $0 + 1 + width(of: cells, $1) }
  }

  private static let nameMinimum = 8

  private static func widths(of cells: [[String]], _ columns: [Int], width: Int) -> [Int] {
    let rest = least(of: cells, columns) - nameMinimum
    var widths = head.indices.map { self.width(of: cells, $0) }
    widths[0] = max(nameMinimum, min(widths[0], width - rest))
    return widths
  }

  /// Names at the left of their columns, figures at the right.
  private func line(_ cells: [String]) -> String {
    let name = cells[0].prefixed(by: widths[0], .ascii)
    var line = name.padded(to: widths[0])
    for column in columns.dropFirst() {
      let (cell, width) = (cells[column], widths[column])
      line += " "
      line +=
        column == 1
        ? cell.padded(to: width)
        : String(repeating: " ", count: max(0, width - cell.columnCount)) + cell
    }
    return line
  }
}
