import GarbageCollection

/// A search whatever its model, as somebody sees who waits for it.
public protocol RunningSearch {
  var isOver: Bool { get }
  var stateCount: Int { get }
  /// States met whose steps are not tried yet.
  var waitingCount: Int { get }
  var transitionCount: Int { get }
  /// Whether every initial state is among the states; else nothing can be proved by going on.
  var hasAllBeginnings: Bool { get }
  /// Actions from an initial state to the states being expanded.
  var depth: Int { get }
  /// Bytes that states, table and parents take.
  var byteCount: Int { get }

  /// Takes every step out of a block of states.
  mutating func advance()
}

/// A search that can be written down, to be taken up again later.
public protocol KeptSearch: RunningSearch {
  var finding: CheckReport.Finding { get }

  func checkpoint() -> [UInt8]
}

/// Whoever runs the search of some model and needs to hide which.
///
/// Only `advance` is left to write: as a witness of a protocol it would stay generic, at fifteen times
/// the cost, so it says itself for which types it is specialised.
protocol SearchHolder: KeptSearch {
  associatedtype Subject: Model

  var search: Search<Subject> { get }
  /// Says what is searched; a search of anything else refuses the checkpoint.
  var title: String { get }
}

extension SearchHolder {
  public var isOver: Bool { search.isOver }
  public var stateCount: Int { search.stateCount }
  public var waitingCount: Int { search.waitingCount }
  public var transitionCount: Int { search.transitionCount }
  public var hasAllBeginnings: Bool { search.hasAllBeginnings }
  public var depth: Int { search.depth }
  public var byteCount: Int { search.byteCount }
  public var finding: CheckReport.Finding {
    search.verdict.map { CheckReport.Finding($0) } ?? .undecided
  }

  public func checkpoint() -> [UInt8] { search.checkpoint(titled: title) }
}

extension Search: RunningSearch {
  public var isOver: Bool { verdict != nil }

  public var byteCount: Int {
    table.byteCount + states.capacity * MemoryLayout<Subject.State>.stride
      + parents.capacity * 4 + ordinals.capacity * 2
  }
}

extension SearchLimits {
  /// The limits within which a search of states of that type takes at most `byteCount` bytes.
  ///
  /// A table doubles when it is three quarters full, and for a moment the old and the new one stand
  /// side by side; so do the arrays.
  static func states<State: StateWord>(_: State.Type, within byteCount: Int) -> Int {
    byteCount / (MemoryLayout<State>.stride * 6 + 12)
  }
}
