internal import CNcurses
internal import Glibc
internal import TerminalUI

/// Hands canvases to curses, which then sends what differs from the screen.
///
/// Rows equal to the frame before are not touched. The bottom right cell is never drawn: where
/// terminfo has no way to write it without scrolling (screen, tmux), curses inserts it, and beside
/// a wide character the terminal then shows a wrong line.
struct Painter {
  private var palette: Palette
  private let repertoire: Repertoire
  /// What the screen shows, or nil when that is unknown.
  private var shown: Canvas?
  private var cells: [cchar_t] = []

  init(palette: Palette, repertoire: Repertoire) {
    self.palette = palette
    self.repertoire = repertoire
  }

  /// Lets the next frame be drawn from nothing; whoever asks has cleared the screen.
  mutating func forget() {
    shown = nil
  }

  /// Puts `canvas`, or as much of it as fits, on a screen of this size.
  mutating func paint(_ canvas: Canvas, width: Int, height: Int) {
    let before = shown.flatMap { $0.bounds == canvas.bounds ? $0 : nil }
    if before == nil { unsafe werase(tc_stdscr()) }
    for row in 0..<min(canvas.height, height) {
      let range = row * canvas.width..<(row + 1) * canvas.width
      let line = canvas.cells[range]
      if let before, before.cells[range] == line { continue }
      let room = min(canvas.width, row == height - 1 ? width - 1 : width)
      paint(line, room: room, row: row)
    }
    shown = canvas
    // Where the cursor cannot be hidden it rests in a corner.
    unsafe wmove(tc_stdscr(), Int32(height - 1), 0)
    unsafe wnoutrefresh(tc_stdscr())
    doupdate()
  }

  /// Draws the first `room` columns of `line`; half a wide character at the end becomes a blank.
  private mutating func paint(_ line: ArraySlice<Canvas.Cell>, room: Int, row: Int) {
    cells.removeAll(keepingCapacity: true)
    var style = Style.plain
    var attributes: attr_t = 0
    var pair: Int32 = 0
    for index in line.indices.prefix(room) where line[index].scalar != Canvas.Cell.wideTail {
      if line[index].style != style {
        style = line[index].style
        attributes = Palette.attributes(style)
        pair = palette.pair(style)
      }
      let isWide = index + 1 < line.endIndex && line[index + 1].scalar == Canvas.Cell.wideTail
      let isCut = isWide && index + 1 == line.startIndex + room
      let scalar = isCut ? " " : shownScalar(line[index].scalar, columns: isWide ? 2 : 1)
      append(scalar, attributes, pair)
      // What stands for a wide character is narrow.
      if isWide, !isCut, scalar.isASCII { append(scalar, attributes, pair) }
    }
    guard !cells.isEmpty else { return }
    unsafe wmove(tc_stdscr(), Int32(row), 0)
    unsafe cells.withUnsafeBufferPointer {
      _ = unsafe wadd_wchnstr(tc_stdscr(), $0.baseAddress, Int32($0.count))
    }
  }

  private func shownScalar(_ scalar: Unicode.Scalar, columns: Int) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    return repertoire.shown(
      scalar, columns: columns, localeColumns: Int(wcwidth(wchar_t(bitPattern: scalar.value))))
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ attributes: attr_t, _ pair: Int32) {
    var cell = cchar_t()
    unsafe tc_set_cell(&cell, wchar_t(bitPattern: scalar.value), attributes, pair)
    cells.append(cell)
  }
}
