/// A machine and its chronicle: the state that timelines, screens and tests pass around.
///
/// Owned, never shared. Everything that is seen of a run is a function of this value.
public struct ObservedMachine: ~Copyable {
  public private(set) var machine: Machine
  public internal(set) var chronicle: Chronicle

  public init(_ settings: Settings) throws(HeapError) {
    machine = try Machine(settings)
    chronicle = Chronicle()
  }

  private init(copying other: borrowing ObservedMachine) throws(HeapError) {
    machine = try other.machine.copy()
    chronicle = other.chronicle
  }

  public borrowing func copy() throws(HeapError) -> ObservedMachine {
    try ObservedMachine(copying: self)
  }

  /// A fingerprint of everything, the history included.
  public var digest: UInt64 {
    var digest = Digest()
    machine.hash(into: &digest)
    chronicle.hash(into: &digest)
    return digest.value
  }
}

extension ObservedMachine {
  /// Performs one action and records what it did in `chronicle.events`.
  ///
  /// - Throws: `MachineError`, and nothing has changed.
  public mutating func perform(_ action: Action) throws(MachineError) {
    if let (victim, mutator) = doubleFree(by: action) {
      return try refuseFree(of: victim, by: mutator)
    }
    let conjured = conjuredObjects(in: action)
    if machine.settings.isStrict, let first = conjured.first { throw .unlawful(first) }
    try checkLoad(by: action)
    let condemned = condemnedObjects(by: action)
    let operand = operand(of: action)
    let origin = operand.flatMap { freedObject(in: $0) }
    let misuse = danglingUse(in: action)
    let copied = copiedOrigins(by: action)
    let former = chronicle.beginStep(newborn: action.newborn)
    for object in conjured { chronicle.observe(.conjured(object)) }
    if let misuse { chronicle.observe(misuse) }
    do throws(MachineError) {
      try performWhole(action)
    } catch {
      chronicle.takeBackStep(former)
      throw error
    }

    for object in condemned { bury(object, by: action) }
    if machine.settings.collector.movesObjects { noteStalePlaces() }
    if machine.countsReferences { buryCounted() }
    if operand != nil, let mutator = action.mutator { chronicle.carried[mutator] = origin }
    followPointers(through: action, copied: copied)
    leaveBehindRawAddresses()
  }
}

extension ObservedMachine {
  /// Lets the machine act, or nothing at all: a birth that a full heap refuses may have swept first.
  private mutating func performWhole(_ action: Action) throws(MachineError) {
    guard machine.isSweepingLazily, action.newborn != nil else {
      return try machine.perform(action, observer: &chronicle)
    }
    let former: Machine
    do throws(HeapError) { former = try machine.copy() } catch { throw .heap(error) }
    do throws(MachineError) {
      try machine.perform(action, observer: &chronicle)
    } catch {
      machine = former
      throw error
    }
  }
}

// MARK: - What no real program could do

extension ObservedMachine {
  /// Objects named by label that no root has reached since before this cycle began.
  ///
  /// What was allocated since may still be in the program's hands.
  private func conjuredObjects(in action: Action) -> [Reference] {
    let named = action.namedObjects.filter { reference in
      chronicle.tenant(of: reference).map { chronicle[$0].birthCycle < chronicle.cycle } ?? true
    }
    guard !named.isEmpty else { return [] }
    var known = chronicle.oracle.reachable(in: machine)
    return named.filter { known.insert($0) }
  }
}

// MARK: - Mistakes

extension ObservedMachine {
  /// Refuses to load from a slot that the object never had.
  ///
  /// The machine cannot: to it, what lies behind the slots of a cell may be what a dangling pointer
  /// finds there.
  private func checkLoad(by action: Action) throws(MachineError) {
    guard case .slot(let slot, let base) = operand(of: action),
      let object = machine.object(at: base), machine.heap.isObject(object),
      !(0..<machine.heap.slotCount(of: object)).contains(slot)
    else { return }
    if case .place(let place) = base, chronicle.dangling[identified(place)] != nil { return }
    throw .slotOutOfRange(slot: slot, count: machine.heap.slotCount(of: object))
  }
}

// MARK: - Deaths

extension ObservedMachine {
  /// An object that the action may free, judged while it still stands.
  private struct Condemned {
    let id: ObjectID
    let reference: Reference
    let isReachable: Bool
    let targets: [ObjectID]
    /// The places that refer to it.
    let sources: [Location<ObjectID>]
  }

