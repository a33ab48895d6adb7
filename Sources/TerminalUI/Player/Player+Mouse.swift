import GarbageCollection
import Scenarios
import TimeTravel

/// The mouse selects, picks, steps and seeks.
extension Player {
  mutating func click(_ mouse: MouseEvent) {
    guard !plan.isTooSmall else { return }
    if mouse.kind == .press, mouse.row == plan.keyRow { return clickKeyLine(mouse.column) }
    if overlay != nil { return scrollOverlay(mouse.kind) }
    guard prompt == nil, !asksToQuit else { return }
    if mouse.kind != .release { message = nil }
    if comparison != nil { return clickInComparison(mouse) }
    switch mouse.kind {
    case .wheelDown, .wheelUp:
      if pick == nil { run(mouse.kind == .wheelDown ? .stepForward : .stepBack) }
    case .press: press(at: mouse)
    case .doublePress:
      press(at: mouse)
      if pick == nil { run(.followPointer) }
    case .rightPress:
      press(at: mouse)
      if pick == nil, selection != nil { begin(.write) }
    case .release: release(at: mouse)
    }
  }

  private mutating func clickKeyLine(_ column: Int) {
    guard let key = keyHints.first(where: { $0.columns.contains(column) })?.key else { return }
    press(key)
  }

  /// The wheel moves all runs, or the cursor of the table; the title bar is the whole schedule.
  private mutating func clickInComparison(_ mouse: MouseEvent) {
    switch mouse.kind {
    case .wheelDown: press(comparison?.isTable == true ? .down : .right)
    case .wheelUp: press(comparison?.isTable == true ? .up : .left)
    case .press:
      guard mouse.row == plan.titleRow, let beats = comparison?.schedule.beatCount else { return }
      isPlaying = false
      comparison?.go(to: beats * mouse.column / max(1, size.width - 1))
    case .release, .doublePress, .rightPress: break
    }
  }

  private mutating func scrollOverlay(_ kind: MouseEvent.Kind) {
    switch kind {
    case .wheelDown: press(.down)
    case .wheelUp: press(.up)
    case .press, .release, .doublePress, .rightPress: break
    }
  }

  private mutating func press(at mouse: MouseEvent) {
    dragOrigin = nil
    if mouse.row == plan.titleRow, pick == nil { return seek(toColumn: mouse.column) }
    guard let spot = graphView?.hitTest(column: mouse.column, row: mouse.row) else { return }
    if pick != nil { return choose(spot) }
    dragOrigin = spot
    switch spot {
    case .node(let id), .slot(of: let id, _): selection = ObjectID(id.number)
    case .root(let group, let index):
      let root = scene.picture.rootGroups[group].roots[index]
      guard let target = root.pointer.link.target else { return say("\(root.name) is nil") }
      selection = ObjectID(target.number)
    }
    introduceSelection()
  }

  /// A click on the title bar goes to that fraction of the run.
  private mutating func seek(toColumn column: Int) {
    isPlaying = false
    session.seek(to: session.stepCount * column / max(1, size.width - 1))
  }

  /// Takes a candidate by where it stands; a slot also stands for its object.
  private mutating func choose(_ spot: GraphSpot) {
    guard let pick else { return }
    var spots = [spot]
    if case .slot(let id, _) = spot { spots.append(.node(id)) }
    guard
      let index = pick.candidates.firstIndex(where: { candidate in
        candidate.spot.map { spots.contains($0) } ?? false
      })
    else { return say("that cannot be chosen here", .faint) }
    self.pick?.index = index
    confirmPick()
  }
}

// MARK: - Dragging

extension Player {
  /// Dragging from one object to another proposes that pointer write.
  private mutating func release(at mouse: MouseEvent) {
    defer { dragOrigin = nil }
    guard pick == nil, let origin = dragOrigin?.slotOfNode,
      case .node(let target)? = graphView?.hitTest(column: mouse.column, row: mouse.row)?.object,
      origin.node != target, isAlive(origin.node), isAlive(target)
    else { return }
    message = nil
    begin(.write)
    choose(.node(origin.node))
    guard pick != nil else { return }
    choose(.slot(of: origin.node, index: origin.slot ?? firstEmptySlot(of: origin.node)))
    pick?.moveTo(.node(target))
  }

  private func isAlive(_ node: GraphNodeID) -> Bool {
    let id = ObjectID(node.number)
    return isBorn(id) && session.timeline.state.color(of: id) != nil
  }

  private func firstEmptySlot(of node: GraphNodeID) -> Int {
    session.timeline.state.slots(of: ObjectID(node.number)).firstIndex { $0.object == nil } ?? 0
  }
}

extension GraphSpot {
  /// The object it is or belongs to.
  fileprivate var object: GraphSpot? {
    switch self {
    case .node(let id), .slot(of: let id, _): .node(id)
    case .root: nil
    }
  }

  fileprivate var slotOfNode: (node: GraphNodeID, slot: Int?)? {
    switch self {
    case .node(let id): (id, nil)
    case .slot(of: let id, let index): (id, index)
    case .root: nil
    }
  }
}
