/// Objects on real memory: cells from the allocator, headers and slots in them, a colour for each.
///
/// Owned, never shared; `copy()` gives a second heap with the same bytes at the same offsets.
public struct Heap: ~Copyable {
  var allocator: Allocator
  let colors: ColorTable
  /// Whether freed cells are overwritten with `poisonByte`, so that nobody mistakes them for data.
  let poisonsFreedCells: Bool
  private var tally = StandInTally()

  /// What freed cells are filled with.
  public static let poisonByte: UInt8 = 0xDB

  public init(limitBytes: Int, poisonsFreedCells: Bool = true) throws(HeapError) {
    allocator = try Allocator(limitBytes: limitBytes)
    colors = ColorTable(arenaBytes: allocator.arena.reservedBytes)
    self.poisonsFreedCells = poisonsFreedCells
  }

  private init(copying other: borrowing Heap) throws(HeapError) {
    allocator = try other.allocator.copy()
    colors = other.colors.copy(arenaBytes: other.allocator.arena.committedBytes)
    poisonsFreedCells = other.poisonsFreedCells
    tally = other.tally
  }

  public borrowing func copy() throws(HeapError) -> Heap { try Heap(copying: self) }
}

// MARK: - Slots and colours

extension Heap {
  @inline(__always)
  public func header(of object: Reference) -> ObjectHeader {
    allocator.arena.loadHeader(at: object.offset)
  }

  @inline(__always)
  public func slotCount(of object: Reference) -> Int {
    Int(allocator.arena.load32(at: object.offset))
  }

  /// What slot `index` (0-based) refers to; nil for an empty slot.
  @inline(__always)
  public func load(_ index: Int, of object: Reference) -> Reference? {
    let word = allocator.arena.load32(
      at: allocator.arena.slotOffset(index, ofObjectAt: object.offset))
    return word == 0 ? nil : Reference(word: word)
  }

  @inline(__always)
  mutating func store(_ value: Reference?, in index: Int, of object: Reference) {
    let offset = allocator.arena.slotOffset(index, ofObjectAt: object.offset)
    allocator.arena.store32(value?.word ?? 0, at: offset)
  }

  @inline(__always)
  public func color(of object: Reference) -> Color { colors[object] }

  @inline(__always)
  mutating func setColor(_ color: Color, of object: Reference) { colors[object] = color }
}

// MARK: - Birth and death

extension Heap {
  /// Allocates an object with empty slots and a zeroed payload.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  mutating func allocate(
    _ header: ObjectHeader, color: Color, by mutator: MutatorID = .main
  ) throws(HeapError) -> (object: Reference, route: Route) {
    let committedBytes = self.committedBytes
    let (offset, tier) = try allocator.allocate(byteCount: header.objectBytes)
    var route = self.route(to: tier, cellAt: offset)
    route.systemBytes = self.committedBytes - committedBytes
    tally.note(route)
    return (layOut(header, color: color, at: offset), route)
  }

  /// Allocates an object behind `last`, the one allocated before it, while a heap is rebuilt.
  mutating func append(
    _ header: ObjectHeader, color: Color, after last: Reference?
  ) throws(HeapError) -> Reference {
    let offset = try allocator.append(byteCount: header.objectBytes, after: last?.offset ?? 0)
    return layOut(header, color: color, at: offset)
  }

  private mutating func layOut(
    _ header: ObjectHeader, color: Color, at offset: Int
  ) -> Reference {
    allocator.arena.fill(at: offset, byteCount: header.objectBytes, with: 0)
    allocator.arena.storeHeader(header, at: offset)
    let object = Reference(offset: offset)
    setColor(color, of: object)
    return object
  }

  /// Gives the object's cell back; whoever still refers to it holds a dangling pointer.
  mutating func free(_ object: Reference, by mutator: MutatorID = .main) -> Route {
    if poisonsFreedCells {
      allocator.arena.fill(
        at: object.offset, byteCount: cellBytes(of: object), with: Heap.poisonByte)
    }
    setColor(.white, of: object)
    let pageCount = span(of: object)?.pageCount ?? 0
    var route = self.route(to: .threadCache, cellAt: object.offset)
    route.tier = allocator.free(offset: object.offset)
    route.movedPageCount = route.tier == .pageHeap ? pageCount : 0
    route.lockCount = route.tier.depth
    tally.freeCount += 1
    return route
  }

  /// Fills the payload with `pattern`, repeated, so that an object can be told by its bytes.
  mutating func fillPayload(of object: Reference, with pattern: [UInt8]) {
    let header = header(of: object)
    guard !pattern.isEmpty else { return }
    let start = allocator.arena.slotOffset(header.slotCount, ofObjectAt: object.offset)
    for index in 0..<header.payloadBytes {
      allocator.arena.storeByte(pattern[index % pattern.count], at: start + index)
    }
  }
}

extension Heap {
  /// The four bytes where slot `index` would stand, whether or not the object has that slot.
  func word(_ index: Int, of object: Reference) -> UInt32 {
    allocator.arena.load32(at: allocator.arena.slotOffset(index, ofObjectAt: object.offset))
  }
}

