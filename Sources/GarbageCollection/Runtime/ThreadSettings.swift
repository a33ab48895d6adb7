/// How a machine of threads is set up.
public struct ThreadSettings: Hashable, Sendable {
  public var barrier: Barrier = .go
  public var collection = ThreadedCollection.concurrent
  /// Threads that mark where threads do, the coordinator among them.
  public var markerCount = 1
  public var order: WorklistOrder = .bySpan
  /// Bytes of pages that the heap may commit.
  public var limitBytes = 1 << 30
  /// How much may be allocated before the next cycle has ended, in percent of what lives (Go's GOGC), of
  /// which what has no references counts for a quarter.
  public var growthPercent = 100
  /// Bytes that may be allocated at least between two cycles.
  public var minimumBytes = 4 << 20
  /// Bytes of the nursery, where objects are born, to be promoted if they survive; 0 for none: all are
  /// born old.
  public var nurseryBytes = 0
  /// Whether the oracle judges at the end of each marking, and after each collection of the young, while
  /// the world is stopped.
  public var judges = false

  public init() {}
}

/// Who collects while threads run, and when.
public enum ThreadedCollection: String, Hashable, Sendable, CaseIterable {
  /// Markers on threads of their own, beside the mutators.
  case concurrent
  /// Mutators, a little at each allocation.
  case incremental
  /// One thread, while all others stand still; only the sweep is beside them.
  case stopTheWorld = "stop-the-world"
}

extension ThreadSettings {
  public static let markerRange = 1...64
  public static let mutatorRange = 1...64
  /// Bytes of a nursery that suits most: small beside the processor's last cache, and large beside what
  /// programs are about to drop.
  public static let usualNurseryBytes = 4 << 20
  /// Bytes that a nursery may have, if there is one.
  public static let nurseryRange = 64 << 10...1 << 28

  /// Barriers that hold where markers and mutators run at the same time.
  ///
  /// Their conditions, if any, are about what only the mutator itself changes. A barrier that asks for
  /// the colour of the source may see it grey while a marker, who has read the slot already, turns it
  /// black: it would need a fence at each store (Gammie, Hosking and Engelhardt, "Relaxing safely",
  /// PLDI 2015).
  public static let barriers: [Barrier] = [.dijkstra, .yuasa, .hybrid, .go]

  func validate() throws(ThreadError) {
    guard ThreadSettings.barriers.contains(barrier) else { throw .unsoundBarrier(barrier) }
    guard ThreadSettings.markerRange.contains(markerCount) else {
      throw .badMarkerCount(markerCount)
    }
    guard nurseryBytes == 0 || ThreadSettings.nurseryRange.contains(nurseryBytes) else {
      throw .badNursery(nurseryBytes)
    }
  }

  /// The machine's own settings.
  var machine: Settings {
    var settings = Settings()
    settings.barrier = barrier
    settings.worklistOrder = order
    settings.heapLimitBytes = limitBytes
    settings.sweep = .lazy
    settings.poisonsFreedCells = false
    guard nurseryBytes > 0 else { return settings }
    settings.collector = .generational
    settings.nurseryBytes = nurseryBytes
    settings.promotionAge = 1
    return settings
  }
}

/// Why a machine of threads cannot be had, or cannot go on.
public enum ThreadError: Error, Hashable, Sendable {
  case heap(HeapError)
  case machine(MachineError)
  case unsoundBarrier(Barrier)
  case badMarkerCount(Int)
  case badMutatorCount(Int)
  case badNursery(Int)
}

extension ThreadError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .heap(let error): "\(error)"
    case .machine(let error): "\(error)"
    case .unsoundBarrier(let barrier):
      "barrier \(barrier.rawValue) does not hold while threads mark beside the program; expected "
        + ThreadSettings.barriers.map(\.rawValue).joined(separator: ", ")
    case .badMarkerCount(let count):
      "\(count) markers: expected a number from \(ThreadSettings.markerRange.lowerBound) to "
        + "\(ThreadSettings.markerRange.upperBound)"
    case .badMutatorCount(let count):
      "\(count) threads: expected a number from \(ThreadSettings.mutatorRange.lowerBound) to "
        + "\(ThreadSettings.mutatorRange.upperBound)"
    case .badNursery(let byteCount):
      "a nursery of \(byteCount) bytes: expected 0 for none, or "
        + "\(ThreadSettings.nurseryRange.lowerBound) to "
        + "\(ThreadSettings.nurseryRange.upperBound)"
    }
  }
}
