import GarbageCollection

/// A search of a published collector under way.
public protocol RunningPublishedCheck: KeptSearch {
  /// What has been found out so far.
  var report: PublishedReport { get }
}

/// A search of the states of one system of rules.
struct PublishedSearch<System: RuleSystem>: RunningPublishedCheck {
  private let title: String
  private var search: Search<RuleModel<System>>

  init(_ system: System, limits: SearchLimits) {
    title = system.title
    search = Search(RuleModel(system), limits: limits)
  }

  init(
    _ system: System, limits: SearchLimits, resuming checkpoint: [UInt8]
  ) throws(CheckpointError) {
    title = system.title
    search = try Search(
      RuleModel(system), limits: limits, resuming: checkpoint, titled: system.title)
  }

  var isOver: Bool { search.isOver }
  var stateCount: Int { search.stateCount }
  var waitingCount: Int { search.waitingCount }
  var transitionCount: Int { search.transitionCount }
  var hasAllBeginnings: Bool { search.hasAllBeginnings }
  var depth: Int { search.depth }
  var finding: CheckReport.Finding {
    search.verdict.map { CheckReport.Finding($0) } ?? .undecided
  }
  var byteCount: Int { search.byteCount }

  /// Compiled for each system: whoever holds the search knows only the protocol.
  @specialized(where System == BenAri)
  @specialized(where System == DijkstraLamport)
  mutating func advance() { search.advance() }

  func checkpoint() -> [UInt8] { search.checkpoint(titled: title) }

  var report: PublishedReport {
    PublishedReport(
      finding: finding,
      states: search.stateCount, transitions: search.transitionCount, depth: search.depth,
      counterexample: counterexample)
  }

  private var counterexample: PublishedRun? {
    guard case .fails(let lost, let start, let lines)? = search.verdict else { return nil }
    return PublishedRun(
      heap: search.model.system.heap.lines(of: start), lines: lines, lost: lost.nodes.labels)
  }
}