// MARK: - Caches

extension Heap {
  /// Gives a mutator a cache of its own.
  mutating func openCache(of mutator: MutatorID) throws(HeapError) {}

  /// Takes the cache of a mutator that ends: its cells go back to their spans.
  mutating func closeCache(of mutator: MutatorID) -> Route { Route(tier: .centralList) }

  /// The allocator's state in numbers; O(pages + objects).
  public func allocatorReport() -> AllocatorReport {
    var report = AllocatorReport()
    var lines: [SpanClass: AllocatorReport.ClassLine] = [:]
    var cache = AllocatorReport.CacheLine(.main)
    for span in spanSummaries() {
      guard let sizeClass = span.sizeClass else {
        if span.holder == .pageHeap {
          report.freeSpans.append(
            AllocatorReport.FreeSpan(
              firstPage: span.firstPage, pageCount: span.pageCount, releasedPageCount: 0))
        } else {
          report.largeObjectCount += 1
          report.largeObjectPages += span.pageCount
          report.largeRequestedBytes += header(of: Reference(offset: span.offset)).objectBytes
        }
        continue
      }
      let spanClass = SpanClass(sizeClass, isPointerFree: false)
      var line = lines[spanClass] ?? AllocatorReport.ClassLine(spanClass)
      let freeCellCount = span.cellCount - span.usedCellCount
      line.spanCount += 1
      line.cellCount += span.cellCount
      line.usedCellCount += span.usedCellCount
      line.hitCount = tally.hits[spanClass, default: 0]
      line.missCount = tally.misses[spanClass, default: 0]
      if span.holder == .threadCache {
        line.cachedCellCount += freeCellCount
        let next = (0..<span.cellCount).map { span.offset + $0 * span.cellBytes }
          .first { !allocator.holdsObject(at: $0) }
        cache.bins.append(
          AllocatorReport.CacheLine.Bin(
            spanClass: spanClass, cellCount: freeCellCount, capacity: span.cellCount, next: next))
      } else {
        line.freeCellCount += freeCellCount
        if freeCellCount > 0 { line.partialSpanCount += 1 }
      }
      lines[spanClass] = line
    }
    forEachObject { object in
      guard let sizeClass = span(of: object)?.sizeClass else { return }
      lines[SpanClass(sizeClass, isPointerFree: false)]?.requestedBytes +=
        header(of: object).objectBytes
    }
    report.classes = lines.values.sorted { $0.spanClass < $1.spanClass }
    cache.bins.sort { $0.spanClass < $1.spanClass }
    cache.hitCount = tally.hits.values.reduce(0, +)
    cache.missCount = tally.misses.values.reduce(0, +)
    report.caches = [cache]
    report.committedBytes = committedBytes
    report.reservedBytes = allocator.arena.reservedBytes
    report.limitBytes = report.reservedBytes - Page.bytes
    for counter in AllocatorCounter.allCases { report.counters[counter] = count(of: counter) }
    return report
  }

  /// One of the numbers that the allocator counts.
  public func count(of counter: AllocatorCounter) -> Int {
    counter == .frees ? tally.freeCount : tally.counts[counter, default: 0]
  }

  private func route(to tier: Tier, cellAt offset: Int) -> Route {
    let span = span(of: Reference(offset: offset))
    var route = Route(
      tier: tier, spanClass: span?.sizeClass.map { SpanClass($0, isPointerFree: false) })
    guard tier != .threadCache else { return route }
    route.movedCellCount = route.spanClass == nil ? 0 : span?.cellCount ?? 0
    route.movedPageCount = tier == .centralList ? 0 : span?.pageCount ?? 0
    route.lockCount = route.spanClass == nil ? 1 : min(tier.depth, 2)
    route.systemCallCount = tier == .system ? 1 : 0
    return route
  }
}

/// Stands in for the counters that the tiers themselves will keep.
private struct StandInTally {
  var hits: [SpanClass: Int] = [:]
  var misses: [SpanClass: Int] = [:]
  var counts: [AllocatorCounter: Int] = [:]
  var freeCount = 0

  mutating func note(_ route: Route) {
    counts[.locks, default: 0] += route.lockCount
    counts[.systemCalls, default: 0] += route.systemCallCount
    for (tier, hit, miss) in [
      (Tier.threadCache, AllocatorCounter.cacheHits, AllocatorCounter.cacheMisses),
      (.centralList, .centralHits, .centralMisses), (.pageHeap, .pageHeapHits, .pageHeapMisses),
    ] where route.visits(tier) {
      counts[route.tier == tier ? hit : miss, default: 0] += 1
    }
    guard let spanClass = route.spanClass else {
      counts[.largeObjects, default: 0] += 1
      return
    }
    if route.tier == .threadCache {
      hits[spanClass, default: 0] += 1
    } else {
      misses[spanClass, default: 0] += 1
    }
  }
}
