/// What a mutator does to counts, where references are counted.
///
/// A newborn has a count of zero and is in the program's hands. It stands in the zero-count table until
/// a reference to it is counted, and lives no longer than the last of these; one that was never
/// stored anywhere is freed by the next collection.
extension Machine {
  /// Whether the reference in a place is counted: not a raw address, and with deferred counting, a stack's only while a
  /// collection has counted it.
  public func isCounted(_ place: Location<Reference>) -> Bool {
    switch place {
    case .global, .slot: true
    case .variable where roots.isRaw(place): false
    case .variable(_, _, let mutator):
      settings.counting == .immediate || phase != .idle && roots.stacks[mutator.index].isScanned
    }
  }

  /// The references counted to an object; nil under a collector that counts none.
  public func count(of object: Reference) -> Int? {
    countsReferences && heap.isObject(object) ? heap.referenceCount(of: object) : nil
  }

  /// What trial deletion thinks of an object; nil under a collector without.
  public func trialColor(of object: Reference) -> TrialColor? {
    countsReferences && heap.isObject(object) ? heap.trialColor(of: object) : nil
  }

  /// The objects whose count is zero, in the program's hands or referred to by uncounted stacks.
  public var zeroCountTable: [Reference] { heap.counting.zeroCounts }

  /// What trial deletion is going to look at.
  public var candidates: [Reference] { heap.counting.candidates }

  /// Refuses what would leave references that nobody has counted.
  func checkIsCounted(_ mutation: Mutation, by mutator: MutatorID) throws(MachineError) {
    switch mutation {
    case .free, .freeAgain: throw .freesCounted
    default: break
    }
    let named = Action.mutate(mutation, by: mutator).namedObjects
    for object in named + heldObjects(in: mutation, by: mutator)
    where !heap.isObject(object) {
      throw .countsFreed
    }
  }

  /// What a mutation is going to count, or to write into: a raw address may lead to what is no more.
  private func heldObjects(in mutation: Mutation, by mutator: MutatorID) -> [Reference] {
    func value(of operand: Operand) -> Reference? {
      switch operand {
      case .null: nil
      case .object(let object): object
      case .place(let place): self.value(at: place)
      case .slot(let slot, let base):
        object(at: base).flatMap { self.value(at: .slot(slot, of: $0)) }
      }
    }
    let held: [Reference?] =
      switch mutation {
      case .setGlobal(_, let operand), .setVariable(_, let operand): [value(of: operand)]
      case .store(_, let base, let operand): [object(at: base), value(of: operand)]
      case .send(let name, _, _):
        [roots.variable(named: name, of: mutator).flatMap { self.value(at: $0) }]
      default: []
      }
    return held.compactMap { $0 }
  }

  mutating func count<O: Observer>(_ object: Reference?, observer: inout O) {
    guard let object else { return }
    heap.increment(object, observer: &observer)
    collector.work.counting += 1
  }

  /// Takes a reference off; with immediate counting what has none left is freed, and all that hangs
  /// from it.
  ///
  /// The end of the zero-count table is the worklist, so that a long list needs no deep stack.
  mutating func uncount<O: Observer>(
    _ object: Reference?, by mutator: MutatorID, observer: inout O
  ) {
    guard let object else { return }
    let base = heap.counting.zeroCounts.count
    heap.decrement(object, observer: &observer)
    collector.work.counting += 1
    guard !heap.counting.isDeferred else { return }
    while heap.counting.zeroCounts.count > base, let dead = heap.takeZero() {
      if settings.trigger != .off { pacer.noteDeath(heap.cellBytes(of: dead)) }
      collector.work.counting += heap.takeApart(dead, by: mutator, observer: &observer)
    }
  }

  /// The variables that held these references are gone.
  mutating func letGo<O: Observer>(
    of references: [Reference], by mutator: MutatorID, observer: inout O
  ) {
    guard !heap.counting.isDeferred else { return }
    for object in references { uncount(object, by: mutator, observer: &observer) }
  }
}

extension ObservedMachine {
  /// The references counted to an object that stands; nil under a collector that counts none.
  public func count(of id: ObjectID) -> Int? {
    chronicle[id].death == nil ? machine.count(of: chronicle[id].reference) : nil
  }

  /// What trial deletion thinks of an object that stands; nil under a collector without.
  public func trialColor(of id: ObjectID) -> TrialColor? {
    chronicle[id].death == nil ? machine.trialColor(of: chronicle[id].reference) : nil
  }
}
