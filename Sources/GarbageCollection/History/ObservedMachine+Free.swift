/// Double frees, which only somebody who knows identities can tell from frees.
extension ObservedMachine {
  /// The object that the action would free once more, and the mutator that tries to.
  func doubleFree(by action: Action) -> (victim: ObjectID, mutator: MutatorID)? {
    switch action {
    case .mutate(.freeAgain(let victim), let mutator): return (victim, mutator)
    case .mutate(.free(let base), let mutator):
      return victim(behind: base).map { ($0, mutator) }
    case .mutate, .collect: return nil
    }
  }

  /// The freed object that `base` still means, whoever stands in its cell now.
  private func victim(behind base: Base) -> ObjectID? {
    switch base {
    case .object(let object):
      return machine.heap.isObject(object) ? nil : chronicle.tenant(of: object)
    case .place(let place):
      if let victim = chronicle.dangling[identified(place)] { return victim }
      guard let object = machine.value(at: place), !machine.heap.isObject(object) else {
        return nil
      }
      return chronicle.tenant(of: object)
    }
  }

  /// Takes note of a double free; the machine never hears of it, since it could free the new tenant.
  mutating func refuseFree(
    of victim: ObjectID, by mutator: MutatorID
  ) throws(MachineError) {
    try machine.checkTurn(of: mutator)
    _ = chronicle.beginStep(newborn: nil)
    chronicle.note(.refusedFree(victim))
  }
}
