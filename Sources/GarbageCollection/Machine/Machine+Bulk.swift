/// What a mutator does past the single slot: whole objects copied, references sent to other stacks.
extension Machine {
  /// Copies the slots of one object into another's, as many as both have, in one action.
  mutating func copy<O: Observer>(
    _ source: Base, to target: Base, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    let (foundSource, foundTarget) = (try resolve(source), try resolve(target))
    guard heap.isObject(foundSource), heap.isObject(foundTarget) else { throw .danglingCopy }
    let from = guardLoad(of: source, foundSource, by: mutator, observer: &observer)
    let to = guardLoad(of: target, foundTarget, by: mutator, observer: &observer)
    let slotCount = min(heap.slotCount(of: from), heap.slotCount(of: to))
    observer.observe(.copied(from, to: to, slotCount: slotCount))
    let isBare = settings.bulkCopy == .bare && settings.barrier != .none
    if isBare, phase.isMarking { observer.observe(.elidedBarrier) }
    for slot in 0..<slotCount {
      let place = Location.slot(slot, of: to)
      if isBare {
        let new = heap.load(slot, of: from)
        writeBare(
          PendingStore(place: place, new: new, mutator: mutator, access: .copy),
          observer: &observer)
      } else {
        guardLoad(from: .slot(slot, of: from), by: mutator, observer: &observer)
        let new = heap.load(slot, of: from)
        store(new, in: place, as: .copy, by: mutator, observer: &observer)
      }
    }
  }

  /// Gives a variable in another thread's top frame the value of one of the sender's.
  ///
  /// A channel's direct send, or the arguments of a new thread: a stack is written by somebody who
  /// does not run on it (Go proposal 17503 asks for a barrier just here).
  mutating func send<O: Observer>(
    _ name: String, to receiver: MutatorID, as target: String, by sender: MutatorID,
    observer: inout O
  ) throws(MachineError) {
    guard roots.stacks[sender.index].frameCount > 0 else { throw .noFrame }
    guard let source = roots.variable(named: name, of: sender) else { throw .noVariable(name) }
    guard receiver != sender else { throw .sendsToItself }
    guard roots.stacks.indices.contains(receiver.index) else { throw .noSuchThread }
    let stack = roots.stacks[receiver.index]
    guard !stack.isEnded else { throw .threadHasEnded(stack.thread) }
    guard stack.frameCount > 0 else { throw .noFrameThere(stack.thread) }
    try checkVariable(target, of: receiver, isRaw: false)
    let value = value(at: source)
    let place =
      roots.variable(named: target, of: receiver) ?? addVariable(named: target, of: receiver)
    observer.observe(.sent(value, from: source, into: place))
    store(value, in: place, as: .send, by: sender, observer: &observer)
  }
}
