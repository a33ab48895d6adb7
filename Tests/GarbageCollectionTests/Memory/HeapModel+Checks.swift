import Glibc
import TestSupport

@testable import GarbageCollection

/// The counters as they must be, from what routes say.
struct ModelCounts {
  var allocations = 0
  var frees = 0
  var cacheHits = 0
  var cacheMisses = 0
  var centralHits = 0
  var centralMisses = 0
  var pageHeapHits = 0
  var pageHeapMisses = 0
  var locks = 0
  var systemCalls = 0
  var refusals = 0
  var systemRefusals = 0
  var tiers: [Tier: Int] = [:]

  /// Takes over the costs of work that has no route.
  mutating func rebase(_ heap: borrowing Heap) {
    locks = heap.count(of: .locks)
    systemCalls = heap.count(of: .systemCalls)
  }
}

// MARK: - What always holds

extension HeapModel {
  mutating func check() {
    if let fault = heap.firstAllocatorFault() { expect(false, "\(fault)") }
    expect(heap.committedBytes <= limitPages * Page.bytes, "the limit holds")
    expect(counts.allocations - counts.frees == live.count, "the model counts its own objects")
    if operationCount.isMultiple(of: Effort.isLong ? 1 : 8) { checkCounts() }
  }

  private mutating func checkCounts() {
    let expected: [(AllocatorCounter, Int)] = [
      (.allocations, counts.allocations), (.frees, counts.frees),
      (.cacheHits, counts.cacheHits), (.cacheMisses, counts.cacheMisses),
      (.centralHits, counts.centralHits), (.centralMisses, counts.centralMisses),
      (.pageHeapHits, counts.pageHeapHits), (.pageHeapMisses, counts.pageHeapMisses),
      (.systemCalls, counts.systemCalls),
    ]
    for (counter, count) in expected {
      let counted = heap.count(of: counter)
      expect(counted == count, "\(counted) \(counter), not \(count)")
    }
    let locks = heap.count(of: .locks)
    // A lock can be taken for nothing by a request that is then refused.
    let taken = counts.locks
    expect(locks >= taken && locks <= taken + 2 * counts.refusals, "\(locks) locks, not \(taken)")
    expect(
      counts.centralHits + counts.centralMisses == counts.cacheMisses, "every miss is answered")
  }

  /// Everything that takes time; for now and then.
  mutating func checkAll(_ generator: inout SeededGenerator) {
    for interval in live where !interval.isDoomed { checkContents(of: interval) }
    var walked: [Int] = []
    heap.forEachObject { walked.append($0.offset) }
    expect(walked == live.map(\.start), "a walk meets every object by address")
    let end = heap.committedBytes + 2 * Page.bytes
    for _ in 0..<20 {
      let offset = Int.random(in: 0...end, using: &generator)
      let next = index(from: offset)
      expect(
        heap.firstObject(from: offset)?.offset == (next < live.count ? live[next].start : nil),
        "the first object from \(offset)")
      let reference = Reference(offset: offset)
      expect(
        heap.isObject(reference) == (interval(at: reference.offset) != nil),
        "whether an object stands at \(reference)")
    }
    expect(!heap.isObject(Reference(word: .max)), "nothing stands outside")
    checkReport()
  }

  private mutating func checkReport() {
    var page = 1
    for span in heap.spanSummaries() {
      expect(Int(span.firstPage.index) == page, "spans tile the heap")
      page += span.pageCount
    }
    expect((page - 1) * Page.bytes == heap.committedBytes, "spans cover what is committed")
    let report = heap.allocatorReport()
    for line in report.classes {
      expect(
        line.usedCellCount + line.cachedCellCount + line.freeCellCount == line.cellCount
          && line.cachedCellCount >= 0, "\(line)")
    }
    let requested = live.reduce(0) {
      $0 + ($1.header.isTiny ? $1.header.payloadBytes + 1 : $1.header.objectBytes)
    }
    expect(report.requestedBytes == requested, "\(report.requestedBytes) bytes, not \(requested)")
    expect(report.committedBytes + report.releasedBytes == heap.committedBytes, "committed")
    expect((0...1).contains(report.internalFragmentation), "fragmentation is a share")
    expect((0...1).contains(report.externalFragmentation), "fragmentation is a share")
  }

  mutating func checkContents(of interval: Interval) {
    expect(heap.isObject(interval.object), "\(interval.object) is gone")
    expect(
      heap.header(of: interval.object) == interval.header, "\(interval.object) kept its header")
    expect(heap.color(of: interval.object) == interval.color, "\(interval.object) kept its colour")
    expect(heap.isUniform(payloadOf: interval, interval.byte), "\(interval.object) kept its bytes")
  }
}

// MARK: - Routes

