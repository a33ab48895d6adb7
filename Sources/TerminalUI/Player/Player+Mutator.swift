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
    case .moveEarlier: rearrange(isLater: false)
    case .moveLater: rearrange(isLater: true)
    case .attack: openAttack()
    case .barrier: overlay = .menu(BarrierMenu(session.settings))
    case .collector: overlay = .collectors(CollectorMenu(session.settings.collector))
    case .prompt: prompt = Prompt()
    default: break
    }
  }

  /// Plays a statement here; an error is shown and nothing has changed.
  @discardableResult
  mutating func inject(_ statement: Statement, keepsQuiet: Bool = false) -> SessionError? {
    if !session.isAtEnd, !statement.isRun {
      remark(statement)
      return nil
    }
    guard let statement = lawful(statement) else { return nil }
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
      hasUnsavedEdits = true
    }
    extendStory()
    if statement.expectation != nil { return report(on: statement) }
    if !keepsQuiet {
      say(forks ? "\(statement.text): from here on the run is yours (u undoes)" : statement.text)
    }
    return nil
  }

  /// What is said in the past would cut off the rest of the run; what is expected there is only
  /// judged.
  private mutating func remark(_ statement: Statement) {
    if statement.expectation != nil { return _ = report(on: statement) }
    say("'\(statement.text)' can be added at the end of the run only: G goes there", .doomed)
  }

  /// Says whether a claim is true here.
  private mutating func report(on statement: Statement) -> SessionError? {
    guard let claim = statement.expectation else { return nil }
    let thread = statement.thread ?? Scope.mainThread
    guard let mutator = session.timeline.state.machine.roots.mutator(named: thread) else {
      let error = SessionError(.unknownThread(thread))
      say(error.description, .doomed)
      return error
    }
    let text = (statement.thread.map { "\($0): " } ?? "") + claim.text
    switch session.outcome(of: claim, by: mutator) {
    case .failed(let found): say("not as expected: \(text), but \(found)", .doomed)
    case .held, .moot: say("as expected: \(text)", .good)
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
    let taken = Set(takenNames)
    for number in 0... {
      for letter in letters {
        let label = number == 0 ? letter : "\(letter)\(number)"
        if !taken.contains(label) { return label }
      }
    }
    preconditionFailure("there are more names than objects")
  }

  var frameNames: [String] {
    session.timeline.state.machine.roots.stacks[0].frames.map(\.name)
  }

  private func freshName(among taken: [String], _ stem: String) -> String {
    for number in 1... where !taken.contains("\(stem)\(number)") { return "\(stem)\(number)" }
    preconditionFailure("there are more names than frames")
  }

  /// A name that neither a global, a variable nor an object has.
  func freshPlaceName(_ stem: String) -> String { freshName(among: takenNames, stem) }

  private var takenNames: [String] {
    let roots = session.timeline.state.machine.roots
    let labels = session.timeline.state.chronicle.records.map(\.label)
    let variables = roots.stacks.flatMap(\.frames).flatMap(\.variables).map(\.name)
    return labels + variables + roots.globals.map(\.name)
  }
}

extension Statement {
  /// What it expects, if it is an expectation, of whatever thread.
  fileprivate var expectation: Claim? {
    switch self {
    case .expect(let claim): claim
    case .by(_, let statement): statement.expectation
    default: nil
    }
  }

  /// Whether playing it takes steps, so that in the past it forks the run.
  fileprivate var isRun: Bool {
    switch self {
    case .title, .set, .say, .beat, .ask, .expect, .goal: false
    case .object, .root, .push, .pop, .local, .raw, .store, .start, .startMinor, .step, .until,
      .finish, .collect, .collectMinor, .scan, .resume, .copy, .send, .free, .thread, .join, .work,
      .repeat, .end, .churn:
      true
    case .by(_, let statement): statement.isRun
    }
  }
}
