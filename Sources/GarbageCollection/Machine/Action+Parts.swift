extension Action {
  /// Who acts, unless it is the collector.
  public var mutator: MutatorID? {
    switch self {
    case .mutate(_, let mutator): mutator
    case .collect: nil
    }
  }

  /// What the action allocates, if anything.
  var newborn: (label: String, slotCount: Int, payloadBytes: Int)? {
    guard case .mutate(.allocate(let label, let slotCount, let payloadBytes), _) = self else {
      return nil
    }
    return (label, slotCount, payloadBytes)
  }

  /// The objects it names by label, instead of reaching them through the program's own variables.
  var namedObjects: [Reference] {
    guard case .mutate(let mutation, _) = self else { return [] }
    switch mutation {
    case .setGlobal(_, let operand), .setVariable(_, let operand), .setRaw(_, let operand):
      return operand.namedObjects
    case .store(_, let base, let operand): return base.namedObjects + operand.namedObjects
    case .copy(let source, let target): return source.namedObjects + target.namedObjects
    case .free(let base): return base.namedObjects
    case .allocate, .pushFrame, .popFrame, .resume, .send, .freeAgain, .startThread,
      .endThread:
      return []
    }
  }
}

extension Operand {
  fileprivate var namedObjects: [Reference] {
    switch self {
    case .null, .place: []
    case .object(let object): [object]
    case .slot(_, let base): base.namedObjects
    }
  }
}

extension Base {
  fileprivate var namedObjects: [Reference] {
    switch self {
    case .object(let object): [object]
    case .place: []
    }
  }
}
