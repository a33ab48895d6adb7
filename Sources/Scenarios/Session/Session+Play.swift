public import GarbageCollection
import TimeTravel

/// From statements to actions.
extension Session {
  /// Plays one statement here; in the past this forks the run, and the recorded future is forgotten.
  ///
  /// - Throws: and nothing has changed.
  public mutating func inject(_ statement: Statement) throws(SessionError) {
    if case .set = statement { throw SessionError(.settingsAreFixed) }
    guard var trial = fork() else { throw SessionError(.noMemory(.outOfMemory)) }
    trial.forgetFuture()
    try trial.play(Script.Line(statement), isInjected: true)
    self = trial
  }

  /// Plays a line at the end of the run; what it did before it failed stays.
  mutating func play(_ line: Script.Line, isInjected: Bool) throws(SessionError) {
    let first = stepCount
    lines.append(PlayedLine(line: line, steps: first..<first, isInjected: isInjected))
    defer { lines[lines.count - 1].steps = first..<stepCount }
    guard let statement = line.statement else { return }
    do throws(SessionError) {
      try play(statement)
    } catch {
      throw SessionError(error.kind, line: isInjected ? nil : line.number)
    }
  }

  private mutating func play(_ statement: Statement) throws(SessionError) {
    switch statement {
    case .title, .set: break
    case .object(let label, let slotCount, let byteCount):
      try awaitMutator()
      try mutate(.allocate(label: label, slotCount: slotCount, payloadBytes: byteCount))
    case .root(let name, let value):
      try awaitMutator()
      try mutate(.setGlobal(name, operand(value)))
    case .push(let name):
      try awaitMutator()
      try mutate(.pushFrame(name))
    case .pop:
      try awaitMutator()
      try mutate(.popFrame)
    case .local(let name, let value):
      try awaitMutator()
      try mutate(.setVariable(name, operand(value)))
    case .store(let path, let value):
      try awaitMutator()
      try mutate(.store(slot: path.slot, of: base(path.base), operand(value)))
    case .resume: try mutate(.resume)
    case .start: try start()
    case .step(let count, let unit):
      for _ in 0..<count { try step(unit) }
    case .until(let claim): try step(until: claim)
    case .finish:
      guard timeline.state.machine.phase != .idle else {
        throw SessionError(.machine(.noCycleIsUnderWay))
      }
      try finishCycle()
    case .collect:
      try start()
      try finishCycle()
    case .scan(let target): try perform(.collect(try collection(target)))
    case .say(let text): say(text)
    case .beat: cue(.beat)
    case .ask(let question, let answer): ask(question, answer: answer)
    case .expect(let claim): expect(claim)
    }
  }
}

// MARK: - The mutator's statements

extension Session {
  /// Runs whatever comes before the mutator's next statement: the collector while the world is
  /// stopped, and the rest of a half-done store.
  private mutating func awaitMutator() throws(SessionError) {
    while timeline.state.machine.isWorldStopped { try progress() }
    try finishStore()
  }

  private mutating func mutate(_ mutation: Mutation) throws(SessionError) {
    try perform(.mutate(mutation))
  }

  private func operand(_ value: Value) throws(SessionError) -> Operand {
    switch value {
    case .nil: return .null
    case .slot(let path): return .slot(path.slot, of: try base(path.base))
    case .name(let name):
      switch try base(name) {
      case .object(let object): return .object(object)
      case .place(let place): return .place(place)
      }
    }
  }

  /// What a name stands for here: a variable of the top frame, a global, or an object.
  private func base(_ name: String) throws(SessionError) -> Base {
    if let place = timeline.state.place(named: name) { return .place(place) }
    return .object(try object(name))
  }

  private func object(_ label: String) throws(SessionError) -> Reference {
    guard let id = timeline.state.chronicle.object(labelled: label) else {
      throw SessionError(.unknownName(label))
    }
    let record = timeline.state.chronicle[id]
    if let death = record.death { throw SessionError(.freed(label, step: death.step)) }
    return record.reference
  }

