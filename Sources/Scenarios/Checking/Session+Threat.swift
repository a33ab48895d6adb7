import ModelChecking

/// What a search finds out in the time that a person likes to wait.
public enum Threat: Hashable, Sendable {
  case answer(AdversaryReport)
  /// Why a search cannot start, in words.
  case refusal(String)
}

extension Session {
  /// The shortest way to lose an object from here, looked for among so many states.
  public borrowing func threat(
    to target: String? = nil, stateLimit: Int = Session.threatStateLimit
  ) -> Threat {
    let limits = SearchLimits(stateCount: stateLimit, workerCount: Session.threatWorkerCount)
    do throws(SceneError) {
      return .answer(try adversary(losing: target, limits: limits))
    } catch {
      return .refusal(error.description)
    }
  }

  /// About a second's worth.
  public static var threatStateLimit: Int { 300_000 }
  private static var threatWorkerCount: Int { 2 }
}

extension AdversaryReport {
  /// Whether it is certain that no way of at most so many actions exists.
  public func excludes(within limit: Int) -> Bool {
    switch answer {
    case .keeps: true
    case .loses(let statements, _): statements.count > limit
    case .undecided(let depth): depth > limit
    }
  }
}
