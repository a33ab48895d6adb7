/// Incremental tri-colour mark-sweep, in steps so small that each can be drawn.
///
/// One cycle is idle → roots → marking → termination → sweeping → idle. A step scans one root, scans
/// one object (or one slot of it), ends marking, or sweeps one cell; the mutator may run between any
/// two steps except in termination, where the world is stopped. The collector itself holds cursors;
/// what grows with the heap is the wavefront's.
///
/// Termination begins only when no grey object is left and every root is scanned. Where stacks are
/// scanned again, all of that happens inside it; else it is a single step. So nothing can be shaded
/// between the last look at the worklist and the sweep.
public struct MarkSweep: Hashable, Sendable {
  public private(set) var phase: Phase = .idle
  /// Bytes of the arena below which every cell is swept; meaningful while sweeping.
  public private(set) var sweepOffset = 0
  /// The next stack to scan again; meaningful in termination.
  private(set) var nextRescan = 0
  /// Cycles begun so far.
  public private(set) var cycleCount = 0

  init() {}

  /// A collector in the middle of its cycle.
  init(phase: Phase, sweepOffset: Int, nextRescan: Int) {
    self.phase = phase
    self.sweepOffset = sweepOffset
    self.nextRescan = nextRescan
  }
}

/// What a collector needs besides itself to take a step.
struct CollectorContext {
  let roots: RootPolicy
  let stacks: StackPolicy
  let sweep: SweepPolicy
  /// Whether a store is half done and the collector has to respect it.
  let mustWait: Bool
}

extension MarkSweep {
  /// Does work worth at most `budget` units (at least one step) and says how much it did.
  ///
  /// A unit is one slot examined, one root scanned, one object blackened, one cell swept. Stops at
  /// the end of the cycle, and where it has to wait for the mutator.
  mutating func advance<O: Observer>(
    budget: Int, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    var done = 0
    repeat {
      let units = step(
        budget: budget - done, &heap, &wavefront, &roots, context, observer: &observer)
      guard units > 0 else { return done }
      done += units
    } while done < budget && phase != .idle
    return done
  }

  /// Begins a cycle, after sweeping what a lazy sweep has left; with `StackPolicy.snapshot` all stacks are scanned in the same action.
  mutating func start<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    if phase == .sweeping { finishSweep(&heap, observer: &observer) }
    precondition(phase == .idle, "a cycle begins when none is under way")
    cycleCount += 1
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
  private mutating func step<O: Observer>(
    budget: Int, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    switch phase {
    case .idle:
      if context.mustWait, context.stacks == .snapshot { return wait(&observer) }
      start(&heap, &wavefront, &roots, context, observer: &observer)
      return 1
    case .roots:
      guard let root = roots.firstUnscanned else {
        preconditionFailure("the root phase ends with its last root")
      }
      if context.mustWait, root.isStack { return wait(&observer) }
      scan(root, &heap, &wavefront, &roots, observer: &observer)
      leaveRootsIfDone(roots, observer: &observer)
      return 1
    case .marking:
      if !wavefront.isExhausted { return wavefront.advance(&heap, observer: &observer) }
      if context.mustWait { return wait(&observer) }
      return terminate(&heap, context, observer: &observer)
    case .termination:
      return rescan(&heap, &wavefront, &roots, context, observer: &observer)
    case .sweeping:
      return sweep(budget: budget, &heap, context, observer: &observer)
    }
  }

  private func wait<O: Observer>(_ observer: inout O) -> Int {
    observer.observe(.waitedForSafepoint)
    return 0
  }

  private mutating func enter<O: Observer>(_ next: Phase, observer: inout O) {
    observer.observe(.phaseChanged(from: phase, to: next))
    phase = next
  }
}

// MARK: - Roots

extension MarkSweep {
  /// Goes on to the heap when the last root is scanned, or is no more.
  mutating func leaveRootsIfDone<O: Observer>(_ roots: Roots, observer: inout O) {
    if phase == .roots, roots.firstUnscanned == nil { enter(.marking, observer: &observer) }
  }

