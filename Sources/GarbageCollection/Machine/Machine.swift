/// A heap, its roots, its collector and its barrier: the whole state of a run.
///
/// `perform` is the only way to change it and is deterministic, so a run is described by its settings
/// and its actions. Owned, never shared; `copy()` gives an equal machine with memory of its own.
public struct Machine: ~Copyable {
  public let settings: Settings
  public internal(set) var heap: Heap
  public internal(set) var roots = Roots()
  public internal(set) var collector: Collector
  public internal(set) var pacer = Pacer()
  var wavefront: Wavefront
  /// The stores that have yielded half way, by mutator: at most one of each.
  public internal(set) var pendingStores: [PendingStore] = []
  /// What runs at each access under these settings.
  public let programs: BarrierPrograms
  /// Whether loads have a barrier at all.
  let guardsLoads: Bool
  /// Whether stores have a barrier for the remembered set, marking or not.
  let remembersStores: Bool
  /// Whether references are counted.
  let countsReferences: Bool
  let context: CollectorContext

  public init(_ settings: Settings) throws(HeapError) {
    try self.init(settings, SystemMemory())
  }

  init(_ settings: Settings, _ system: SystemMemory) throws(HeapError) {
    self.settings = settings
    var heap = try Heap(
      limitBytes: settings.heapLimitBytes,
      freedCells: settings.poisonsFreedCells ? .poisoned : .kept,
      layout: settings.collector.layout, counting: CountingLists(settings), system)
    try heap.openSpaces(for: settings)
    self.heap = heap
    collector = Collector(settings.collector)
    wavefront = Wavefront(
      order: settings.worklistOrder, granularity: settings.scan,
      pageCount: settings.heapLimitBytes / Page.bytes + 1, buffers: settings.buffer,
      faults: settings.faults)
    programs = BarrierPrograms(settings)
    guardsLoads = programs.load.instructions.count > 1
    remembersStores = programs.store.instructions.contains(.rememberSlot)
    countsReferences = settings.collector == .referenceCounting
    context = CollectorContext(settings, programs)
  }

  private init(copying other: borrowing Machine) throws(HeapError) {
    settings = other.settings
    heap = try other.heap.copy()
    roots = other.roots
    collector = other.collector
    pacer = other.pacer
    wavefront = other.wavefront.copy()
    pendingStores = other.pendingStores
    programs = other.programs
    guardsLoads = other.guardsLoads
    remembersStores = other.remembersStores
    countsReferences = other.countsReferences
    context = other.context
  }

  public borrowing func copy() throws(HeapError) -> Machine { try Machine(copying: self) }
}

/// An access between two instructions of its program; a store or a move may yield there.
public struct PendingStore: Hashable, Sendable {
  public let place: Location<Reference>
  public internal(set) var new: Reference?
  /// What the slot held, where the program remembers it.
  public internal(set) var old: Reference?
  /// The next instruction, 0-based.
  public internal(set) var nextInstruction = 0
  public let mutator: MutatorID
  public let access: BarrierProgram.Access
  /// What the flag said, where the program reads it before the store.
  public internal(set) var wasMarking = false

  init(
    place: Location<Reference>, new: Reference?, mutator: MutatorID,
    access: BarrierProgram.Access = .store
  ) {
    self.place = place
    self.new = new
    self.mutator = mutator
    self.access = access
  }
}

extension Machine {
  @inline(__always)
  public var phase: Phase { collector.phase }

  /// The half-done store of the first mutator that has one.
  public var pendingStore: PendingStore? { pendingStores.first }

  /// The store of these settings, barrier included.
  public var storeProgram: BarrierProgram { programs.store }

  public func pendingStore(of mutator: MutatorID) -> PendingStore? {
    pendingStores.first { $0.mutator == mutator }
  }

  /// Whether only the collector may act.
  @inline(__always)
  public var isWorldStopped: Bool {
    switch settings.schedule {
    case .stopTheWorld: phase != .idle && !isSweepingLazily
    case .incremental:
      switch phase {
      case .idle, .roots, .marking, .sweeping: false
      // Only Baker's mutator runs while objects are copied.
      case .copying: settings.collector == .generational
      case .termination, .forwarding, .updating, .moving, .flipping, .reconciling, .trialMarking,
        .trialScanning, .trialCollecting:
        true
      }
    }
  }

  /// Whether the strong and the weak invariant have to hold now.
  @inline(__always)
  public var keepsInvariants: Bool {
    phase.isMarking || phase.isCopying && settings.collector == .copying
  }

  /// Whether dead objects wait to be freed until their memory is wanted.
  @inline(__always)
  public var isSweepingLazily: Bool { phase == .sweeping && settings.sweep == .lazy }

  /// The objects that wait to be scanned: in the order they were shaded, or, copies in a space and
  /// then those among the old, in the order in which they will be scanned.
  public var worklist: [Reference] {
    let listed = wavefront.waiting(heap.tables)
    return phase.isCopying ? heap.greyCopies() + listed : listed
  }

  /// Grey objects that are scanned in termination only, in the order they became dirty.
  public var deferredObjects: [Reference] { wavefront.deferred }

  /// How many references a mutator's buffer takes before it is full.
  public static let barrierBufferLimit = BarrierBuffers.limit

  /// What the mutator's barriers have put into its buffer, and nobody has shaded yet.
  public func barrierBuffer(of mutator: MutatorID) -> [Reference] { wavefront.buffers[mutator] }

  /// The object being scanned slot by slot, and how far.
  public var partialScan: PartialScan? { wavefront.scan }

