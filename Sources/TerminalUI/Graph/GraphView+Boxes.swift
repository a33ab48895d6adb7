extension GraphView {
  func draw(_ box: NodeBox, with brush: inout Brush) {
    if box.density.isFramed {
      drawFrame(of: box, with: &brush)
      drawBadge(of: box, column: box.rect.column + 1, with: &brush)
      drawFramedSlots(of: box, with: &brush)
      drawFoot(of: box, with: &brush)
    } else {
      drawBadge(of: box, column: box.rect.column, with: &brush)
      drawPins(of: box, with: &brush)
      drawStatusUnderBadge(of: box, with: &brush)
    }
  }

  /// Brackets, frame and foot all say what is the matter with the object.
  private func accent(of node: GraphPicture.Node, otherwise role: Role) -> Style {
    if node.marks.contains(.selected) { return theme.style(.selection) }
    if node.marks.contains(.lost) || node.marks.contains(.doomed) { return theme.style(.doomed) }
    if node.marks.contains(.changed) { return theme.style(.changed) }
    return theme.style(node.shade == .freed ? .freedBadge : role)
  }

  private func fill(of shade: GraphPicture.Shade) -> Style {
    switch shade {
    case .white: theme.style(.whiteBadge)
    case .grey: theme.style(.greyBadge)
    case .black: theme.style(.blackBadge)
    case .freed: theme.style(.freedBadge)
    }
  }
}

// MARK: Badges

extension GraphView {
  private func drawBadge(of box: NodeBox, column: Int, with brush: inout Brush) {
    let node = box.node
    guard node.shade != .freed else {
      drawGhost(of: box, column: column, with: &brush)
      return
    }
    let (open, glyph, letter, close) = badgeParts(of: node.shade)
    let accent = accent(of: node, otherwise: .text)
    let row = box.rect.row
    var end = brush.write(open, column: column, row: row, style: accent)
    end = brush.write(
      "\(glyph) \(box.label) \(letter)", column: end, row: row, style: fill(of: node.shade))
    brush.write(close, column: end, row: row, style: accent)
  }

  private func badgeParts(
    of shade: GraphPicture.Shade
  ) -> (open: String, glyph: String, letter: String, close: String) {
    let glyphs = theme.glyphs
    return switch shade {
    case .white: ("(", glyphs.white, words.white, ")")
    case .grey: ("{", glyphs.grey, words.grey, "}")
    case .black: ("[", glyphs.black, words.black, "]")
    case .freed: ("", glyphs.freed, "", "")
    }
  }

  /// A ghost stands in the middle of where the badge was.
  private func drawGhost(of box: NodeBox, column: Int, with brush: inout Brush) {
    let isLost = box.node.marks.contains(.lost)
    let mark = isLost ? "!" : theme.glyphs.freed
    let text = "\(mark) \(box.label) \(mark)"
    let indent = max(0, (box.badgeWidth - text.columnCount) / 2)
    var style = isLost ? theme.style(.danger) : theme.style(.freedBadge)
    if box.node.marks.contains(.selected) { style = theme.style(.selection) }
    if box.density.isFramed {
      brush.write(
        String(repeating: " ", count: box.badgeWidth), column: column, row: box.rect.row,
        style: .plain)
    }
    brush.write(text, column: column + indent, row: box.rect.row, style: style)
  }

  private func statusStyle(of node: GraphPicture.Node) -> Style {
    if node.marks.contains(.lost) || node.marks.contains(.doomed) { return theme.style(.doomed) }
    return theme.style(node.marks.contains(.changed) ? .changed : .faint)
  }
}

// MARK: Compact boxes

extension GraphView {
  /// Slots hang from the badge's right bracket: `[● A B]0` and below it `└1`.
  private func drawPins(of box: NodeBox, with brush: inout Brush) {
    let column = box.rect.column + box.badgeWidth
    let lastRow = box.hiddenSlots == nil ? box.slotRows.last?.row : nil
    for slot in box.slotRows {
      if slot.row > box.rect.row {
        drawHook(column: column - 1, row: slot.row, isLast: slot.row == lastRow, with: &brush)
      }
      let number = String(slot.index)
      brush.write(
        number, column: box.rect.endColumn - number.utf8.count, row: slot.row,
        style: style(of: box.node.slots[slot.index]))
    }
    guard let hidden = box.hiddenSlots else { return }
    let text = "+\(hidden.count)"
    brush.write(
      text, column: box.rect.endColumn - text.utf8.count, row: hidden.row,
      style: theme.style(.faint))
  }

  private func drawHook(column: Int, row: Int, isLast: Bool, with brush: inout Brush) {
    brush.write(
      theme.glyphs.lines[isLast ? 3 : 7], column: column, row: row, style: theme.style(.frame))
  }

