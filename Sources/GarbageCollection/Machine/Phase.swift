/// Where a collection cycle stands.
public enum Phase: String, Hashable, Sendable, CaseIterable {
  /// No cycle is under way; every object is white.
  case idle
  /// Stacks and globals are being scanned, one root a step.
  case roots
  /// Grey objects are being scanned.
  case marking
  /// No grey object was left; the world is stopped until marking has ended.
  case termination
  /// Cells are being swept, one a step, by address.
  case sweeping
  /// Live objects are given the places they will move to, by address; dead ones get none.
  case forwarding
  /// Roots and slots are given the new places of the objects they refer to.
  case updating
  /// Objects move to their new places, by address.
  case moving
  /// The spaces have changed their roles; what roots refer to is copied, one root a step.
  case flipping
  /// What copied objects refer to is copied, in the order they were copied.
  case copying
  /// Stacks are looked at, to see which objects with a count of zero are still in use.
  case reconciling
  /// References inside of suspected garbage are taken off the counts, as a trial.
  case trialMarking = "trial-marking"
  /// What is still counted is restored; the rest is garbage.
  case trialScanning = "trial-scanning"
  /// The garbage that trial deletion has found is freed.
  case trialCollecting = "trial-collecting"
}

extension Phase {
  /// Whether references mean places where their objects will stand, so that no program can run.
  public var isCompacting: Bool {
    switch self {
    case .forwarding, .updating, .moving: true
    case .idle, .roots, .marking, .termination, .sweeping, .flipping, .copying, .reconciling,
      .trialMarking, .trialScanning, .trialCollecting:
      false
    }
  }

  /// Whether objects are being copied, so that shells of them may be met.
  public var isCopying: Bool {
    switch self {
    case .flipping, .copying: true
    case .idle, .roots, .marking, .termination, .sweeping, .forwarding, .updating, .moving,
      .reconciling, .trialMarking, .trialScanning, .trialCollecting:
      false
    }
  }

  /// Whether barriers act and new objects get the birth colour.
  public var isMarking: Bool {
    switch self {
    case .roots, .marking, .termination: true
    case .idle, .sweeping, .forwarding, .updating, .moving, .flipping, .copying, .reconciling,
      .trialMarking, .trialScanning, .trialCollecting:
      false
    }
  }
}
