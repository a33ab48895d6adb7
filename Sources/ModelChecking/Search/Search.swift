/// A breadth-first search through all states of a model, nearest first.
///
/// Can be stopped between any two states and go on later. A state costs its own size, about 12 bytes
/// of table, and 6 bytes that say how it was first met: its parent and which of the parent's steps it
/// was. The actions of a counterexample are found again by replaying those steps.
public struct Search<Subject: Model> {
  public let model: Subject
  /// States to store at most.
  public let stateLimit: Int
  /// What has been found out; nil while the search is under way.
  public private(set) var verdict: Verdict<Subject>?
  /// Steps taken so far, those to known states and to the end of a run included.
  public private(set) var transitionCount = 0
  /// Actions from an initial state to the state being expanded.
  public private(set) var depth = 0

  private var table = StateTable<Subject.State>()
  private var parents: [UInt32] = []
  private var ordinals: [UInt16] = []
  /// The next state to expand.
  private var next = 0
  /// The states of the present depth end here.
  private var levelEnd = 0

  public init(_ model: Subject, stateLimit: Int = .max) {
    self.model = model
    self.stateLimit = min(stateLimit, Int(UInt32.max) - 1)
    model.forEachInitialState { state in
      insert(state, parent: Search.noParent, ordinal: 0)
      return verdict == nil
    }
    levelEnd = table.count
    if verdict == nil, table.count == 0 { concludeThatItHolds() }
  }

  /// The parent of an initial state.
  private static var noParent: UInt32 { .max }
}

extension Search {
  public var stateCount: Int { table.count }

  /// Searches to the end.
  public mutating func run() -> Verdict<Subject> {
    while true {
      if let verdict { return verdict }
      expandNextState()
    }
  }

  /// Takes every step that leads out of the next state.
  ///
  /// - Precondition: there is no verdict yet.
  public mutating func expandNextState() {
    precondition(verdict == nil, "a search ends with its verdict")
    beginLevelIfNeeded()
    let parent = next
    var ordinal: UInt16 = 0
    // The model is copied because the steps change the search that owns it.
    let model = model
    model.forEachStep(from: table.states[parent]) { _, outcome in
      guard verdict == nil else { return }
      transitionCount += 1
      meet(outcome, parent: UInt32(parent), ordinal: ordinal)
      ordinal += 1
    }
    next += 1
    if verdict == nil, next == table.count { concludeThatItHolds() }
  }

  private mutating func beginLevelIfNeeded() {
    guard next == levelEnd else { return }
    depth += 1
    levelEnd = table.count
  }

  private mutating func meet(
    _ outcome: Outcome<Subject.State, Subject.Violation>, parent: UInt32, ordinal: UInt16
  ) {
    switch outcome {
    case .end: break
    case .state(let state): insert(state, parent: parent, ordinal: ordinal)
    case .violation(let violation):
      let run = run(to: parent, then: ordinal)
      verdict = .fails(violation, from: run.start, after: run.actions)
    }
  }

  private mutating func insert(_ state: Subject.State, parent: UInt32, ordinal: UInt16) {
    guard table.count < stateLimit else {
      if !table.contains(state) { verdict = .undecided(states: table.count) }
      return
    }
    guard table.insert(state) else { return }
    parents.append(parent)
    ordinals.append(ordinal)
  }

  private mutating func concludeThatItHolds() {
    verdict = .holds(states: table.count, transitions: transitionCount, depth: depth)
  }
}

// MARK: - Counterexamples

extension Search {
  /// The run that first met state `position`, and one more step.
  private func run(
    to position: UInt32, then last: UInt16
  ) -> (start: Subject.State, actions: [Subject.Action]) {
    var actions: [Subject.Action] = []
    var position = position
    var ordinal = last
    while true {
      actions.append(action(ordinal, from: table.states[Int(position)]))
      let parent = parents[Int(position)]
      guard parent != Search.noParent else { break }
      ordinal = ordinals[Int(position)]
      position = parent
    }
    return (table.states[Int(position)], actions.reversed())
  }

  private func action(_ wanted: UInt16, from state: Subject.State) -> Subject.Action {
    var ordinal: UInt16 = 0
    var found: Subject.Action?
    model.forEachStep(from: state) { action, _ in
      if ordinal == wanted { found = action }
      ordinal += 1
    }
    guard let found else { preconditionFailure("a model offers the same steps again") }
    return found
  }
}
