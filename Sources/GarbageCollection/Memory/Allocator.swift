import Glibc

/// The tiers put together: from a number of bytes to a cell, and back.
///
/// ```
/// thread cache ──miss──▶ central list ──miss──▶ page heap ──miss──▶ system
///   stacks of cells        spans of a class       free pages          mmap, mprotect, madvise
///   no lock                a lock each            one lock
/// ```
/// A request walks right only as far as it must; a freed cell goes to the cache of the thread that frees
/// it, and left to right again when there is no room. `Route` says how far it was.
///
/// Any number of threads may call at once, each with a cache of its own: what they share is guarded by
/// the locks of central lists and page heap, taken in this order. Opening and closing caches and
/// copying are for one thread while no other runs.
struct Allocator: ~Copyable {
  let ground: PageGround
  /// Whether a cell is in use, by where it starts; and the colour of its object.
  let colors: ColorTable
  /// One record.
  let pageHeap: RawTable<PageHeap>
  /// By `CellKind`.
  let centralLists: RawTable<CentralList>
  /// Addresses of the batches of each central list; 0 until there are some.
  let batches: RawTable<UInt>
  /// Kinds of objects with references by steps of 8 bytes, rounded up, less one.
  private let kinds: RawTable<UInt8>
  /// By mutator; nil where one has ended.
  private(set) var caches: [ThreadCache?] = []
  /// The cache of `MutatorID.main` once more, where no array has to be looked at.
  private let mainCache: ThreadCache
  /// What the caches counted that have been closed.
  private(set) var retiredCounts = RetiredCounts()

  private init(
    ground: consuming PageGround, colors: consuming ColorTable,
    pageHeap: consuming RawTable<PageHeap>, centralLists: consuming RawTable<CentralList>,
    batches: consuming RawTable<UInt>, kinds: consuming RawTable<UInt8>, mainCache: ThreadCache
  ) {
    self.mainCache = mainCache
    caches = [mainCache]
    self.ground = ground
    self.colors = colors
    self.pageHeap = pageHeap
    self.centralLists = centralLists
    self.batches = batches
    self.kinds = kinds
  }

  /// An allocator with the cache of `MutatorID.main`; whatever the system refuses, nothing is left
  /// behind.
  ///
  /// - Parameter wholeGranules: whether every cell is to start where a granule does.
  static func make(
    limitBytes: Int, headerBytes: Int = ObjectHeader.byteCount, wholeGranules: Bool = false,
    _ system: SystemMemory = SystemMemory()
  ) throws(HeapError) -> Allocator {
    let pageCount = limitBytes / Page.bytes + 1
    let arena = try Arena(
      reservedBytes: pageCount * Page.bytes, headerBytes: headerBytes, system)
    let spans = try SpanTable(pageCount: pageCount, system)
    let released = try RawTable<UInt64>(zeroed: pageCount / 64 + 1, from: system)
    let colors = try ColorTable(arenaBytes: pageCount * Page.bytes, system)
    let pageHeap = try RawTable<PageHeap>(zeroed: 1, from: system)
    pageHeap[0] = PageHeap(limitPages: pageCount - 1)
    let centralLists = try RawTable<CentralList>(zeroed: CellKind.count, from: system)
    let batches = try RawTable<UInt>(zeroed: CellKind.count, from: system)
    let kinds = try Allocator.makeKinds(wholeGranules: wholeGranules, system)
    let tables = HeapTables(arena, colors, spans, kinds)
    let mainCache = try ThreadCache(tables, system)
    return Allocator(
      ground: PageGround(arena: arena, spans: spans, released: released), colors: colors,
      pageHeap: pageHeap, centralLists: centralLists, batches: batches, kinds: kinds,
      mainCache: mainCache)
  }

  /// An allocator of its own in the same state, with the same caches; O(committed bytes).
  borrowing func copy() throws(HeapError) -> Allocator {
    let pageCount = Int(pageHeap[0].frontier.index)
    let system = ground.arena.system
    let arena = try ground.arena.copy(committedEnd: committedEnd) {
      ground.released.hasBit(Int($0.index))
    }
    let spans = try ground.spans.copy(pageCount: pageCount, system)
    let released = try ground.released.copy(prefix: ground.released.count, from: system)
    let colors = try colors.copy(arenaBytes: committedEnd, system)
    let pageHeap = try pageHeap.copy(prefix: 1, from: system)
    pageHeap[0].preparedEnd = PageID(UInt32(0))
    let centralLists = try centralLists.copy(prefix: CellKind.count, from: system)
    let batches = try RawTable<UInt>(zeroed: CellKind.count, from: system)
    let kinds = try kinds.copy(prefix: kinds.count, from: system)
    let mainCache = try mainCache.copy(for: HeapTables(arena, colors, spans, kinds), system)
    var copy = Allocator(
      ground: PageGround(arena: arena, spans: spans, released: released), colors: colors,
      pageHeap: pageHeap, centralLists: centralLists, batches: batches, kinds: kinds,
      mainCache: mainCache)
    copy.retiredCounts = retiredCounts
    try copy.copyBatches(of: self)
    for cache in caches.dropFirst() {
      guard let cache else {
        copy.caches.append(nil)
        continue
      }
      copy.caches.append(try cache.copy(for: copy.tables, system))
    }
    return copy
  }

