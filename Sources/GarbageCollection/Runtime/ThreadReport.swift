import Synchronization

/// What a machine of threads has done so far.
public struct ThreadReport: Hashable, Sendable {
  /// Cycles whose sweep has ended.
  public let cycleCount: Int
  public let pauseCount: Int
  /// Nanoseconds of the clock: of the longest stop of the world, and of the longest time for which an
  /// allocation marked.
  public let longestPause: UInt64
  public let longestAssist: UInt64
  /// Units of marking that markers did, that mutators did for their allocations, and in stops.
  public let markedUnits: Int
  public let assistedUnits: Int
  /// Times a marker found work on another's shelf.
  public let stealCount: Int
  /// Bytes of cells that mutators were given.
  public let receivedBytes: Int
  /// Collections of the young, and bytes that they have promoted.
  public let minorCount: Int
  public let promotedBytes: Int
  /// Ends of marking and collections of the young that the oracle has judged, and what it found: reachable and white, and garbage
  /// that was marked twice.
  public let judgedCount: Int
  public let lostCount: Int
  public let staleCount: Int
}

extension ThreadedMachine {
  public func report() -> ThreadReport {
    monitor.withLock {
      ThreadReport(
        cycleCount: endedCycleCount, pauseCount: census.pauseCount,
        longestPause: census.longest,
        longestAssist: mutators.reduce(retired.longestAssist) {
          max($0, $1.longestAssist.load(ordering: .relaxed))
        },
        markedUnits: markers.reduce(0) { $0 + $1.units.load(ordering: .relaxed) },
        assistedUnits: retired.assistedUnits
          + mutators.reduce(0) { $0 + $1.assistedUnits.load(ordering: .relaxed) },
        stealCount: markers.reduce(0) { $0 + $1.steals.load(ordering: .relaxed) },
        receivedBytes: retired.receivedBytes
          + mutators.reduce(0) { $0 + $1.receivedBytes.load(ordering: .relaxed) },
        minorCount: minorCount, promotedBytes: promotedBytes,
        judgedCount: judge.judgedCount, lostCount: judge.lostCount, staleCount: judge.staleCount)
    }
  }
}

/// What mutators did that have ended.
struct RetiredMutators: Sendable {
  private(set) var assistedUnits = 0
  private(set) var longestAssist: UInt64 = 0
  private(set) var receivedBytes = 0

  mutating func add(_ record: MutatorRecord) {
    assistedUnits += record.assistedUnits.load(ordering: .relaxed)
    longestAssist = max(longestAssist, record.longestAssist.load(ordering: .relaxed))
    receivedBytes += record.receivedBytes.load(ordering: .relaxed)
  }
}
