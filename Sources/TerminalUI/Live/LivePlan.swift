/// Where the panels of the live screen stand.
struct LivePlan: Hashable {
  let width: Int
  let height: Int

  static let minimum = (width: 60, height: 18)

  var isTooSmall: Bool { width < LivePlan.minimum.width || height < LivePlan.minimum.height }

  /// Rows between the title and the message.
  private var bodyHeight: Int { height - 3 }
  var messageRow: Int { height - 2 }
  var keyRow: Int { height - 1 }
  private var leftWidth: Int { (width - 1) * 54 / 100 }
  private var rightColumn: Int { leftWidth + 1 }
  private var rightWidth: Int { width - rightColumn }

  /// Signs of the map, without its heading and its legend.
  var map: Rect {
    Rect(column: 0, row: 2, width: leftWidth, height: max(3, (bodyHeight - 3) * 2 / 5))
  }
  var legendRow: Int { map.endRow }
  /// Threads, or the last step of a paused run.
  var bottom: Rect {
    let row = legendRow + 2
    return Rect(column: 0, row: row, width: leftWidth, height: 1 + bodyHeight - row)
  }
  var cycle: Rect { Rect(column: rightColumn, row: 2, width: rightWidth, height: 4) }
  var allocation: Rect {
    Rect(column: rightColumn, row: cycle.endRow + 1, width: rightWidth, height: 4)
  }
  var pauses: Rect {
    let row = allocation.endRow + 1
    // A tall window shows the threads below, also while the run is paused.
    let room = 1 + bodyHeight - row
    return Rect(
      column: rightColumn, row: row, width: rightWidth, height: room > 16 ? 9 : room)
  }
  var threads: Rect {
    let row = pauses.endRow + 1
    return Rect(column: rightColumn, row: row, width: rightWidth, height: 1 + bodyHeight - row)
  }
}
