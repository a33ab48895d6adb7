import GarbageCollection
import Scenarios
import TimeTravel

/// Choosing objects, slots and roots for a statement.
extension Player {
  mutating func begin(_ purpose: Pick.Purpose) {
    let first =
      switch purpose {
      case .dropRoot: filledRoots
      case .select: drawnCandidates
      case .write, .cut, .load, .addRoot: livingObjects
      }
    let message = purpose == .dropRoot ? "every root is empty" : "there is no object"
    guard !first.isEmpty else { return say(message, .faint) }
    if purpose == .load, frameNames.isEmpty {
      return say("variables live in a stack frame: ( pushes one", .faint)
    }
    var pick = Pick(purpose: purpose, candidates: first)
    if purpose != .select, let selection,
      let index = first.firstIndex(where: { $0.spot == .node(selection.node) })
    {
      pick.index = index
    }
    isPlaying = false
    self.pick = pick
  }

  /// Ghosts can be looked at too.
  private var drawnCandidates: [Pick.Candidate] {
    drawnObjects.map {
      Pick.Candidate(
        text: session.timeline.state.label(of: ObjectID($0.number)), spot: .node($0))
    }
  }

  private var livingObjects: [Pick.Candidate] {
    session.timeline.state.chronicle.ids
      .filter { session.timeline.state.color(of: $0) != nil }
      .map {
        Pick.Candidate(text: session.timeline.state.label(of: $0), spot: .node($0.node))
      }
  }

  /// Roots that can be cleared: globals, and variables of the top frame.
  private var filledRoots: [Pick.Candidate] {
    let roots = session.timeline.state.machine.roots
    let groups = session.timeline.state.rootGroups
    let frameCount = roots.stacks[0].frames.count
    var candidates: [Pick.Candidate] = []
    for (group, content) in groups.enumerated()
    where content == .frame(frameCount - 1, of: .main) || content == .globals {
      for (index, (name, place)) in session.timeline.state.roots(in: content).enumerated()
      where session.timeline.state.machine.value(at: place) != nil {
        candidates.append(Pick.Candidate(text: name, spot: .root(group: group, index: index)))
      }
    }
    return candidates
  }

  mutating func pressInPick(_ key: Key) {
    switch key {
    case .escape: pick = nil
    case .control("c"): pick = nil
    case .enter: confirmPick()
    case .left: movePick(.left)
    case .right: movePick(.right)
    case .up: movePick(.up)
    case .down: movePick(.down)
    case .tab: pick?.move(by: 1)
    case .backTab: pick?.move(by: -1)
    case .backspace, .delete:
      if pick?.type("n") == false { say("nil cannot be chosen here", .faint) }
    case .character(let character): typeInPick(character)
    default: break
    }
  }

  /// A label typed to its end, or to where only one goes on, selects at once.
  private mutating func typeInPick(_ character: Character) {
    guard pick?.type(character) == true else {
      return say("nothing to choose begins with \(character)", .faint)
    }
    if let pick, pick.purpose == .select, pick.isUnambiguous { confirmPick() }
  }

  /// Objects are chosen by where they stand, everything else in the order of the list.
  private mutating func movePick(_ side: GraphSide) {
    guard let pick else { return }
    guard case .node(let id)? = pick.current.spot else {
      self.pick?.move(by: side == .right || side == .down ? 1 : -1)
      return
    }
    let nodes = pick.candidates.compactMap { candidate -> GraphNodeID? in
      if case .node(let id)? = candidate.spot { id } else { nil }
    }
    guard let next = layout.neighbor(of: id, towards: side, among: nodes),
      let index = pick.candidates.firstIndex(where: { $0.spot == .node(next) })
    else { return }
    self.pick?.index = index
    self.pick?.typed = ""
  }

  /// Takes the candidate under the cursor and asks for the next field, or acts.
  mutating func confirmPick() {
    guard var pick else { return }
    pick.chosen.append(pick.current)
    let next = candidates(after: pick)
    if let next, !next.isEmpty {
      pick.candidates = next
      pick.index = 0
      pick.typed = ""
      self.pick = pick
    } else if next != nil {
      self.pick = nil
      say("\(pick.chosen[0].text) has no slots", .faint)
    } else {
      self.pick = nil
      act(on: pick)
    }
  }

