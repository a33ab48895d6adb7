import GarbageCollection
import TimeTravel

extension Session {
  /// The last goal of the script, judged at the present position; nil where there is none.
  public var puzzle: Puzzle? {
    for cue in cues.reversed() {
      if case .goal(let goal) = cue.content { return puzzle(goal, from: cue.position) }
    }
    return nil
  }

  private func puzzle(_ goal: Goal, from start: Int) -> Puzzle {
    var used = 0
    var isEnding = false
    for step in start..<max(start, position) {
      // The sweep's last step leads back to idle.
      let wasEnding = isEnding
      isEnding = moments[step].phase.isEnding || (isEnding && moments[step].phase == .idle)
      if !(wasEnding && isEnding) { used += 1 }
      if moments[step].phase == .idle { isEnding = false }
      if hasLost(goal.label, in: step) {
        return Puzzle(goal: goal, start: start, used: used, outcome: outcome(goal, used, true))
      }
    }
    return Puzzle(goal: goal, start: start, used: used, outcome: outcome(goal, used, false))
  }

  private func outcome(_ goal: Goal, _ used: Int, _ isLost: Bool) -> Puzzle.Outcome {
    if isMoot { return .moot }
    if used > goal.limit { return .tooManyActions }
    return isLost ? .won : .open
  }

  private func hasLost(_ label: String, in step: Int) -> Bool {
    var isLost = false
    for id in moments[step].lost where timeline.state.label(of: id) == label { isLost = true }
    return isLost
  }
}

extension Phase {
  /// Whether marking is over and the cycle is not.
  fileprivate var isEnding: Bool {
    switch self {
    case .idle, .roots, .marking: false
    default: true
    }
  }
}

// MARK: - Only what a program can do

extension Session {
  /// What a statement is in the mouth of a program, which reaches objects through its variables only.
  public enum Spoken: Hashable, Sendable {
    case statement(Statement)
    /// No variable in sight refers to this object.
    case unreachable(label: String)
  }

  /// The statement with variables in place of the labels of objects that they refer to.
  ///
  /// What was born in the last step has no other name than its label yet.
  public func spoken(_ statement: Statement) -> Spoken { spoken(statement, by: .main) }

  private func spoken(_ statement: Statement, by mutator: MutatorID) -> Spoken {
    var stranger: String?
    func name(_ name: String) -> String {
      guard let found = variable(for: name, of: mutator) else {
        stranger = stranger ?? name
        return name
      }
      return found
    }
    func path(_ path: SlotPath) -> SlotPath { SlotPath(name(path.base), path.slot) }
    func value(_ value: Value) -> Value {
      switch value {
      case .nil: .nil
      case .name(let word): .name(name(word))
      case .slot(let slot): .slot(path(slot))
      }
    }
    let result: Statement
    switch statement {
    case .by(let thread, let inner):
      let actor = timeline.state.machine.roots.mutator(named: thread) ?? mutator
      switch spoken(inner, by: actor) {
      case .statement(let inner): result = .by(thread: thread, inner)
      case .unreachable(let label): return .unreachable(label: label)
      }
    case .root(let global, let new): result = .root(name: global, value(new))
    case .local(let variable, let new): result = .local(name: variable, value(new))
    case .raw(let variable, let new): result = .raw(name: variable, value(new))
    case .store(let slot, let new): result = .store(path(slot), value(new))
    case .copy(let source, let target): result = .copy(name(source), to: name(target))
    case .free(let target): result = .free(name(target))
    case .title, .set, .object, .push, .pop, .send, .resume, .thread, .join, .start,
      .startMinor, .step, .until, .finish, .collect, .collectMinor, .scan, .say, .beat, .ask,
      .expect, .goal,
      .work, .repeat, .end, .churn:
      result = statement
    }
    return stranger.map { .unreachable(label: $0) } ?? .statement(result)
  }

  /// A name itself if it is a place, or was born just now; else a place in sight that refers to the
  /// object.
  private func variable(for name: String, of mutator: MutatorID) -> String? {
    if timeline.state.place(named: name, of: mutator) != nil { return name }
    guard let id = timeline.state.chronicle.object(labelled: name) else { return name }
    let record = timeline.state.chronicle[id]
    if record.birthStep == position { return name }
    let roots = timeline.state.machine.roots
    let names =
      (roots.stacks[mutator.index].frames.last?.variables.map(\.name) ?? [])
      + roots.globals.map(\.name)
    return names.first { candidate in
      timeline.state.place(named: candidate, of: mutator)
        .flatMap { timeline.state.machine.value(at: $0) } == record.reference
    }
  }
}
