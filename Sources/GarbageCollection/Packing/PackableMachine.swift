/// A machine that goes from state to state in place: the checker's, a state of which is a few words.
///
/// Each label has a cell of its own, in which its object stands whenever it exists; so a state is no more
/// than colours, slots, variables and the collector's cursors, and setting the machine back to one is as
/// many stores. The machine, its heap and its allocator are the real ones.
///
/// Left out of a state are the order of the worklist, since a checker scans any grey object next, and
/// what the next steps overwrite before they read it.
public struct PackableMachine: ~Copyable {
  public internal(set) var machine: Machine
  public let layout: MachineLayout
  /// By thread: where its program stands, which says what its stack looks like.
  public var positions: [Int]
  /// Where each label's object stands if there is one.
  public let cells: [Reference]
  let widths: StateWidths
  /// Labels plus one by granule.
  let codes: RawTable<UInt8>
  let reserves: [CellReserve]
  /// By thread: variables at most.
  let variableCounts: [Int]
  /// By label: slots, and the object's header as it stands in memory.
  let slotCounts: [Int]
  let headers: [UInt64]
  /// The bits of a state that are the roots': by limb, ones.
  let rootBits: [UInt64]
  /// Every label in its own place.
  let identity: LabelOrder
  /// The state it was last placed in.
  var origin: InlineArray<8, UInt64> = .init(repeating: 0)
  var originLimbCount = 1
  /// The state it was last packed into, if nothing has been placed since.
  var latest: InlineArray<8, UInt64> = .init(repeating: 0)
  var isPacked = false
  /// The thread whose cache holds the cells of free labels.
  var cellHolder = MutatorID.main
  /// Whether cells may have left the cache since the machine was set to a state.
  var isScattered = false
  /// The labels that existed when the cache was last put in order.
  var arranged: UInt64 = 0
  /// Whether objects may have been born or freed since.
  var isDisarranged = true

  /// The cells that a machine's labels stand in, of one kind.
  struct CellReserve: Sendable {
    let kind: CellKind
    /// In the order of labels: cells and what is at their label.
    let labels: [Int]
    /// All cells of the kind that were fetched, those of labels included.
    let cells: [UInt32]
    /// Cells of no label.
    let spare: [UInt32]
  }

  static let heapLimitBytes = 1 << 20

  /// An idle machine without objects whose threads are where their programs begin.
  ///
  /// - Throws: `HeapError` when the objects do not fit, are more of a class than a cache holds, or one of
  ///   them is tiny or large: those do not stand in cells of their own.
  public init(_ layout: MachineLayout, _ settings: Settings) throws(HeapError) {
    var settings = settings
    settings.heapLimitBytes = PackableMachine.heapLimitBytes
    settings.poisonsFreedCells = false
    settings.sweep = .eager
    // A checker scans any grey object next.
    settings.worklistOrder = .lastInFirstOut
    var machine = try Machine(settings)
    let (cells, reserves) = try machine.reserveCells(for: layout.objects)
    let codes = try RawTable<UInt8>(
      zeroed: PackableMachine.heapLimitBytes / SizeClass.granuleBytes + Page.bytes,
      from: SystemMemory())
    for (label, cell) in cells.enumerated() { codes[Int(cell.word / 2)] = UInt8(label + 1) }
    for number in layout.threads.indices.dropFirst() {
      try machine.heap.openCache(of: MutatorID(number))
    }
    machine.roots.stacks = layout.threads.map { thread in
      var stack = Roots.Stack(thread.positions[0])
      stack.thread = thread.name
      return stack
    }
    machine.roots.globals = layout.globals.map {
      Roots.Global(name: $0, value: nil, isScanned: false)
    }
    self.init(
      machine, layout, cells: cells, widths: StateWidths(layout, settings), codes: codes, reserves)
  }

  private init(
    _ machine: consuming Machine, _ layout: MachineLayout, cells: [Reference],
    widths: StateWidths, codes: consuming RawTable<UInt8>, _ reserves: [CellReserve]
  ) {
    self.machine = machine
    self.layout = layout
    self.cells = cells
    self.widths = widths
    self.codes = codes
    self.reserves = reserves
    rootBits = widths.rootBits(layout)
    identity = LabelOrder(count: layout.objects.count)
    variableCounts = layout.threads.map(\.variableCount)
    slotCounts = layout.objects.map(\.slotCount)
    headers = layout.objects.map { UInt64($0.slotCount) | UInt64($0.payloadBytes) << 32 }
    positions = [Int](repeating: 0, count: layout.threads.count)
  }
}

extension Roots.Stack {
  /// A stack of empty variables.
  init(_ frames: [MachineLayout.Frame]) {
    self.init(
      frames: frames.map { frame in
        Roots.Frame(
          name: frame.name,
          variables: frame.variables.map { Roots.Variable(name: $0, value: nil) })
      })
  }
}

// MARK: - Cells

