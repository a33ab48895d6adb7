/// What a machine of threads looks like at one moment; counters count from the machine's beginning.
public struct ThreadSample: Hashable, Sendable {
  /// Nanoseconds on the machine's clock.
  public var time: UInt64 = 0
  public var phase = Phase.idle
  /// Whether the world stands still, or somebody holds the machine so that only colours could be read;
  /// everything but colours is then as it was in the sample before.
  public var isHeld = false
  /// Cycles begun, and cycles whose sweep has ended.
  public var begunCycleCount = 0
  public var endedCycleCount = 0
  /// Collections of the young.
  public var minorCount = 0
  /// Bytes of pages ever committed, and of those with memory behind them.
  public var committedBytes = 0
  public var residentBytes = 0
  /// Bytes that survived the last sweep, and that may be allocated until the next cycle has to be done.
  public var liveBytes = 0
  public var goalBytes = 0
  /// Bytes allocated since marking last ended.
  public var bytesSinceMarking = 0
  /// Bytes of cells that all mutators were given, those that have ended included.
  public var receivedBytes = 0
  /// Units of marking that mutators did for their allocations, likewise.
  public var assistedUnits = 0
  /// Words on the common worklist: objects, or pages of them where that is the order.
  public var listedCount = 0
  public var pauseCount = 0
  /// Nanoseconds.
  public var longestPause: UInt64 = 0
  /// Pauses that have ended since the sampler's last sample, at most `ThreadSampler.pauseLimit`.
  public var newPauses: [ThreadPause] = []
  public var mutators: [MutatorSample] = []
  public var markers: [MarkerSample] = []
  public var map: [MapCell] = []

  public init() {}

  public struct MutatorSample: Hashable, Sendable {
    public let id: MutatorID
    /// Whether it touches the heap; if not, it stands at a safepoint or waits for a cycle.
    public let isRunning: Bool
    /// Whether this cycle has scanned its stack.
    public let isScanned: Bool
    public let receivedBytes: Int
    public let assistedUnits: Int

    public init(
      id: MutatorID, isRunning: Bool, isScanned: Bool, receivedBytes: Int, assistedUnits: Int
    ) {
      self.id = id
      self.isRunning = isRunning
      self.isScanned = isScanned
      self.receivedBytes = receivedBytes
      self.assistedUnits = assistedUnits
    }
  }

  public struct MarkerSample: Hashable, Sendable {
    public let units: Int
    public let steals: Int
    /// Entries on its shelf.
    public let shelvedCount: Int

    public init(units: Int, steals: Int, shelvedCount: Int) {
      self.units = units
      self.steals = steals
      self.shelvedCount = shelvedCount
    }
  }

  /// A stretch of the heap: what was seen at the places looked at.
  public struct MapCell: Hashable, Sendable {
    /// Pages looked at, and those of them in use.
    public var pageCount: UInt16 = 0
    public var usedPageCount: UInt16 = 0
    /// Objects seen there, by colour.
    public var white: UInt16 = 0
    public var grey: UInt16 = 0
    public var black: UInt16 = 0

    public init() {}

    public var objectCount: Int { Int(white) + Int(grey) + Int(black) }
  }
}
