/// A system to explore: where it may start, what may happen next, and what comes of it.
///
/// Both methods must be deterministic, including the order of their calls: a counterexample is found
/// again by replaying it, and the first of several shortest ones is always the same.
public protocol Model {
  associatedtype State: Hashable
  associatedtype Action
  associatedtype Violation

  /// Calls `visit` with every state a run may start in, until it answers false.
  func forEachInitialState(_ visit: (State) -> Bool)

  /// Calls `visit` with everything that may happen in `state` and what comes of it.
  func forEachStep(from state: State, _ visit: (Action, Outcome<State, Violation>) -> Void)
}

/// What comes of one action.
public enum Outcome<State, Violation> {
  case state(State)
  /// The run is over, and every promise was kept.
  case end
  /// A promise is broken.
  case violation(Violation)
}

extension Outcome: Equatable where State: Equatable, Violation: Equatable {}
