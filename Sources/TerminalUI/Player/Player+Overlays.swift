/// What covers the panels: help, menu, and the shortest way to a loss.
extension Player {
  /// Rows for text inside a box as high as the screen allows.
  var overlayRows: Int { max(1, size.height - 4) }

  private var overlayColumns: Int { max(1, min(size.width - 4, 76)) }

  var helpLines: [TextLine] { HelpPage.lines(theme.glyphs, width: overlayColumns) }

  func drawHelp(scroll: Int, on canvas: inout Canvas) {
    let lines = helpLines
    let shown = lines[scroll..<min(lines.count, scroll + overlayRows)]
    let isWhole = lines.count <= overlayRows
    let place = isWhole ? "" : "  \(scroll + 1)-\(shown.endIndex) of \(lines.count)"
    drawBox("Keys and signs\(place)", Array(shown), on: &canvas)
  }

  func draw(_ menu: BarrierMenu, on canvas: inout Canvas) {
    let lines = menu.lines(theme: theme, width: overlayColumns, height: overlayRows)
    drawBox("Barrier and side conditions", lines, on: &canvas)
  }

  func draw(_ menu: CollectorMenu, on canvas: inout Canvas) {
    let lines = menu.lines(theme: theme, width: overlayColumns, height: overlayRows)
    drawBox("Collector", lines, on: &canvas)
  }

  func draw(_ view: AttackView, on canvas: inout Canvas) {
    let lines = view.lines(theme: theme, width: overlayColumns, height: overlayRows)
    drawBox(view.title, lines, on: &canvas)
  }

  private func drawBox(_ title: String, _ lines: [TextLine], on canvas: inout Canvas) {
    canvas.drawBox(title, lines, columns: overlayColumns, theme: theme)
  }
}

extension Canvas {
  /// A framed box in the middle, for lines of at most `columns`, whatever their width.
  mutating func drawBox(_ title: String, _ lines: [TextLine], columns: Int, theme: Theme) {
    let boxWidth = columns + 4
    let boxHeight = min(height - 2, lines.count + 2)
    let box = Rect(
      column: (width - boxWidth) / 2, row: max(1, (height - boxHeight) / 2), width: boxWidth,
      height: boxHeight)
    fill(box)
    frame(box, theme: theme)
    write(
      " \(title) ", column: box.column + 2, row: box.row, style: theme.style(.heading), clip: box)
    write(lines, in: box.inset(by: 1).columns(1, boxWidth - 4), theme: theme)
  }

  /// Draws a frame along the inside of `rect`.
  fileprivate mutating func frame(_ rect: Rect, theme: Theme) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let lines = theme.glyphs.lines
    let style = theme.style(.frame)
    let bar = String(repeating: lines[10], count: rect.width - 2)
    write(lines[6] + bar + lines[12], column: rect.column, row: rect.row, style: style)
    write(lines[3] + bar + lines[9], column: rect.column, row: rect.endRow - 1, style: style)
    for row in rect.row + 1..<rect.endRow - 1 {
      write(lines[5], column: rect.column, row: row, style: style)
      write(lines[5], column: rect.endColumn - 1, row: row, style: style)
    }
  }
}
