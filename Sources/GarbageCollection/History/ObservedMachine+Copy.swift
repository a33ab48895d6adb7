/// Dangling pointers that go from stack to stack, or are copied with the object that holds them.
extension ObservedMachine {
  /// A variable of the mutator's top frame; nil where there is none, or no such mutator.
  func variable(named name: String, of mutator: MutatorID?) -> Location<Reference>? {
    guard let mutator, machine.roots.stacks.indices.contains(mutator.index) else { return nil }
    return machine.roots.variable(named: name, of: mutator)
  }

  /// By slot, the freed objects that the source of a copy still means; nil when nothing is copied.
  func copiedOrigins(by action: Action) -> [Int: ObjectID]? {
    guard case .mutate(.copy(let source, _), _) = action,
      let object = machine.object(at: source), machine.heap.isObject(object)
    else { return nil }
    var origins: [Int: ObjectID] = [:]
    for slot in 0..<machine.heap.slotCount(of: object) {
      origins[slot] = chronicle.dangling[identified(.slot(slot, of: object))]
    }
    return origins
  }
}
