/// How much a wire stands out; of two on one cell the greater is drawn.
private enum WireLook: Int8, Comparable {
  case plain, dangling, active, barrierHit, violation

  init(_ pointer: GraphPicture.Pointer) {
    if case .dangling = pointer.link {
      self = .dangling
      return
    }
    switch pointer.look {
    case .plain: self = .plain
    case .active, .cut: self = .active
    case .barrierHit: self = .barrierHit
    case .violation: self = .violation
    }
  }

  var role: Role {
    switch self {
    case .plain: .edge
    case .dangling, .violation: .doomed
    case .active: .changed
    case .barrierHit: .barrierHit
    }
  }

  func lines(_ glyphs: Glyphs) -> [String] {
    switch self {
    case .plain: glyphs.lines
    case .dangling: glyphs.dashedLines
    case .active, .barrierHit: glyphs.heavyLines
    case .violation: glyphs.doubleLines
    }
  }

  static func < (left: WireLook, right: WireLook) -> Bool { left.rawValue < right.rawValue }
}

extension GraphView {
  func drawWires(with brush: inout Brush) {
    drawLines(with: &brush)
    for wire in wires {
      let look = WireLook(wire.pointer)
      let style = theme.style(look.role)
      switch wire.course {
      case .empty: drawEmpty(wire, with: &brush)
      case .loop where !wire.isFramed: write(theme.glyphs.loop, at: wire, style, with: &brush)
      case .label where !wire.isFramed:
        drawLeader(of: wire, look, with: &brush)
        write(wire.label, at: wire, style, with: &brush)
      case .route(let steps):
        drawLeader(of: wire, look, with: &brush)
        drawWarning(on: wire, steps, with: &brush)
        drawArrowhead(steps, look, with: &brush)
      case .loop, .label: break
      }
    }
  }

  private func write(_ text: String, at wire: Wire, _ style: Style, with brush: inout Brush) {
    brush.write(text, column: wire.column, row: wire.row, style: style)
  }

  private func drawEmpty(_ wire: Wire, with brush: inout Brush) {
    guard !wire.isFramed else { return }
    let isCut = wire.pointer.look == .cut
    let column = leaderStart(of: wire)
    brush.write(
      isCut ? theme.glyphs.cross : theme.glyphs.empty, column: column, row: wire.row,
      style: theme.style(isCut ? .changed : .faint))
  }

  /// A dangling pointer warns where it begins: `0!╌╌▶`.
  private func drawWarning(on wire: Wire, _ steps: [RouteStep], with brush: inout Brush) {
    guard case .dangling = wire.pointer.link, !wire.isFramed else { return }
    let start = leaderStart(of: wire)
    guard start < wire.column || (steps.count > 1 && steps[0].leaving == .right) else { return }
    brush.write("!", column: start, row: wire.row, style: theme.style(.danger))
  }
}

// MARK: Lines

extension GraphView {
  private func drawLines(with brush: inout Brush) {
    let (horizontal, vertical) = looks()
    for cell in grid.arms.indices where grid.arms[cell] != 0 {
      let along = horizontal[cell]
      let up = vertical[cell]
      guard let look = [along, up].compactMap({ $0 }).max() else { continue }
      var arms = Int(grid.arms[cell])
      if let along, let up, along != up, grid.isCrossing(cell) {
        // The line that matters more runs on; the other passes beneath it.
        arms = along > up ? 10 : 5
      }
      brush.write(
        look.lines(theme.glyphs)[arms], column: cell % grid.width, row: cell / grid.width,
        style: theme.style(look.role))
    }
  }

  /// The look of the line along each axis of each cell.
  private func looks() -> (horizontal: [WireLook?], vertical: [WireLook?]) {
    var horizontal = [WireLook?](repeating: nil, count: grid.arms.count)
    var vertical = horizontal
    for wire in wires {
      guard case .route(let steps) = wire.course else { continue }
      let look = WireLook(wire.pointer)
      for step in steps {
        for heading in [step.entering, step.leaving] {
          if heading.isHorizontal {
            horizontal[step.cell] = max(horizontal[step.cell] ?? look, look)
          } else {
            vertical[step.cell] = max(vertical[step.cell] ?? look, look)
          }
        }
      }
    }
    return (horizontal, vertical)
  }

  private func drawArrowhead(_ steps: [RouteStep], _ look: WireLook, with brush: inout Brush) {
    guard let end = steps.last else { return }
    let glyphs = theme.glyphs
    let head =
      switch end.leaving {
      case .up: glyphs.arrowUp
      case .right: glyphs.arrowRight
      case .down: glyphs.arrowDown
      case .left: glyphs.arrowLeft
      }
    let (column, row) = (end.cell % grid.width, end.cell / grid.width)
    let strongest = arrowLook(at: end.cell, otherwise: look)
    brush.write(head, column: column, row: row, style: theme.style(strongest.role))
  }

  private func arrowLook(at cell: Int, otherwise look: WireLook) -> WireLook {
    wires.reduce(look) { strongest, wire in
      guard case .route(let steps) = wire.course, steps.last?.cell == cell else { return strongest }
      return max(strongest, WireLook(wire.pointer))
    }
  }

  /// The line from the name of a root to the edge of the pane.
  private func drawLeader(of wire: Wire, _ look: WireLook, with brush: inout Brush) {
    guard case .root = wire.spot else { return }
    let start = leaderStart(of: wire)
    let line = String(
      repeating: look.lines(theme.glyphs)[10], count: max(0, wire.column - start))
    brush.write(line, column: start, row: wire.row, style: theme.style(look.role))
  }

  private func leaderStart(of wire: Wire) -> Int {
    guard case .root(let group, let index) = wire.spot else { return wire.column }
    let name = pane.name(of: groups[group].roots[index], ellipsis: theme.glyphs.ellipsis)
    return pane.nameColumn + name.columnCount + 1
  }
}

extension RouteGrid {
  /// Two lines that have nothing to do with each other cross here.
  func isCrossing(_ cell: Int) -> Bool {
    horizontalNet[cell] != verticalNet[cell] && horizontalNet[cell] != Self.none
      && verticalNet[cell] != Self.none
  }
}
