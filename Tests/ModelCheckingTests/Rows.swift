import GarbageCollection
import ModelChecking
import Testing

/// One row of a table of verdicts: settings, bounds and what the check must find.
struct Row: Sendable, CustomTestStringConvertible {
  let name: String
  let settings: Settings
  let bounds: Bounds
  let expected: Expectation

  enum Expectation: Sendable, Equatable {
    case holds(states: Int)
    case loses(afterActions: Int)
  }

  var testDescription: String { name }

  init(
    _ name: String, _ barrier: Barrier, within bounds: Bounds = Bounds(), _ expected: Expectation,
    _ change: (inout Settings) -> Void = { _ in }
  ) {
    var settings = Settings()
    settings.barrier = barrier
    change(&settings)
    self.name = name
    self.settings = settings
    self.bounds = bounds
    self.expected = expected
  }
}

extension CheckReport {
  var found: Row.Expectation? {
    switch finding {
    case .holds: .holds(states: states)
    case .fails: .loses(afterActions: story?.steps.count ?? 0)
    case .undecided: nil
    }
  }
}

extension Row {
  func check(workers: Int = 1, mergesHeaps: Bool = false) throws(CheckError) -> CheckReport {
    try Check(
      settings: settings, bounds: bounds, mergesHeaps: mergesHeaps,
      limits: SearchLimits(workerCount: workers)
    ).run()
  }
}
