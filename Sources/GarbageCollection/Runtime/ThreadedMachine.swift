import Synchronization

/// A machine whose mutators and whose collector are threads of the system.
///
/// Heap, roots, collector, barriers and wavefront are those of every `Machine`; threads only decide who
/// does the work, and when:
///
/// ```
/// mutators     allocate, store through the barrier, stop at safepoints, assist
/// markers      drain wavefronts of their own, give and steal
/// coordinator  starts cycles, asks for stacks, finds out that marking is complete, sweeps
/// ```
/// While the world is stopped, everything is in `machine` again, which can be looked at, judged, and
/// driven step by step; when it goes on, the threads go on from there. The phases are those of Go's
/// collector (runtime/mgc.go): a stop to begin, stacks one by one at their threads' safepoints,
/// concurrent marking, a stop to end it, concurrent sweeping.
///
/// Unchecked: what threads share is raw memory with atomic accesses, or guarded by the monitor.
public final class ThreadedMachine: @unchecked Sendable {
  public let settings: ThreadSettings
  /// Guarded by the monitor, but for the raw memory behind it.
  var machine: Machine
  let ground: HeapTables
  /// Where objects are born, if there is a nursery.
  let young: PlaceRange
  let pageGauge: PageGauge
  /// Where mutators are not to wait for the system; nil where nobody cares.
  let provider: MemoryProvider?
  let signals: Signals
  private let signalTable: RawTable<UInt8>
  /// The store as it runs while marking, an instruction a byte.
  let storeCode: BarrierCode
  let monitor = Monitor()
  /// Nanoseconds since some moment, where pauses are measured.
  let clock: (@Sendable () -> UInt64)?

  // Guarded by the monitor.
  var mutators: [MutatorRecord] = []
  /// Mutators that are not at a safepoint.
  var runningCount = 0
  /// Markers, and the coordinator while it marks or sweeps, that have work in hand.
  var activeCount = 0
  var isStopped = false
  /// Threads that wait for the world to go on.
  var stopWaiterCount = 0
  /// Whether the world stands still until somebody lets it go on.
  var isPaused = false
  var isClosing = false
  var wantsCycle = false
  /// Mutators that wait for a cycle to end.
  var waiterCount = 0
  /// Cycles whose sweep has ended.
  var endedCycleCount = 0
  var round = MarkingRound()
  var hold = MarkingHold.off
  var markingTime: UInt64 = 0
  var pacing: ThreadPacing {
    didSet { publishPacing() }
  }
  var census = ThreadCensus()
  var judge = ThreadJudge()
  var retired = RetiredMutators()
  /// Collections of the young, and bytes that they have promoted.
  var minorCount = 0
  var promotedBytes = 0

  /// Bytes of cells handed to mutators since marking last ended.
  let allocatedBytes = Atomic<Int>(0)
  /// Bytes allocated from which on a cycle is wanted, and what is owed for each 1024 while marking.
  let trigger = Atomic<Int>(0)
  let assistPerKiB = Atomic<Int>(0)
  let assistFrom = Atomic<Int>(0)
  /// Mutators that sweep for themselves: one more before a span is taken, one less under the monitor.
  let sweeperCount = Atomic<Int>(0)
  /// Whether the coordinator waits for them; guarded by the monitor.
  var awaitsSweepers = false
  /// Markers that wait for work.
  let hungryCount = Atomic<Int>(0)
  let markers: [Marker]
  private var threads: [SystemThread] = []

  /// - Parameter clock: nanoseconds since some moment; nil when nobody asks for pauses.
  /// - Throws: `ThreadError` for settings that no threads can run under, or when there is no memory.
  public convenience init(
    _ settings: ThreadSettings, clock: (@Sendable () -> UInt64)? = nil
  ) throws(ThreadError) {
    try self.init(settings, store: nil, clock: clock)
  }

