/// A goal, and how far the present moment is from it.
///
/// Each step after the goal is an action; the end of marking with its sweep is one, as nothing can be
/// saved or lost in between by anybody's doing.
public struct Puzzle: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    /// There are actions left.
    case open
    /// The object is lost, in time.
    case won
    case tooManyActions = "too many actions"
    /// The settings or the order are not those of the puzzle.
    case moot
  }

  public let goal: Goal
  /// The position from which actions count.
  public let start: Int
  /// Actions so far; once the object is lost they count no more.
  public let used: Int
  public let outcome: Outcome

  /// Actions that are left.
  public var left: Int { max(0, goal.limit - used) }
}

extension Goal {
  /// What is asked for, as in `lose C within 5 actions`.
  public var words: String { "lose \(label) within \(limit.counted("action"))" }
}

extension Puzzle: CustomStringConvertible {
  /// What is asked for, and how it stands.
  public var description: String {
    switch outcome {
    case .open: "\(goal.words), \(used) used"
    case .won: "\(goal.words): won with \(used)"
    case .tooManyActions: "\(goal.words): too many actions, \(used) used"
    case .moot: "\(goal.words), but under the script's own settings and order"
    }
  }
}

extension Int {
  /// The number with what it counts, as in `1 action` and `2 actions`.
  public func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
