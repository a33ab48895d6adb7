import Synchronization

/// Standing still for as long as somebody looks: the cycle goes on step by step, or not at all.
extension ThreadedMachine {
  /// Stops the world until `resume`; returns when no mutator and no marker runs.
  ///
  /// Not to be called by a mutator's thread, nor while paused. No pause of the collector: none is
  /// counted.
  public func pause() {
    monitor.enter()
    defer { monitor.leave() }
    stopWorld()
    isPaused = true
    // What mutators have shaded is everybody's now.
    for mutator in mutators { mutator.wavefront.giveAll(to: &machine.wavefront, ground) }
  }

  /// Lets the threads go on from where the machine is now.
  public func resume() {
    monitor.enter()
    defer { monitor.leave() }
    precondition(isPaused, "what goes on was paused")
    finishCopying(&machine)
    isPaused = false
    startWorld()
  }

  /// Looks at the machine while it is paused.
  public func whilePaused<Result>(_ body: (borrowing Machine) -> Result) -> Result {
    monitor.withLock {
      precondition(isPaused, "only a paused machine can be looked at")
      return body(machine)
    }
  }

  /// Takes one step of the cycle while paused: a root, a slot, a span to sweep, the end of marking; or
  /// begins a cycle.
  public func step() -> ThreadStep {
    monitor.withLock {
      precondition(isPaused, "only a paused machine takes steps")
      let before = machine.phase
      var witness = StepWitness()
      advance(&witness)
      return ThreadStep(
        phaseBefore: before, phaseAfter: machine.phase, events: witness.events,
        leftOutCount: witness.leftOutCount)
    }
  }

  /// Takes the cycle that is under way, or a new one, to its end while paused.
  public func finishCycle() {
    monitor.withLock {
      precondition(isPaused, "only a paused machine takes steps")
      var silent = SilentObserver()
      repeat {
        if machine.phase.isMarking {
          machine.finishMarking()
          noteEndOfMarking()
        } else {
          advance(&silent)
        }
      } while machine.phase != .idle
    }
  }

  private func advance<O: Observer>(_ observer: inout O) {
    switch machine.phase {
    case .idle:
      pacing.begin(allocatedBytes.load(ordering: .relaxed))
      wantsCycle = false
      machine.advance(budget: 1, observer: &observer)
    case .marking where machine.advanceBySlot(observer: &observer): break
    case .sweeping: sweepSpan(observer: &observer)
    default:
      let wasMarking = machine.phase.isMarking
      machine.advance(budget: 1, observer: &observer)
      if wasMarking, !machine.phase.isMarking { noteEndOfMarking() }
    }
  }

  private func noteEndOfMarking() {
    let bytes = allocatedBytes.exchange(0, ordering: .relaxed)
    pacing.endMarking(work: machine.collector.work, allocatedBytes: bytes)
  }

  private func sweepSpan<O: Observer>(observer: inout O) {
    if let span = machine.heap.unsweptSpan() {
      let first = Reference(offset: span.offset)
      let cellBytes = machine.heap.cellBytes(ofCellAt: first)
      let isPointerFree = ground.isPointerFree(first)
      let tally = machine.heap.sweep(spanAt: span, observer: &observer)
      var swept = SweptBytes()
      swept.add(
        Heap.SweptSpan(tally: tally, cellBytes: cellBytes, isPointerFree: isPointerFree))
      pacing.noteSwept(swept)
    }
    guard machine.heap.unsweptSpan() == nil else { return }
    machine.endSweep()
    pacing.endSweep()
  }
}

extension Machine {
  /// Scans one slot of a grey object, or takes the next; false when there is none.
  mutating func advanceBySlot<O: Observer>(observer: inout O) -> Bool {
    let units = wavefront.advanceBySlot(heap.tables, observer: &observer)
    collector.work.add(units, in: phase)
    return units > 0
  }

  /// Roots that this cycle has not scanned yet; those of threads that have ended are none.
  public var unscannedRootCount: Int {
    guard phase.isMarking else { return 0 }
    return roots.globals.count { !$0.isScanned }
      + roots.stacks.count { !$0.isEnded && !$0.isScanned }
  }

  /// Words on the worklist: objects that wait, or pages of them where that is the order.
  public var listedCount: Int { wavefront.listedCount }

  /// The first objects that will be scanned if none comes to them, at most `limit`.
  public func nextWaiting(_ limit: Int) -> [Reference] { wavefront.next(limit, heap.tables) }
}

/// What a step of a paused machine did.
public struct ThreadStep: Hashable, Sendable {
  public let phaseBefore: Phase
  public let phaseAfter: Phase
  /// The first of what happened, in order; see `limit`.
  public let events: [Event<Reference>]
  /// Events that were not kept.
  public let leftOutCount: Int

  /// Events that are kept of a step.
  public static let limit = 64

  public init(
    phaseBefore: Phase, phaseAfter: Phase, events: [Event<Reference>], leftOutCount: Int = 0
  ) {
    self.phaseBefore = phaseBefore
    self.phaseAfter = phaseAfter
    self.events = events
    self.leftOutCount = leftOutCount
  }
}

/// Keeps the first events of a step; the scan of a large root has more than anybody reads.
private struct StepWitness: Observer {
  private(set) var events: [Event<Reference>] = []
  private(set) var leftOutCount = 0

  static var checksReferences: Bool { false }

  mutating func observe(_ event: Event<Reference>) {
    switch event {
    // A sweep tells of its span as a whole.
    case .kept, .freed: break
    default:
      if events.count < ThreadStep.limit { events.append(event) } else { leftOutCount += 1 }
    }
  }
}
