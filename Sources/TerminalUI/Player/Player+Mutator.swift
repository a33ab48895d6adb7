import GarbageCollection
import Scenarios
import TimeTravel

/// Being the mutator: picks, statements, undo.
extension Player {
  mutating func mutate(_ command: Command) {
    switch command {
    case .write: begin(.write)
    case .cut: begin(.cut)
    case .load: begin(.load)
    case .addRoot: begin(.addRoot)
    case .dropRoot: begin(.dropRoot)
    case .allocate: prompt = Prompt("object \(freshLabel) slots 2")
    case .pushFrame: prompt = Prompt("push \(freshName(among: frameNames, "f"))")
    case .popFrame: inject(.pop)
    case .undo: undo()
    case .redo: redo()
    case .barrier: overlay = .menu(BarrierMenu(session.settings))
    case .prompt: prompt = Prompt()
    default: break
    }
  }

  /// Plays a statement here; an error is shown and nothing has changed.
  @discardableResult
  mutating func inject(_ statement: Statement, keepsQuiet: Bool = false) -> SessionError? {
    guard let former = session.fork() else {
      say("there is no memory for another copy of the run", .danger)
      return nil
    }
    let forks = !session.isAtEnd
    do throws(SessionError) {
      try session.inject(statement)
    } catch {
      say(error.description, .doomed)
      return error
    }
    if !keepsQuiet || forks {
      done.append(Shelved(former))
      undone = []
    }
    hasUnsavedEdits = true
    extendStory()
    if !keepsQuiet {
      say(forks ? "\(statement.text): from here on the run is yours (u undoes)" : statement.text)
    }
    return nil
  }

  private mutating func undo() {
    guard let shelved = done.popLast(), let former = shelved.session.fork() else {
      return say("nothing to undo", .faint)
    }
    if let present = session.fork() { undone.append(Shelved(present)) }
    session = former
    hasUnsavedEdits = !done.isEmpty
    say("undone")
  }

  private mutating func redo() {
    guard let shelved = undone.popLast(), let later = shelved.session.fork() else {
      return say("nothing to redo", .faint)
    }
    if let present = session.fork() { done.append(Shelved(present)) }
    session = later
    hasUnsavedEdits = true
    say("redone")
  }
}

// MARK: - Names

extension Player {
  /// The first letter, or letter and number, that no object ever had.
  private var freshLabel: String {
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(Unicode.Scalar($0)) }
    let taken = Set(session.timeline.state.chronicle.records.map(\.label))
    for number in 0... {
      for letter in letters {
        let label = number == 0 ? letter : "\(letter)\(number)"
        if !taken.contains(label) { return label }
      }
    }
    preconditionFailure("there are more names than objects")
  }

  private var frameNames: [String] {
    session.timeline.state.machine.roots.stacks[0].frames.map(\.name)
  }

  private func freshName(among taken: [String], _ stem: String) -> String {
    for number in 1... where !taken.contains("\(stem)\(number)") { return "\(stem)\(number)" }
    preconditionFailure("there are more names than frames")
  }

  /// A name that neither a global, a variable nor an object has.
  private func freshPlaceName(_ stem: String) -> String {
    let roots = session.timeline.state.machine.roots
    let labels = session.timeline.state.chronicle.records.map(\.label)
    let variables = roots.stacks.flatMap(\.frames).flatMap(\.variables).map(\.name)
    return freshName(among: labels + variables + roots.globals.map(\.name), stem)
  }
}

// MARK: - Picks

extension Player {
  mutating func begin(_ purpose: Pick.Purpose) {
    let first = purpose == .dropRoot ? filledRoots : livingObjects
    let message = purpose == .dropRoot ? "every root is empty" : "there is no object"
    guard !first.isEmpty else { return say(message, .faint) }
    if purpose == .load, frameNames.isEmpty {
      return say("variables live in a stack frame: ( pushes one", .faint)
    }
    var pick = Pick(purpose: purpose, candidates: first)
    if let selection, let index = first.firstIndex(where: { $0.spot == .node(selection.node) }) {
      pick.index = index
    }
    self.pick = pick
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
    let frames = roots.stacks[0].frames
    var candidates: [Pick.Candidate] = []
    for (index, variable) in (frames.last?.variables ?? []).enumerated()
    where variable.value != nil {
      candidates.append(
        Pick.Candidate(
          text: variable.name, spot: .root(group: frames.count - 1, index: index)))
    }
    for (index, global) in roots.globals.enumerated() where global.value != nil {
      candidates.append(
        Pick.Candidate(text: global.name, spot: .root(group: frames.count, index: index)))
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
    case .character(let character):
      if pick?.type(character) == false {
        say("nothing to choose begins with \(character)", .faint)
      }
    default: break
    }
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
    case .write:
      inject(.store(path(words), words[2] == "nil" ? .nil : .name(words[2])))
    case .cut: inject(.store(path(words), .nil))
    case .load: inject(.local(name: words[2], .slot(path(words))))
    case .addRoot: prompt = Prompt("root \(freshPlaceName("g")) = \(words[0])")
    case .dropRoot:
      let isGlobal = session.timeline.state.machine.roots.globalIndex(named: words[0]) != nil
      inject(isGlobal ? .root(name: words[0], .nil) : .local(name: words[0], .nil))
    }
  }

  private func path(_ words: [String]) -> SlotPath { SlotPath(words[0], Int(words[1]) ?? 0) }
}

extension ObjectID {
  var node: GraphNodeID { GraphNodeID(index) }
}