  private func collection(_ target: ScanTarget) throws(SessionError) -> Collection {
    switch target {
    case .stack: return .scanRoot(.stack(.main))
    case .object(let label): return .scanObject(try object(label))
    case .global(let name):
      guard let index = timeline.state.machine.roots.globalIndex(named: name) else {
        throw SessionError(.unknownName(name))
      }
      return .scanRoot(.global(index))
    }
  }
}

extension ObservedMachine {
  /// The variable of the top frame, or the global, of that name.
  public func place(named name: String) -> Location<Reference>? {
    machine.roots.variable(named: name, of: .main)
      ?? machine.roots.globalIndex(named: name).map { .global($0) }
  }
}

// MARK: - The collector's statements

extension Session {
  /// A collector step that gets somewhere: where the collector waits for a half-done store, the store
  /// is finished first.
  private mutating func progress() throws(SessionError) {
    try perform(.collect(.step))
    guard timeline.state.chronicle.events == [.waitedForSafepoint] else { return }
    try finishStore()
    try perform(.collect(.step))
  }

  private mutating func start() throws(SessionError) {
    if settings.handshake, settings.stacks == .snapshot { try finishStore() }
    try perform(.collect(.start))
  }

  private mutating func finishStore() throws(SessionError) {
    while timeline.state.machine.pendingStore != nil { try mutate(.resume) }
  }

  private mutating func step(_ unit: StepUnit) throws(SessionError) {
    switch unit {
    case .step: try perform(.collect(.step))
    case .slot: repeat { try progress() } while !timeline.state.hasFinished(.slot)
    case .object: repeat { try progress() } while !timeline.state.hasFinished(.object)
    case .phase:
      let phase = timeline.state.machine.phase
      repeat { try progress() } while timeline.state.machine.phase == phase
    }
  }

  private mutating func step(until claim: Claim) throws(SessionError) {
    var hasBegun = timeline.state.machine.phase != .idle
    while !claim.check(timeline.state).holds {
      guard !hasBegun || timeline.state.machine.phase != .idle else {
        throw SessionError(.neverHeld(claim))
      }
      try progress()
      hasBegun = true
    }
  }

  private mutating func finishCycle() throws(SessionError) {
    while timeline.state.machine.phase != .idle { try progress() }
  }
}

extension ObservedMachine {
  /// Whether the last step has brought the collector to the end of a slot or an object, or to
  /// something as large: a root, a cell, a phase.
  fileprivate func hasFinished(_ unit: StepUnit) -> Bool {
    chronicle.events.contains { event in
      switch event {
      case .kept, .freed, .scannedRoot, .phaseChanged: true
      case .examinedSlot: unit == .slot || machine.partialScan == nil
      case .blackened: machine.partialScan == nil
      default: false
      }
    }
  }
}

extension Session {
  /// Whether a claim is true at the present position; nothing is recorded.
  public func outcome(of claim: Claim) -> Expectation.Outcome {
    let check = claim.check(timeline.state)
    return check.holds ? .held : .failed(check.found)
  }
}

// MARK: - Recording

extension Session {
  /// Performs one action at the end of the run and records what there is to say about it.
  private mutating func perform(_ action: Action) throws(SessionError) {
    let formerDangling = timeline.state.chronicle.dangling
    do throws(MachineError) {
      try timeline.record(action)
    } catch { throw SessionError(.machine(error)) }

    let judgement = timeline.state.judgement
    let step = NarratedStep(
      action: action, judgement: judgement, formerDangling: formerDangling)
    let narrator = Narrator(step, tension)
    tension = Tension(judgement)
    moments.append(narrator.moment(timeline.state, line: lines.count - 1))
  }
}

extension Session.Tension {
  init(_ judgement: Judgement) {
    if case .broken = judgement.strong { isStrongBroken = true }
    if case .broken = judgement.weak { isWeakBroken = true }
    doomed = Set(judgement.doomed)
  }
}
