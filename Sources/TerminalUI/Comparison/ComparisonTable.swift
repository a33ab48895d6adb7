import GarbageCollection
public import Scenarios

/// Barriers line by line, made to fit the width there is.
public struct ComparisonTable: Sendable {
  public let outcomes: [Outcome]
  private let table: FittedTable

  private static let head = [
    "barrier", "lost", "doomed", "strong", "weak", "shades", "float", "rescan", "reads", "steps",
  ]
  private static let lostLimit = 9
  /// Columns to do without, by position in `head`.
  private static let dispensable = [6, 8, 7, 9, 5, 2]

  public init(_ outcomes: [Outcome], width: Int = 80) {
    self.outcomes = outcomes
    table = FittedTable(
      [Self.head] + outcomes.map(Self.cells), width: width, dispensable: Self.dispensable)
  }

  public var headLine: String { table.lines[0] }

  /// One for each outcome.
  public var lines: [String] { Array(table.lines.dropFirst()) }

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
      outcome.variant.name, lost(outcome),
      outcome.doom.map { $0.isFinal ? "\($0.step)" : "(\($0.step))" } ?? "-",
      step(outcome.strongBreak), step(outcome.weakBreak), "\(outcome.shadeCount)",
      "\(outcome.floatingCount)", "\(outcome.rescanCount)", "\(outcome.scanCount)",
      "\(outcome.stepCount)",
    ]
  }

  /// The first few, and how many more.
  static func lost(_ outcome: Outcome) -> String {
    guard let first = outcome.lost.first else { return "-" }
    let text = outcome.lost.joined(separator: ",")
    if text.columnCount <= lostLimit { return text }
    let rest = outcome.lost.count > 1 ? " +\(outcome.lost.count - 1)" : ""
    return first.prefixed(by: lostLimit - rest.columnCount, .ascii) + rest
  }
}
