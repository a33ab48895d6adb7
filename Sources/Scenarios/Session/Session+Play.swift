public import GarbageCollection
import TimeTravel

/// From statements to actions.
extension Session {
  /// Plays one statement here; in the past this forks the run, and the recorded future is forgotten.
  ///
  /// - Throws: and nothing has changed.
  public mutating func inject(_ statement: Statement) throws(SessionError) {
    switch statement {
    case .set: throw SessionError(.settingsAreFixed)
    case .repeat, .end: throw SessionError(.blockAtPrompt)
    default: break
    }
    guard var trial = fork() else { throw SessionError(.noMemory(.outOfMemory)) }
    trial.forgetFuture()
    try trial.play(Script.Line(statement), isInjected: true)
    self = trial
  }

  /// Plays a line at the end of the run; what it did before it failed stays.
  mutating func play(_ line: Script.Line, isInjected: Bool) throws(SessionError) {
    let first = stepCount
    lines.append(PlayedLine(line: line, steps: first..<first, isInjected: isInjected))
    let index = lines.count - 1
    guard let statement = line.statement else { return }
    // The steps of a workload are those of its own statements.
    if case .churn(let churn) = statement { return try play(churn, of: line, isInjected) }
    defer { lines[index].steps = first..<stepCount }
    do throws(SessionError) {
      try play(statement)
    } catch {
      throw SessionError(error.kind, line: isInjected ? nil : line.number)
    }
  }

  private mutating func play(
    _ statement: Statement, by mutator: MutatorID = .main
  ) throws(SessionError) {
    switch statement {
    case .title, .set, .repeat, .end, .churn: break
    case .by(let thread, let statement):
      try play(statement, by: self.mutator(named: thread))
    case .object, .root, .push, .pop, .local, .raw, .store, .copy, .send, .free, .thread, .join:
      try awaitTurn(of: mutator)
      try payWork(before: statement, by: mutator)
      try perform(.mutate(mutation(statement, by: mutator), by: mutator))
    case .resume: try perform(.mutate(.resume, by: mutator))
    case .start: try start()
    case .startMinor: try start(.startMinor)
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
    case .work(let units): try perform(.collect(.work(units ?? .max)))
    case .collectMinor:
      try start(.startMinor)
      try finishCycle()
    case .scan(let target): try perform(.collect(try collection(target)))
    case .say(let text): say(text)
    case .beat: cue(.beat)
    case .ask(let question, let answer): ask(question, answer: answer)
    case .expect(let claim): expect(claim, by: mutator)
    case .goal(let goal): cue(.goal(goal))
    }
  }
}

extension Session {
  private mutating func play(
    _ churn: Churn, of line: Script.Line, _ isInjected: Bool
  ) throws(SessionError) {
    let wasInBlock = isInBlock
    isInBlock = true
    defer { isInBlock = wasInBlock }
    try churn.forEachStatement { statement throws(SessionError) in
      let index = lines.count
      defer { if lines.indices.contains(index) { lines[index].isRepetition = true } }
      var own = Script.Line(statement)
      own.number = line.number
      try play(own, isInjected: isInjected)
    }
  }

  /// Lets the collector do what an allocation owes it, where collections begin by themselves.
  ///
  /// Step by step, so that all of it is seen; in blocks, which tell long stories, a slice is one action.
  private mutating func payWork(
    before statement: Statement, by mutator: MutatorID
  ) throws(SessionError) {
    guard case .object(_, let slotCount, let byteCount) = statement else {
      return
    }
    while let owed = timeline.state.machine.workOwed(
      slotCount: slotCount, payloadBytes: byteCount, by: mutator)
    {
      try finishStores()
      guard case .work = owed, !isInBlock else {
        try perform(.collect(owed))
        continue
      }
      try progress()
    }
  }
}

// MARK: - The collector's statements

extension Session {
  /// A collector step that gets somewhere: where the collector waits for a half-done store, the store
  /// is finished first.
  mutating func progress() throws(SessionError) {
    try perform(.collect(.step))
    guard timeline.state.chronicle.events == [.waitedForSafepoint] else { return }
    try finishStores()
    try perform(.collect(.step))
  }

  private mutating func start(_ collection: Collection = .start) throws(SessionError) {
    if settings.handshake { try finishStores() }
    try perform(.collect(collection))
  }

  private mutating func finishStores() throws(SessionError) {
    while let store = timeline.state.machine.pendingStore { try finishStore(of: store.mutator) }
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
    while !claim.check(timeline.state, tally, by: .main).holds {
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
      case .kept, .freed, .reclaimed, .scannedRoot, .phaseChanged: true
      case .examinedSlot: unit == .slot || machine.partialScan == nil
      case .blackened: machine.partialScan == nil
      default: false
      }
    }
  }
}

extension Session {
  /// Whether a claim is true at the present position; nothing is recorded.
  public func outcome(
    of claim: Claim, by mutator: MutatorID = .main
  ) -> Expectation.Outcome {
    let check = claim.check(timeline.state, tally, by: mutator)
    return check.holds ? .held : .failed(check.found)
  }
}

// MARK: - Recording

extension Session {
  /// Performs one action at the end of the run and records what there is to say about it.
  mutating func perform(_ action: Action) throws(SessionError) {
    let formerDangling = timeline.state.chronicle.dangling
    do throws(MachineError) {
      try timeline.record(action)
    } catch { throw SessionError(.machine(error)) }

    let judgement = timeline.state.judgement
    let step = NarratedStep(
      action: action, judgement: judgement, formerDangling: formerDangling)
    let narrator = Narrator(step, tension)
    tension = Tension(judgement, timeline.state)
    var tally = moments.last?.tally ?? Tally()
    let workBefore = tally.collectorWork
    tally.add(timeline.state, judgement, by: action.mutator)
    moments.append(
      narrator.moment(
        timeline.state, line: lines.count - 1, tally: tally,
        cost: Moment.Cost(action, from: workBefore, to: tally.collectorWork)))
  }
}

extension Session.Tension {
  init(_ judgement: Judgement, _ observed: borrowing ObservedMachine) {
    if case .broken = judgement.strong { isStrongBroken = true }
    if case .broken = judgement.weak { isWeakBroken = true }
    doomed = Set(judgement.doomed)
    doomedObjects = Set(judgement.doomed.compactMap { observed.chronicle.tenant(of: $0) })
  }
}
