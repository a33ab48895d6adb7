import Glibc

/// A heap that any number of threads use at once, each through a mutator of its own.
///
/// The allocator is the one of every `Machine`; here the threads are the system's. A mutator's cache is
/// its own, central lists and page heap have their locks, so nothing else is needed.
///
/// Unchecked, because the parts it shares are raw memory: what threads may do with it is said at
/// `Allocator`.
public final class SharedHeap: @unchecked Sendable {
  let heap: Heap
  /// Guards `caches` and `retired`.
  private let lock: RawTable<Lock>
  private var caches: [ThreadCache?] = []
  private var retired = RetiredCounts()

  /// - Parameter limitBytes: bytes of pages the heap may commit.
  public convenience init(limitBytes: Int) throws(HeapError) {
    try self.init(limitBytes: limitBytes, SystemMemory())
  }

  init(limitBytes: Int, _ system: SystemMemory) throws(HeapError) {
    heap = try Heap(limitBytes: limitBytes, freedCells: .kept, system)
    lock = try RawTable(zeroed: 1, from: system)
  }

  /// A mutator for the thread that calls; its end gives everything in its cache back.
  public func makeMutator() throws(HeapError) -> MutatorThread {
    let cache = try ThreadCache(heap.allocator.tables, heap.allocator.arena.system)
    let number = lock.withLock {
      // Numbers of mutators that have ended are given again.
      if let free = caches.firstIndex(where: { $0 == nil }) {
        caches[free] = cache
        return free
      }
      caches.append(cache)
      return caches.count - 1
    }
    return MutatorThread(self, cache, number: number)
  }

  /// Takes the cache of a mutator that ends.
  fileprivate func close(_ cache: ThreadCache, number: Int) {
    _ = heap.allocator.empty(cache)
    lock.withLock {
      caches[number] = nil
      retired.add(cache)
    }
    cache.close()
  }

}

extension SharedHeap {
  /// The allocator's state in numbers; while no mutator is running.
  public func allocatorReport() -> AllocatorReport {
    heap.allocatorReport(others: openCaches, retired: retired)
  }

  /// The first broken equation of the allocator, or nil; while no mutator is running.
  public func firstAllocatorFault() -> AllocatorFault? {
    heap.allocator.firstFault(others: openCaches.map(\.1))
  }

  /// Mutators are numbered from 1 on; 0 is the heap's own cache, which no thread uses.
  private var openCaches: [(MutatorID, ThreadCache)] {
    caches.enumerated().compactMap { index, cache in
      cache.map { (MutatorID(index + 1), $0) }
    }
  }
}

/// One thread's hold on a shared heap; used by one thread at a time.
public struct MutatorThread: ~Copyable {
  private let heap: SharedHeap
  private let cache: ThreadCache
  private let number: Int
  /// Where the last cell came from; the next to be freed is often one of these.
  private var hot: HotStack

  fileprivate init(_ heap: SharedHeap, _ cache: ThreadCache, number: Int) {
    self.heap = heap
    self.cache = cache
    self.number = number
    hot = cache.stack(of: .none)
  }

  deinit { heap.close(cache, number: number) }
}

extension MutatorThread {
  /// An object of `byteCount` bytes, header included, that holds no references.
  ///
  /// Its payload is what the last object has left there: what `malloc` is to other allocators.
  ///
  /// - Precondition: `byteCount` is at least that of a header.
  @inline(__always)
  public mutating func allocateCell(byteCount: Int) throws(HeapError) -> Reference {
    let payloadBytes = UInt(bitPattern: byteCount &- ObjectHeader.byteCount)
    let header = UInt64(payloadBytes) &<< 32
    // Negative sizes, too, are not small.
    guard payloadBytes <= MutatorThread.largestSmallPayload else {
      return try allocateSlowly(byteCount: byteCount, header)
    }
    let kind = cache.kind(byteCount: byteCount, isPointerFree: true)
    if kind != hot.kind { hot = cache.stack(of: kind) }
    guard let cell = cache.take(kind, for: header, color: ColorByte.white) else {
      return try allocateSlowly(byteCount: byteCount, header)
    }
    return Reference(word: cell)
  }

  private static var largestSmallPayload: UInt {
    UInt(SizeClass.largestRequestBytes - ObjectHeader.byteCount)
  }

  @inline(never)
  private mutating func allocateSlowly(
    byteCount: Int, _ header: UInt64
  ) throws(HeapError) -> Reference {
    precondition(byteCount >= ObjectHeader.byteCount, "an object has at least a header")
    let kind = heap.heap.allocator.kind(byteCount: byteCount, isPointerFree: true)
    let cell =
      kind.isLarge
      ? try heap.heap.allocator.takeLarge(byteCount: byteCount, kind).cell
      : try heap.heap.allocator.takeCell(kind, cache).cell
    heap.heap.allocator.arena.store64(header, at: cell.offset)
    heap.heap.allocator.colors[cell] = .white
    return cell
  }

  /// Gives back an object from `allocateCell`, whichever thread allocated it.
  ///
  /// - Precondition: it has not been given back yet.
  @inline(__always)
  public mutating func freeCell(_ cell: Reference) {
    precondition(cache.isInUse(cell.word), "an object is freed once")
    let kind = cache.kind(of: cell.word)
    if kind == hot.kind, cache.put(cell.word, onto: hot) { return }
    freeColdly(cell, kind)
  }

  @inline(never)
  private mutating func freeColdly(_ cell: Reference, _ kind: CellKind) {
    if !cache.put(cell.word, kind) { freeSlowly(cell, kind) }
  }

  @inline(never)
  private mutating func freeSlowly(_ cell: Reference, _ kind: CellKind) {
    _ = heap.heap.allocator.giveBack(cell, kind, cache)
  }
}

// MARK: - Tiny objects

/// Apart from the other cells, whose fast paths then need not ask: a free of a tiny object takes a lock,
/// because another thread may be freeing its neighbour.
extension MutatorThread {
  /// An object of at most 7 bytes that shares its cell with another one of this thread.
  mutating func allocateTiny(payloadBytes: Int) throws(HeapError) -> Reference {
    precondition((0...TinyHalf.largestPayload).contains(payloadBytes), "half a cell is enough")
    let half = try heap.heap.allocator.takeTiny(payloadBytes: payloadBytes, cache).half
    // The first half of a new block; the second is born in a block that is in use.
    if half == half.block { heap.heap.allocator.colors[half] = .white }
    return half
  }

  /// Gives back an object from `allocateTiny`, whichever thread allocated it.
  mutating func freeTiny(_ half: Reference) {
    precondition(
      TinyHalf.isObject(heap.heap.allocator.arena.loadState(at: half.offset)),
      "an object is freed once")
    _ = heap.heap.allocator.giveBackTiny(half, cache)
  }
}
