import GarbageCollection

/// A search of a published model under way.
public protocol RunningPublishedCheck: KeptSearch {
  /// What has been found out so far.
  var report: PublishedReport { get }
}

/// A search of the states of one system of rules.
struct PublishedSearch<System: RuleSystem>: RunningPublishedCheck, SearchHolder {
  let title: String
  private(set) var search: Search<RuleModel<System>>

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

  @specialized(where System == BenAri)
  @specialized(where System == DijkstraLamport)
  @specialized(where System == MarkCompletion)
  mutating func advance() { search.advance() }

  var report: PublishedReport {
    PublishedReport(
      finding: finding,
      states: search.stateCount, transitions: search.transitionCount, depth: search.depth,
      counterexample: counterexample)
  }

  private var counterexample: PublishedRun? {
    guard case .fails(let failure, let start, let lines)? = search.verdict else { return nil }
    return PublishedRun(
      start: search.model.system.facts(of: start), lines: lines, lost: failure.lost)
  }
}