extension Machine {
  /// Cells for objects to stand in, fetched into the main mutator's cache.
  fileprivate mutating func reserveCells(
    for objects: [MachineLayout.Object]
  ) throws(HeapError) -> ([Reference], [PackableMachine.CellReserve]) {
    let cache = heap.allocator.cache(of: .main)
    var labels: [CellKind: [Int]] = [:]
    for (label, object) in objects.enumerated() {
      let header = try ObjectHeader(
        requestedSlots: object.slotCount, payloadBytes: object.payloadBytes)
      let kind = heap.kind(for: header)
      guard !kind.isLarge, kind != .tiny else {
        throw .impossibleSize(
          slotCount: object.slotCount, payloadBytes: object.payloadBytes)
      }
      labels[kind, default: []].append(label)
    }
    var cells = [Reference?](repeating: nil, count: objects.count)
    var reserves: [PackableMachine.CellReserve] = []
    for (kind, labels) in labels.sorted(by: { $0.value[0] < $1.value[0] }) {
      // A cache has room for few large cells.
      guard labels.count <= cache[kind].capacity else {
        let object = objects[labels[0]]
        throw .impossibleSize(slotCount: object.slotCount, payloadBytes: object.payloadBytes)
      }
      try heap.allocator.fetch(labels.count, kind, into: cache)
      var fetched: [UInt32] = []
      cache.forEachCell(of: kind) { fetched.append($0) }
      fetched.sort()
      for (label, cell) in zip(labels, fetched) { cells[label] = Reference(word: cell) }
      reserves.append(
        PackableMachine.CellReserve(
          kind: kind, labels: labels, cells: fetched,
          spare: Array(fetched.dropFirst(labels.count))))
    }
    return (cells.compactMap { $0 }, reserves)
  }
}

extension PackableMachine {
  /// Makes the labels that are not among `existing` (a bit each) free, the lowest to be born next.
  mutating func arrange(_ existing: UInt64) {
    let cache = machine.heap.allocator.cache(of: cellHolder)
    for reserve in reserves {
      cache.unstack(reserve.kind)
      for cell in reserve.spare { cache.restack(cell, reserve.kind) }
      var number = reserve.labels.count
      while number > 0 {
        number &-= 1
        let label = reserve.labels[number]
        guard existing & 1 &<< UInt64(label) == 0 else { continue }
        machine.heap.allocator.colors.clear(cells[label])
        cache.restack(cells[label].word, reserve.kind)
      }
    }
    arranged = existing
    isDisarranged = false
  }

  /// Brings the cells of all labels that do not exist into the cache of `holder`.
  mutating func gatherCells(for holder: MutatorID) {
    let cache = machine.heap.allocator.cache(of: holder)
    for reserve in reserves {
      if holder != cellHolder {
        cache.takeAll(reserve.kind, from: machine.heap.allocator.cache(of: cellHolder))
      }
      machine.heap.allocator.gather(reserve.cells, reserve.kind, into: cache)
    }
    isScattered = false
    cellHolder = holder
  }
}

extension PackableMachine {
  /// Has the next birth of its kind by `mutator` take the cell of `label`, which is free.
  public mutating func offer(_ label: Int, to mutator: MutatorID) {
    if mutator != cellHolder { gatherCells(for: mutator) }
    let cache = machine.heap.allocator.cache(of: mutator)
    for reserve in reserves where reserve.labels.contains(label) {
      cache.unstack(reserve.kind)
      for cell in reserve.spare { cache.restack(cell, reserve.kind) }
      for other in reserve.labels.reversed()
      where other != label && !machine.heap.allocator.colors.isInUse(cells[other]) {
        cache.restack(cells[other].word, reserve.kind)
      }
      cache.restack(cells[label].word, reserve.kind)
    }
    isDisarranged = true
  }
}

extension PackableMachine {
  /// Whether exactly the grey objects wait to be scanned: on the worklist, half scanned, or deferred.
  ///
  /// A state knows colours and not the worklist, so an object that waits nowhere would wait again as soon
  /// as the machine is placed.
  public mutating func isWorklistWhole() -> Bool {
    var waiting = machine.wavefront.worklist.count + machine.wavefront.deferred.count
    if let scan = machine.wavefront.scan, machine.heap.color(of: scan.object) == .grey {
      waiting += 1
    }
    for label in cells.indices
    where machine.heap.color(of: cells[label]) == .grey {
      waiting -= 1
    }
    return waiting == 0
  }
}

// MARK: - Actions

extension PackableMachine {
  /// Performs one action; false when the machine refuses it and is as it was.
  public mutating func perform(_ action: Action) -> Bool {
    isPacked = false
    switch action {
    case .mutate(.allocate, _), .mutate(.free, _): isDisarranged = true
    case .collect(.step): isScattered = true
    case .mutate, .collect: break
    }
    var observer = CautiousObserver()
    do throws(MachineError) {
      try machine.perform(action, observer: &observer)
      return true
    } catch {
      return false
    }
  }

  /// What became of the end of a cycle.
  public enum Ending {
    /// A store is half done, and the collector has to wait for it.
    case waits
    /// Something was left to shade after all.
    case goesOn
    case isOver
  }

  /// Ends marking, where nothing is left to scan, and sweeps.
  ///
  /// - Parameter judge: is called before the sweep, when nothing can save an object any more.
  public mutating func finishCycle(_ judge: (borrowing Machine) -> Void) -> Ending {
    precondition(machine.phase == .marking, "marking ends when it is under way")
    isScattered = true
    isPacked = false
    var observer = CautiousObserver()
    let units = machine.advance(budget: 1, observer: &observer)
    guard machine.phase != .marking else { return units == 0 ? .waits : .goesOn }
    while machine.phase == .termination { machine.advance(budget: 1, observer: &observer) }
    judge(machine)
    while machine.phase == .sweeping { machine.advance(budget: .max, observer: &observer) }
    return .isOver
  }
}
