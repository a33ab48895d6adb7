public import Synchronization

/// What collector and others have to know of a mutator that runs on a thread of its own.
///
/// A class because the thread and whoever stops it share it; unchecked, because what is no atomic
/// belongs to the thread while it runs, and to the holder of the monitor while it does not.
@usableFromInline final class MutatorRecord: @unchecked Sendable {
  let id: MutatorID
  let cache: ThreadCache
  /// What the mutator's barriers have shaded, and what it scans when it assists.
  private let wavefrontBox: Box<Wavefront>
  let stack: ShadowStack
  let ground: HeapTables
  /// The store's program.
  let storeCode: UInt64
  private let stackWords: RawTable<UInt32>
  /// Whether the thread has to ask the monitor what is wanted of it.
  @usableFromInline let isWanted = Atomic<Bool>(false)
  /// What it has to do at its next safepoint.
  var request: HandshakeRequest?
  /// Whether the thread may touch the heap; guarded by the monitor.
  var isRunning = false
  /// Whether this cycle has scanned its stack.
  var isScanned = false
  /// Bytes of cells it has been given.
  let receivedBytes = Atomic<Int>(0)
  /// Units of marking that its allocations still owe.
  var debt = 0
  /// Units of marking it has done for its allocations.
  let assistedUnits = Atomic<Int>(0)

  init(
    _ id: MutatorID, _ cache: ThreadCache, _ wavefront: consuming Wavefront,
    _ ground: HeapTables, _ code: BarrierCode
  ) {
    self.ground = ground
    storeCode = code.bytes
    self.id = id
    self.cache = cache
    wavefrontBox = Box(wavefront)
    stackWords = RawTable(zeroed: ShadowStack.capacity + 1)
    stack = ShadowStack(stackWords)
  }

  var wavefront: Wavefront {
    @inline(__always) _read { yield wavefrontBox.value }
    @inline(__always) _modify { yield &wavefrontBox.value }
  }
}

/// What a mutator does at a safepoint for the collector.
enum HandshakeRequest {
  /// Scan its stack, once in a cycle, and give away what it has shaded.
  case scanStack
  /// Give away what it has shaded.
  case giveAway
}
