import GarbageCollection
public import Scenarios

/// Barriers line by line, made to fit the width there is.
///
/// The longest names are cut first; figures never are.
public struct ComparisonTable: Sendable {
  public let outcomes: [Outcome]
  public let width: Int
  private let cells: [[String]]
  private let widths: [Int]

  private static let head = [
    "barrier", "lost", "doomed", "strong", "weak", "shades", "float", "rescan", "reads", "steps",
  ]
  private static let lostLimit = 9

  public init(_ outcomes: [Outcome], width: Int = 80) {
    self.outcomes = outcomes
    self.width = width
    cells = [Self.head] + outcomes.map(Self.cells)
    widths = Self.widths(of: cells, width: width)
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

  private static func widths(of cells: [[String]], width: Int) -> [Int] {
    var widths = head.indices.map { column in cells.map { $0[column].columnCount }.max() ?? 0 }
    let figures = widths.dropFirst().reduce(0, +) + gaps
    widths[0] = max(8, min(widths[0], width - figures))
    return widths
  }

  private static let gaps = head.count - 1

  /// Names at the left of their columns, figures at the right.
  private func line(_ cells: [String]) -> String {
    let name = cells[0].prefixed(by: widths[0], .ascii)
    var line = name.padded(to: widths[0]) + " " + cells[1].padded(to: widths[1])
    for (cell, width) in zip(cells, widths).dropFirst(2) {
      line += " " + String(repeating: " ", count: max(0, width - cell.columnCount)) + cell
    }
    return line
  }
}
