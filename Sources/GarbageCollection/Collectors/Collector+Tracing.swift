/// Incremental tri-colour marking, in steps so small that each can be drawn: roots, marking, termination.
///
/// A step scans one root, scans one object (or one slot of it), or ends marking; the mutator may run
/// between any two steps except in termination, where the world is stopped.
///
/// Termination begins only when no grey object is left but deferred ones, every root is scanned, and
/// the barriers' buffers are empty. Where stacks or deferred objects are scanned again, all of that
/// happens inside it; else it is a single step. So nothing can be shaded between the last look at the
/// worklist and what reclaims the white ones.
extension Collector {
  /// Begins marking; with `StackPolicy.snapshot` all stacks are scanned in the same action.
  mutating func startMarking<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    roots.forgetScans()
    enter(.roots, observer: &observer)
    if context.stacks == .snapshot {
      for number in roots.stacks.indices where !roots.stacks[number].isScanned {
        scan(.stack(MutatorID(number)), &heap, &wavefront, &roots, observer: &observer)
      }
    }
    leaveRootsIfDone(roots, observer: &observer)
  }

  /// The units of work done; 0 when the step had to wait for the mutator.
  mutating func trace<O: Observer>(
    budget: Int, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    switch phase {
    case .roots:
      guard let root = roots.firstUnscanned else {
        preconditionFailure("the root phase ends with its last root")
      }
      if context.mustWait(for: root) { return wait(&observer) }
      scan(root, &heap, &wavefront, &roots, observer: &observer)
      leaveRootsIfDone(roots, observer: &observer)
      return 1
    case .marking:
      if !wavefront.isExhausted {
        return wavefront.advance(budget: budget, heap.tables, observer: &observer)
      }
      return settle(&heap, &wavefront, &roots, context, observer: &observer)
    case .termination:
      return rescan(budget: budget, &heap, &wavefront, &roots, context, observer: &observer)
    default: preconditionFailure("marking has three phases")
    }
  }
}

// MARK: - Roots

extension Collector {
  /// Goes on to the heap when the last root is scanned, or is no more.
  mutating func leaveRootsIfDone<O: Observer>(_ roots: Roots, observer: inout O) {
    if phase == .roots, roots.firstUnscanned == nil { enter(.marking, observer: &observer) }
  }

  private func scan<O: Observer>(
    _ root: RootID, isRescan: Bool = false, _ heap: inout Heap, _ wavefront: inout Wavefront,
    _ roots: inout Roots, observer: inout O
  ) {
    if wavefront.buffers.areFlushedInTime, case .stack(let mutator) = root {
      wavefront.flush(mutator, in: heap.tables, observer: &observer)
    }
    observer.observe(.scannedRoot(root, isRescan: isRescan))
    roots.forEachReference(in: root) { place, object in
      if wavefront.faults.isOn(.rootScanSkipsFirst), case .variable(0, _, _) = place { return }
      wavefront.shade(
        object, by: .root(place, isRescan: isRescan), foundIn: place, in: heap.tables,
        observer: &observer)
    }
    roots.setScanned(root)
  }

  /// Scans `root` next, out of the usual order.
  mutating func scanNow<O: Observer>(
    _ root: RootID, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    observer: inout O
  ) {
    scan(root, &heap, &wavefront, &roots, observer: &observer)
    leaveRootsIfDone(roots, observer: &observer)
  }
}

// MARK: - Termination

extension Collector {
  /// What is left to do when no grey object waits: buffers, roots that are grey again, the end.
  private mutating func settle<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    if wavefront.buffers.areFlushedInTime, !wavefront.buffers.isEmpty {
      wavefront.flushAll(in: heap.tables, observer: &observer)
      return 1
    }
    if !context.defersSources, let root = roots.firstUnscanned {
      if context.mustWait(for: root) { return wait(&observer) }
      scan(root, isRescan: true, &heap, &wavefront, &roots, observer: &observer)
      return 1
    }
    if context.mustWait { return wait(&observer) }
    return terminate(&heap, &wavefront, roots, context, observer: &observer)
  }

  private mutating func terminate<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    enter(.termination, observer: &observer)
    nextRescan = 0
    let isSettled = wavefront.deferred.isEmpty && roots.firstUnscanned == nil
    if context.roots == .once, isSettled {
      reclaim(&heap, &wavefront, context, observer: &observer)
    }
    return 1
  }

  /// One stack scanned again, or a root that is grey again; the dirty objects put on the worklist; one
  /// object scanned; or the end of marking.
  private mutating func rescan<O: Observer>(
    budget: Int, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    let skipsStacks = wavefront.faults.isOn(.rescanSkipsStacks)
    if !skipsStacks, let root = nextRootToRescan(roots, context) {
      scan(root, isRescan: true, &heap, &wavefront, &roots, observer: &observer)
      return 1
    }
    if !wavefront.deferred.isEmpty {
      wavefront.requeueDeferred(heap.tables, observer: &observer)
      return 1
    }
    if !wavefront.isExhausted, !wavefront.faults.isOn(.rescanDoesNotDrain) {
      return wavefront.advance(budget: budget, heap.tables, observer: &observer)
    }
    reclaim(&heap, &wavefront, context, observer: &observer)
    return 1
  }

  private mutating func nextRootToRescan(
    _ roots: borrowing Roots, _ context: CollectorContext
  ) -> RootID? {
    guard context.roots == .rescan else { return roots.firstUnscanned }
    while nextRescan < roots.stacks.count, roots.stacks[nextRescan].isEnded { nextRescan += 1 }
    guard nextRescan < roots.stacks.count else { return roots.firstUnscanned }
    defer { nextRescan += 1 }
    return .stack(MutatorID(nextRescan))
  }
}
