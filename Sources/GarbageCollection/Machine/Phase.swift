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
}

extension Phase {
  /// Whether barriers act and new objects get the birth colour.
  public var isMarking: Bool {
    switch self {
    case .roots, .marking, .termination: true
    case .idle, .sweeping: false
    }
  }
}