  /// A fingerprint of everything: bytes, colours, lists, roots, cursors.
  public var digest: UInt64 {
    var digest = Digest()
    hash(into: &digest)
    return digest.value
  }

  func hash(into digest: inout Digest) {
    heap.hash(into: &digest)
    roots.hash(into: &digest)
    collector.hash(into: &digest)
    if settings.paces { pacer.hash(into: &digest) }
    wavefront.hash(into: &digest, heap.tables)
    digest.mix(pendingStores.count)
    for store in pendingStores {
      digest.mix(store.nextInstruction + 1)
      digest.mix(store.mutator.index)
      store.place.hash(into: &digest) { Int($0.word) }
      digest.mix(Int(store.new?.word ?? 0))
      digest.mix(Int(store.old?.word ?? 0))
      digest.mix(Int(store.access.rawValue) << 1 | (store.wasMarking ? 1 : 0))
    }
  }
}

extension Machine {
  /// Performs one action, telling `observer` what happens.
  ///
  /// - Throws: `MachineError`, and the machine is unchanged.
  @specialized(where O == SilentObserver)
  @specialized(where O == CautiousObserver)
  public mutating func perform<O: Observer>(
    _ action: Action, observer: inout O
  ) throws(MachineError) {
    switch action {
    case .mutate(let mutation, let mutator):
      try mutate(mutation, by: mutator, observer: &observer)
    case .collect(let collection):
      let before = (isCollecting, collector.work.total)
      try collect(collection, observer: &observer)
      if settings.paces { noteWork(since: before) }
    }
    heap.checkEquations()
  }

  /// Lets the collector do work worth at most `budget` units; the units it did.
  ///
  /// Zero means that it waits for a half-done store.
  @discardableResult
  @specialized(where O == SilentObserver)
  @specialized(where O == CautiousObserver)
  public mutating func advance<O: Observer>(budget: Int, observer: inout O) -> Int {
    defer { heap.checkEquations() }
    return collector.advance(
      budget: budget, &heap, &wavefront, &roots, collectorContext, observer: &observer)
  }

  /// Marks to the end and begins the sweep, while no mutator runs.
  mutating func finishMarking() {
    var silent = SilentObserver()
    collector.finishMarking(&heap, &wavefront, &roots, collectorContext, observer: &silent)
  }

  @inline(__always)
  private var collectorContext: CollectorContext {
    var context = context
    if context.hasHandshake {
      for store in pendingStores { context.halfDone |= 1 << UInt64(store.mutator.index) }
    }
    return context
  }

  private mutating func collect<O: Observer>(
    _ collection: Collection, observer: inout O
  ) throws(MachineError) {
    switch collection {
    case .start:
      guard phase == .idle || isSweepingLazily else { throw .cycleIsUnderWay }
      if collectorContext.mustWait { throw .cannotScan(.storeIsHalfDone) }
      collector.start(&heap, &wavefront, &roots, collectorContext, observer: &observer)
    case .startMinor:
      guard settings.collector == .generational else { throw .noNursery }
      guard phase == .idle else { throw .cycleIsUnderWay }
      if collectorContext.mustWait { throw .cannotScan(.storeIsHalfDone) }
      guard heap.canPromoteAll() else { throw .heap(heap.oldAreFull()) }
      collector.startMinor(&heap, &roots, observer: &observer)
    case .step:
      advance(budget: 1, observer: &observer)
    case .work(let units):
      guard phase != .idle else { throw .noCycleIsUnderWay }
      advance(budget: units, observer: &observer)
    case .scanObject(let object):
      try scanNow(object, observer: &observer)
    case .scanRoot(let root):
      try scanNow(root, observer: &observer)
    }
  }

  private mutating func scanNow<O: Observer>(
    _ object: Reference, observer: inout O
  ) throws(MachineError) {
    switch phase {
    case .roots, .marking: break
    case .idle: throw .noCycleIsUnderWay
    case .flipping, .copying: throw .cannotScan(.copiesComeInOrder)
    case .termination, .sweeping, .forwarding, .updating, .moving, .reconciling, .trialMarking,
      .trialScanning, .trialCollecting:
      throw .cannotScan(.markingIsOver)
    }
    guard !wavefront.deferred.contains(object) else { throw .cannotScan(.objectIsDeferred) }
    if context.stacks != .any, let root = roots.firstUnscanned, root.isStack {
      throw .cannotScan(.stacksComeFirst)
    }
    guard wavefront.scan == nil || wavefront.scan?.object == object else {
      throw .cannotScan(.anotherScanIsUnderWay)
    }
    guard wavefront.advance(scanning: object, heap.tables, observer: &observer) != nil else {
      throw .cannotScan(.objectIsNotGrey)
    }
  }

  private mutating func scanNow<O: Observer>(
    _ root: RootID, observer: inout O
  ) throws(MachineError) {
    if phase.isCopying { throw .cannotScan(.copiesComeInOrder) }
    // While marking goes on, a barrier may have made a root grey again.
    guard phase == .roots || phase == .marking else {
      throw phase == .idle ? .noCycleIsUnderWay : .cannotScan(.rootIsScanned)
    }
    guard !roots.isScanned(root) else { throw .cannotScan(.rootIsScanned) }
    if context.stacks != .any, !root.isStack, let next = roots.firstUnscanned, next.isStack {
      throw .cannotScan(.stacksComeFirst)
    }
    if collectorContext.mustWait(for: root) { throw .cannotScan(.storeIsHalfDone) }
    collector.scanNow(root, &heap, &wavefront, &roots, observer: &observer)
  }
}
