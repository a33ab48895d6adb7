extension GraphView {
  /// What stands in a cell of the canvas; a line stands for the slot or root it leaves.
  public func hitTest(column: Int, row: Int) -> GraphSpot? {
    guard rect.contains(column: column, row: row) else { return nil }
    let column = column - rect.column
    let row = row - rect.row
    for box in boxes where box.rect.contains(column: column, row: row) {
      return spot(in: box, column: column, row: row)
    }
    if let root = root(column: column, row: row) { return root }
    return wire(column: column, row: row)?.spot
  }

  /// The objects in sight and where they stand on the canvas, in order of placement.
  public var visibleNodes: [(id: GraphNodeID, rect: Rect)] {
    boxes.map { ($0.node.id, onCanvas($0.rect)) }
  }

  /// Where a spot is on the canvas, or nil when it is out of sight.
  public func rect(of spot: GraphSpot) -> Rect? {
    switch spot {
    case .node(let id):
      return boxes.first { $0.node.id == id }.map { onCanvas($0.rect) }
    case .slot(of: let id, let index):
      guard let box = boxes.first(where: { $0.node.id == id }),
        let slot = box.slotRows.first(where: { $0.index == index })
      else { return nil }
      return onCanvas(box.slotRect(slot))
    case .root(let group, let index):
      let content = RootPane.Row.root(group: group, index: index)
      guard let placed = pane.rows.first(where: { $0.content == content }) else { return nil }
      return onCanvas(Rect(column: pane.column, row: placed.row, width: pane.width, height: 1))
    }
  }

  private func onCanvas(_ area: Rect) -> Rect {
    var moved = area
    moved.column += rect.column
    moved.row += rect.row
    return moved.intersection(rect)
  }

  private func spot(in box: NodeBox, column: Int, row: Int) -> GraphSpot {
    for slot in box.slotRows where box.slotRect(slot).contains(column: column, row: row) {
      return .slot(of: box.node.id, index: slot.index)
    }
    return .node(box.node.id)
  }

  private func root(column: Int, row: Int) -> GraphSpot? {
    guard (pane.column..<pane.exitColumn).contains(column) else { return nil }
    for placed in pane.rows where placed.row == row {
      if case .root(let group, let index) = placed.content {
        return .root(group: group, index: index)
      }
    }
    return nil
  }

  private func wire(column: Int, row: Int) -> Wire? {
    guard let cell = grid.cell(column: column, row: row) else { return nil }
    return wires.first { wire in
      if wire.column == column && wire.row == row { return true }
      guard case .route(let steps) = wire.course else { return false }
      return steps.contains { $0.cell == cell }
    }
  }
}

extension NodeBox {
  /// Where a slot can be pointed at; the rest of the box stands for the object.
  fileprivate func slotRect(_ slot: SlotRow) -> Rect {
    let column = density.isFramed ? rect.column + 1 : rect.column + badgeWidth
    return Rect(column: column, row: slot.row, width: rect.endColumn - column, height: 1)
  }
}
