import GarbageCollection

/// Our collector, set up in one of the ways that are worth a contestant of their own.
enum Variant: String, CaseIterable, Sendable {
  /// Where threads collect, one marker beside the program.
  case usual = "tricolor"
  /// The world stands still for all of marking.
  case stopTheWorld = "tricolor-stw"
  /// The program marks, a little at each allocation.
  case incremental = "tricolor-inc"
  /// Objects are born in a large nursery, and promoted when they survive; old ones are marked as usual.
  case generational = "tricolor-gen"
  /// Objects are born in a nursery, and the world stands still for all of marking; it does so sooner, to
  /// save memory.
  case generationalStopped = "tricolor-gen-stw"
}

extension Variant {
  func apply(to settings: inout ThreadSettings) {
    switch self {
    case .usual, .generational: settings.collection = .concurrent
    case .stopTheWorld, .generationalStopped: settings.collection = .stopTheWorld
    case .incremental: settings.collection = .incremental
    }
    switch self {
    case .usual, .stopTheWorld, .incremental: settings.nurseryBytes = 0
    case .generational: settings.nurseryBytes = 8 * ThreadSettings.usualNurseryBytes
    case .generationalStopped:
      // Time for memory.
      settings.nurseryBytes = ThreadSettings.usualNurseryBytes / 2
      settings.growthPercent = 30
    }
  }
}
