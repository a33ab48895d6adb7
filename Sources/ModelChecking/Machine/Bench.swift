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
  private let slotCount: Int

  /// - Parameter labelCount: objects that may exist at the same time.
  init(_ machine: consuming Machine, labels: [ObjectLabel], labelCount: Int, slotCount: Int) {
    self.machine = machine
    self.slotCount = slotCount
    var objects: [Reference] = []
    self.machine.heap.forEachObject { objects.append($0) }
    precondition(objects.count == labels.count, "each object has a label")
    references = [Reference?](repeating: nil, count: labelCount)
    for (label, object) in zip(labels, objects) { references[label.index] = object }
  }

  /// The state without addresses, with the names that objects have here.
  var labelledSnapshot: LabelledSnapshot {
    var labels: [ObjectLabel] = []
    machine.heap.forEachObject { object in labels.append(label(of: object)) }
    return LabelledSnapshot(machine.snapshot, labels: labels)
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
    case .load(let target, let slot, let base):
      return assign(target, .slot(slot, of: .place(base.place)))
    case .copy(let target, let source): return assign(target, .place(source.place))
    case .clear(let target): return assign(target, .null)
    case .store(let slot, let base, let source):
      let value = source.map { Operand.place($0.place) } ?? .null
      return perform(
        .mutate(.store(slot: slot, of: .place(base.place), value), by: base.mutator))
    case .allocate(let target): return allocate(into: target)
    case .resume(let mutator): return perform(.mutate(.resume, by: mutator))
    case .start: return perform(.collect(.start))
    case .scanStack(let mutator): return perform(.collect(.scanRoot(.stack(mutator))))
    case .scanObject(let label):
      guard let object = references[label.index] else { return .refused }
      return perform(.collect(.scanObject(object)))
    case .finish: return finish()
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

  private mutating func assign(_ target: Register, _ value: Operand) -> Result {
    perform(.mutate(.setVariable(target.name, value), by: target.mutator))
  }

  /// The newborn gets the first label that is free.
  private mutating func allocate(into target: Register) -> Result {
    guard let free = references.firstIndex(of: nil) else { return .refused }
    let birth = Mutation.allocate(
      label: ObjectLabel(free).description, slotCount: slotCount, payloadBytes: 0)
    guard case .done = perform(.mutate(birth, by: target.mutator)) else { return .refused }
    guard let newborn = firstUnlabelledObject else {
      preconditionFailure("an allocation makes an object")
    }
    references[free] = newborn
    return assign(target, .object(newborn))
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
    guard machine.phase != .marking else { return .refused }
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
