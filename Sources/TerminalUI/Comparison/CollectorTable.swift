import GarbageCollection
public import Scenarios

/// Collectors line by line: what the same program costs under each, and what is left.
public struct CollectorTable: Sendable {
  public let outcomes: [Outcome]
  private let table: FittedTable

  private static let head = [
    "collector", "lost", "cycles", "pauses", "longest", "share", "slots", "cells", "counts",
    "moved", "space", "holes", "live", "leaked", "float",
  ]
  /// Columns to do without, by position in `head`.
  private static let dispensable = [2, 14, 8, 12, 7, 6, 5]

  public init(_ outcomes: [Outcome], width: Int = 100) {
    self.outcomes = outcomes
    table = FittedTable(
      [Self.head] + outcomes.map(Self.cells), width: width, dispensable: Self.dispensable,
      nameMinimum: "generational".count)
  }

  public var headLine: String { table.lines[0] }

  /// One for each outcome.
  public var lines: [String] { Array(table.lines.dropFirst()) }

  /// What the columns mean.
  public static let legend =
    "All in units of work: a slot, a root, an object, a cell looked at, a count changed, 16 bytes "
    + "moved; an action of the program is one. longest: pause. share: of the program in all time. "
    + "slots: marking and copying. cells: sweeping and compacting. moved: words of 8 bytes. "
    + "space: bytes taken up at the end. holes: of the bytes passed, those without an object. "
    + "live, leaked: at the end. float: garbage that outlived a cycle."

  private static func cells(_ outcome: Outcome) -> [String] {
    let cost = outcome.cost
    let work = cost.work
    return [
      outcome.variant.name, ComparisonTable.lost(outcome), "\(cost.cycleCount)",
      "\(cost.pauseCount)", "\(cost.longestPause)", percent(cost.throughput),
      "\(work.marking + work.copying)", "\(work.sweeping + work.compacting)", "\(work.counting)",
      "\(work.movedWords)", "\(cost.footprint.byteCount)", percent(cost.footprint.fragmentation),
      "\(cost.liveBytes)", "\(cost.leakedCount)", "\(outcome.floatingCount)",
    ]
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded()))%"
  }
}
