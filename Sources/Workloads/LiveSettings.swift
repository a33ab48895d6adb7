public import GarbageCollection

/// What runs on the threads of a live run, and how it is collected.
public struct LiveSettings: Hashable, Sendable {
  public var workload: WorkloadKind
  /// Threads that run the program, each its own copy of it.
  public var mutatorCount: Int
  /// Bytes that all threads together keep alive, about.
  public var liveBytes: Int
  /// Where the random numbers of the first thread begin; the others count on from there.
  public var seed: UInt64
  public var threads: ThreadSettings

  public init(
    workload: WorkloadKind, mutatorCount: Int = 2, liveBytes: Int = 32 << 20, seed: UInt64 = 0,
    threads: ThreadSettings = ThreadSettings()
  ) {
    self.workload = workload
    self.mutatorCount = mutatorCount
    self.liveBytes = liveBytes
    self.seed = seed
    self.threads = threads
  }

  /// Bytes that each thread keeps alive, about.
  var liveBytesPerThread: Int {
    max(WorkloadKind.leastLiveBytes, liveBytes / max(1, mutatorCount))
  }

  /// Which number of threads may run programs, and what they may keep alive, in MiB.
  public static let mutatorRange = ThreadSettings.mutatorRange
  public static let liveMebibyteRange = 1...512
  public static let limitMebibyteRange = 8...2048
}