  private func scan<O: Observer>(
    _ root: RootID, isRescan: Bool = false, _ heap: inout Heap, _ wavefront: inout Wavefront,
    _ roots: inout Roots, observer: inout O
  ) {
    observer.observe(.scannedRoot(root, isRescan: isRescan))
    roots.forEachReference(in: root) { place, object in
      wavefront.shade(
        object, by: .root(place, isRescan: isRescan), foundIn: place, in: &heap,
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

extension MarkSweep {
  private mutating func terminate<O: Observer>(
    _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) -> Int {
    enter(.termination, observer: &observer)
    switch context.roots {
    case .once: beginSweep(&heap, context, observer: &observer)
    case .rescan: nextRescan = 0
    }
    return 1
  }

  /// One stack scanned again, or one object that such a scan has shaded, or the end of marking.
  private mutating func rescan<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    while nextRescan < roots.stacks.count, roots.stacks[nextRescan].isEnded { nextRescan += 1 }
    if nextRescan < roots.stacks.count {
      scan(
        .stack(MutatorID(nextRescan)), isRescan: true, &heap, &wavefront, &roots,
        observer: &observer)
      nextRescan += 1
      return 1
    }
    if !wavefront.isExhausted { return wavefront.advance(&heap, observer: &observer) }
    beginSweep(&heap, context, observer: &observer)
    return 1
  }
}

// MARK: - Sweep

extension MarkSweep {
  private mutating func beginSweep<O: Observer>(
    _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) {
    enter(.sweeping, observer: &observer)
    sweepOffset = 0
    nextRescan = 0
    heap.beginSweep(isLazy: context.sweep == .lazy)
    finishSweepIfDone(heap, context.sweep, observer: &observer)
  }

  /// One cell, or one span where the sweep is lazy or the budget is worth a span; the cells looked at.
  private mutating func sweep<O: Observer>(
    budget: Int, _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) -> Int {
    let units: Int
    switch context.sweep {
    case .lazy:
      guard let span = heap.unsweptSpan() else {
        preconditionFailure("the sweep ends with its last span")
      }
      units = sweep(spanAt: span, &heap, observer: &observer)
    case .eager
    where budget >= Span.cellLimit && sweepOffset.isMultiple(of: Page.bytes)
      && heap.startsSpan(at: sweepOffset):
      units = sweepNextSpan(&heap, observer: &observer)
    case .eager:
      units = sweepNextCell(&heap, observer: &observer)
    }
    finishSweepIfDone(heap, context.sweep, observer: &observer)
    return units
  }

  private mutating func sweepNextCell<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    guard let cell = heap.firstCell(from: sweepOffset) else {
      preconditionFailure("the sweep ends with its last cell")
    }
    sweepOffset = cell.offset + heap.cellBytes(ofCellAt: cell)
    heap.sweep(cell: cell, observer: &observer)
    return 1
  }

  private mutating func sweepNextSpan<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    guard let span = heap.firstSpanInUse(from: sweepOffset) else {
      preconditionFailure("the sweep ends with its last cell")
    }
    sweepOffset = span.offset + heap.byteCount(ofSpanAt: span)
    return sweep(spanAt: span, &heap, observer: &observer)
  }

  private func sweep<O: Observer>(
    spanAt first: PageID, keepsEmpty: Bool = false, _ heap: inout Heap, observer: inout O
  ) -> Int {
    let tally = heap.sweep(spanAt: first, keepsEmpty: keepsEmpty, observer: &observer)
    return max(1, tally.freedCount + tally.keptCount)
  }

  /// Ends the cycle when no cell is left to sweep.
  mutating func finishSweepIfDone<O: Observer>(
    _ heap: borrowing Heap, _ policy: SweepPolicy, observer: inout O
  ) {
    let isDone =
      switch policy {
      case .eager: heap.firstCell(from: sweepOffset) == nil
      case .lazy: heap.unsweptSpan() == nil
      }
    if isDone { enter(.idle, observer: &observer) }
  }

  /// Sweeps all that a lazy sweep has left.
  mutating func finishSweep<O: Observer>(_ heap: inout Heap, observer: inout O) {
    while let span = heap.unsweptSpan() { _ = sweep(spanAt: span, &heap, observer: &observer) }
    finishSweepIfDone(heap, .lazy, observer: &observer)
  }

  /// Sweeps spans of a kind until one has a free cell, as a cache that asks for cells does first.
  ///
  /// For large objects: until `pageCount` pages are free. The answer is the cells freed. Gives up after a hundred spans without one, as Go does: new pages then cost less.
  mutating func sweep<O: Observer>(
    for kind: CellKind, pageCount: Int, _ heap: inout Heap, observer: inout O
  ) -> Int {
    var freedCount = 0
    var freedPages = 0
    var spanCount = 0
    while kind.isLarge ? freedPages < pageCount : !heap.hasFreeCells(kind), spanCount < 100,
      let span = heap.unsweptSpan(of: kind)
    {
      let pages = heap.byteCount(ofSpanAt: span) / Page.bytes
      let tally = heap.sweep(spanAt: span, keepsEmpty: true, observer: &observer)
      freedCount += tally.freedCount
      freedPages += tally.freedCount > 0 ? pages : 0
      spanCount += 1
    }
    if spanCount > 0 { finishSweepIfDone(heap, .lazy, observer: &observer) }
    return freedCount
  }

  func hash(into digest: inout Digest) {
    digest.mix(phase.rawValue)
    digest.mix(phase == .sweeping ? sweepOffset : 0)
    digest.mix(nextRescan)
    digest.mix(cycleCount)
  }
}

// MARK: - What roots a scan sees

extension Roots {
  /// The first root this cycle has not scanned: stacks first, then globals in order of birth.
  public var firstUnscanned: RootID? {
    if let stack = stacks.firstIndex(where: { !$0.isScanned }) {
      return .stack(MutatorID(stack))
    }
    return globals.firstIndex { !$0.isScanned }.map { .global($0) }
  }

  /// Makes every root unscanned, but a stack without frames: empty, it is born black.
  mutating func forgetScans() {
    for index in stacks.indices { stacks[index].isScanned = stacks[index].frameCount == 0 }
    for index in globals.indices { globals[index].isScanned = false }
  }

  mutating func setScanned(_ root: RootID) {
    switch root {
    case .stack(let mutator): stacks[mutator.index].isScanned = true
    case .global(let index): globals[index].isScanned = true
    }
  }

  func isScanned(_ root: RootID) -> Bool {
    switch root {
    case .stack(let mutator): stacks[mutator.index].isScanned
    case .global(let index): globals[index].isScanned
    }
  }

  /// Every reference that the root holds, in the order of its variables.
  func forEachReference(in root: RootID, _ body: (Location<Reference>, Reference) -> Void) {
    switch root {
    case .global(let index):
      if let value = globals[index].value { body(.global(index), value) }
    case .stack(let mutator):
      stacks[mutator.index].forEachVariable { index, frame, value in
        if let value { body(.variable(index, frame: frame, of: mutator), value) }
      }
    }
  }
}

extension RootID {
  var isStack: Bool {
    switch self {
    case .stack: true
    case .global: false
    }
  }
}