  private func copyBatches(of other: borrowing Allocator) throws(HeapError) {
    for kind in CellKind.small where other.centralLists[kind.index].batchCount > 0 {
      guard let copy = unsafe batchStorage(of: kind), let old = unsafe other.batchStorage(of: kind)
      else { throw .outOfMemory }
      let count = other.centralLists[kind.index].batchCount * kind.fullBatch
      unsafe memcpy(copy, old, count * MemoryLayout<UInt32>.stride)
    }
  }

  deinit {
    for cache in caches { cache?.close() }
    for raw in 0..<CellKind.count {
      if let storage = unsafe UnsafeMutablePointer<UInt32>(bitPattern: batches[raw]) {
        unsafe free(storage)
      }
    }
  }

  private static func makeKinds(
    wholeGranules: Bool, _ system: SystemMemory
  ) throws(HeapError) -> RawTable<UInt8> {
    let kindByStep = wholeGranules ? kindByRoundedStep : kindByStep
    let kinds = try RawTable<UInt8>(zeroed: kindByStep.count, from: system)
    unsafe kindByStep.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        unsafe memcpy(kinds.pointer(to: 0), start, bytes.count)
      }
    }
    return kinds
  }

  /// Made once: checkers make an allocator for every state.
  private static let kindByStep = SizeClass.indexByStep.map { $0 * 2 + 1 }
  private static let kindByRoundedStep =
    SizeClass.indexByStep(rounding: SizeClass.granuleBytes).map { $0 * 2 + 1 }
}

extension CellKind {
  /// Cells that a cache and the central list of this kind exchange at a time.
  var fullBatch: Int { (spanClass?.sizeClass.cacheCapacity ?? 0) / 2 }
}

extension Allocator {
  var spans: SpanTable {
    @inline(__always) _read { yield ground.spans }
  }

  var arena: Arena {
    @inline(__always) _read { yield ground.arena }
  }

  /// Bytes of the arena below which everything but the guard page has been committed.
  var committedEnd: Int { pageHeap[0].frontier.offset }

  /// The kind of cell for an object; large ones have a span of their own.
  @inline(__always)
  func kind(byteCount: Int, isPointerFree: Bool) -> CellKind {
    guard byteCount <= SizeClass.largestRequestBytes else {
      return isPointerFree ? .pointerFreeLarge : .large
    }
    let kind = kinds[(byteCount - 1) / SizeClass.stepBytes]
    return CellKind(raw: kind + (isPointerFree ? 1 : 0))
  }

  /// What stands in the page that holds the byte at `offset`; `none` outside the heap.
  @inline(__always)
  func kind(at offset: Int) -> CellKind {
    offset < arena.reservedBytes ? spans.kind(of: PageID(containing: offset)) : .none
  }

  /// The first page of the span that holds the byte at `offset`, which is in use.
  @inline(__always)
  func span(at offset: Int) -> PageID { spans.owner(of: PageID(containing: offset)) }

  /// Whether the span at `first`, which is in use, has been swept since the last marking.
  func isSwept(spanAt first: PageID) -> Bool {
    centralLists[spans.kind(of: first).index].isSwept(first, in: spans)
  }

  /// Where the tables stand that fast paths look at.
  var tables: HeapTables { HeapTables(arena, colors, spans, kinds) }

  /// Where the batches of a central list stand; nil when there is no memory for any.
  ///
  /// Whoever calls holds the list's lock.
  func batchStorage(of kind: CellKind) -> UnsafeMutablePointer<UInt32>? {
    if batches[kind.index] == 0 {
      let byteCount = CentralList.batchLimit * kind.fullBatch * MemoryLayout<UInt32>.stride
      guard !arena.system.refuses(), let storage = unsafe malloc(byteCount) else { return nil }
      batches[kind.index] = UInt(bitPattern: storage)
    }
    return unsafe UnsafeMutablePointer(bitPattern: batches[kind.index])
  }
}

// MARK: - Caches

/// What closed caches have counted, for the counters to be true.
struct RetiredCounts: Hashable, Sendable {
  private(set) var allocations = 0
  private(set) var misses = 0
  private(set) var frees = 0

  static func + (left: RetiredCounts, right: RetiredCounts) -> RetiredCounts {
    var sum = left
    sum.allocations += right.allocations
    sum.misses += right.misses
    sum.frees += right.frees
    return sum
  }

  mutating func add(_ cache: ThreadCache) {
    for kind in CellKind.small {
      allocations += cache[kind].allocationCount
      misses += cache[kind].missCount
    }
    for kind in CellKind.allKinds {
      frees += cache[kind].freeCount + Int(cache[kind].halfFreeCount)
    }
  }
}

extension Allocator {
  /// Opens the cache of a mutator.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  mutating func openCache(of mutator: MutatorID) throws(HeapError) {
    let cache = try ThreadCache(tables, arena.system)
    while caches.count <= mutator.index { caches.append(nil) }
    if caches[mutator.index] != nil { preconditionFailure("a mutator has one cache") }
    caches[mutator.index] = cache
  }

  /// Gives everything in the cache of a mutator back, and the cache itself.
  mutating func closeCache(of mutator: MutatorID) -> Route {
    precondition(mutator != .main, "the main mutator's cache lasts as long as the heap")
    let cache = cache(of: mutator)
    let route = empty(cache)
    retiredCounts.add(cache)
    cache.close()
    caches[mutator.index] = nil
    return route
  }

  @inline(__always)
  func cache(of mutator: MutatorID) -> ThreadCache {
    guard let cache = mutator == .main ? mainCache : caches[mutator.index] else {
      preconditionFailure("a mutator that runs has a cache")
    }
    return cache
  }
}
