public import GarbageCollection

/// What a run has done from its beginning to some step, counted.
public struct Tally: Hashable, Sendable {
  private var cycles = 0
  private var freed = 0
  private var shades = 0
  private var rescans = 0
  private var floating = 0
  private var doubleFrees = 0
  private var usesAfterFree = 0
  private var pauses = 0
  private var longestPause = 0
  /// Units of the pause that is under way.
  private var openPause = 0
  /// What all collectors' work came to.
  private var workDone = 0
  private var work = Work()
  /// References that the collector has read out of slots and roots.
  public private(set) var scannedReferenceCount = 0

  public init() {}

  /// What a counter says after the last step of `observed`.
  func value(_ counter: RunCounter, _ observed: borrowing ObservedMachine) -> Int {
    switch counter {
    case .leaked: observed.leakedCount
    case .liveBytes: observed.liveBytes
    default: self[counter]
    }
  }

  /// - Precondition: the counter is one of the run, not of the heap as it is now.
  public subscript(counter: RunCounter) -> Int {
    switch counter {
    case .leaked, .liveBytes: preconditionFailure("counted in the heap")
    case .cycles: cycles
    case .freed: freed
    case .shades: shades
    case .rescans: rescans
    case .floating: floating
    case .doubleFrees: doubleFrees
    case .usesAfterFree: usesAfterFree
    case .moved: work.movedObjects
    case .movedWords: work.movedWords
    case .pauses: pauses
    case .longestPause: longestPause
    case .assists: work.assists
    }
  }
}

extension Tally {
  /// Adds what the last step of `observed` did; `actor` is nil for the collector.
  mutating func add(
    _ observed: borrowing ObservedMachine, _ judgement: Judgement, by actor: MutatorID?
  ) {
    addWork(observed.machine.collector.work, by: actor)
    for event in observed.chronicle.events {
      if let count = observed.referencesRead(by: event) { scannedReferenceCount += count }
      switch event {
      case .phaseChanged(from: .idle, _): cycles += 1
      case .freed, .reclaimed: freed += 1
      case .shaded(_, .barrier), .marked(_, .barrier), .shaded(_, .buffer), .marked(_, .buffer):
        shades += 1
      case .scannedRoot(_, isRescan: true): rescans += 1
      case .kept(let id):
        if !judgement.isReachable(observed.chronicle[id].reference) { floating += 1 }
      case .refusedFree: doubleFrees += 1
      case .usedDangling: usesAfterFree += 1
      default: break
      }
    }
  }
}

extension Tally {
  /// All that collectors have done so far.
  public var collectorWork: Work { work }

  /// A pause is what the collector does between two actions of the program, or within one.
  private mutating func addWork(_ work: Work, by actor: MutatorID?) {
    let units = work.total - workDone
    workDone = work.total
    self.work = work
    if actor != nil { openPause = 0 }
    if units > 0 {
      if openPause == 0 { pauses += 1 }
      openPause += units
      longestPause = max(longestPause, openPause)
    }
  }
}

extension ObservedMachine {
  /// Bytes of the objects that roots reach.
  public var liveBytes: Int {
    let judgement = judgement
    var sum = 0
    machine.heap.forEachObject { object in
      if judgement.isReachable(object) { sum += machine.heap.objectBytes(of: object) }
    }
    return sum
  }

  /// Objects that are leaked.
  public var leakedCount: Int { judgement.leaked.reduce(0) { count, _ in count + 1 } }

  /// How many references a step of the collector looked at; nil if it looked at none.
  fileprivate func referencesRead(by event: Event<ObjectID>) -> Int? {
    switch event {
    case .examinedSlot, .scannedRoot(.global, _): 1
    case .scannedRoot(.stack(let mutator), _):
      machine.roots.stacks[mutator.index].frames.reduce(0) { $0 + $1.variables.count }
    default: nil
    }
  }
}
