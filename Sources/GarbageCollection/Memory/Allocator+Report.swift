/// The allocator's state in numbers, and its fingerprint.
extension Allocator {
  /// What `AllocatorCounter` names; while no other thread runs.
  ///
  /// `others` are caches that the allocator itself does not know of, `retired` what such caches have
  /// counted that were closed.
  func count(
    of counter: AllocatorCounter, others: [ThreadCache] = [],
    retired: RetiredCounts = RetiredCounts()
  ) -> Int {
    let caches = caches.compactMap { $0 } + others
    func sum(
      _ kinds: [CellKind] = CellKind.small, _ value: (ThreadCache.Bin) -> Int
    ) -> Int {
      caches.reduce(0) { sum, cache in kinds.reduce(sum) { $0 + value(cache[$1]) } }
    }
    func total(_ kinds: [CellKind] = CellKind.small, _ value: (CentralList) -> Int) -> Int {
      kinds.reduce(0) { $0 + value(centralLists[$1.index]) }
    }
    let retired = retired + retiredCounts
    return switch counter {
    case .allocations:
      sum { $0.allocationCount } + retired.allocations + total(CellKind.bothLarge) { $0.hitCount }
    case .frees:
      sum(CellKind.allKinds) { $0.freeCount + Int($0.halfFreeCount) } + retired.frees
        + total(CellKind.allKinds) { $0.sweptCount }
    case .cacheHits: sum { $0.hitCount } + retired.allocations - retired.misses
    case .cacheMisses: sum { $0.missCount } + retired.misses
    case .centralHits: total { $0.hitCount }
    case .centralMisses: total { $0.missCount }
    case .pageHeapHits: pageHeap[0].hitCount
    case .pageHeapMisses: pageHeap[0].missCount
    case .locks: total(CellKind.allKinds) { $0.lock.takenCount } + pageHeap[0].lock.takenCount
    case .systemCalls: pageHeap[0].systemCallCount
    case .largeObjects: total(CellKind.bothLarge) { spanCount(of: $0) }
    case .spans: total(CellKind.allKinds) { spanCount(of: $0) }
    case .unsweptSpans:
      total(CellKind.allKinds) { list in
        var count = 0
        list.unsweptPartial.forEach(in: spans) { _ in count += 1 }
        list.unsweptFull.forEach(in: spans) { _ in count += 1 }
        return count
      }
    }
  }

  private func spanCount(of list: CentralList) -> Int {
    var count = 0
    list.forEachSpan(in: spans) { _ in count += 1 }
    return count
  }

  /// Everything that views and benchmarks show; O(pages + granules).
  func report(
    others: [(MutatorID, ThreadCache)] = [], retired: RetiredCounts = RetiredCounts(),
    requestedBytes: (Reference) -> Int
  ) -> AllocatorReport {
    var report = AllocatorReport()
    var caches: [(MutatorID, ThreadCache)] = others
    for (index, cache) in self.caches.enumerated() {
      if let cache { caches.append((MutatorID(index), cache)) }
    }
    report.classes = CellKind.small.compactMap { line(of: $0, caches.map(\.1), requestedBytes) }
    report.caches = caches.map { line(of: $0.1, $0.0) }
    for kind in CellKind.bothLarge {
      centralLists[kind.index].forEachSpan(in: spans) { page in
        report.largeObjectCount += 1
        report.largeObjectPages += Int(spans[page].pageCount)
        report.largeRequestedBytes += requestedBytes(Reference(offset: page.offset))
      }
    }
    pageHeap[0].forEachFreeSpan(in: spans) { page in
      let pageCount = Int(spans[page].pageCount)
      report.freeSpans.append(
        AllocatorReport.FreeSpan(
          firstPage: page, pageCount: pageCount,
          releasedPageCount: pageCount - pageHeap[0].idlePages(of: page, ground)))
    }
    report.freeSpans.sort { $0.firstPage < $1.firstPage }
    report.committedBytes = pageHeap[0].residentPages * Page.bytes
    report.releasedBytes = pageHeap[0].releasedPages * Page.bytes
    report.reservedBytes = arena.reservedBytes
    report.limitBytes = pageHeap[0].limitPages * Page.bytes
    for counter in AllocatorCounter.allCases {
      report.counters[counter] = count(
        of: counter, others: others.map(\.1), retired: retired)
    }
    return report
  }

