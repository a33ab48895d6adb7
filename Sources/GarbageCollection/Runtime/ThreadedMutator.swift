public import Synchronization

/// One thread's hold on a machine of threads; used by one thread at a time.
///
/// References live in the mutator's stack of variables, or in slots of objects that are reachable.
/// A reference held anywhere else is good until the next safepoint: the next `allocate` or
/// `safepoint`.
public struct ThreadedMutator: ~Copyable {
  @usableFromInline let shared: ThreadedMachine
  @usableFromInline let record: MutatorRecord
  private let cache: ThreadCache
  @usableFromInline let ground: HeapTables
  @usableFromInline let signals: Signals
  @usableFromInline let stack: ShadowStack
  @usableFromInline let piece: NurseryPiece
  /// Where the last cell came from; the next often is one of these.
  private var hot: HotStack

  init(_ shared: ThreadedMachine, _ record: MutatorRecord) {
    self.shared = shared
    self.record = record
    cache = record.cache
    ground = shared.ground
    signals = shared.signals
    stack = record.stack
    piece = record.piece
    hot = cache.stack(of: .none)
  }

  deinit { shared.end(record) }

  public var id: MutatorID { record.id }
}

// MARK: - Variables

extension ThreadedMutator {
  /// Variables there are.
  @inlinable @inline(__always)
  public var variableCount: Int { stack.count }

  /// A variable, counted from the bottom.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Reference? {
    get {
      let word = stack[index]
      return word == 0 ? nil : Reference(word: word)
    }
    nonmutating set { stack[index] = newValue?.word ?? 0 }
  }

  /// A new variable on top; its number.
  @inlinable @inline(__always)
  @discardableResult
  public func push(_ value: Reference?) -> Int { stack.push(value?.word ?? 0) }

  /// Ends the variables from `index` on.
  @inlinable @inline(__always)
  public func pop(to index: Int) { stack.pop(to: index) }
}

// MARK: - Slots

extension ThreadedMutator {
  /// What a slot (0-based) refers to.
  @inlinable @inline(__always)
  public func load(_ slot: Int, of object: Reference) -> Reference? {
    let word = ground.loadPublished(slot, of: object)
    return word == 0 ? nil : Reference(word: word)
  }

  /// Writes a slot, with the barrier while objects are being marked, or where old and young are apart.
  @inlinable @inline(__always)
  public func store(_ value: Reference?, in slot: Int, of object: Reference) {
    let word = value?.word ?? 0
    guard signals.plain.contains(object.word) else {
      return record.storeByDuty(word, in: slot, of: object)
    }
    ground.publish(word, in: slot, of: object)
  }
}

// MARK: - Safepoints

extension ThreadedMutator {
  /// Where the collector may stop this thread, or look at its variables.
  @inlinable @inline(__always)
  public func safepoint() {
    if record.isWanted.load(ordering: .relaxed) { shared.answer(record) }
  }

  /// Runs `body`, which must not touch the heap: the collector need not wait for this thread meanwhile.
  public func whileAway<Result>(_ body: () -> Result) -> Result {
    shared.monitor.withLock { shared.leaveHeap(record) }
    defer { shared.monitor.withLock { shared.enterHeap(record) } }
    return body()
  }

  /// A whole collection: returns when one that began after the call has ended, its sweep included.
  public func collect() { shared.collect(for: record) }
}

// MARK: - Births

extension ThreadedMutator {
  /// An object with empty slots and a zeroed payload; a safepoint.
  ///
  /// - Throws: `ThreadError.heap` when two cycles have not made room.
  @inlinable @inline(__always)
  public mutating func allocate(
    slotCount: Int, payloadBytes: Int
  ) throws(ThreadError) -> Reference {
    let slots = UInt64(bitPattern: Int64(slotCount))
    let payload = UInt64(bitPattern: Int64(payloadBytes))
    let byteCount = slots &* UInt64(ObjectHeader.slotBytes) &+ payload &+ 8
    // Negative numbers, too, are not small; and where nobody is born in the nursery, there is no piece.
    guard slots | payload < 64, byteCount <= 64,
      let place = piece.take(UInt32(truncatingIfNeeded: ((byteCount &+ 15) &>> 4) &<< 1))
    else { return try allocateCell(slotCount: slotCount, payloadBytes: payloadBytes) }
    let object = Reference(word: place)
    ground.clearSmall(object, byteCount: Int(byteCount), header: slots | payload &<< 32)
    ground.setColorByte(ColorByte.white, of: object)
    return object
  }

  /// The same where it is not born in the piece of the nursery at hand.
  @usableFromInline @inline(never)
  mutating func allocateCell(
    slotCount: Int, payloadBytes: Int
  ) throws(ThreadError) -> Reference {
    let slots = UInt64(bitPattern: Int64(slotCount))
    let payload = UInt64(bitPattern: Int64(payloadBytes))
    let byteCount = slots &* UInt64(ObjectHeader.slotBytes) &+ payload &+ 8
    guard !signals.isNursing, slots | payload < 64, byteCount <= 64,
      slots > 0 || payload > TinyHalf.largestPayload
    else { return try allocateSlowly(slotCount: slotCount, payloadBytes: payloadBytes) }
    let kind = cache.kind(byteCount: Int(byteCount), isPointerFree: slots == 0)
    if kind != hot.kind { hot = cache.stack(of: kind) }
    guard let cell = cache.take(from: hot) else {
      return try allocateSlowly(slotCount: slotCount, payloadBytes: payloadBytes)
    }
    let object = Reference(word: cell)
    ground.clearSmall(object, byteCount: Int(byteCount), header: slots | payload &<< 32)
    ground.setColorByte(signals.birthColor, of: object)
    return object
  }

  @inline(never)
  private mutating func allocateSlowly(
    slotCount: Int, payloadBytes: Int
  ) throws(ThreadError) -> Reference {
    let header: ObjectHeader
    do throws(HeapError) {
      header = try ObjectHeader(requestedSlots: slotCount, payloadBytes: payloadBytes)
    } catch { throw .heap(error) }
    return try shared.allocate(header, for: record)
  }
}
