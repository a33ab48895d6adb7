/// What collectors have done since a run began, in units of work.
///
/// A unit is one slot or root or object or cell looked at, one count changed, or 16 bytes moved: about
/// the same time each. A mutator's action counts as one unit, so that the two can be compared.
public struct Work: Hashable, Sendable {
  public internal(set) var marking = 0
  public internal(set) var sweeping = 0
  public internal(set) var compacting = 0
  public internal(set) var copying = 0
  public internal(set) var counting = 0
  /// Of all these, what allocations had to do beyond their share, because collection fell behind.
  public internal(set) var assists = 0
  public internal(set) var movedObjects = 0
  /// Words of 8 bytes.
  public internal(set) var movedWords = 0

  public init() {}

  /// Units of all kinds.
  public var total: Int { marking + sweeping + compacting + copying + counting }

  /// Counts what a step did in a phase.
  @inline(__always)
  mutating func add(_ units: Int, in phase: Phase) {
    switch phase {
    case .idle, .roots, .marking, .termination: marking += units
    case .sweeping: sweeping += units
    case .forwarding, .updating, .moving: compacting += units
    case .flipping, .copying: copying += units
    case .reconciling, .trialMarking, .trialScanning, .trialCollecting: counting += units
    }
  }

  func hash(into digest: inout Digest) {
    for count in [
      marking, sweeping, compacting, copying, counting, assists, movedObjects, movedWords,
    ] { digest.mix(count) }
  }
}
