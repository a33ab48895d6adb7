import GarbageCollection
import Scenarios
import TimeTravel

/// Choosing the object that the screen is about.
extension Player {
  mutating func select(_ command: Command) {
    if command == .selectByLabel { return begin(.select) }
    let former = selection
    switch command {
    case .selectLeft: select(towards: .left)
    case .selectRight: select(towards: .right)
    case .selectUp: select(towards: .up)
    case .selectDown: select(towards: .down)
    case .selectNext: selectNext(1)
    case .selectPrevious: selectNext(-1)
    case .followPointer: followPointer()
    case .selectReferrer: selectReferrer()
    default: break
    }
    if selection != former, message == nil { introduceSelection() }
  }

  /// Says the essentials of the selected object where no panel shows them.
  mutating func introduceSelection() {
    guard let selection, plan[.inspector] == nil else { return }
    let scene = Scene(session, selection: selection)
    let panel = InspectorPanel(scene: scene, theme: theme)
    say(panel.summary(of: selection, session.timeline.state) + " (6 shows all)")
  }

  /// The objects on the screen, ghosts included.
  var drawnObjects: [GraphNodeID] {
    Scene(session, selection: selection).picture.nodes.map(\.id)
  }

  private mutating func select(towards side: GraphSide) {
    let drawn = drawnObjects
    guard let selection else {
      self.selection = drawn.first.map { ObjectID($0.number) }
      return
    }
    if let next = layout.neighbor(
      of: GraphNodeID(selection.index), towards: side, among: drawn)
    {
      self.selection = ObjectID(next.number)
    }
  }

  private mutating func selectNext(_ offset: Int) {
    let drawn = drawnObjects
    guard !drawn.isEmpty else { return say("there is no object", .faint) }
    let here = selection.flatMap { selected in drawn.firstIndex { $0.number == selected.index } }
    let next = here.map { ($0 + offset + drawn.count) % drawn.count } ?? 0
    selection = ObjectID(drawn[next].number)
  }
}

// MARK: - Along pointers

extension Player {
  /// Follows a pointer of the selected object; coming back, the next one.
  private mutating func followPointer() {
    guard let selection else { return say("select an object first: Tab", .faint) }
    let slots = session.timeline.state.slots(of: selection)
    let filled = slots.indices.filter { slots[$0].object != nil }
    let label = session.timeline.state.label(of: selection)
    guard let first = filled.first else { return say("\(label) refers to nobody", .faint) }
    let last = followedSlots[selection] ?? -1
    let slot = filled.first { $0 > last } ?? first
    followedSlots[selection] = slot
    guard let target = slots[slot].object else { return }
    self.selection = target
    say("\(label).\(slot) refers to \(session.timeline.state.label(of: target)); o goes back")
  }

  /// Selects an object that refers to the selected one; coming back, the next one.
  private mutating func selectReferrer() {
    guard let selection else { return say("select an object first: Tab", .faint) }
    var holders: [ObjectID] = []
    for id in session.timeline.state.chronicle.ids
    where session.timeline.state.slots(of: id).contains(where: { $0.object == selection }) {
      holders.append(id)
    }
    let label = session.timeline.state.label(of: selection)
    let next = followedHolders[selection].flatMap { last in holders.first { $0 > last } }
    guard let holder = next ?? holders.first else {
      return say("no object refers to \(label)", .faint)
    }
    followedHolders[selection] = holder
    self.selection = holder
    let others = holders.count > 1 ? " (one of \(holders.count))" : ""
    say("\(session.timeline.state.label(of: holder)) refers to \(label)\(others)")
  }
}

extension Content {
  /// The object at the other end, alive or freed.
  var object: ObjectID? {
    switch self {
    case .empty: nil
    case .object(let id), .stale(let id), .dangling(let id): id
    }
  }
}