  /// - Parameter store: what runs in place of the barrier's program, for tests that want to see a loss.
  init(
    _ settings: ThreadSettings, store: BarrierProgram?, clock: (@Sendable () -> UInt64)? = nil
  ) throws(ThreadError) {
    try settings.validate()
    self.settings = settings
    self.clock = clock
    let pageCount = settings.limitBytes / Page.bytes + 1
    do throws(HeapError) {
      machine = try Machine(settings.machine)
    } catch { throw .heap(error) }
    ground = machine.heap.tables
    young = PlaceRange(nurseryOf: machine.heap)
    pageGauge = PageGauge(machine.heap.allocator)
    provider =
      settings.collection == .stopTheWorld
      ? nil : MemoryProvider(pageGauge, MemoryAhead(machine.heap.allocator))
    signalTable = RawTable(zeroed: 64)
    signals = Signals(signalTable)
    signals.birthColor = ColorByte.white
    signals.isNursing = settings.nurseryBytes > 0
    signals.plain = settings.nurseryBytes > 0 ? young : .everywhere
    storeCode = BarrierCode(store ?? machine.programs.store)
    pacing = ThreadPacing(settings)
    markers = (0..<(settings.collection == .concurrent ? settings.markerCount : 1)).map { _ in
      Marker(Wavefront(order: settings.order, granularity: .object, pageCount: pageCount))
    }
    start()
  }

  /// Lets mutators see what they need of the pacing without the monitor.
  private func publishPacing() {
    trigger.store(pacing.triggerBytes, ordering: .relaxed)
    assistPerKiB.store(pacing.assistPerKiB, ordering: .relaxed)
    assistFrom.store(pacing.assistFromBytes, ordering: .relaxed)
  }

  private func start() {
    publishPacing()
    let coordinator = SystemThread { [unowned self] in self.coordinate() }
    let others = markers.dropFirst().map { marker in
      SystemThread { [unowned self] in self.serve(marker) }
    }
    monitor.withLock { threads = [coordinator] + others }
  }

  deinit {
    precondition(threads.isEmpty, "a threaded machine is closed before it is let go of")
  }

  /// Ends the collector's threads; all mutators must have ended.
  ///
  /// Once, before the machine is let go of.
  public func close() {
    monitor.enter()
    precondition(mutators.isEmpty, "mutators end before their machine")
    isClosing = true
    monitor.notify()
    let threads = threads
    self.threads = []
    monitor.leave()
    for thread in threads { thread.join() }
    provider?.close()
  }
}

// MARK: - Mutators

extension ThreadedMachine {
  /// A mutator for the thread that calls.
  public func makeMutator(named name: String) throws(ThreadError) -> ThreadedMutator {
    let record = try withWorldStopped { machine throws(ThreadError) -> MutatorRecord in
      var silent = SilentObserver()
      let id = MutatorID(machine.roots.stacks.count)
      do throws(MachineError) {
        try machine.perform(.mutate(.startThread(name), by: .main), observer: &silent)
        try machine.perform(.mutate(.pushFrame("run"), by: id), observer: &silent)
      } catch { throw .machine(error) }
      let pageCount = settings.limitBytes / Page.bytes + 1
      let record = MutatorRecord(
        id, machine.heap.allocator.cache(of: id),
        Wavefront(order: settings.order, granularity: .object, pageCount: pageCount), ground,
        signals, storeCode, young)
      machine.roots.stacks[id.index].shadow = record.stack
      record.isScanned = machine.roots.stacks[id.index].isScanned
      record.isRunning = true
      mutators.append(record)
      runningCount += 1
      return record
    }
    return ThreadedMutator(self, record)
  }

  /// Takes what is left of a mutator that ends.
  func end(_ record: MutatorRecord) {
    monitor.enter()
    leaveHeap(record)
    monitor.leave()
    withWorldStopped { machine in
      record.wavefront.giveAll(to: &machine.wavefront, ground)
      machine.roots.stacks[record.id.index].shadow = nil
      mutators.removeAll { $0 === record }
      retired.add(record)
      var silent = SilentObserver()
      do throws(MachineError) {
        try machine.perform(.mutate(.endThread(record.id), by: .main), observer: &silent)
      } catch { preconditionFailure("a mutator ends once: \(error)") }
    }
  }
}