  private func condemnedObjects(by action: Action) -> [Condemned] {
    let dying = objectsAtRisk(by: action)
    guard !dying.isEmpty else { return [] }
    let reachable = chronicle.oracle.reachable(in: machine)
    let whereabouts = machine.whereabouts
    var sources = [Reference: [Location<ObjectID>]](
      uniqueKeysWithValues: dying.map { ($0, []) })
    chronicle.oracle.forEachEdge(in: machine) { edge in
      guard sources[edge.target] != nil else { return }
      sources[edge.target]?.append(identified(edge.place))
    }
    return dying.compactMap { object in
      guard let id = chronicle.tenant(of: object) else { return nil }
      var targets: [ObjectID] = []
      chronicle.oracle.forEachTarget(of: object, in: machine.heap, whereabouts) {
        if let target = chronicle.tenant(of: $1) { targets.append(target) }
      }
      return Condemned(
        id: id, reference: object, isReachable: reachable.contains(object), targets: targets,
        sources: sources[object] ?? [])
    }
  }

  /// What the action frees by hand, or may sweep: the white objects in the next cell, or in all spans
  /// that a lazy sweep has left.
  private func objectsAtRisk(by action: Action) -> [Reference] {
    // Whoever dies of a count is buried afterwards.
    if machine.countsReferences { return [] }
    if case .mutate(.free(let base), _) = action {
      return machine.object(at: base).map { machine.heap.isObject($0) ? [$0] : [] } ?? []
    }
    if case .collect(.work) = action {
      var whites: [Reference] = []
      machine.heap.forEachObject { if machine.heap.color(of: $0) == .white { whites.append($0) } }
      return whites
    }
    if machine.phase == .forwarding, case .collect = action {
      let next = machine.heap.firstCell(from: machine.collector.compaction.offset)
      return next.map { machine.heap.color(of: $0) == .white ? [$0] : [] } ?? []
    }
    if machine.phase.isCopying, case .collect = action { return machine.abandonedNext }
    if machine.phase == .termination || machine.phase == .marking, case .collect = action {
      return machine.whiteYoung
    }
    guard machine.phase == .sweeping else { return [] }
    var objects: [Reference] = []
    switch (machine.settings.sweep, action) {
    case (.eager, .collect):
      guard let cell = machine.heap.firstCell(from: machine.collector.sweepOffset) else { break }
      machine.heap.forEachObject(inCellAt: cell) { objects.append($0) }
    case (.lazy, .collect), (.lazy, .mutate(.allocate, _)):
      machine.heap.forEachObject { if !machine.heap.isSwept($0) { objects.append($0) } }
    case (.eager, .mutate), (.lazy, .mutate): break
    }
    return objects.filter { machine.heap.color(of: $0) == .white }
  }

  /// Who frees `id` in this step, and the tier that took the cell.
  private func burial(
    of id: ObjectID
  ) -> (tier: Tier, cause: ObjectRecord.Death.Cause)? {
    chronicle.events.firstNonNil { event in
      switch event {
      case .freed(id, let route): (route.tier, .sweep)
      case .reclaimed(id): (.space, .sweep)
      case .released(id, let route): (route.tier, .program)
      default: nil
      }
    }
  }

  private mutating func bury(_ condemned: Condemned, by action: Action) {
    guard let burial = burial(of: condemned.id) else { return }
    chronicle[condemned.id].death = ObjectRecord.Death(
      step: chronicle.step, tier: burial.tier, wasReachable: condemned.isReachable,
      cause: burial.cause, mutator: burial.cause == .program ? action.mutator : nil)
    // It and whom it means may have moved in this very action before it died.
    let grave = chronicle[condemned.id].reference
    // What hung from an object that the program freed itself is garbage, and rightly so.
    if condemned.isReachable, burial.cause == .sweep, !machine.heap.isObject(grave) {
      chronicle.lostSlots[grave] = condemned.targets.map { chronicle[$0].reference }
    }
    // A half-done store is going to write a pointer to nobody.
    for store in machine.pendingStores
    where store.new == condemned.reference && chronicle.carried[store.mutator] == nil {
      chronicle.carried[store.mutator] = condemned.id
    }
    chronicle.dangling = chronicle.dangling.filter { $0.key.owner != condemned.id }
    // Not by address: in the same action another object may have moved to where it stood.
    for place in condemned.sources where place.owner.map({ chronicle[$0].death == nil }) ?? true {
      // A pointer that dangled already still means the former tenant of the cell.
      if chronicle.dangling[place] == nil { chronicle.dangling[place] = condemned.id }
    }
  }

  /// When from-space is given up, whoever still refers to where an object stood holds a dangling
  /// pointer.
  private mutating func noteStalePlaces() {
    let hasEnded = chronicle.events.contains { event in
      if case .phaseChanged(.copying, _) = event { true } else { false }
    }
    guard hasEnded else { return }
    chronicle.oracle.forEachEdge(in: machine) { edge in
      guard !machine.heap.isObject(edge.target), let id = chronicle.tenant(of: edge.target) else {
        return
      }
      let place = identified(edge.place)
      if chronicle.dangling[place] == nil { chronicle.dangling[place] = id }
    }
  }

