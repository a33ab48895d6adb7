/// Copying: what can be reached is copied out of from-space, and the rest is given up as a whole.
///
/// After Cheney (CACM 13(11), 1970). A flip changes the roles of two spaces; then each root is set
/// to copies of what it refers to, one root a step; then the copies are scanned in the order they
/// were made, one a step, until the scan meets the end. White is what has not been copied, grey a
/// copy between scan and free, black a copy below scan: the space itself is the worklist.
///
/// The world is stopped while roots are set. Afterwards the mutator may run (Baker, CACM 21(4),
/// 1978) if its loads go through a barrier that lets it see copies only. Objects are then born
/// black at the far end, and births leave room for everything that may still be copied.
///
/// A collection of the young is the same, with more roots, the remembered set, and another place
/// where copies may go, the cells of the old; `promote` chooses. Copies there wait on the
/// wavefront's worklist.
extension Collector {
  /// Begins a cycle that copies.
  mutating func flip<O: Observer>(
    _ heap: inout Heap, _ roots: inout Roots, observer: inout O
  ) {
    heap.flip()
    heap.remembered.beginScan()
    roots.forgetScans()
    enter(.flipping, observer: &observer)
    leaveFlippingIfDone(heap, roots, observer: &observer)
  }

  /// The units of work done: roots, slots and objects looked at, granules of 16 bytes copied.
  mutating func copy<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    let moved = work.movedWords
    var units = 1
    switch phase {
    case .flipping:
      units += setNextRoot(&heap, &wavefront, &roots, context, observer: &observer)
      leaveFlippingIfDone(heap, roots, observer: &observer)
    case .copying:
      if let copy = heap.nextGreyCopy() {
        units += scan(copy, &heap, &wavefront, context, observer: &observer)
        heap.passScan(of: copy)
      } else if let copy = wavefront.worklist.pop(.firstInFirstOut) {
        units += scan(copy, &heap, &wavefront, context, observer: &observer)
      } else {
        endCopying(&heap, &wavefront, &roots, context, observer: &observer)
      }
    default: preconditionFailure("copying has two phases")
    }
    return units + (work.movedWords - moved) / 2
  }

  private mutating func leaveFlippingIfDone<O: Observer>(
    _ heap: borrowing Heap, _ roots: Roots, observer: inout O
  ) {
    guard roots.firstUnscanned == nil, heap.remembered.pending.isEmpty else { return }
    enter(.copying, observer: &observer)
  }

  private mutating func endCopying<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    heap.abandonFromSpaces(observer: &observer)
    heap.whitenCopies()
    guard isMajor else { return enter(.idle, observer: &observer) }
    startMarking(&heap, &wavefront, &roots, context, observer: &observer)
  }
}

// MARK: - Roots

extension Collector {
  /// One stack, one global, or one remembered place; the references found there.
  private mutating func setNextRoot<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    if let root = roots.firstUnscanned {
      return set(root, &heap, &wavefront, &roots, context, observer: &observer)
    }
    guard let slot = heap.remembered.takePending() else {
      preconditionFailure("the flip ends with its last root")
    }
    guard heap.isObject(slot.object), slot.number < heap.slotCount(of: slot.object) else {
      return 0
    }
    evacuate(slot.number, of: slot.object, &heap, &wavefront, context, observer: &observer)
    return 1
  }

  private mutating func set<O: Observer>(
    _ root: RootID, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    observer.observe(.scannedRoot(root, isRescan: false))
    var found: [(Location<Reference>, Reference)] = []
    roots.forEachReference(in: root) { found.append(($0, $1)) }
    for (place, object) in found {
      roots[place] = evacuate(
        object, foundIn: place, by: .root(place, isRescan: false), &heap, &wavefront, context,
        observer: &observer)
    }
    roots.setScanned(root)
    return found.count
  }
}

// MARK: - Objects

extension Collector {
  /// Lets all slots of a copy refer to copies; their number.
  private mutating func scan<O: Observer>(
    _ copy: Reference, _ heap: inout Heap, _ wavefront: inout Wavefront,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    let slotCount = heap.slotCount(of: copy)
    for slot in 0..<slotCount {
      evacuate(slot, of: copy, &heap, &wavefront, context, observer: &observer)
    }
    wavefront.blacken(copy, heap.tables, observer: &observer)
    return slotCount
  }

