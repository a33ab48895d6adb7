public import GarbageCollection
import TimeTravel

/// The statements of the program's threads.
extension Session {
  /// Runs whatever comes before a mutator's next statement: the collector while the world is
  /// stopped, and the rest of its half-done store.
  ///
  /// Other threads' stores may stay half done.
  mutating func awaitTurn(of mutator: MutatorID) throws(SessionError) {
    while timeline.state.machine.isWorldStopped { try progress() }
    try finishStore(of: mutator)
  }

  mutating func finishStore(of mutator: MutatorID) throws(SessionError) {
    while timeline.state.machine.pendingStore(of: mutator) != nil {
      try perform(.mutate(.resume, by: mutator))
    }
  }

  /// What a statement of the program means now; before a thread ends, its store does.
  mutating func mutation(
    _ statement: Statement, by mutator: MutatorID
  ) throws(SessionError) -> Mutation {
    switch statement {
    case .object(let label, let slotCount, let byteCount):
      return .allocate(label: label, slotCount: slotCount, payloadBytes: byteCount)
    case .root(let name, let value): return .setGlobal(name, try operand(value, of: mutator))
    case .push(let name): return .pushFrame(name)
    case .pop: return .popFrame
    case .local(let name, let value): return .setVariable(name, try operand(value, of: mutator))
    case .raw(let name, let value): return .setRaw(name, try operand(value, of: mutator))
    case .store(let path, let value):
      return .store(
        slot: path.slot, of: try base(path.base, of: mutator), try operand(value, of: mutator))
    case .copy(let source, let target):
      return .copy(try base(source, of: mutator), to: try base(target, of: mutator))
    case .send(let name, let thread, let target):
      return .send(name, to: try self.mutator(named: thread), as: target)
    case .free(let name): return try release(name, by: mutator)
    case .thread(let name): return .startThread(name)
    case .join(let name):
      let other = try self.mutator(named: name)
      try finishStore(of: other)
      return .endThread(other)
    case .title, .set, .by, .resume, .start, .startMinor, .step, .until, .finish, .collect,
      .collectMinor, .scan, .say, .beat,
      .ask, .expect, .goal,
      .work, .repeat, .end, .churn:
      preconditionFailure("no statement of the program")
    }
  }

  func mutator(named thread: String) throws(SessionError) -> MutatorID {
    guard let mutator = timeline.state.machine.roots.mutator(named: thread) else {
      throw SessionError(.unknownThread(thread))
    }
    return mutator
  }
}

// MARK: - Names

extension Session {
  private func operand(
    _ value: Value, of mutator: MutatorID
  ) throws(SessionError) -> Operand {
    switch value {
    case .nil: return .null
    case .slot(let path): return .slot(path.slot, of: try base(path.base, of: mutator))
    case .name(let name):
      switch try base(name, of: mutator) {
      case .object(let object): return .object(object)
      case .place(let place): return .place(place)
      }
    }
  }

  /// What a name stands for here: a variable of the top frame, a global, or an object.
  private func base(_ name: String, of mutator: MutatorID) throws(SessionError) -> Base {
    if let place = timeline.state.place(named: name, of: mutator) { return .place(place) }
    return .object(try object(name))
  }

  /// The label of an object that is no more frees it once more, which is a mistake to be shown.
  private func release(_ name: String, by mutator: MutatorID) throws(SessionError) -> Mutation {
    if timeline.state.place(named: name, of: mutator) == nil,
      let id = timeline.state.chronicle.object(labelled: name),
      timeline.state.chronicle[id].death != nil
    {
      return .freeAgain(id)
    }
    return .free(try base(name, of: mutator))
  }

  func object(_ label: String) throws(SessionError) -> Reference {
    guard let id = timeline.state.chronicle.object(labelled: label) else {
      throw SessionError(.unknownName(label))
    }
    let record = timeline.state.chronicle[id]
    if let death = record.death { throw SessionError(.freed(label, step: death.step)) }
    return record.reference
  }

  func collection(_ target: ScanTarget) throws(SessionError) -> Collection {
    switch target {
    case .stack(let thread):
      return .scanRoot(.stack(try mutator(named: thread ?? Scope.mainThread)))
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
  public func place(
    named name: String, of mutator: MutatorID = .main
  ) -> Location<Reference>? {
    machine.roots.variable(named: name, of: mutator)
      ?? machine.roots.globalIndex(named: name).map { .global($0) }
  }
}
