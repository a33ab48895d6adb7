/// The collector of a machine: one state machine, in steps so small that each can be drawn.
///
/// What it does in which phase stands in one file for each: marking, sweeping, compaction, copying,
/// counting. The collector itself holds cursors; what grows with the heap is the wavefront's and the heap's.
public struct Collector: Hashable, Sendable {
  public let kind: CollectorKind
  public internal(set) var phase: Phase = .idle
  /// Cycles begun so far.
  public internal(set) var cycleCount = 0
  /// Bytes of the arena below which every cell is swept; meaningful while sweeping.
  public internal(set) var sweepOffset = 0
  /// The next stack to scan again; meaningful in termination.
  var nextRescan = 0
  public internal(set) var work = Work()
  /// Whether the cycle collects old and young, where they are apart.
  public internal(set) var isMajor = false
  /// How far compaction has come.
  public internal(set) var compaction = CompactionCursor()
  /// How far a pass of trial deletion has come, and whether stacks are being let go of.
  var trial = TrialCursor()

  init(_ kind: CollectorKind) { self.kind = kind }

  /// A collector in the middle of its cycle.
  init(_ kind: CollectorKind, phase: Phase, sweepOffset: Int = 0, nextRescan: Int = 0) {
    self.kind = kind
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
  /// Whether sources that a barrier made grey again wait for termination.
  let defersSources: Bool
  /// Whether the collector respects a half-done store.
  let hasHandshake: Bool
  /// Collections that the young survive before they are promoted.
  let promotionAge: Int
  /// Whether garbage that refers to itself is looked for, where objects are counted.
  let detectsCycles: Bool
  /// Whether references from stacks are not counted.
  let defersCounting: Bool
  /// Mutators with a half-done store that the collector has to respect, a bit for each.
  var halfDone: UInt64 = 0

  init(_ settings: Settings, _ programs: BarrierPrograms) {
    let facts = settings.barrier.facts
    promotionAge = settings.promotionAge
    detectsCycles = settings.cycleDetection == .trialDeletion
    defersCounting = settings.counting == .deferred
    roots = settings.chosenRoots ?? facts.neededRoots
    stacks = settings.chosenStacks ?? facts.neededStacks
    sweep = settings.sweep
    // A store that is half done holds references which nobody would set to new places.
    hasHandshake =
      settings.collector.movesObjects || settings.chosenHandshake ?? facts.defaultHandshake
    defersSources = programs.copy.instructions.contains(.deferSource)
  }

  /// Whether marking can neither begin nor end now, since some mutator is at no safepoint.
  var mustWait: Bool { halfDone != 0 }

  /// Whether the root cannot be scanned now: the stack of a mutator that is at no safepoint.
  func mustWait(for root: RootID) -> Bool {
    switch root {
    case .stack(let mutator): halfDone & 1 << UInt64(mutator.index) != 0
    case .global: false
    }
  }
}

extension Collector {
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
      let phase = phase
      let units = step(
        budget: budget - done, &heap, &wavefront, &roots, context, observer: &observer)
      guard units > 0 else { return done }
      work.add(units, in: phase)
      done += units
    } while done < budget && phase != .idle
    return done
  }

  /// Marks to the end, and begins to reclaim what is white; no mutator may run.
  mutating func finishMarking<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    while phase.isMarking {
      let phase = phase
      let units = step(
        budget: .max, &heap, &wavefront, &roots, context, observer: &observer)
      precondition(units > 0, "no store is half done while the world is stopped")
      work.add(units, in: phase)
    }
  }

  /// Begins a cycle, after sweeping what a lazy sweep has left.
  mutating func start<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) {
    if phase == .sweeping { finishSweep(&heap, observer: &observer) }
    precondition(phase == .idle, "a cycle begins when none is under way")
    cycleCount += 1
    switch kind {
    case .markSweep, .markCompact:
      startMarking(&heap, &wavefront, &roots, context, observer: &observer)
    case .copying: flip(&heap, &roots, observer: &observer)
    case .generational:
      startMajor(&heap, &wavefront, &roots, context, observer: &observer)
    case .referenceCounting: startReconciling(&roots, observer: &observer)
    }
  }

  /// The units of work done; 0 when the step had to wait for the mutator.
  private mutating func step<O: Observer>(
    budget: Int, _ heap: inout Heap, _ wavefront: inout Wavefront, _ roots: inout Roots,
    _ context: CollectorContext, observer: inout O
  ) -> Int {
    switch phase {
    case .idle:
      if context.mustWait { return wait(&observer) }
      start(&heap, &wavefront, &roots, context, observer: &observer)
      return 1
    case .roots, .marking, .termination:
      return trace(budget: budget, &heap, &wavefront, &roots, context, observer: &observer)
    case .sweeping:
      return sweep(budget: budget, &heap, context, observer: &observer)
    case .forwarding, .updating, .moving:
      return compact(&heap, &roots, observer: &observer)
    case .flipping, .copying:
      return copy(&heap, &wavefront, &roots, context, observer: &observer)
    case .reconciling, .trialMarking, .trialScanning, .trialCollecting:
      return reconcile(&heap, &roots, context, observer: &observer)
    }
  }

  func wait<O: Observer>(_ observer: inout O) -> Int {
    observer.observe(.waitedForSafepoint)
    return 0
  }

  mutating func enter<O: Observer>(_ next: Phase, observer: inout O) {
    observer.observe(.phaseChanged(from: phase, to: next))
    phase = next
  }
}

extension Collector {
  /// What follows when everything that can be reached is marked.
  mutating func reclaim<O: Observer>(
    _ heap: inout Heap, _ wavefront: inout Wavefront, _ context: CollectorContext,
    observer: inout O
  ) {
    wavefront.dropBuffers(observer: &observer)
    nextRescan = 0
    switch kind {
    case .markSweep: beginSweep(&heap, context, observer: &observer)
    case .markCompact: beginCompaction(&heap, observer: &observer)
    case .generational:
      reclaimYoung(&heap, observer: &observer)
      beginSweep(&heap, context, observer: &observer)
    case .copying, .referenceCounting: preconditionFailure("they mark nothing")
    }
  }

  func hash(into digest: inout Digest) {
    digest.mix(phase.rawValue)
    digest.mix(phase == .sweeping ? sweepOffset : 0)
    digest.mix(nextRescan)
    digest.mix(cycleCount)
    compaction.hash(into: &digest)
    digest.mix(isMajor ? 1 : 0)
    trial.hash(into: &digest)
    work.hash(into: &digest)
  }
}
