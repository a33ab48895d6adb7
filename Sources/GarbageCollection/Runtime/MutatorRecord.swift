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
  let signals: Signals
  /// The store's program.
  let storeCode: BarrierCode
  private let stackWords: RawTable<UInt32>
  private let pieceWords: RawTable<UInt32>
  /// Where its objects are born, while there is a nursery.
  let piece: NurseryPiece
  let young: PlaceRange
  /// Places in old objects into which it has stored young ones.
  private(set) var remembered: [RememberedSet.Slot] = []
  private var rememberedLimit = MutatorRecord.leastRememberedLimit
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
  /// Nanoseconds of the clock that the longest of these took at a time; 0 without a clock.
  let longestAssist = Atomic<UInt64>(0)

  init(
    _ id: MutatorID, _ cache: ThreadCache, _ wavefront: consuming Wavefront,
    _ ground: HeapTables, _ signals: Signals, _ code: BarrierCode, _ young: PlaceRange
  ) {
    self.signals = signals
    self.young = young
    pieceWords = RawTable(zeroed: 2)
    piece = NurseryPiece(pieceWords)
    self.ground = ground
    storeCode = code
    self.id = id
    self.cache = cache
    wavefrontBox = Box(wavefront)
    stackWords = RawTable(zeroed: ShadowStack.capacity + 1)
    stack = ShadowStack(stackWords)
  }

  /// Notes a place in an old object into which a young one is about to be stored.
  @inline(never)
  func remember(_ slot: Int, of object: Reference) {
    remembered.append(RememberedSet.Slot(number: slot, object: object))
    guard remembered.count >= rememberedLimit else { return }
    remembered = Array(Set(remembered))
    rememberedLimit = max(MutatorRecord.leastRememberedLimit, remembered.count * 2)
  }

  /// A program that stores again and again, and allocates nothing, is not to fill the memory.
  private static let leastRememberedLimit = 1 << 16

  /// Gives away what it has remembered.
  func giveRemembered(to set: inout RememberedSet) {
    guard !remembered.isEmpty else { return }
    set.adopt(remembered)
    remembered.removeAll(keepingCapacity: true)
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
