import GarbageCollection
import Scenarios

/// The mouse selects, picks, steps and seeks.
extension Player {
  mutating func click(_ mouse: MouseEvent) {
    guard !plan.isTooSmall, prompt == nil, overlay == nil, !asksToQuit else { return }
    message = nil
    switch mouse.kind {
    case .wheelDown: run(.stepForward)
    case .wheelUp: run(.stepBack)
    case .press: press(at: mouse)
    case .doublePress:
      press(at: mouse)
      if pick == nil { run(.followPointer) }
    case .rightPress:
      press(at: mouse)
      if pick == nil, selection != nil { begin(.write) }
    case .release: break
    }
  }

  private mutating func press(at mouse: MouseEvent) {
    if mouse.row == plan.titleRow { return seek(toColumn: mouse.column) }
    guard let spot = graphView?.hitTest(column: mouse.column, row: mouse.row) else { return }
    if pick != nil { return choose(spot) }
    switch spot {
    case .node(let id), .slot(of: let id, _): selection = ObjectID(id.number)
    case .root: break
    }
  }

  /// A click on the title bar goes to that fraction of the run.
  private mutating func seek(toColumn column: Int) {
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
