/// What the oracle found at one moment.
public struct Judgement: Hashable, Sendable {
  private let reached: ReferenceSet
  /// No black object refers to a white one.
  public let strong: InvariantState
  /// Every white object that a black one refers to is protected: a grey object reaches it through
  /// white ones.
  public let weak: InvariantState
  /// Reachable white objects that marking can no longer find, by address: they will be freed unless
  /// the mutator happens to hand them to its barrier.
  public let doomed: [Reference]
  /// Unreachable objects that counting alone will never free; none while cycles are searched for.
  public let leaked: ReferenceSet
  /// Reachable places whose object has been freed.
  public let dangling: [Edge]

  fileprivate init(
    reached: ReferenceSet, strong: InvariantState, weak: InvariantState, doomed: [Reference],
    leaked: ReferenceSet, dangling: [Edge]
  ) {
    self.reached = reached
    self.strong = strong
    self.weak = weak
    self.doomed = doomed
    self.leaked = leaked
    self.dangling = dangling
  }
}

extension Judgement {
  /// Whether the object can be reached from the roots.
  public func isReachable(_ object: Reference) -> Bool { reached.contains(object) }

  /// Everything that can be reached from the roots; O(heap) to make.
  public var reachable: Set<Reference> { Set(reached) }
}

/// Whether an invariant holds.
public enum InvariantState: Hashable, Sendable {
  /// Nothing is being marked, so there is nothing to keep.
  case notInForce
  case holds
  /// The first edge, roots first and then by address, that breaks it.
  case broken(Edge)
}

extension Oracle {
  public func judge(_ machine: borrowing Machine) -> Judgement {
    let reachable = reachable(in: machine)
    let isMarking = machine.keepsInvariants
    let protected =
      isMarking || machine.phase.isCopying ? protectedObjects(in: machine) : ReferenceSet()
    var strong = isMarking ? InvariantState.holds : .notInForce
    var weak = strong
    var dangling: [Edge] = []

    forEachEdge(in: machine) { edge in
      if !machine.heap.isObject(edge.target) {
        if isReachable(edge.place, reachable) { dangling.append(edge) }
        return
      }
      guard isMarking, machine.heap.color(of: edge.target) == .white,
        !machine.roots.isRaw(edge.place)
      else { return }
      if case .holds = strong, isBlack(edge.place, machine, countsStacks: false) {
        strong = .broken(edge)
      }
      if case .holds = weak, !protected.contains(edge.target),
        isBlack(edge.place, machine, countsStacks: true)
      {
        weak = .broken(edge)
      }
    }
    return Judgement(
      reached: reachable, strong: strong, weak: weak,
      doomed: doomed(in: machine, reachable: reachable, protected: protected),
      leaked: leaked(in: machine, reachable: reachable), dangling: dangling)
  }

  private func isReachable(_ place: Location<Reference>, _ reachable: ReferenceSet) -> Bool {
    switch place {
    case .global, .variable: true
    case .slot(_, let object): reachable.contains(object)
    }
  }

  /// Whether the collector will not look at this place again.
  ///
  /// The slots of a half-scanned object are judged one by one, whatever its colour: those behind the
  /// scan are black, those before it grey. Globals count like slots. Stacks have no barrier, so the strong invariant leaves them out; a
  /// stack that is to be scanned again is grey to the weak one.
  func isBlack(
    _ place: Location<Reference>, _ machine: borrowing Machine, countsStacks: Bool
  ) -> Bool {
    switch place {
    case .global(let index): machine.roots.globals[index].isScanned
    case .variable(_, _, let mutator):
      countsStacks && machine.settings.roots == .once
        && machine.roots.stacks[mutator.index].isScanned
    case .slot(let slot, let object):
      if let scan = machine.partialScan, scan.object == object {
        slot < scan.nextSlot
      } else {
        machine.heap.color(of: object) == .black
      }
    }
  }
}

// MARK: - Protection

extension Oracle {
  /// The white objects that marking will still find if the mutator does nothing more.
  func protectedObjects(in machine: borrowing Machine) -> ReferenceSet {
    let whereabouts = machine.whereabouts
    var pending = machine.pendingShades
    machine.roots.forEachPlace { place, value in
      guard let value, !machine.roots.isRaw(place), isGrey(place, machine) else { return }
      pending.append(whereabouts.object(value, in: place, machine.heap))
    }
    for slot in machine.heap.remembered.pending where machine.heap.isObject(slot.object) {
      guard slot.number < machine.heap.slotCount(of: slot.object),
        let value = machine.heap.load(slot.number, of: slot.object)
      else { continue }
      pending.append(
        whereabouts.object(value, in: .slot(slot.number, of: slot.object), machine.heap))
    }
    machine.heap.forEachObject { object in
      forEachSlotToScan(of: object, machine, whereabouts) { pending.append($0) }
    }
    // The young are collected alone: what the old refer to is another question.
    let isMinor = machine.phase.isCopying && machine.settings.collector == .generational
    var protected = ReferenceSet()
    while let object = pending.popLast() {
      guard machine.heap.isObject(object), machine.heap.color(of: object) == .white,
        !isMinor || machine.heap.isYoung(object), protected.insert(object)
      else { continue }
      forEachTarget(of: object, in: machine.heap, whereabouts) { pending.append($1) }
      // They have one colour.
      if let neighbor = machine.heap.neighbor(of: object) { pending.append(neighbor) }
    }
    return protected
  }

  func isGrey(_ place: Location<Reference>, _ machine: borrowing Machine) -> Bool {
    switch place {
    case .global(let index): !machine.roots.globals[index].isScanned
    case .variable(_, _, let mutator):
      machine.settings.roots == .rescan || !machine.roots.stacks[mutator.index].isScanned
    case .slot: preconditionFailure("roots only")
    }
  }

  /// What the collector will still read out of `object`: all slots of a grey one, the rest of the
  /// one being scanned.
  private func forEachSlotToScan(
    of object: Reference, _ machine: borrowing Machine, _ whereabouts: Whereabouts,
    _ body: (Reference) -> Void
  ) {
    let scan = machine.partialScan
    let isBeingScanned = scan?.object == object
    guard isBeingScanned || machine.heap.color(of: object) == .grey else { return }
    let firstSlot = isBeingScanned ? scan?.nextSlot ?? 0 : 0
    forEachTarget(of: object, in: machine.heap, whereabouts) { slot, target in
      if slot >= firstSlot { body(target) }
    }
  }

  private func doomed(
    in machine: borrowing Machine, reachable: ReferenceSet, protected: ReferenceSet
  ) -> [Reference] {
    guard machine.phase != .idle else { return [] }
    return reachable.filter { object in
      guard machine.heap.isObject(object), machine.heap.color(of: object) == .white else {
        return false
      }
      return switch machine.phase {
      case .idle, .updating, .moving, .reconciling, .trialMarking, .trialScanning,
        .trialCollecting:
        false
      case .sweeping: waitsForSweep(object, machine)
      case .forwarding: object.offset >= machine.collector.compaction.offset
      case .roots, .marking, .termination: !protected.contains(object)
      case .flipping, .copying:
        machine.heap.isInFromSpace(object) && !protected.contains(object)
      }
    }
  }

  /// Whether the sweep has yet to come to the object.
  private func waitsForSweep(_ object: Reference, _ machine: borrowing Machine) -> Bool {
    machine.isSweepingLazily
      ? !machine.heap.isSwept(object) : object.offset >= machine.collector.sweepOffset
  }
}
