/// What the mutator does.
extension Machine {
  mutating func mutate<O: Observer>(
    _ mutation: Mutation, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    if case .resume = mutation {
      try checkTurn(of: mutator, hasToFinish: false)
      return try resumeStore(of: mutator, observer: &observer)
    }
    try checkTurn(of: mutator)
    if countsReferences { try checkIsCounted(mutation, by: mutator) }

    switch mutation {
    case .allocate(let label, let slotCount, let payloadBytes):
      let object = try allocateObject(
        slotCount: slotCount, payloadBytes: payloadBytes, by: mutator, observer: &observer)
      if settings.paces { noteBirth(object) }
      heap.fillPayload(of: object, with: Array(label.withoutNumber.utf8))
    case .setGlobal(let name, let operand):
      let value = try evaluate(operand)
      observeMisuse(by: operand, observer: &observer)
      let loaded = guardLoads(of: operand, value, by: mutator, observer: &observer)
      let index = roots.globalIndex(named: name) ?? addGlobal(named: name)
      store(loaded, in: .global(index), by: mutator, observer: &observer)
    case .pushFrame(let name):
      roots.stacks[mutator.index].pushFrame(named: name)
      observer.observe(.pushedFrame(name))
    case .popFrame:
      let held = countsReferences ? roots.stacks[mutator.index].topFrameReferences : []
      guard let frame = roots.stacks[mutator.index].popFrame() else { throw .noFrame }
      observer.observe(.poppedFrame(frame))
      if countsReferences { letGo(of: held, by: mutator, observer: &observer) }
    case .setVariable(let name, let operand):
      try setVariable(name, to: operand, by: mutator, observer: &observer)
    case .setRaw(let name, let operand):
      try setRaw(name, to: operand, by: mutator, observer: &observer)
    case .store(let slot, let base, let operand):
      let value = try evaluate(operand)
      let found = try resolve(base)
      try checkWritable(slot, of: found)
      observeMisuse(by: operand, observer: &observer)
      let loaded = guardLoads(of: operand, value, by: mutator, observer: &observer)
      let object = guardLoad(of: base, found, by: mutator, observer: &observer)
      store(loaded, in: .slot(slot, of: object), by: mutator, observer: &observer)
    case .copy(let source, let target):
      try copy(source, to: target, by: mutator, observer: &observer)
    case .send(let name, let receiver, let target):
      try send(name, to: receiver, as: target, by: mutator, observer: &observer)
    case .free(let base): try free(base, by: mutator, observer: &observer)
    // A double free is refused, and whose it would be only a history of the objects can tell.
    case .freeAgain: break
    case .startThread(let name): try startThread(named: name, observer: &observer)
    case .endThread(let other): try endThread(other, by: mutator, observer: &observer)
    case .resume: preconditionFailure("handled above")
    }
  }

  /// Refuses whatever a mutator wants that cannot act now.
  @inline(__always)
  func checkTurn(of mutator: MutatorID, hasToFinish: Bool = true) throws(MachineError) {
    guard roots.stacks.indices.contains(mutator.index) else { throw .noSuchThread }
    guard !roots.stacks[mutator.index].isEnded else {
      throw .threadHasEnded(roots.stacks[mutator.index].thread)
    }
    guard !isWorldStopped else { throw .worldIsStopped(phase) }
    if hasToFinish, pendingStore(of: mutator) != nil { throw .storeIsHalfDone }
  }

  /// A global born while marking counts as scanned: it is nil, and the barrier guards it.
  ///
  /// Not so one born before all roots are scanned: a deletion barrier does not guard it against
  /// what a stack not scanned yet puts there.
  private mutating func addGlobal(named name: String) -> Int {
    roots.globals.append(
      Roots.Global(name: name, value: nil, isScanned: phase == .marking || phase.isCopying))
    return roots.globals.count - 1
  }

  private mutating func setVariable<O: Observer>(
    _ name: String, to operand: Operand, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard roots.stacks[mutator.index].frameCount > 0 else { throw .noFrame }
    try checkVariable(name, of: mutator, isRaw: false)
    let value = try evaluate(operand)
    observeMisuse(by: operand, observer: &observer)
    let loaded = guardLoads(of: operand, value, by: mutator, observer: &observer)
    let place = roots.variable(named: name, of: mutator) ?? addVariable(named: name, of: mutator)
    if case .slot(let slot, let base) = operand, let object = object(at: base) {
      observer.observe(.loaded(loaded, from: .slot(slot, of: object), into: place))
    }
    let access: BarrierProgram.Access = operand.isVariable(of: mutator) ? .move : .store
    store(loaded, in: place, as: access, by: mutator, observer: &observer)
  }

  /// Past every barrier: to the machine it is a number.
  private mutating func setRaw<O: Observer>(
    _ name: String, to operand: Operand, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard roots.stacks[mutator.index].frameCount > 0 else { throw .noFrame }
    try checkVariable(name, of: mutator, isRaw: true)
    let evaluated = try evaluate(operand)
    observeMisuse(by: operand, observer: &observer)
    let value = guardLoads(of: operand, evaluated, by: mutator, observer: &observer)
    let place =
      roots.variable(named: name, of: mutator)
      ?? addVariable(named: name, of: mutator, isRaw: true)
    let old = self.value(at: place)
    roots[place] = value
    observer.observe(.assigned(place, old: old, new: value))
  }

  /// Refuses to write a reference where an address stands, or the other way round: what a variable
  /// holds decides who keeps it right.
  func checkVariable(
    _ name: String, of mutator: MutatorID, isRaw: Bool
  ) throws(MachineError) {
    guard let place = roots.variable(named: name, of: mutator), roots.isRaw(place) != isRaw else {
      return
    }
    throw isRaw ? .variableHoldsReference(name) : .variableHoldsAddress(name)
  }

  mutating func addVariable(
    named name: String, of mutator: MutatorID, isRaw: Bool = false
  ) -> Location<Reference> {
    let index = roots.stacks[mutator.index].addVariable(named: name, isRaw: isRaw)
    return .variable(index, frame: roots.stacks[mutator.index].frameCount - 1, of: mutator)
  }
}

extension Operand {
  /// Whether it is a variable of that mutator's stack, so that nothing new comes into the stack.
  func isVariable(of mutator: MutatorID) -> Bool {
    if case .place(.variable(_, _, mutator)) = self { true } else { false }
  }
}

extension String {
  /// The label without the number that the chronicle puts behind one that has been used before.
  ///
  /// What is written into an object does not depend on how often its label was used.
  fileprivate var withoutNumber: Substring {
    let digits = reversed().prefix { $0.isASCII && $0.isNumber }
    let rest = dropLast(digits.count)
    return digits.isEmpty || rest.last != "_" || rest.count < 2 ? self[...] : rest.dropLast()
  }
}
