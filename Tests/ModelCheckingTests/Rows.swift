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

/// The counts and lengths of an independent exhaustive search of the same model.
///
/// Two objects of one slot and two registers, unless said otherwise.
extension Row {
  static let sound: [Row] = [
    Row("dijkstra, rescan", .dijkstra, .holds(states: 1260)),
    Row("dijkstra-conditional, rescan", .dijkstraConditional, .holds(states: 684)),
    Row(
      "dijkstra-conditional, blackened last, one slot", .dijkstraConditional, .holds(states: 1170)
    ) {
      $0.scan = .slotLast
    },
    Row("yuasa, stacks first", .yuasa, .holds(states: 807)) { $0.chosenStacks = .first },
    Row("yuasa, snapshot", .yuasa, .holds(states: 483)),
    Row("go", .go, .holds(states: 1140)),
    Row("hybrid", .hybrid, .holds(states: 1140)),
    Row("dijkstra without barrier on nil", .dijkstra, .holds(states: 1260)) {
      $0.elision = .newNil
    },
    Row("yuasa without barrier over nil", .yuasa, .holds(states: 807)) {
      $0.chosenStacks = .first
      $0.elision = .oldNil
    },
  ]

  static let unsound: [Row] = [
    Row("none", .none, .loses(afterActions: 5)),
    Row("none, snapshot", .none, .loses(afterActions: 4)) { $0.chosenStacks = .snapshot },
    Row("none, rescan", .none, .loses(afterActions: 7)) { $0.chosenRoots = .rescan },
    Row("dijkstra without rescan", .dijkstra, .loses(afterActions: 5)) { $0.chosenRoots = .once },
    Row("yuasa with stacks at any time", .yuasa, .loses(afterActions: 6)) {
      $0.chosenStacks = .any
    },
    Row("hybrid, born white", .hybrid, within: Bounds(allocates: true), .loses(afterActions: 3)) {
      $0.birthColor = .white
    },
    Row(
      "yuasa snapshot, born white", .yuasa, within: Bounds(allocates: true), .loses(afterActions: 2)
    ) {
      $0.birthColor = .white
    },
    Row("yuasa first, born black", .yuasa, within: Bounds(allocates: true), .loses(afterActions: 5))
    {
      $0.chosenStacks = .first
    },
    Row("yuasa after the store, no handshake", .yuasa, .loses(afterActions: 5)) {
      $0.chosenStacks = .first
      $0.atomicity = .storeFirst
      $0.handshake = false
    },
    Row("hybrid after the store, no handshake", .hybrid, .loses(afterActions: 5)) {
      $0.atomicity = .storeFirst
      $0.handshake = false
    },
    Row("yuasa-conditional after the store", .yuasaConditional, .loses(afterActions: 6)) {
      $0.chosenStacks = .first
      $0.atomicity = .storeFirst
    },
    Row("dijkstra-conditional before the store", .dijkstraConditional, .loses(afterActions: 9)) {
      $0.atomicity = .shadeFirst
    },
    Row("yuasa without barrier on nil", .yuasa, .loses(afterActions: 5)) {
      $0.chosenStacks = .first
      $0.elision = .newNil
    },
    Row("hybrid without barrier on nil", .hybrid, .loses(afterActions: 5)) {
      $0.elision = .newNil
    },
  ]

  /// Rows that take up to two minutes each without optimisation.
  static let long: [Row] = [
    Row("dijkstra, 3", .dijkstra, within: Bounds(objects: 3), .holds(states: 43284)),
    Row(
      "dijkstra-conditional, 3", .dijkstraConditional, within: Bounds(objects: 3),
      .holds(states: 21612)),
    Row("yuasa first, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 24842)) {
      $0.chosenStacks = .first
    },
    Row("yuasa snapshot, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 16734)),
    Row("yuasa with stack barrier, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 41088)) {
      $0.chosenStacks = .any
      $0.stackBarrier = true
    },
    Row("go, 3", .go, within: Bounds(objects: 3), .holds(states: 38592)),
    Row("hybrid, 3", .hybrid, within: Bounds(objects: 3), .holds(states: 38910)),
    Row(
      "hybrid, born black, for ever, 3", .hybrid,
      within: Bounds(objects: 3, allocates: true, cycles: .many), .holds(states: 43750)),
    Row(
      "dijkstra, born white, for ever, 3", .dijkstra,
      within: Bounds(objects: 3, allocates: true, cycles: .many), .holds(states: 49020)
    ) { $0.birthColor = .white },
    Row(
      "dijkstra-conditional, blackened last", .dijkstraConditional, within: Bounds(slots: 2),
      .loses(afterActions: 9)
    ) { $0.scan = .slotLast },
  ]
}
