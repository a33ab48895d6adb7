extension GraphView {
  /// Draws the panel; writes only inside `rect`.
  public func draw(on canvas: inout Canvas) {
    var brush = Brush(rect: rect, canvas: canvas)
    // So that drawing does not copy it.
    canvas = Canvas(width: 0, height: 0)
    brush.fill(Rect(column: 0, row: 0, width: rect.width, height: rect.height), style: .plain)
    drawWires(with: &brush)
    drawPane(with: &brush)
    for box in boxes { draw(box, with: &brush) }
    drawHiddenCounts(with: &brush)
    canvas = brush.canvas
  }

  private func drawHiddenCounts(with brush: inout Brush) {
    guard let hidden else { return }
    let glyphs = theme.glyphs
    let row = rect.height - 1
    let style = theme.style(.strong)
    if hidden.left > 0 {
      brush.write("\(glyphs.arrowLeft) +\(hidden.left)", column: 0, row: row, style: style)
    }
    var middle: [String] = []
    if hidden.above > 0 { middle.append("\(glyphs.arrowUp) +\(hidden.above)") }
    if hidden.below > 0 { middle.append("\(glyphs.arrowDown) +\(hidden.below)") }
    let text = middle.joined(separator: "   ")
    brush.write(text, column: (rect.width - text.columnCount) / 2, row: row, style: style)
    if hidden.right > 0 {
      let text = "+\(hidden.right) \(glyphs.arrowRight)"
      brush.write(text, column: rect.width - text.columnCount, row: row, style: style)
    }
  }
}

/// A canvas seen from the panel: positions count from its corner, nothing leaves it.
struct Brush {
  let rect: Rect
  private(set) var canvas: Canvas

  init(rect: Rect, canvas: consuming Canvas) {
    self.rect = rect
    self.canvas = canvas
  }

  @discardableResult
  mutating func write(_ text: String, column: Int, row: Int, style: Style) -> Int {
    canvas.write(
      text, column: rect.column + column, row: rect.row + row, style: style, clip: rect)
      - rect.column
  }

  mutating func fill(_ area: Rect, style: Style) {
    var moved = area
    moved.column += rect.column
    moved.row += rect.row
    canvas.fill(moved.intersection(rect), style: style)
  }
}

// MARK: Roots

extension GraphView {
  func drawPane(with brush: inout Brush) {
    for placed in pane.rows {
      switch placed.content {
      case .title(let group): drawTitle(of: groups[group], row: placed.row, with: &brush)
      case .root(let group, let index):
        draw(groups[group].roots[index], row: placed.row, with: &brush)
      case .more(let count, let isAbove):
        let arrow = isAbove ? theme.glyphs.arrowUp : theme.glyphs.arrowDown
        brush.write(
          "\(arrow) +\(count)", column: pane.column, row: placed.row, style: theme.style(.strong))
      }
    }
  }

  private func drawTitle(of group: GraphPicture.RootGroup, row: Int, with brush: inout Brush) {
    let glyphs = theme.glyphs
    let mark = group.isScanned ? " " + glyphs.check : ""
    let title = group.title.cut(
      to: pane.width - mark.columnCount, ellipsis: glyphs.ellipsis)
    let end = brush.write(title, column: pane.column, row: row, style: theme.style(.heading))
    brush.write(mark, column: end, row: row, style: theme.style(.good))
    let word = " " + words.scanned
    if group.isScanned, end + mark.columnCount + word.columnCount < pane.exitColumn {
      brush.write(word, column: end + mark.columnCount, row: row, style: theme.style(.faint))
    }
  }

  private func draw(_ root: GraphPicture.Root, row: Int, with brush: inout Brush) {
    let style = style(of: root.pointer)
    brush.write(theme.glyphs.root, column: pane.column, row: row, style: theme.style(.strong))
    brush.write(
      pane.name(of: root, ellipsis: theme.glyphs.ellipsis), column: pane.nameColumn, row: row,
      style: style)
  }

  /// The look of the name of a root or the number of a slot.
  func style(of pointer: GraphPicture.Pointer, over base: Style = .plain) -> Style {
    if pointer.isSelected { return theme.style(.selection) }
    if case .dangling = pointer.link { return theme.style(.danger) }
    var style: Style
    switch pointer.look {
    case .plain: return base
    case .active, .cut: style = theme.style(.changed)
    case .barrierHit: style = theme.style(.barrierHit)
    case .violation: style = theme.style(.doomed)
    }
    style.isReversed = true
    return style
  }
}
