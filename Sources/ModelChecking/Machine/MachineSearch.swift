import GarbageCollection

/// A check of the machine whose states are of one type.
struct MachineSearch<State: StateWord>: RunningCheck, SearchHolder {
  private let check: Check
  private(set) var search: Search<MachineModel<State>>

  init(_ check: Check, while goesOn: () -> Bool) {
    self.check = check
    search = Search(MachineSearch.model(check), limits: check.limits, while: goesOn)
  }

  init(_ check: Check, resuming checkpoint: [UInt8]) throws(CheckpointError) {
    self.check = check
    search = try Search(
      MachineSearch.model(check), limits: check.limits, resuming: checkpoint, titled: check.title)
  }

  var title: String { check.title }

  private static func model(_ check: Check) -> MachineModel<State> {
    MachineModel(check.situation, from: .allHeaps(check.bounds))
  }

  @specialized(where State == SmallState)
  @specialized(where State == MediumState)
  @specialized(where State == LargeState)
  mutating func advance() { search.advance() }

  var report: CheckReport {
    CheckReport(
      settings: check.settings, bounds: check.bounds, promise: check.promise,
      finding: finding,
      states: search.stateCount, transitions: search.transitionCount, depth: search.depth,
      story: story)
  }

  private var story: Story? {
    guard case .fails(_, let start, let turns)? = search.verdict else { return nil }
    return Story(from: search.model.heap(of: start), turns, check.settings, check.bounds)
  }
}

extension Check {
  /// What is checked, in words: two checks of the same title search the same states.
  var title: String {
    let words = SettingName.allCases.map { "\($0.rawValue) \(settings.word(for: $0))" }
    let bounds =
      "objects \(bounds.objects), slots \(bounds.slots), registers \(bounds.registers), "
      + "mutators \(bounds.mutators), copies \(bounds.copies), sends \(bounds.sends), "
      + "idle \(bounds.startsIdle), births \(bounds.allocates), cycles \(bounds.cycles), "
      + "merged \(mergesHeaps), promise \(promise.rawValue)"
    return (words + [bounds]).joined(separator: ", ")
  }
}