  private func line(
    of kind: CellKind, _ caches: [ThreadCache], _ requestedBytes: (Reference) -> Int
  ) -> AllocatorReport.ClassLine? {
    guard let spanClass = kind.spanClass else { return nil }
    let list = centralLists[kind.index]
    var line = AllocatorReport.ClassLine(spanClass)
    list.forEachSpan(in: spans) { page in
      let span = spans[page]
      line.spanCount += 1
      line.partialSpanCount += span.holder == .centralPartial ? 1 : 0
      line.cellCount += Int(span.cellCount)
      line.freeCellCount += Int(span.freeCellCount)
      for cell in 0..<Int(span.cellCount) {
        let reference = Reference(offset: page.offset + cell * Int(span.cellBytes))
        guard colors.isInUse(reference) else { continue }
        line.usedCellCount += 1
        line.requestedBytes += requestedBytes(reference)
      }
    }
    line.cachedCellCount = line.cellCount - line.freeCellCount - line.usedCellCount
    for cache in caches {
      line.hitCount += cache[kind].hitCount
      line.missCount += cache[kind].missCount
    }
    return line.spanCount > 0 || line.hitCount + line.missCount > 0 ? line : nil
  }

  private func line(
    of cache: ThreadCache, _ mutator: MutatorID
  ) -> AllocatorReport.CacheLine {
    var line = AllocatorReport.CacheLine(mutator)
    for kind in CellKind.small {
      let bin = cache[kind]
      guard let spanClass = kind.spanClass, bin.receivedCount + bin.freeCount > 0 else { continue }
      var next: UInt32?
      cache.forEachCell(of: kind) { next = $0 }
      line.bins.append(
        AllocatorReport.CacheLine.Bin(
          spanClass: spanClass, cellCount: bin.cellCount, capacity: bin.capacity,
          next: next.map { Reference(word: $0).offset }))
      line.hitCount += bin.hitCount
      line.missCount += bin.missCount
    }
    return line
  }
}

extension CellKind {
  static let small = SpanClass.all.map { CellKind($0) }
  static let bothLarge = [CellKind.large, .pointerFreeLarge]
  static let allKinds = small + bothLarge
}

extension Allocator {
  func hash(into digest: inout Digest) {
    arena.hash(committedEnd: committedEnd, into: &digest)
    let pageCount = Int(pageHeap[0].frontier.index)
    spans.hash(pageCount: pageCount, into: &digest)
    ground.released.hash(prefix: pageCount / 64 + 1, into: &digest)
    colors.hash(arenaBytes: committedEnd, into: &digest)
    for kind in CellKind.allKinds {
      let list = centralLists[kind.index]
      let heads = [list.partial, list.full, list.unsweptPartial, list.unsweptFull]
      guard list.hitCount + list.missCount > 0 || heads.contains(where: { $0.head != 0 }) else {
        continue
      }
      digest.mix(kind.index)
      for head in heads { digest.mix(Int(head.head)) }
      digest.mix(Int(list.sweepGeneration))
      digest.mix(list.hitCount)
      digest.mix(list.missCount)
      digest.mix(list.batchCount)
      let cells = unsafe batchedCells(of: kind)
      for index in 0..<cells.count { digest.mix(Int(unsafe cells[index])) }
    }
    for cache in caches {
      digest.mix(cache == nil ? 0 : 1)
      cache?.hash(into: &digest)
    }
    digest.mix(pageCount)
  }
}