  /// What the next field offers; nil when everything is chosen.
  private func candidates(after pick: Pick) -> [Pick.Candidate]? {
    switch (pick.purpose, pick.chosen.count) {
    case (.write, 1), (.cut, 1), (.load, 1): slots(of: pick.chosen[0])
    case (.write, 2): livingObjects + [Pick.Candidate(text: "nil", spot: nil)]
    case (.load, 2): variables
    default: nil
    }
  }

  private func slots(of object: Pick.Candidate) -> [Pick.Candidate] {
    guard case .node(let id)? = object.spot else { return [] }
    let count = session.timeline.state.chronicle[ObjectID(id.number)].slotCount
    return (0..<count).map { Pick.Candidate(text: "\($0)", spot: .slot(of: id, index: $0)) }
  }

  private var variables: [Pick.Candidate] {
    let frames = session.timeline.state.machine.roots.stacks[0].frames
    let names = (frames.last?.variables ?? []).enumerated().map { index, variable in
      Pick.Candidate(
        text: variable.name, spot: .root(group: frames.count - 1, index: index))
    }
    return names + [Pick.Candidate(text: freshPlaceName("x"), spot: nil)]
  }

  private mutating func act(on pick: Pick) {
    let words = pick.chosen.map(\.text)
    switch pick.purpose {
    case .select:
      if case .node(let id)? = pick.chosen[0].spot { selection = ObjectID(id.number) }
      introduceSelection()
    case .addRoot: prompt = Prompt("root \(freshPlaceName("g")) = \(words[0])")
    case .write, .cut, .load, .dropRoot:
      if let statement = statement(of: pick.purpose, words) { inject(statement) }
    }
  }

  /// What the words say once all are chosen; nil before, and for what is no statement.
  private func statement(of purpose: Pick.Purpose, _ words: [String]) -> Statement? {
    switch (purpose, words.count) {
    case (.write, 3): .store(path(words), words[2] == "nil" ? .nil : .name(words[2]))
    case (.cut, 2): .store(path(words), .nil)
    case (.load, 3): .local(name: words[2], .slot(path(words)))
    case (.dropRoot, 1):
      session.timeline.state.machine.roots.globalIndex(named: words[0]) != nil
        ? .root(name: words[0], .nil) : .local(name: words[0], .nil)
    default: nil
    }
  }

  private func path(_ words: [String]) -> SlotPath { SlotPath(words[0], Int(words[1]) ?? 0) }
}

extension ObjectID {
  var node: GraphNodeID { GraphNodeID(index) }
}

// MARK: - What would happen

extension Player {
  /// What taking the present candidate would do, tried out on a copy; or what is there now.
  func outlook(of pick: Pick) -> Message {
    let words = pick.chosen.map(\.text) + [pick.current.text]
    if let statement = statement(of: pick.purpose, words) { return outcome(of: statement) }
    switch pick.current.spot {
    case .node(let id):
      let object = ObjectID(id.number)
      let panel = InspectorPanel(scene: Scene(session, selection: object), theme: theme)
      return Message(text: panel.summary(of: object, session.timeline.state), role: .faint)
    case .slot(of: let id, let index):
      let content = session.timeline.state.slots(of: ObjectID(id.number))[index]
      let words = session.timeline.state.words(for: content)
      return Message(text: "\(pick.chosen[0].text).\(index) holds \(words).", role: .faint)
    case .root, nil: return Message(text: "type a name or move with the arrows", role: .faint)
    }
  }

  private func outcome(of statement: Statement) -> Message {
    guard var trial = session.fork() else {
      return Message(text: "there is no memory to try it out", role: .danger)
    }
    var statement = statement
    if openPuzzle != nil {
      switch session.spoken(statement) {
      case .statement(let spoken): statement = spoken
      case .unreachable(let label):
        return Message(text: Player.unlawful(label), role: .doomed)
      }
    }
    do throws(SessionError) {
      try trial.inject(statement)
    } catch {
      return Message(text: error.description, role: .doomed)
    }
    let told = trial.moments[session.position...]
    let isBad = told.contains { !$0.marks.isDisjoint(with: .violations) }
    return Message(
      text: told.map(\.sentence).joined(separator: " "), role: isBad ? .doomed : .faint)
  }
}
