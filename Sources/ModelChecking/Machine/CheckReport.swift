public import GarbageCollection

/// A check of the real machine within bounds; the entry for the command line.
public struct Check {
  public let settings: Settings
  public let bounds: Bounds
  public var mergesHeaps: Bool
  public var limits: SearchLimits

  /// - Throws: `CheckError` when no state of these bounds can be searched.
  public init(
    settings: Settings, bounds: Bounds, mergesHeaps: Bool = false,
    limits: SearchLimits = SearchLimits()
  ) throws(CheckError) {
    try bounds.validate()
    let bitCount = bounds.layout.bitCount(settings)
    guard bitCount <= LargeState.bitLimit else {
      throw .stateTooLarge(bits: bitCount, limit: LargeState.bitLimit)
    }
    self.settings = settings
    self.bounds = bounds
    self.mergesHeaps = mergesHeaps
    self.limits = limits
  }

  var situation: Situation {
    Situation(
      settings: settings, layout: bounds.layout, turns: bounds.turns, cycles: bounds.cycles,
      mergesHeaps: mergesHeaps)
  }

  /// Searches to the end or to the limits.
  public func run() -> CheckReport {
    let bitCount = bounds.layout.bitCount(settings)
    if bitCount <= SmallState.bitLimit { return run(SmallState.self) }
    return bitCount <= MediumState.bitLimit ? run(MediumState.self) : run(LargeState.self)
  }

  private func run<State: StateWord>(_: State.Type) -> CheckReport {
    let model = MachineModel<State>(situation, from: .allHeaps(bounds))
    var search = Search(model, limits: limits)
    let verdict = search.run()
    return CheckReport(
      settings: settings, bounds: bounds, finding: CheckReport.Finding(verdict),
      states: search.stateCount, transitions: search.transitionCount, depth: search.depth,
      story: story(of: verdict, in: model))
  }

  private func story<State: StateWord>(
    of verdict: Verdict<MachineModel<State>>, in model: MachineModel<State>
  ) -> Story? {
    guard case .fails(_, let start, let turns) = verdict else { return nil }
    return Story(from: model.heap(of: start), turns, settings, bounds)
  }
}

/// What a check has found out.
public struct CheckReport: Equatable {
  public enum Finding: Hashable, Sendable {
    /// Every reachable state was visited, and no promise is broken.
    case holds
    /// A promise is broken.
    case fails
    /// The limits were reached first; nothing is proved.
    case undecided
  }

  public let settings: Settings
  public let bounds: Bounds
  public let finding: Finding
  /// States met before the search ended.
  public let states: Int
  /// Steps taken between them.
  public let transitions: Int
  /// Actions from a start to the states expanded last.
  public let depth: Int
  /// The shortest losing schedule; nil when none was found.
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