  private mutating func evacuate<O: Observer>(
    _ slot: Int, of object: Reference, _ heap: inout Heap, _ wavefront: inout Wavefront,
    _ context: CollectorContext, observer: inout O
  ) {
    let found = heap.load(slot, of: object)
    observer.observe(.examinedSlot(slot, of: object, found: found))
    guard let found else { return }
    let copy = evacuate(
      found, foundIn: .slot(slot, of: object), by: .scan(slot: slot, of: object), &heap,
      &wavefront, context, observer: &observer)
    heap.store(copy, in: slot, of: object)
    guard kind == .generational, heap.isYoung(copy), !heap.isYoung(object) else { return }
    if heap.remembered.insert(slot, of: object) {
      observer.observe(.remembered(.slot(slot, of: object)))
    }
  }

  /// What has to stand in place of `found`: the copy, which is made if there is none yet.
  ///
  /// - Parameter place: where it was found; nil for what the program has in its hands.
  mutating func evacuate<O: Observer>(
    _ found: Reference, foundIn place: Location<Reference>?, by cause: ShadeCause<Reference>,
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ context: CollectorContext,
    observer: inout O
  ) -> Reference {
    let isCondemned = heap.isInFromSpace(found)
    if isCondemned, let copy = heap.forwarding(at: found) {
      guard !O.checksReferences || heap.isObject(copy) else {
        if let place { observer.observe(.metDangling(place)) }
        return found
      }
      if let place { observer.observe(.redirected(place, found, to: copy)) }
      return copy
    }
    if O.checksReferences, !heap.isObject(found) {
      if let place { observer.observe(.metDangling(place)) }
      return found
    }
    guard isCondemned else { return found }
    let copy = copy(found, by: cause, &heap, &wavefront, context, observer: &observer)
    if let place { observer.observe(.redirected(place, copy, to: copy)) }
    return copy
  }

  private mutating func copy<O: Observer>(
    _ object: Reference, by cause: ShadeCause<Reference>, _ heap: inout Heap,
    _ wavefront: inout Wavefront, _ context: CollectorContext, observer: inout O
  ) -> Reference {
    let words = heap.standingBytes(of: object) / 8
    work.movedObjects += 1
    work.movedWords += words
    if let copy = stayYoung(object, &heap, context) {
      observer.observe(.moved(object, from: object, to: copy, words: words))
      observer.observe(.shaded(copy, by: cause))
      return copy
    }
    let copy = heap.promote(object)
    observer.observe(.moved(object, from: object, to: copy, words: words))
    observer.observe(.promoted(copy))
    if heap.color(of: copy) == .black {
      observer.observe(.marked(copy, by: cause))
    } else {
      wavefront.worklist.push(copy)
      observer.observe(.shaded(copy, by: cause))
    }
    return copy
  }

  /// Copies the object into the space for copies; nil when it is to be promoted: it is old enough,
  /// or the survivors' space is full.
  private func stayYoung(
    _ object: Reference, _ heap: inout Heap, _ context: CollectorContext
  ) -> Reference? {
    guard kind == .generational else {
      guard let space = heap.copySpace, let copy = heap.evacuate(object, into: space) else {
        preconditionFailure("no more is copied than was there, and births leave room for it")
      }
      return copy
    }
    let age = heap.age(of: object) + 1
    guard !isMajor, age < context.promotionAge, let space = heap.copySpace,
      let copy = heap.evacuate(object, into: space)
    else { return nil }
    heap.setAge(age, of: copy)
    return copy
  }
}

// MARK: - Old and young

extension Collector {
  /// Begins a collection of the young alone.
  mutating func startMinor<O: Observer>(
    _ heap: inout Heap, _ roots: inout Roots, observer: inout O
  ) {
    precondition(phase == .idle, "a cycle begins when none is under way")
    cycleCount += 1
    isMajor = false
    flip(&heap, &roots, observer: &observer)
  }

  /// Begins a collection of everything: the young are promoted first.
  ///
  /// Where the old have no room for them they stay, and are marked where they stand; what is dead
  /// among them then makes room as well.
  mutating func startMajor<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    isMajor = true
    if heap.hasYoung, heap.canPromoteAll() {
      return flip(&heap, &roots, observer: &observer)
    }
    startMarking(&heap, &wavefront, &roots, context, observer: &observer)
  }

  /// Gives up what is white among the young that were marked where they stand.
  func reclaimYoung<O: Observer>(_ heap: inout Heap, observer: inout O) {
    var remembered = heap.remembered
    remembered.forget { !heap.isObject($0) || heap.color(of: $0) == .white }
    heap.remembered = remembered
    var young: [Reference] = []
    heap.forEachYoung { young.append($0) }
    for object in young {
      if heap.color(of: object) == .white {
        observer.observe(.reclaimed(object))
        heap.reclaim(object)
      } else {
        heap.setColor(.white, of: object)
        observer.observe(.kept(object))
      }
    }
  }
}
