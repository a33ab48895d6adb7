public import GarbageCollection

/// A system to explore: where it may start, what may happen next, and what comes of it.
///
/// Everything must be deterministic, including the order of calls: a counterexample is found again by
/// repeating it, and the first of several shortest ones is always the same.
public protocol Model: Sendable {
  associatedtype State: StateWord
  associatedtype Action
  associatedtype Violation: Hashable & Sendable
  associatedtype Explorer: StateExplorer
  where Explorer.State == State, Explorer.Violation == Violation

  /// Calls `visit` with every state a run may start in, until it answers false.
  func forEachInitialState(_ visit: (State) -> Bool)

  /// A worker that knows what may happen; each thread of a search has its own.
  func makeExplorer() -> Explorer

  /// The actions of the run that begins in `start` and takes, one after the other, the steps of these
  /// numbers.
  func actions(from start: State, _ ordinals: [UInt16]) -> [Action]

  /// The violation at the end of such a run, in the run's own terms.
  func retold(
    _ violation: Violation, from start: State, _ ordinals: [UInt16]
  ) -> Violation
}

extension Model {
  public func retold(
    _ violation: Violation, from start: State, _ ordinals: [UInt16]
  ) -> Violation { violation }
}

/// Finds everything that may happen in a state.
public protocol StateExplorer: AnyObject {
  associatedtype State: StateWord
  associatedtype Violation: Hashable & Sendable

  /// Takes every step that leads out of `state` and tells `steps` what came of it.
  func expand(_ state: State, into steps: inout Steps<State, Violation>)
}
