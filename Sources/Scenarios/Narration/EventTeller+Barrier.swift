import GarbageCollection

/// What the barrier does: which line shades whom, and why one that could does not.
extension EventTeller {
  mutating func tellBarrier(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .ranLine(let line): tellLine(line, observed)
    case .shaded(let id, .barrier(let line, _)):
      tellShade(of: id, line, "it turns grey", observed)
    case .marked(let id, .barrier(let line, _)):
      tellShade(of: id, line, "without references, it turns black at once", observed)
    case .yielded(let line):
      closeBarrier(observed)
      sentences.append(pause(before: line, observed))
    case .elidedBarrier: sentences.append("The barrier is skipped: \(elisionReason(observed)).")
    default: break
    }
  }

  private func pause(before line: Int, _ observed: borrowing ObservedMachine) -> String {
    let lines = observed.machine.storeProgram.lines
    let owner = observed.hasThreads ? " of \(observed.name(of: step.action.mutator ?? .main))" : ""
    guard lines.indices.contains(line) else { return "The store\(owner) pauses before its end." }
    return "The store\(owner) pauses half done: '\(lines[line].trimmed)' is still to come."
  }

  private mutating func tellShade(
    of id: ObjectID, _ line: Int, _ effect: String, _ observed: borrowing ObservedMachine
  ) {
    let role = observed.machine.storeProgram.instructions[line - 1].role ?? "value"
    let subject = barrier(observed)
    sentences.append(
      "\(subject) shades \(observed.label(of: id)), the \(role) (line \(line)): \(effect).")
  }

  /// The lines that only look; what shading and writing do has events of its own.
  private mutating func tellLine(_ line: Int, _ observed: borrowing ObservedMachine) {
    let events = observed.chronicle.events
    switch observed.machine.storeProgram.instructions[line - 1] {
    case .write, .yield: break
    case .readOld:
      guard !events.contains(where: \.isWrite), let store = pendingStore(observed) else {
        break
      }
      let old = store.old.flatMap { observed.chronicle.tenant(of: $0) }
      let place = observed.name(of: observed.identify(store.place))
      sentences.append(
        "\(actor(observed)) is about to write \(place) and remembers its value, "
          + "\(old.map { observed.label(of: $0) } ?? "nil").")
    case .shadeOld, .shadeNew:
      if let reason = idleReason(line, observed), !idleReasons.contains(reason) {
        idleReasons.append(reason)
      }
    case .ifSourceIsBlack: noteFailedTest(line, "\(source(observed)) is not black", observed)
    case .unlessSourceIsBlack: noteFailedTest(line, "\(source(observed)) is black", observed)
    case .ifStackIsGrey: noteFailedTest(line, "the stack is scanned already", observed)
    }
  }

  /// Nothing is said of a test that let the barrier go on.
  private mutating func noteFailedTest(
    _ line: Int, _ reason: String, _ observed: borrowing ObservedMachine
  ) {
    if !observed.chronicle.events.contains(.ranLine(line + 1)) { idleReasons.append(reason) }
  }

  /// Says why a barrier that ran has shaded nothing; silent about one that has shaded something.
  mutating func closeBarrier(_ observed: borrowing ObservedMachine) {
    guard !idleReasons.isEmpty else { return }
    let hasShaded = observed.chronicle.events.contains { event in
      if case .barrier? = event.discovery?.cause { true } else { false }
    }
    if !hasShaded {
      sentences.append("\(barrier(observed)) shades nothing: \(idleReasons.list).")
    }
    idleReasons = []
  }

  /// Why a line that shades has changed nothing; nil when that cannot be told.
  private func idleReason(_ line: Int, _ observed: borrowing ObservedMachine) -> String? {
    guard observed.machine.phase.isMarking else { return "marking is over" }
    let instruction = observed.machine.storeProgram.instructions[line - 1]
    guard let store = storedValues(observed), let role = instruction.role else { return nil }
    guard let value = instruction == .shadeOld ? store.old : store.new else {
      return "the \(role) is nil"
    }
    let color = observed.color(of: value).map { "is \($0.word) already" } ?? "was freed"
    return "\(observed.label(of: value)), the \(role), \(color)"
  }
}

// MARK: - What the barrier looks at

extension EventTeller {
  /// What the actor has half done.
  private func pendingStore(_ observed: borrowing ObservedMachine) -> PendingStore? {
    observed.machine.pendingStore(of: step.action.mutator ?? .main)
  }

  /// The barrier as the subject of a sentence, by name the first time.
  private mutating func barrier(_ observed: borrowing ObservedMachine) -> String {
    defer { hasNamedBarrier = true }
    return hasNamedBarrier ? "It also" : "The \(observed.machine.settings.barrier.nameInSentence)"
  }

  /// The values of the store that runs; nil when it began in another step and has ended in this.
  private func storedValues(
    _ observed: borrowing ObservedMachine
  ) -> (old: ObjectID?, new: ObjectID?)? {
    for event in observed.chronicle.events {
      switch event {
      case .wrote(_, let old, let new), .assigned(_, let old, let new): return (old, new)
      default: continue
      }
    }
    guard let store = pendingStore(observed) else { return nil }
    let old = store.old ?? observed.machine.value(at: store.place)
    return (
      old.flatMap { observed.chronicle.tenant(of: $0) },
      store.new.flatMap { observed.chronicle.tenant(of: $0) }
    )
  }

  /// What the barrier's colour test asks about.
  private func source(_ observed: borrowing ObservedMachine) -> String {
    var place = pendingStore(observed).map { observed.identify($0.place) }
    for event in observed.chronicle.events {
      switch event {
      case .wrote(let written, _, _), .assigned(let written, _, _): place = written
      default: continue
      }
    }
    guard let place else { return "the source" }
    return place.owner.map { observed.label(of: $0) } ?? observed.name(of: place)
  }

  private func elisionReason(_ observed: borrowing ObservedMachine) -> String {
    switch observed.machine.settings.elision {
    case .none: "it is not needed"
    case .newNil: "the new value is nil"
    case .oldNil: "the old value is nil"
    }
  }
}

extension BarrierProgram.Instruction {
  /// Which of the store's two values it shades.
  fileprivate var role: String? {
    switch self {
    case .shadeOld: "old value"
    case .shadeNew: "new value"
    case .readOld, .ifSourceIsBlack, .unlessSourceIsBlack, .ifStackIsGrey, .write, .yield: nil
    }
  }
}

extension Event {
  fileprivate var isWrite: Bool {
    switch self {
    case .wrote, .assigned: true
    default: false
    }
  }
}

extension String {
  /// Without the indentation of a line of code, and without its colon.
  fileprivate var trimmed: String {
    let text = drop { $0 == " " }
    return String(text.last == ":" ? text.dropLast() : text)
  }
}
