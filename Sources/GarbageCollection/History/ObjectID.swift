/// Who an object is, for its whole life and after: its number in order of birth, from 0.
///
/// Addresses are reused, identities never; labels, log, selection and positions on the screen go by
/// identity.
public struct ObjectID: Hashable, Sendable, Comparable {
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public static func < (left: ObjectID, right: ObjectID) -> Bool { left.index < right.index }
}

/// What is known of an object since its birth.
public struct ObjectRecord: Hashable, Sendable {
  /// The name people gave it.
  public let label: String
  public let slotCount: Int
  public let payloadBytes: Int
  /// Where it stands, or stood.
  public internal(set) var reference: Reference
  /// How often it has moved.
  public internal(set) var moveCount = 0
  /// The action, counted from 1, that allocated it.
  public let birthStep: Int
  /// Cycles that had begun by then.
  public let birthCycle: Int
  public let birthTier: Tier
  /// The freed object whose cell this one got.
  public let predecessor: ObjectID?
  /// How it last became grey.
  public internal(set) var shading: Shading?
  /// The action that last made it black.
  public internal(set) var blackenedStep: Int?
  public internal(set) var death: Death?

  public struct Shading: Hashable, Sendable {
    public let cause: ShadeCause<ObjectID>
    public let step: Int
    public let cycle: Int
  }

  public struct Death: Hashable, Sendable {
    public let step: Int
    public let tier: Tier
    /// Whether the program could still reach it.
    public let wasReachable: Bool
    public let cause: Cause
    /// Who freed it by hand.
    public let mutator: MutatorID?

    public enum Cause: Hashable, Sendable {
      case sweep
      /// By a collector that counts references.
      case counting
      /// By hand.
      case program
    }
  }
}

/// What has become of an object.
public enum Fate: String, Hashable, Sendable, CaseIterable {
  /// Reachable.
  case live
  /// Unreachable, not freed yet.
  case garbage
  /// Unreachable, and counting alone will never free it: garbage that refers to itself, and what hangs
  /// from that, while nobody searches for cycles.
  case leaked
  /// Reachable, but marking can no longer find it: it is going to be freed.
  case doomed
  /// Freed while reachable.
  case lost
  /// Freed when nobody could reach it.
  case collected
  /// Freed by the program by hand, whether or not it could still be reached.
  case released
}
