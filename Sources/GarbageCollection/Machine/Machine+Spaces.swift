/// Snapshots of machines whose objects stand in spaces.
extension Machine {
  /// Where an object stands in one of the spaces that are there from the start.
  func standing(of object: Reference) -> Snapshot.Standing? {
    guard settings.collector.opensSpaces, let space = heap.space(of: object) else { return nil }
    return Snapshot.Standing(
      space: space, isAtFarEnd: object.offset >= heap.spaces[space].top,
      age: heap.isYoung(object) ? heap.age(of: object) : 0)
  }

  func addSpaces(to snapshot: inout Snapshot, _ number: (Reference?) -> Int?) {
    guard settings.collector.opensSpaces else { return }
    snapshot.spaces = heap.spaces.map(\.role)
    snapshot.isMajor = collector.isMajor
    let slots = heap.remembered.slots
    for (index, slot) in slots.enumerated() {
      guard let object = number(slot.object) else { continue }
      snapshot.remembered.append(Snapshot.Remembered(slot: slot.number, object: object))
      if index < heap.remembered.pending.count { snapshot.pendingRememberedCount += 1 }
    }
  }

  /// Lets the objects of spaces be born again, which come before all others; those objects.
  ///
  /// Shells are not made again: where objects have been copied from, a gap of their size is left.
  mutating func rebuildSpaces(of snapshot: Snapshot) -> [Reference] {
    guard settings.collector.opensSpaces else { return [] }
    for (space, role) in snapshot.spaces.enumerated() { heap.spaces[space].role = role }
    let settled = snapshot.objects.prefix { $0.standing != nil }
    var objects = [Reference](repeating: Reference(word: 0), count: settled.count)
    let order =
      settled.indices.filter { settled[$0].standing?.isAtFarEnd == false }
      + settled.indices.filter { settled[$0].standing?.isAtFarEnd == true }.reversed()
    if settings.collector == .copying, snapshot.phase.isCopying { leaveGap(for: settled) }
    for number in order {
      guard let standing = settled[number].standing else { continue }
      objects[number] = rebuild(settled[number], standing)
    }
    if snapshot.phase.isCopying, let space = heap.copySpace {
      let first = objects.first { object in
        heap.space(of: object) == space && heap.color(of: object) == .grey
      }
      heap.spaces[space].scan = first?.offset ?? heap.spaces[space].free
    }
    return objects
  }

  private mutating func leaveGap(for objects: ArraySlice<Snapshot.Object>) {
    guard let from = heap.space(.fromSpace) else { return }
    for object in objects {
      guard let standing = object.standing, standing.space != from, !standing.isAtFarEnd else {
        continue
      }
      heap.spaces[from].free += heap.standingBytes(object.header)
    }
  }

  private mutating func rebuild(
    _ object: Snapshot.Object, _ standing: Snapshot.Standing
  ) -> Reference {
    let rebuilt =
      standing.isAtFarEnd
      ? heap.bumpFromTop(object.header, color: object.color, in: standing.space)
      : heap.bump(object.header, color: object.color, in: standing.space)
    guard let rebuilt else { preconditionFailure("what stood in a space has room in another") }
    if standing.age > 0 { heap.setAge(standing.age, of: rebuilt) }
    return rebuilt
  }

  mutating func restoreGenerations(_ snapshot: Snapshot, _ reference: (Int?) -> Reference?) {
    guard settings.collector.opensSpaces else { return }
    collector.isMajor = snapshot.isMajor
    heap.remembered = RememberedSet(
      snapshot.remembered.compactMap { place in
        reference(place.object).map { RememberedSet.Slot(number: place.slot, object: $0) }
      }, pendingCount: snapshot.pendingRememberedCount)
    guard snapshot.phase.isCopying else { return }
    var promoted: [Reference] = []
    heap.forEachObject { object in
      if heap.space(of: object) == nil, heap.color(of: object) != .white { promoted.append(object) }
    }
    heap.promoted = promoted
  }
}

extension Snapshot {
  /// The same idle heap with every object where such a collector lets objects be born.
  public func newlyBorn(under collector: CollectorKind) -> Snapshot {
    guard collector.opensSpaces else { return self }
    var snapshot = self
    for number in objects.indices {
      snapshot.objects[number].standing = Standing(space: 0, isAtFarEnd: false, age: 0)
    }
    return snapshot
  }
}

extension Snapshot.Object {
  fileprivate var header: ObjectHeader {
    ObjectHeader(slotCount: slots.count, payloadBytes: payloadBytes)
  }
}
