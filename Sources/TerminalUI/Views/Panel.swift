/// The panels of the screen, in the order of their keys; blame is asked for by `B`, pauses by `P`.
public enum Panel: Int, Hashable, Sendable, CaseIterable {
  case graph = 1
  case heap, worklist, barrier, invariants, inspector, log, allocator, addresses, blame, pauses
}

extension Panel {
  /// What stands in the panel's heading.
  public var name: String {
    switch self {
    case .graph: "Graph"
    case .heap: "Heap by address"
    case .worklist: "Worklist"
    case .barrier: "Barrier"
    case .invariants: "Invariants"
    case .inspector: "Object"
    case .log: "Log"
    case .allocator: "Allocator"
    case .addresses: "Address space"
    case .blame: "Blame"
    case .pauses: "Pauses"
    }
  }
}

/// Which panel stands where, for a size of the window.
public struct ScreenPlan: Hashable, Sendable {
  /// A panel with its heading row above the content.
  public struct Placement: Hashable, Sendable {
    public let panel: Panel
    /// Content only; the heading, if there is room for one, is the row above.
    public let rect: Rect
    public let hasHeading: Bool
  }

  /// The least that can show anything.
  public static let minimum = (width: 40, height: 12)

  public let width: Int
  public let height: Int
  public let placements: [Placement]
  /// Between the panels and the key line: what the script says, messages, the prompt.
  public let messageRect: Rect

  public var titleRow: Int { 0 }
  public var keyRow: Int { height - 1 }
  public var isTooSmall: Bool {
    width < ScreenPlan.minimum.width || height < ScreenPlan.minimum.height
  }

  /// The rows between the other panels and the key line, shared by the log and what is said.
  ///
  /// A message gets the rows it needs, but for those that the log keeps.
  func split(messageRows: Int, logRows: Int = 1) -> (log: Rect, message: Rect) {
    let log = self[.log] ?? messageRect
    let rows = min(messageRows, messageRect.endRow - log.row - logRows)
    return (
      Rect(
        column: log.column, row: log.row, width: log.width,
        height: messageRect.endRow - log.row - rows),
      Rect(column: 0, row: messageRect.endRow - rows, width: width, height: rows)
    )
  }

  public subscript(panel: Panel) -> Rect? { placements.first { $0.panel == panel }?.rect }
}

extension ScreenPlan {
  /// The plan for a window; with `zoom` one panel gets all the room there is.
  ///
  /// `programLines` is the length of the barrier's program, `blameLines` that of a blame that has
  /// the graph above it.
  public init(
    width: Int, height: Int, zoom: Panel? = nil, programLines: Int = 4, blameLines: Int? = nil
  ) {
    self.width = width
    self.height = height
    let messageHeight = height >= 24 ? 2 : 1
    messageRect = Rect(
      column: 0, row: height - 1 - messageHeight, width: width, height: messageHeight)
    let area = Rect(column: 0, row: 1, width: width, height: height - 2 - messageHeight)
    if zoom == .blame, let blameLines, area.height >= ScreenPlan.leastBlameHeight {
      placements = ScreenPlan.blame(in: area, lines: blameLines)
    } else if let zoom {
      placements = ScreenPlan.single(zoom, in: area)
    } else if width >= 110, height >= 34 {
      placements = ScreenPlan.wide(in: area, programLines: programLines)
    } else if width >= 80, height >= 24 {
      placements = ScreenPlan.compact(in: area, programLines: programLines)
    } else {
      placements = ScreenPlan.single(.graph, in: area)
    }
  }

  /// One panel, and under it the log.
  private static func single(_ panel: Panel, in area: Rect) -> [Placement] {
    if panel == .log { return [placement(.log, area)] }
    let logHeight = area.height >= 12 ? 3 : 2
    return [
      placement(panel, area.rows(0, area.height - logHeight - 1)),
      placement(.log, area.rows(area.height - logHeight - 1, logHeight + 1)),
    ]
  }

  /// From here on blame has the graph above it; under that it stands alone.
  private static let leastBlameHeight = 17