  private func drawStatusUnderBadge(of box: NodeBox, with brush: inout Brush) {
    guard box.rect.height > 1 else { return }
    var room = box.slotRows.count > 1 ? box.badgeWidth - 1 : box.rect.width
    if let hidden = box.hiddenSlots, hidden.row == box.rect.row + 1 {
      room = box.rect.width - String(hidden.count).utf8.count - 1
    }
    let text = box.status(words).cut(to: room, ellipsis: theme.glyphs.ellipsis)
    let indent = max(0, (min(room, box.badgeWidth) - text.columnCount) / 2)
    brush.write(
      text, column: box.rect.column + indent, row: box.rect.row + 1,
      style: statusStyle(of: box.node))
  }
}

// MARK: Framed boxes

extension GraphView {
  private func drawFrame(of box: NodeBox, with brush: inout Brush) {
    let rect = box.rect
    let style = accent(of: box.node, otherwise: .frame)
    let lines = frameLines(of: box.node)
    let across = String(repeating: lines[10], count: max(0, rect.width - 2))
    brush.write(lines[6] + across + lines[12], column: rect.column, row: rect.row, style: style)
    for row in rect.row + 1..<rect.endRow - 1 {
      brush.write(lines[5], column: rect.column, row: row, style: style)
      brush.write(lines[5], column: rect.endColumn - 1, row: row, style: style)
    }
    brush.write(
      lines[3] + across + lines[9], column: rect.column, row: rect.endRow - 1, style: style)
    if box.node.shade != .freed { brush.fill(box.interior, style: interiorStyle(of: box.node)) }
  }

  private func frameLines(of node: GraphPicture.Node) -> [String] {
    let glyphs = theme.glyphs
    if node.shade == .freed { return glyphs.dashedLines }
    return node.marks.contains(.selected) ? glyphs.heavyLines : glyphs.lines
  }

  /// The badge's fill, where it is a colour; underlined blanks would look like lines.
  private func interiorStyle(of node: GraphPicture.Node) -> Style {
    let fill = fill(of: node.shade)
    return fill.background == .terminal ? .plain : fill
  }

  private func drawFramedSlots(of box: NodeBox, with brush: inout Brush) {
    let indent = box.interior.column + (box.density == .roomy ? 2 : 1)
    let base = interiorStyle(of: box.node)
    for slot in box.slotRows {
      let pointer = box.node.slots[slot.index]
      let style = style(of: pointer, over: base)
      let end = brush.write(String(slot.index), column: indent, row: slot.row, style: style)
      let text = contents(of: pointer, spot: .slot(of: box.node.id, index: slot.index))
        .cut(to: box.interior.endColumn - end - 1, ellipsis: theme.glyphs.ellipsis)
      brush.write(
        text, column: end + 1, row: slot.row, style: pointer.isSelected ? base : style)
      if pointer.link.target != nil { drawExit(of: box, row: slot.row, with: &brush) }
    }
    if let hidden = box.hiddenSlots {
      brush.write("+\(hidden.count)", column: indent, row: hidden.row, style: base)
    }
  }

  /// What a slot holds, by name: the reader need not follow the line.
  private func contents(of pointer: GraphPicture.Pointer, spot: GraphSpot) -> String {
    let glyphs = theme.glyphs
    guard let wire = wires.first(where: { $0.spot == spot }) else { return "" }
    switch wire.course {
    case .empty: return pointer.look == .cut ? glyphs.cross : glyphs.empty
    case .loop: return glyphs.loop
    case .label: return wire.label
    case .route:
      let name = String(wire.label.dropFirst(glyphs.arrowRight.count))
      return name.hasPrefix("!") ? name + "!" : name
    }
  }

  private func drawExit(of box: NodeBox, row: Int, with brush: inout Brush) {
    let isRouted = wires.contains { wire in
      guard wire.row == row, wire.column == box.exitColumn, case .route = wire.course else {
        return false
      }
      return true
    }
    guard isRouted else { return }
    brush.write(
      frameLines(of: box.node)[7], column: box.rect.endColumn - 1, row: row,
      style: accent(of: box.node, otherwise: .frame))
  }

  private func drawFoot(of box: NodeBox, with brush: inout Brush) {
    let status = box.status(words)
    guard !status.isEmpty else { return }
    let room = box.rect.width - 4
    // Where there is no room for both, blanks give way to words.
    let unspaced = box.node.shortNote.flatMap { short in
      [status, short].first { $0.columnCount <= room + 2 }
    }
    let text =
      status.columnCount > room
      ? unspaced ?? " " + status.cut(to: room, ellipsis: theme.glyphs.ellipsis) + " "
      : " " + status + " "
    brush.write(
      text, column: box.rect.column + 1, row: box.rect.endRow - 1,
      style: statusStyle(of: box.node))
  }
}

extension NodeBox {
  /// What a frame encloses.
  var interior: Rect { rect.inset(by: 1) }
}