extension HeapModel {
  mutating func checkAllocation(_ header: ObjectHeader, _ route: Route, grownBytes: Int) {
    let kind = heap.kind(for: header)
    let isDeep = route.tier == .pageHeap || route.tier == .system
    counts.allocations += 1
    counts.tiers[route.tier, default: 0] += 1
    counts.locks += route.lockCount
    counts.systemCalls += route.systemCallCount
    counts.pageHeapHits += route.tier == .pageHeap ? 1 : 0
    counts.pageHeapMisses += route.tier == .system ? 1 : 0
    if !kind.isLarge {
      counts.cacheHits += route.tier == .threadCache ? 1 : 0
      counts.cacheMisses += route.tier == .threadCache ? 0 : 1
      counts.centralHits += route.tier == .centralList ? 1 : 0
      counts.centralMisses += isDeep ? 1 : 0
    }
    expect(route.spanClass == kind.spanClass, "\(route) is of its class")
    expect(
      (route.movedCellCount > 0) == (route.tier != .threadCache && !kind.isLarge), "\(route)")
    expect(route.movedPageCount == (isDeep ? heap.neededPages(header) : 0), "\(route)")
    expect(route.lockCount == min(2, route.tier.depth), "\(route)")
    expect(route.systemBytes == grownBytes, "\(route) and \(grownBytes) bytes")
    expect(route.systemCallCount == (route.tier == .system ? 1 : 0), "\(route)")
    expect((grownBytes > 0) == (route.tier == .system), "growth is the system's tier")
  }

  mutating func checkFree(
    _ interval: Interval, _ kind: CellKind, _ route: Route, isPastCache: Bool
  ) {
    counts.frees += 1
    counts.locks += route.lockCount
    counts.systemCalls += route.systemCallCount
    expect(route.spanClass == kind.spanClass, "\(route) is of its class")
    let ownLocks = kind == .tiny ? 1 : 0
    switch route.tier {
    case .threadCache:
      expect(!kind.isLarge && route.lockCount == ownLocks && route.movedCellCount == 0, "\(route)")
    case .centralList:
      let moved = heap.isSwept(interval.object) ? kind.fullBatch : 0
      expect(isPastCache && route.lockCount == ownLocks + 1, "\(route)")
      expect(route.movedCellCount == moved && route.movedPageCount == 0, "\(route)")
    case .pageHeap, .system:
      expect(isPastCache && route.movedPageCount > 0 && route.lockCount > 1, "\(route)")
      expect((route.systemBytes > 0) == (route.tier == .system), "\(route)")
    case .space: expect(false, "this heap has no space")
    }
  }
}

extension ThreadCache.Bin {
  var hasNoRoom: Bool { top == ceiling }
}

// MARK: - What is expected, from the tiers as they are

extension Heap {
  var digest: UInt64 {
    var digest = Digest()
    hash(into: &digest)
    return digest.value
  }

  func neededPages(_ header: ObjectHeader) -> Int {
    kind(for: header).spanClass?.sizeClass.spanPages
      ?? (header.objectBytes + Page.bytes - 1) / Page.bytes
  }

  func isReleased(_ page: PageID) -> Bool { allocator.ground.released.hasBit(Int(page.index)) }

  /// The first tier that can serve the request; nil if it must be refused.
  func expectedTier(_ header: ObjectHeader, by mutator: MutatorID, limitPages: Int) -> Tier? {
    let kind = kind(for: header)
    let bin = allocator.cache(of: mutator)[kind]
    if bin.cellCount > 0 || header.isTiny && bin.spareHalf != 0 { return .threadCache }
    if hasFreeCells(kind) { return .centralList }
    let pages = neededPages(header)
    var (largest, tail) = (0, 0)
    allocator.pageHeap[0].forEachFreeSpan(in: allocator.spans) { page in
      let pageCount = Int(allocator.spans[page].pageCount)
      largest = max(largest, pageCount)
      if page.offset + pageCount * Page.bytes == allocator.committedEnd { tail = pageCount }
    }
    if largest >= pages { return .pageHeap }
    return tail + limitPages - committedBytes / Page.bytes >= pages ? .system : nil
  }
}

// MARK: - Bytes

extension Heap {
  /// Whether all these bytes are `byte`.
  func isUniform(at offset: Int, byteCount: Int, _ byte: UInt8) -> Bool {
    guard byteCount > 0 else { return true }
    guard let start = unsafe UnsafePointer<UInt8>(bitPattern: baseAddress + UInt(offset)) else {
      return false
    }
    return unsafe start.pointee == byte && memcmp(start, start + 1, byteCount - 1) == 0
  }

  func isUniform(payloadOf interval: HeapModel.Interval, _ byte: UInt8) -> Bool {
    isUniform(at: interval.payloadStart, byteCount: interval.header.payloadBytes, byte)
  }

  func isUniform(slotsOf interval: HeapModel.Interval, _ byte: UInt8) -> Bool {
    isUniform(at: interval.start + 8, byteCount: interval.header.slotCount * 4, byte)
  }

  func fill(payloadOf interval: HeapModel.Interval) {
    allocator.arena.fill(
      at: interval.payloadStart, byteCount: interval.header.payloadBytes, with: interval.byte)
  }
}

extension HeapModel.Interval {
  var payloadStart: Int { start + (header.isTiny ? 1 : 8 + header.slotCount * 4) }
}
