import GarbageCollection

/// A real machine set up in one state, on which turns are tried.
///
/// It knows which of the machine's objects is which. Owned, never shared, like its machine.
struct Bench: ~Copyable {
  private(set) var machine: Machine
  /// Where each label's object stands; nil for those that do not exist.
  private(set) var references: [Reference?]
  /// The machine's actions that the last turn took.
  private(set) var actions: [Action] = []
  /// What objects the program allocates.
  private let birth: MachineLayout.Object

  /// - Parameter references: by label, of which there are as many as objects may exist at the same time.
  init(
    _ machine: consuming Machine, references: [Reference?], birth: MachineLayout.Object
  ) {
    self.machine = machine
    self.references = references
    self.birth = birth
  }

  func label(of object: Reference) -> ObjectLabel {
    guard let index = references.firstIndex(of: object) else {
      preconditionFailure("every object has been given a label")
    }
    return ObjectLabel(index)
  }
}

// MARK: - Taking turns

extension Bench {
  /// What a turn did.
  enum Result {
    /// The machine does not allow it now and is as it was.
    case refused
    case done
    /// Marking ended and the sweep freed these objects though the program could reach them.
    case finished(lost: [ObjectLabel])
  }

  mutating func take(_ turn: Turn) -> Result {
    actions.removeAll(keepingCapacity: true)
    switch turn {
    case .allocate(let target): return allocate(into: target, turn)
    case .finish: return finish()
    case .scanObject(let label):
      guard let object = references[label.index] else { return .refused }
      return perform(.collect(.scanObject(object)))
    case .load, .copy, .clear, .store, .copyObject, .send, .statement, .resume, .start, .scanStack,
      .scanGlobal:
      for action in turn.actions([], MachineLayout(threads: [], objects: [])) {
        guard case .done = perform(action) else { return .refused }
      }
      return .done
    }
  }

  private mutating func perform(_ action: Action) -> Result {
    var observer = SilentObserver()
    do throws(MachineError) {
      try machine.perform(action, observer: &observer)
    } catch {
      return .refused
    }
    actions.append(action)
    return .done
  }

  /// The newborn gets the first label that is free.
  private mutating func allocate(into target: Register, _ turn: Turn) -> Result {
    guard let free = references.firstIndex(of: nil) else { return .refused }
    let birth = Mutation.allocate(
      label: ObjectLabel(free).description, slotCount: birth.slotCount,
      payloadBytes: birth.payloadBytes)
    guard case .done = perform(.mutate(birth, by: target.mutator)) else { return .refused }
    guard let newborn = firstUnlabelledObject else {
      preconditionFailure("an allocation makes an object")
    }
    references[free] = newborn
    return perform(target.assign(.object(newborn)))
  }

  private var firstUnlabelledObject: Reference? {
    var found: Reference?
    machine.heap.forEachObject { object in
      if found == nil, !references.contains(object) { found = object }
    }
    return found
  }
}

// MARK: - The collector

extension Bench {
  /// Ends marking, which includes scanning stacks again where the settings ask for it, and sweeps.
  ///
  /// One turn, because no mutator runs before marking has ended, and because afterwards nothing can
  /// save an object any more. What is lost is for the oracle to say, and for the cells to show.
  private mutating func finish() -> Result {
    guard machine.phase == .marking, machine.worklist.isEmpty, machine.partialScan == nil else {
      return .refused
    }
    _ = perform(.collect(.step))
    guard machine.phase != .marking else {
      // Something was left to shade after all, or a store is half done.
      let waits = machine.settings.handshake && !machine.pendingStores.isEmpty
      return waits ? .refused : .done
    }
    while machine.phase == .termination { _ = perform(.collect(.step)) }
    let reachable = Oracle().reachable(in: machine)
    while machine.phase == .sweeping { _ = perform(.collect(.step)) }
    return .finished(
      lost: buryFreedObjects().filter { reachable.contains($0.reference) }.map(\.label))
  }

  /// Forgets the objects that no longer stand.
  private mutating func buryFreedObjects() -> [(label: ObjectLabel, reference: Reference)] {
    var freed: [(label: ObjectLabel, reference: Reference)] = []
    for (index, reference) in references.enumerated() {
      guard let reference, !machine.heap.isObject(reference) else { continue }
      freed.append((ObjectLabel(index), reference))
      references[index] = nil
    }
    return freed
  }
}
