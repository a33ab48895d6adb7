/// What a search has found out about a model.
public enum Verdict<Subject: Model> {
  /// Every reachable state was visited and no promise is broken.
  ///
  /// `depth` is the number of actions to the state farthest from any initial one.
  case holds(states: Int, transitions: Int, depth: Int)
  /// A shortest run that breaks a promise, from an initial state; its last action breaks it.
  case fails(Subject.Violation, from: Subject.State, after: [Subject.Action])
  /// The limit of states was reached first; nothing is proved.
  case undecided(states: Int)
}

extension Verdict: Equatable where Subject.Violation: Equatable, Subject.Action: Equatable {}