  /// Judges whom the action has freed because of a count, once they are gone: what still leads there
  /// shows who was lost.
  private mutating func buryCounted() {
    var freed: [(id: ObjectID, tier: Tier)] = []
    for case .freed(let id, let route) in chronicle.events { freed.append((id, route.tier)) }
    guard !freed.isEmpty else { return }
    let reachable = chronicle.oracle.reachable(in: machine)
    for (id, tier) in freed {
      chronicle[id].death = ObjectRecord.Death(
        step: chronicle.step, tier: tier,
        wasReachable: reachable.contains(chronicle[id].reference), cause: .counting, mutator: nil)
    }
  }

  func identified(_ place: Location<Reference>) -> Location<ObjectID> {
    place.map { reference in
      guard let id = chronicle.tenant(of: reference) else {
        preconditionFailure("places in the heap belong to objects of the chronicle")
      }
      return id
    }
  }
}

// MARK: - Dangling pointers

extension ObservedMachine {
  /// What the action wants written somewhere; nil when it begins no store.
  private func operand(of action: Action) -> Operand? {
    guard case .mutate(let mutation, _) = action else { return nil }
    return switch mutation {
    case .setGlobal(_, let operand), .setVariable(_, let operand), .setRaw(_, let operand),
      .store(_, _, let operand):
      operand
    case .send(let name, _, _):
      variable(named: name, of: action.mutator).map { .place($0) }
    case .popFrame, .allocate, .pushFrame, .copy, .resume, .free, .freeAgain, .startThread,
      .endThread:
      nil
    }
  }

  private func freedObject(in operand: Operand) -> ObjectID? {
    switch operand {
    case .null: return nil
    case .object(let object):
      return machine.heap.isObject(object) ? nil : chronicle.tenant(of: object)
    case .place(let place): return chronicle.dangling[identified(place)]
    case .slot(let slot, let base):
      guard let object = machine.object(at: base), machine.heap.isObject(object) else {
        return nil
      }
      return chronicle.dangling[identified(.slot(slot, of: object))]
    }
  }

  /// Notes where a pointer to a freed object has been written, and where one has been overwritten.
  ///
  /// Goes by what was written, not by what was asked for: half-done stores write later.
  private mutating func followPointers(through action: Action, copied: [Int: ObjectID]?) {
    let carried = action.mutator.flatMap { chronicle.carried[$0] }
    for event in chronicle.events {
      switch event {
      case .assigned(let place, _, _): chronicle.dangling[place] = carried
      case .wrote(.slot(let slot, let owner), _, _)
      where chronicle[owner].death == nil && slot < chronicle[owner].slotCount:
        chronicle.dangling[.slot(slot, of: owner)] = copied == nil ? carried : copied?[slot]
      default: break
      }
    }
    switch action {
    case .mutate(.popFrame, let mutator), .mutate(.endThread(let mutator), _):
      forgetFrames(of: mutator)
    default: break
    }
  }

  /// Raw addresses of objects that have moved mean the old places: they dangle, though nobody is dead.
  private mutating func leaveBehindRawAddresses() {
    for case .moved(let id, let old, _, _) in chronicle.events {
      machine.roots.forEachPlace { place, value in
        guard value == old, machine.roots.isRaw(place) else { return }
        let named = identified(place)
        if chronicle.dangling[named] == nil { chronicle.dangling[named] = id }
      }
    }
  }

  /// Variables that are gone do not dangle any more.
  private mutating func forgetFrames(of mutator: MutatorID) {
    let frameCount = machine.roots.stacks[mutator.index].frameCount
    chronicle.dangling = chronicle.dangling.filter { place, _ in
      guard case .variable(_, let frame, mutator) = place else { return true }
      return frame < frameCount
    }
  }

  /// An access through a pointer to a freed object whose cell another one has got.
  private func danglingUse(in action: Action) -> Event<Reference>? {
    guard case .mutate(let mutation, _) = action else { return nil }
    let access: (slot: Int, base: Base)? =
      switch mutation {
      case .setGlobal(_, .slot(let slot, let base)), .setVariable(_, .slot(let slot, let base)),
        .setRaw(_, .slot(let slot, let base)),
        .store(_, _, .slot(let slot, let base)):
        (slot, base)
      case .store(let slot, let base, _): (slot, base)
      default: nil
      }
    guard let access, case .place(let place) = access.base,
      chronicle.dangling[identified(place)] != nil,
      let object = machine.value(at: place), machine.heap.isObject(object),
      access.slot < machine.heap.slotCount(of: object)
    else { return nil }
    return .usedDangling(.slot(access.slot, of: object), .otherObject)
  }
}

extension Location {
  /// The object that holds the place, if it is a slot.
  public var owner: Object? {
    switch self {
    case .slot(_, let object): object
    case .global, .variable: nil
    }
  }
}

extension Sequence {
  /// The first result that is not nil.
  fileprivate func firstNonNil<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self {
      if let result = transform(element) { return result }
    }
    return nil
  }
}