  /// Blame explains steps of the graph, so that stays in sight; it leaves half of the rows to it.
  private static func blame(in area: Rect, lines: Int) -> [Placement] {
    let logHeight = area.height >= 30 ? 4 : 2
    let blameHeight = min(area.height / 2, max(6, lines + 1))
    let graphHeight = area.height - logHeight - blameHeight
    return [
      placement(.graph, area.rows(0, graphHeight), hasHeading: false),
      placement(.blame, area.rows(graphHeight, blameHeight)),
      placement(.log, area.rows(area.height - logHeight, logHeight), hasHeading: logHeight > 2),
    ]
  }

  /// 80 x 24: the graph on top, heap and worklist at the left of barrier and invariants, the log.
  ///
  /// The barrier gets as many rows as its program has, the invariants what is left of them.
  private static func compact(in area: Rect, programLines: Int) -> [Placement] {
    let logHeight = area.height >= 24 ? 4 : 2
    let lowerHeight = 9 + (area.height - 20) / 3
    let graphHeight = area.height - logHeight - lowerHeight
    let lower = area.rows(graphHeight, lowerHeight)
    let half = area.width / 2
    let left = lower.columns(0, half - 1)
    let right = lower.columns(half, area.width - half)
    let barrierHeight = min(programLines + 1, lowerHeight - 4)
    return [
      placement(.graph, area.rows(0, graphHeight), hasHeading: false),
      placement(.heap, left.rows(0, lowerHeight - 3)),
      placement(.worklist, left.rows(lowerHeight - 3, 3)),
      placement(.barrier, right.rows(0, barrierHeight)),
      placement(.invariants, right.rows(barrierHeight, lowerHeight - barrierHeight)),
      placement(.log, area.rows(area.height - logHeight, logHeight), hasHeading: logHeight > 2),
    ]
  }

  /// Big windows: the graph with the heap under it at the left, the rest in a column at the right.
  ///
  /// The allocator has a place only in very high ones, the address space none beside others.
  private static func wide(in area: Rect, programLines: Int) -> [Placement] {
    let side = min(66, max(42, area.width * 36 / 100))
    let logHeight = min(14, max(7, area.height / 5))
    let upper = area.rows(0, area.height - logHeight)
    let left = upper.columns(0, upper.width - side - 1)
    let right = upper.columns(upper.width - side, side)
    let heapHeight = min(16, max(6, left.height / 4))
    let barrierHeight = min(programLines + 2, 11)
    let invariantHeight = 6
    let worklistHeight = 4
    let inspectorRow = barrierHeight + invariantHeight + worklistHeight
    let inspectorHeight = right.height - inspectorRow
    let allocatorHeight = inspectorHeight >= 27 ? 11 : 0
    let allocator =
      allocatorHeight == 0
      ? [] : [placement(.allocator, right.rows(right.height - allocatorHeight, allocatorHeight))]
    return allocator + [
      placement(.graph, left.rows(0, left.height - heapHeight)),
      placement(.heap, left.rows(left.height - heapHeight, heapHeight)),
      placement(.barrier, right.rows(0, barrierHeight)),
      placement(.invariants, right.rows(barrierHeight, invariantHeight)),
      placement(.worklist, right.rows(barrierHeight + invariantHeight, worklistHeight)),
      placement(.inspector, right.rows(inspectorRow, inspectorHeight - allocatorHeight)),
      placement(.log, area.rows(area.height - logHeight, logHeight)),
    ]
  }

  private static func placement(
    _ panel: Panel, _ rect: Rect, hasHeading: Bool = true
  ) -> Placement {
    Placement(
      panel: panel, rect: hasHeading ? rect.rows(1, rect.height - 1) : rect,
      hasHeading: hasHeading)
  }
}

extension Rect {
  /// `count` rows from `first`, counted from the top of this rectangle.
  func rows(_ first: Int, _ count: Int) -> Rect {
    Rect(column: column, row: row + first, width: width, height: min(count, height - first))
  }

  /// `count` columns from `first`, counted from the left of this rectangle.
  func columns(_ first: Int, _ count: Int) -> Rect {
    Rect(column: column + first, row: row, width: min(count, width - first), height: height)
  }
}
