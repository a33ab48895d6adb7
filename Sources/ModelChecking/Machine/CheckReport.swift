public import GarbageCollection

/// Checks the real machine within bounds; the entry for the command line.
public enum Check {
  /// Explores every run of the machine under `settings`, over all heaps of `bounds`.
  ///
  /// - Parameter stateLimit: states to store at most, about 40 bytes each.
  public static func run(
    settings: Settings, bounds: Bounds, stateLimit: Int = .max
  ) throws(CheckError) -> CheckReport {
    let model = try MachineModel(settings, bounds)
    var search = Search(model, stateLimit: stateLimit)
    let verdict = search.run()
    return CheckReport(
      settings: settings, bounds: bounds, verdict: verdict, states: search.stateCount,
      transitions: search.transitionCount, depth: search.depth,
      story: Story(of: verdict, in: model))
  }
}

/// What a check has found out.
public struct CheckReport: Equatable {
  public let settings: Settings
  public let bounds: Bounds
  public let verdict: Verdict<MachineModel>
  /// States met before the search ended.
  public let states: Int
  /// Steps taken between them.
  public let transitions: Int
  /// Actions from a start to the states expanded last.
  public let depth: Int
  /// The shortest losing schedule; nil when none was found.
  public let story: Story?
}
