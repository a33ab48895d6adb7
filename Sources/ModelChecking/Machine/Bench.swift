import GarbageCollection

/// A real machine set up in one state, on which turns are tried.
///
/// It knows which of the machine's objects is which. Owned, never shared, like its machine.
struct Bench: ~Copyable {
  private(set) var machine: Machine
  /// The machine's actions that the last turn took.
  private(set) var actions: [Action] = []
  /// What objects the program allocates.
  private let birth: MachineLayout.Object
  private var watch: BenchWatch

  /// - Parameter references: by label, of which there are as many as objects may exist at the same time.
  init(
    _ machine: consuming Machine, references: [Reference?], birth: MachineLayout.Object
  ) {
    self.machine = machine
    watch = BenchWatch(references: references)
    self.birth = birth
  }

  /// Where each label's object stands; nil for those that do not exist.
  var references: [Reference?] { watch.references }

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
    /// A cycle has ended, or an action has freed something for good, and these objects died though
    /// the program could reach them.
    case finished(lost: [ObjectLabel])
  }

  mutating func take(_ turn: Turn) -> Result {
    actions.removeAll(keepingCapacity: true)
    watch.dead.removeAll(keepingCapacity: true)
    switch turn {
    case .allocate(let target): return allocate(into: target, turn)
    case .finish: return finish()
    case .start where machine.settings.collector == .referenceCounting: return collect()
    case .scanObject(let label):
      guard let object = references[label.index] else { return .refused }
      return perform(.collect(.scanObject(object)))
    case .load, .copy, .clear, .store, .copyObject, .send, .statement, .resume, .start,
      .startMinor, .scanStack, .scanGlobal:
      for action in turn.actions([], MachineLayout(threads: [], objects: [])) {
        guard case .done = perform(action) else { return .refused }
      }
      // Roots are copied before the program runs again.
      while machine.phase == .flipping { _ = perform(.collect(.step)) }
      return afterMutation
    }
  }

  /// What frees objects on the spot must not free one that a place still leads to.
  private var afterMutation: Result {
    guard !watch.dead.isEmpty else { return .done }
    let reachable = Oracle().reachable(in: machine)
    let lost = watch.dead.filter { reachable.contains($0.reference) }.map(\.label)
    return lost.isEmpty ? .done : .finished(lost: lost)
  }

  private mutating func perform(_ action: Action) -> Result {
    do throws(MachineError) {
      try machine.perform(action, observer: &watch)
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
    watch.references[free] = newborn
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
  /// Ends marking, which includes scanning stacks again where the settings ask for it, and what
  /// follows until the cycle is over.
  ///
  /// Where objects are copied while the program runs, only the next step. One turn, because no
  /// mutator runs before marking has ended, and because afterwards nothing can save an object any
  /// more. What is lost is for the oracle to say, and for the machine to show.
  private mutating func finish() -> Result {
    switch machine.phase {
    case .marking:
      guard machine.worklist.isEmpty, machine.partialScan == nil else { return .refused }
    case .copying: break
    default: return .refused
    }
    let reachable = reachableLabels
    _ = perform(.collect(.step))
    guard machine.phase != .marking else {
      // Something was left to shade after all, or a store is half done.
      let waits = machine.settings.handshake && !machine.pendingStores.isEmpty
      if waits { return .refused }
      return watch.dead.isEmpty ? .done : .finished(lost: lost(of: reachable))
    }
    while machine.isWorldStopped || machine.phase == .sweeping { _ = perform(.collect(.step)) }
    if machine.phase != .idle, watch.dead.isEmpty { return .done }
    return .finished(lost: lost(of: reachable))
  }

  /// The objects that have died in this turn though they could be reached.
  private func lost(of reachable: Set<ObjectLabel>) -> [ObjectLabel] {
    watch.dead.map(\.label).filter { reachable.contains($0) }
  }

  /// A whole collection of a heap whose references are counted: the world is stopped all the while.
  private mutating func collect() -> Result {
    let reachable = reachableLabels
    guard case .done = perform(.collect(.start)) else { return .refused }
    while machine.phase != .idle { _ = perform(.collect(.step)) }
    return .finished(lost: lost(of: reachable))
  }

  private var reachableLabels: Set<ObjectLabel> {
    let reachable = Oracle().reachable(in: machine)
    return Set(
      references.indices.filter { index in references[index].map { reachable.contains($0) } ?? false
      }
      .map { ObjectLabel($0) })
  }
}
