internal import TerminalUI

/// Tells mouse reports apart, and a second press of the same cell from a first.
struct PressRecognizer: Sendable {
  private var lastPress: (column: Int, row: Int, milliseconds: Int64)?

  /// Presses of one cell within this time are one double press.
  static let doublePressMilliseconds: Int64 = 400

  /// The event of a report with xterm's button `code`; nil for buttons and motions we do not use.
  mutating func event(
    code: Int, column: Int, row: Int, isRelease: Bool, at milliseconds: Int64
  ) -> MouseEvent? {
    guard column >= 0, row >= 0 else { return nil }
    // 4, 8 and 16 are Shift, Alt and Control.
    switch (code & ~0x1C, isRelease) {
    case (0, true): return MouseEvent(.release, column: column, row: row)
    case (0, false):
      return MouseEvent(press(column, row, at: milliseconds), column: column, row: row)
    case (2, false): return MouseEvent(.rightPress, column: column, row: row)
    case (64, false): return MouseEvent(.wheelUp, column: column, row: row)
    case (65, false): return MouseEvent(.wheelDown, column: column, row: row)
    default: return nil
    }
  }

  private mutating func press(
    _ column: Int, _ row: Int, at milliseconds: Int64
  ) -> MouseEvent.Kind {
    if let last = lastPress, last.column == column, last.row == row,
      milliseconds - last.milliseconds <= Self.doublePressMilliseconds
    {
      lastPress = nil
      return .doublePress
    }
    lastPress = (column, row, milliseconds)
    return .press
  }
}
