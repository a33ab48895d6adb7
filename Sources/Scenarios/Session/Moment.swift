public import GarbageCollection

/// What is kept of one step of a run, so that it can be found and told without replaying it.
public struct Moment: Hashable, Sendable {
  /// The statement, by position in `Session.lines`, that the step belongs to.
  public let line: Int
  /// One plain sentence or two: who did what, and why.
  public let sentence: String
  public let marks: Marks
  /// Invariants that hold no more since this step.
  public let broken: [Barrier.Invariant]
  /// Objects that became doomed in this step.
  public let doomed: [ObjectID]
  /// Objects freed in this step though the program could reach them.
  public let lost: [ObjectID]
  /// What was counted up to this step, which included.
  public let tally: Tally
  /// Where the cycle stands after this step.
  public let phase: Phase
  public let cost: Cost

  /// How long a step took, in units of work.
  public struct Cost: Hashable, Sendable {
    /// 1 for an action of the program, 0 for one of the collector.
    public let mutatorUnits: Int
    /// What the collector did, also within an action of the program.
    public let collectorUnits: Int
    /// Of these, what allocations did beyond their budget.
    public let assistUnits: Int

    init(_ action: Action, from before: Work, to after: Work) {
      mutatorUnits = action.mutator == nil ? 0 : 1
      collectorUnits = after.total - before.total
      assistUnits = after.assists - before.assists
    }
  }

  /// What is worth stopping for.
  public struct Marks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let phaseChange = Marks(rawValue: 1)
    public static let barrierHit = Marks(rawValue: 2)
    public static let invariantBroken = Marks(rawValue: 4)
    public static let doomed = Marks(rawValue: 8)
    public static let freed = Marks(rawValue: 16)
    public static let lost = Marks(rawValue: 32)
    public static let danglingUse = Marks(rawValue: 64)

    /// Any of these is an event to jump to.
    public static let all = Marks(rawValue: 127)
    /// What goes wrong.
    public static let violations: Marks = [.invariantBroken, .doomed, .lost, .danglingUse]
  }
}

/// What the script says or asks at a position of the run, without acting.
public struct Cue: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case say(LocalizedText)
    case ask(question: LocalizedText, answer: String)
    /// Play pauses here.
    case beat
    case expectation(Expectation)
    /// A puzzle begins.
    case goal(Goal)
    /// Something about the run that people should know.
    case note(String)
  }

  /// Steps taken when it is due.
  public let position: Int
  /// Position in `Session.lines`.
  public let line: Int
  public let content: Content
}

/// An `expect` statement and how it came out.
public struct Expectation: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case held
    /// The words say what was found instead.
    case failed(String)
    /// The settings are not the script's, so it does not count; a note says if it does not hold.
    case moot
  }

  public let claim: Claim
  /// Whose variables it names, where it is not main's.
  public let thread: String?
  public let outcome: Outcome

  /// The claim as it was written.
  public var text: String { (thread.map { "\($0): " } ?? "") + claim.text }
}
