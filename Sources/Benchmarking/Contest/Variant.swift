import GarbageCollection

/// Our collector, set up in one of the ways that are worth a contestant of their own.
enum Variant: String, CaseIterable, Sendable {
  /// Where threads collect, one marker beside the program.
  case usual = "tricolor"
  /// The world stands still for all of marking.
  case stopTheWorld = "tricolor-stw"
  /// The program marks, a little at each allocation.
  case incremental = "tricolor-inc"
}

extension Variant {
  var collection: ThreadedCollection {
    switch self {
    case .usual: .concurrent
    case .stopTheWorld: .stopTheWorld
    case .incremental: .incremental
    }
  }
}
