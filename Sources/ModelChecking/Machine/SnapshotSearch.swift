import GarbageCollection

/// A check whose states are snapshots.
struct SnapshotSearch: RunningCheck, SearchHolder {
  private let check: Check
  private(set) var search: Search<SnapshotModel>

  init(_ check: Check, while goesOn: () -> Bool) {
    self.check = check
    search = Search(SnapshotModel(check), limits: check.limits, while: goesOn)
  }

  var title: String { check.title }

  mutating func advance() { search.advance() }

  var report: CheckReport {
    CheckReport(
      settings: check.settings, bounds: check.bounds, promise: check.promise, finding: finding,
      states: search.stateCount, transitions: search.transitionCount, depth: search.depth,
      story: story)
  }

  private var story: Story? {
    guard case .fails(_, let start, let turns)? = search.verdict else { return nil }
    return Story(from: search.model.heap(of: start), turns, check.settings, check.bounds)
  }
}
