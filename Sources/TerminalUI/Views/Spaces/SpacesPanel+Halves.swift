import GarbageCollection

/// Two halves side by side, each where it is in memory, whatever its role at the moment.
extension SpacesPanel {
  /// Columns from which two halves have room beside each other.
  private static let besideWidth = 100
  private static let gap = 2

  /// Whether the heap is two halves and nothing else, and either can be drawn to scale.
  func standBeside(_ observed: borrowing ObservedMachine, width: Int) -> Bool {
    guard width >= Self.besideWidth, !observed.machine.phase.isCompacting,
      observed.machine.heap.spaces.count == 2
    else { return false }
    let lanes = contents(observed)
    let half = (width - Self.gap) / 2 - LaneStyle.prefixWidth
    // What does not fit beside may fit below; what fits nowhere is no worse off beside.
    return LaneScale(lanes, width: half).columnsPerGranule != nil
      || LaneScale(lanes, width: width).columnsPerGranule == nil
  }

  func besideLines(
    _ observed: borrowing ObservedMachine, _ style: LaneStyle, width: Int
  ) -> [TextLine] {
    let half = (width - Self.gap) / 2
    let prefix = style.hasHeads ? 0 : LaneStyle.prefixWidth
    let blocks = laneLines(observed, style, width: half - prefix)
    return zip(blocks[0], blocks[1]).map { left, right in
      let blanks = max(0, half - left.columnCount) + Self.gap
      return left.then(String(repeating: " ", count: blanks)).then(right)
    }
  }
}
