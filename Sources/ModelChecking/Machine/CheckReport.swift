public import GarbageCollection

/// A check of the real machine within bounds; the entry for the command line.
public struct Check {
  public let settings: Settings
  public private(set) var bounds: Bounds
  public var promise: Promise
  public var mergesHeaps: Bool
  public var limits: SearchLimits

  /// - Throws: `CheckError` when no state of these bounds can be searched.
  public init(
    settings: Settings, bounds: Bounds, promise: Promise = .keepsObjects,
    mergesHeaps: Bool = false,
    limits: SearchLimits = SearchLimits()
  ) throws(CheckError) {
    try bounds.validate()
    if let conflict = settings.firstConflict { throw .conflict(conflict) }
    let bitCount = bounds.layout.bitCount(settings)
    guard bitCount <= LargeState.bitLimit else {
      throw .stateTooLarge(bits: bitCount, limit: LargeState.bitLimit)
    }
    self.settings = settings
    self.bounds = bounds
    // A collection of counted objects runs from start to end in one turn.
    if settings.collector == .referenceCounting { self.bounds.startsIdle = true }
    // Whether the first collection is one of the young is part of what is tried.
    if settings.collector == .generational { self.bounds.startsIdle = true }
    self.promise = promise
    self.mergesHeaps = mergesHeaps
    self.limits = limits
  }

  var situation: Situation {
    Situation(
      settings: settings, layout: bounds.layout,
      turns: bounds.turns + (settings.collector == .generational ? [.startMinor] : []),
      cycles: bounds.cycles, promise: promise, mergesHeaps: mergesHeaps)
  }

  /// Searches to the end or to the limits.
  public func run() -> CheckReport {
    var search = begin()
    while !search.isOver { search.advance() }
    return search.report
  }

  /// A search at its beginning.
  ///
  /// - Parameter goesOn: is asked now and then while the heaps are set up; when it answers false, the
  ///   search ends undecided.
  public func begin(while goesOn: () -> Bool = { true }) -> any RunningCheck {
    if !settings.collector.hasFixedCells { return SnapshotSearch(self, while: goesOn) }
    return switch StateSize(bitCount) {
    case .small: MachineSearch<SmallState>(self, while: goesOn)
    case .medium: MachineSearch<MediumState>(self, while: goesOn)
    case .large: MachineSearch<LargeState>(self, while: goesOn)
    }
  }

  /// A search taken up where a checkpoint left it.
  /// - Precondition: the search can be kept.
  public func resume(from checkpoint: [UInt8]) throws(CheckpointError) -> any RunningCheck {
    switch StateSize(bitCount) {
    case .small: try MachineSearch<SmallState>(self, resuming: checkpoint)
    case .medium: try MachineSearch<MediumState>(self, resuming: checkpoint)
    case .large: try MachineSearch<LargeState>(self, resuming: checkpoint)
    }
  }

  /// States of this check that fit in so many bytes, table and parents included.
  public func stateCount(within byteCount: Int) -> Int {
    settings.collector.hasFixedCells
      ? StateSize(bitCount).stateCount(within: byteCount) : SnapshotStore.count(within: byteCount)
  }

  /// Whether an unfinished search can be written down, to be taken up again.
  public var canBeKept: Bool { settings.collector.hasFixedCells }

  /// Heaps to begin with, of which `mergesHeaps` makes fewer; the largest number where there are more.
  public var heapCount: Int { bounds.heapCount }

  private var bitCount: Int { bounds.layout.bitCount(settings) }
}

extension CollectorKind {
  /// Whether each label's object can stand in a cell of its own, and states are made in place.
  var hasFixedCells: Bool { self == .markSweep }
}

/// The types that a state can have.
enum StateSize {
  case small, medium, large

  init(_ bitCount: Int) {
    self =
      bitCount <= SmallState.bitLimit
      ? .small : bitCount <= MediumState.bitLimit ? .medium : .large
  }

  /// States that fit in so many bytes, table and parents included.
  func stateCount(within byteCount: Int) -> Int {
    switch self {
    case .small: SearchLimits.states(SmallState.self, within: byteCount)
    case .medium: SearchLimits.states(MediumState.self, within: byteCount)
    case .large: SearchLimits.states(LargeState.self, within: byteCount)
    }
  }
}

/// A check under way.
public protocol RunningCheck: KeptSearch {
  /// What has been found out so far.
  var report: CheckReport { get }
}

/// What a check has found out.
public struct CheckReport: Equatable {
  public enum Finding: Hashable, Sendable {
    /// Every reachable state was visited, and no promise is broken.
    case holds
    /// A promise is broken.
    case fails
    /// The search was not over; nothing is proved.
    case undecided
  }

  public let settings: Settings
  public let bounds: Bounds
  public let promise: Promise
  public let finding: Finding
  /// States met before the search ended.
  public let states: Int
  /// Steps taken between them.
  public let transitions: Int
  /// Actions from a start to the states expanded last.
  public let depth: Int
  /// The shortest schedule that breaks the promise; nil when none was found.
  public let story: Story?
}

extension CheckReport.Finding {
  init<Subject: Model>(_ verdict: Verdict<Subject>) {
    self =
      switch verdict {
      case .holds: .holds
      case .fails: .fails
      case .undecided: .undecided
      }
  }
}
