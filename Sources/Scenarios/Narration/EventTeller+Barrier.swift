import GarbageCollection

/// What the barrier does: which line shades whom, and why one that could does not.
extension EventTeller {
  mutating func tellBarrier(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .ranLine(let line, let access):
      tell(observed.machine.programs[access].instructions[line - 1], line, access, observed)
    case .shaded(let id, .barrier(let line, let access, _)):
      tellShade(of: id, line, access, "it turns grey", observed)
    case .marked(let id, .barrier(let line, let access, _)):
      tellShade(
        of: id, line, access, "without references, it turns black at once", observed)
    case .reverted(let id, let isDeferred):
      let fate = isDeferred ? "dirty: grey, to be scanned again last" : "grey again"
      sentences.append("\(barrier(observed)) makes \(observed.label(of: id)) \(fate).")
    case .revertedRoot(let root):
      sentences.append("\(barrier(observed)) wants \(observed.name(of: root)) scanned again.")
    case .buffered(let id, let mutator):
      let count = observed.machine.barrierBuffer(of: mutator).count
      let state = count == 0 ? "which is full" : "\(count) of \(Machine.barrierBufferLimit)"
      sentences.append(
        "\(barrier(observed)) puts \(observed.label(of: id)) into the barrier buffer, \(state).")
    case .yielded(let line, let access):
      closeBarrier(observed)
      sentences.append(pause(before: line, of: access, observed))
    case .elidedBarrier: sentences.append("The barrier is skipped: \(skipReason(observed)).")
    default: break
    }
  }

  private func pause(
    before line: Int, of access: BarrierProgram.Access, _ observed: borrowing ObservedMachine
  ) -> String {
    let lines = observed.machine.programs[access].lines
    let owner = observed.hasThreads ? " of \(observed.name(of: step.action.mutator ?? .main))" : ""
    guard lines.indices.contains(line) else { return "The store\(owner) pauses before its end." }
    return "The store\(owner) pauses half done: '\(lines[line].trimmed)' is still to come."
  }

  private mutating func tellShade(
    of id: ObjectID, _ line: Int, _ access: BarrierProgram.Access, _ effect: String,
    _ observed: borrowing ObservedMachine
  ) {
    let instruction = observed.machine.programs[access].instructions[line - 1]
    let role = instruction.role(in: access) ?? "value"
    let subject = barrier(observed)
    let verb = instruction == .evacuateNew ? "copies" : "shades"
    sentences.append(
      "\(subject) \(verb) \(observed.label(of: id)), the \(role) (line \(line)): \(effect).")
  }

  /// The lines that only look; what shading and writing do has events of its own.
  private mutating func tell(
    _ instruction: BarrierProgram.Instruction, _ line: Int, _ access: BarrierProgram.Access,
    _ observed: borrowing ObservedMachine
  ) {
    let source = source(access, observed)
    let goesOn = observed.chronicle.events.contains(.ranLine(line + 1, of: access))
    let fails = { (reason: String) -> String? in goesOn ? nil : reason }
    switch instruction {
    case .write, .read, .yield, .revertSource, .deferSource, .scanSource, .evacuateNew,
      .ifSourceIsOldAndNewIsYoung, .rememberSlot, .incrementNew,
      .decrementOld:
      break
    case .readOld: tellRememberedValue(observed)
    case .sampleFlag:
      let answer = observed.machine.phase.isMarking ? "it is on" : "it is off"
      sentences.append("\(actor(observed)) asks whether marking is on: \(answer).")
    case .writeIfFlagWasOff:
      if goesOn { break }
      sentences.append("Marking was off when it was asked: no barrier runs.")
    case .shadeOld, .shadeNew: noteIdle(idleReason(instruction, access, observed))
    case .ifSourceIsBlack: noteIdle(fails("\(source) is not black"))
    case .unlessSourceIsBlack: noteIdle(fails("\(source) is black"))
    case .ifSourceIsBlackAndNewIsWhite:
      noteIdle(fails("\(source) is not black, or the new value not white"))
    case .ifStackIsGrey: noteIdle(fails("the stack is scanned already"))
    case .ifStackIsBlack: noteIdle(fails("the stack is not scanned yet"))
    case .ifAnyStackIsGrey: noteIdle(fails("every stack is scanned already"))
    case .ifNewIsInFromSpace: noteIdle(fails("the value stands in to-space already"))
    case .ifSourceIsGrey: noteIdle(fails("\(source) is not grey"))
    }
  }

  /// Of a copy it would be said for each slot, so nothing is.
  private mutating func noteIdle(_ reason: String?) {
    if case .mutate(.copy, _) = step.action { return }
    if let reason, !idleReasons.contains(reason) { idleReasons.append(reason) }
  }

  private mutating func tellRememberedValue(_ observed: borrowing ObservedMachine) {
    guard !observed.chronicle.events.contains(where: \.isWrite), let store = pendingStore(observed)
    else { return }
    let old = store.old.flatMap { observed.chronicle.tenant(of: $0) }
    let place = observed.name(of: observed.identify(store.place))
    sentences.append(
      "\(actor(observed)) is about to write \(place) and remembers its value, "
        + "\(old.map { observed.label(of: $0) } ?? "nil").")
  }

  /// Says why a barrier that ran has done nothing; silent about one that has done something.
  mutating func closeBarrier(_ observed: borrowing ObservedMachine) {
    guard !idleReasons.isEmpty else { return }
    if !observed.chronicle.events.contains(where: \.isDoingOfABarrier) {
      let retreats = observed.machine.settings.barrier.facts.wavefront == .retreats
      let copies = observed.machine.settings.collector == .copying
      let verb = retreats ? "does" : copies ? "copies" : "shades"
      sentences.append("\(barrier(observed)) \(verb) nothing: \(idleReasons.list).")
    }
    idleReasons = []
  }

  /// Why a line that shades has changed nothing; nil when that cannot be told.
  private func idleReason(
    _ instruction: BarrierProgram.Instruction, _ access: BarrierProgram.Access,
    _ observed: borrowing ObservedMachine
  ) -> String? {
    guard observed.machine.phase.isMarking else { return "marking is over" }
    guard let values = values(access, observed), let role = instruction.role(in: access) else {
      return nil
    }
    guard let value = instruction == .shadeOld ? values.old : values.new else {
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

  /// The values of the access that runs; nil when it began in another step and has ended in this.
  private func values(
    _ access: BarrierProgram.Access, _ observed: borrowing ObservedMachine
  ) -> (old: ObjectID?, new: ObjectID?)? {
    for event in observed.chronicle.events {
      switch event {
      case .loaded(let value, _, _) where access == .load: return (nil, value)
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
  private func source(
    _ access: BarrierProgram.Access, _ observed: borrowing ObservedMachine
  ) -> String {
    var place = pendingStore(observed).map { observed.identify($0.place) }
    for event in observed.chronicle.events {
      switch event {
      case .loaded(_, let from, _) where access == .load: place = place ?? from
      case .wrote(let written, _, _), .assigned(let written, _, _):
        if access != .load { place = written }
      default: continue
      }
    }
    guard let place else { return "the source" }
    return place.owner.map { observed.label(of: $0) } ?? observed.name(of: place)
  }

  private func skipReason(_ observed: borrowing ObservedMachine) -> String {
    let settings = observed.machine.settings
    let mutator = step.action.mutator ?? .main
    switch settings.unguarded {
    case .none: break
    case .main: if mutator == .main { return "\(observed.name(of: mutator)) runs without it" }
    case .others: if mutator != .main { return "\(observed.name(of: mutator)) runs without it" }
    }
    if case .mutate(.copy, _) = step.action, settings.bulkCopy == .bare {
      return "the copy is bare"
    }
    return switch settings.elision {
    case .none: "it is not needed"
    case .newNil: "the new value is nil"
    case .oldNil: "the old value is nil"
    }
  }
}

extension BarrierProgram.Instruction {
  /// Which of the access's values it shades.
  fileprivate func role(in access: BarrierProgram.Access) -> String? {
    switch self {
    case .shadeOld: "old value"
    case .evacuateNew: "loaded value"
    case .shadeNew: access == .load ? "loaded value" : access == .send ? "value sent" : "new value"
    default: nil
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

  fileprivate var isDoingOfABarrier: Bool {
    switch self {
    case .reverted, .revertedRoot, .buffered, .blackened: return true
    default: if case .barrier? = discovery?.cause { return true } else { return false }
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
