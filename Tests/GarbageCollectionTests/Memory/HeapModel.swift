import TestSupport

@testable import GarbageCollection

/// A heap beside the plainest description of what it should do: the intervals that are in use.
///
/// Whatever the heap does is checked against the intervals, against what its routes say, and against
/// the allocator's own equations, after every operation.
struct HeapModel: ~Copyable {
  var heap: Heap
  let limitPages: Int
  let freedCells: Heap.FreedCells
  /// Calls that the system refuses, with a typed error each.
  let faults: FaultPlan?
  /// Objects in use, by address.
  private(set) var live: [Interval] = []
  /// Whoever has a cache; the first is `MutatorID.main`, which keeps its own.
  private(set) var mutators: [MutatorID] = [.main]
  /// Sweeping while a lazy sweep has something left, else idle.
  private(set) var collector = Collector(.markSweep)
  var failures: [String] = []
  var counts = ModelCounts()
  private(set) var operationCount = 0
  private var operation: StaticString = ""

  struct Interval: Equatable {
    let start: Int
    /// Bytes of the cell, or of half of one.
    let cellBytes: Int
    let header: ObjectHeader
    /// What its payload is filled with.
    let byte: UInt8
    var color: Color
    /// Whether the lazy sweep that is under way will free it.
    var isDoomed = false

    var end: Int { start + cellBytes }
    var object: Reference { Reference(offset: start) }
  }

  init(
    limitPages: Int, freedCells: Heap.FreedCells = .poisoned, faults: FaultPlan? = nil
  ) throws(HeapError) {
    self.limitPages = limitPages
    self.freedCells = freedCells
    self.faults = faults
    heap = try Heap(
      limitBytes: limitPages * Page.bytes, freedCells: freedCells, SystemMemory(faults: faults))
  }

  private mutating func begin(_ name: StaticString = #function) {
    operationCount += 1
    operation = name
  }

  mutating func expect(_ condition: Bool, _ claim: @autoclosure () -> String) {
    if !condition, failures.count < 5 {
      failures.append("\(operationCount) \(operation): \(claim())")
    }
  }

  /// The position of the first interval at or above `start`.
  func index(from start: Int) -> Int {
    var (low, high) = (0, live.count)
    while low < high {
      let middle = (low + high) / 2
      if live[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func interval(at start: Int) -> Interval? {
    let index = index(from: start)
    return index < live.count && live[index].start == start ? live[index] : nil
  }
}

// MARK: - Allocation

extension HeapModel {
  mutating func allocate(_ header: ObjectHeader, color: Color, by mutator: MutatorID) {
    begin()
    sweepFirst(for: header, by: mutator)
    var expected = heap.expectedTier(header, by: mutator, limitPages: limitPages)
    if expected == nil, collector.phase == .sweeping {
      var deaths = Deaths()
      collector.finishSweep(&heap, observer: &deaths)
      bury(deaths)
      expected = heap.expectedTier(header, by: mutator, limitPages: limitPages)
    }
    let committed = heap.committedBytes
    // Hashing a heap takes longer than all the rest.
    let isRefused = expected == nil && counts.refusals % 8 == 0
    let isHashed = freedCells != .sanitized && (isRefused || faults?.isDue == true)
    let digest = isHashed ? heap.digest : 0
    do throws(HeapError) {
      let (object, route) = try heap.allocate(header, color: color, by: mutator)
      expect(route.tier == expected, "\(header) from \(route.tier), not \(expected as Any)")
      checkAllocation(header, route, grownBytes: heap.committedBytes - committed)
      if collector.phase == .sweeping, !heap.isSwept(object) { heap.setColor(.black, of: object) }
      admit(object, header, color)
    } catch {
      counts.refusals += 1
      expect(digest == 0 || heap.digest == digest, "a refused request changed the heap")
      if case .systemRefused = error, faults != nil {
        expect(expected == .system, "\(error), though \(expected as Any) has it")
        counts.systemRefusals += 1
        return check()
      }
      expect(expected == nil, "\(header) refused, though \(expected as Any) has it")
      expect(
        error
          == .limitReached(
            requestedBytes: heap.neededPages(header) * Page.bytes, committedBytes: committed,
            limitBytes: limitPages * Page.bytes), "\(error)")
    }
    check()
  }

  private mutating func admit(_ object: Reference, _ header: ObjectHeader, _ color: Color) {
    let byte = UInt8(operationCount % 200 + 1)
    let interval = Interval(
      start: object.offset, cellBytes: heap.cellBytes(of: object), header: header, byte: byte,
      color: heap.color(of: object))
    expect(header.isTiny || interval.color == color || collector.phase == .sweeping, "its colour")
    let isWhole = interval.cellBytes.isMultiple(of: 16)
    expect(object.offset.isMultiple(of: isWhole ? 16 : 8), "\(object) is not aligned")
    expect(object.offset >= Page.bytes, "\(object) is in the guard page")
    expect(interval.end <= Page.bytes + heap.committedBytes, "\(object) is not committed")
    expect(
      interval.cellBytes >= (header.isTiny ? 8 : header.objectBytes), "\(object) is too long")
    expect(heap.isPointerFree(object) == (header.slotCount == 0), "\(object) in a wrong span")
    let index = index(from: object.offset)
    if index > 0 { expect(live[index - 1].end <= interval.start, "\(object) overlaps below") }
    if index < live.count { expect(interval.end <= live[index].start, "\(object) overlaps above") }
    expect(heap.isUniform(payloadOf: interval, 0), "\(object) has an old payload")
    expect(heap.isUniform(slotsOf: interval, 0), "\(object) has old slots")
    heap.fill(payloadOf: interval)
    live.insert(interval, at: index)
    adoptColorOfNeighbour(at: index)
    checkContents(of: live[index])
  }

  /// The halves of a tiny block have one colour, the darker of two; they are doomed together.
  private mutating func adoptColorOfNeighbour(at index: Int) {
    guard live[index].header.isTiny else { return }
    let neighbour = self.index(from: live[index].start ^ 8)
    guard neighbour < live.count, live[neighbour].start == live[index].start ^ 8 else { return }
    let newborn = live[index]
    expect(
      live[neighbour].color.rawValue <= newborn.color.rawValue,
      "the block of \(newborn.object) became lighter")
    live[neighbour].color = newborn.color
    expect(!live[neighbour].isDoomed, "\(newborn.object) is born beside a dead one")
  }
}

// MARK: - Freeing

extension HeapModel {
  /// Frees an object that the sweep under way, if any, would not free.
  mutating func free(at index: Int, by mutator: MutatorID) {
    begin()
    guard !live[index].isDoomed else { return }
    let interval = live.remove(at: index)
    checkContents(of: interval)
    let kind = heap.allocator.kind(at: interval.start)
    let isPastCache =
      heap.allocator.cache(of: mutator)[kind].hasNoRoom || !heap.isSwept(interval.object)
    let route = heap.free(interval.object, by: mutator)
    checkFree(interval, kind, route, isPastCache: isPastCache)
    checkGone(interval, isPoisoned: route.systemBytes == 0)
    check()
  }

  mutating func checkGone(_ interval: Interval, isPoisoned: Bool) {
    expect(!heap.isObject(interval.object), "\(interval.object) still stands")
    guard isPoisoned, freedCells == .poisoned else { return }
    let kept = interval.header.isTiny ? 1 : 0
    expect(
      heap.isUniform(
        at: interval.start + kept, byteCount: interval.cellBytes - kept, Heap.poisonByte),
      "\(interval.object) is not poisoned")
  }
}

// MARK: - Sweeps

extension HeapModel {
  /// How the dead are found.
  enum Sweep: CaseIterable { case cells, spans, lazy }

  /// Lets about `share` of four of all objects die, and begins a sweep, or does all of it.
  mutating func sweep(_ sweep: Sweep, share: Int, _ generator: inout SeededGenerator) {
    begin()
    var deaths = Deaths()
    collector.finishSweep(&heap, observer: &deaths)
    bury(deaths)
    for index in live.indices {
      let isPaired =
        index > 0 && live[index].header.isTiny && live[index - 1].end == live[index].start
        && live[index - 1].start == live[index].start & ~15 && live[index - 1].header.isTiny
      live[index].isDoomed =
        isPaired
        ? live[index - 1].isDoomed : Int.random(in: 0..<4, using: &generator) < share
      live[index].color = live[index].isDoomed ? .white : .black
      heap.setColor(live[index].color, of: live[index].object)
    }
    heap.beginSweep(isLazy: sweep == .lazy)
    expect(
      heap.count(of: .unsweptSpans) == (sweep == .lazy ? heap.count(of: .spans) : 0), "unswept")
    counts.rebase(heap)
    deaths = Deaths()
    switch sweep {
    case .cells:
      var next = heap.firstCell(from: 0)
      while let cell = next {
        heap.sweep(cell: cell, observer: &deaths)
        next = heap.firstCell(from: cell.offset + 16)
      }
    case .spans:
      var next = heap.firstSpanInUse(from: 0)
      while let span = next {
        let end = span.offset + heap.byteCount(ofSpanAt: span)
        _ = heap.sweep(spanAt: span, observer: &deaths)
        next = heap.firstSpanInUse(from: end)
      }
    case .lazy:
      if heap.unsweptSpan() != nil {
        collector = Collector(.markSweep, phase: .sweeping)
      }
    }
    bury(deaths)
    if sweep != .lazy {
      expect(!live.contains { $0.isDoomed || $0.color != .white }, "the sweep saw everything")
    }
    check()
  }

  /// Sweeps one span of those that a lazy sweep has left.
  mutating func sweepOneSpan() {
    begin()
    guard collector.phase == .sweeping, let span = heap.unsweptSpan() else { return }
    var deaths = Deaths()
    _ = heap.sweep(spanAt: span, observer: &deaths)
    if heap.unsweptSpan() == nil { collector.finishSweep(&heap, observer: &deaths) }
    bury(deaths)
    check()
  }

  private mutating func sweepFirst(for header: ObjectHeader, by mutator: MutatorID) {
    guard collector.phase == .sweeping, heap.needsSpan(for: header, by: mutator) else { return }
    var deaths = Deaths()
    _ = collector.sweep(
      for: heap.kind(for: header), pageCount: heap.neededPages(header), &heap, observer: &deaths)
    bury(deaths)
  }

  /// What a sweep has told must be what was to die, and no more.
  private mutating func bury(_ deaths: Deaths) {
    for object in deaths.kept {
      let index = index(from: object.offset)
      guard index < live.count, live[index].object == object else {
        expect(false, "\(object) was kept, which is no object")
        continue
      }
      expect(!live[index].isDoomed, "\(object) was kept")
      live[index].color = .white
    }
    for object in deaths.freed {
      let index = index(from: object.offset)
      guard index < live.count, live[index].object == object, live[index].isDoomed else {
        expect(false, "\(object) was freed, which was to live")
        continue
      }
      let interval = live.remove(at: index)
      checkGone(interval, isPoisoned: !heap.isReleased(PageID(containing: interval.start)))
    }
    counts.frees += deaths.freed.count
    if !deaths.freed.isEmpty || !deaths.kept.isEmpty { counts.rebase(heap) }
  }
}

/// What a sweep says that it did.
struct Deaths: Observer {
  static var checksReferences: Bool { false }
  var freed: [Reference] = []
  var kept: [Reference] = []

  mutating func observe(_ event: Event<Reference>) {
    if case .freed(let object, _) = event { freed.append(object) }
    if case .kept(let object) = event { kept.append(object) }
  }
}

// MARK: - Caches and copies

extension HeapModel {
  mutating func openCache() {
    begin()
    let mutator = MutatorID(mutators.map(\.index).max()! + 1)
    do throws(HeapError) {
      try heap.openCache(of: mutator)
      mutators.append(mutator)
    } catch { noteRefusal(error) }
    check()
  }

  mutating func closeCache(at index: Int) {
    begin()
    let route = heap.closeCache(of: mutators.remove(at: index))
    counts.locks += route.lockCount
    counts.systemCalls += route.systemCallCount
    check()
  }

  mutating func emptyCaches() {
    begin()
    heap.allocator.emptyCaches()
    counts.rebase(heap)
    check()
  }

  /// Goes on with a copy, which must be the same.
  mutating func continueAsCopy() {
    begin()
    let digest = heap.digest
    do throws(HeapError) {
      let copy = try heap.copy()
      expect(copy.digest == digest && copy.baseAddress != heap.baseAddress, "a copy is the same")
      heap = copy
    } catch { noteRefusal(error) }
    check()
  }

  private mutating func noteRefusal(_ error: HeapError) {
    counts.systemRefusals += 1
    switch error {
    case .systemRefused, .outOfMemory: expect(faults != nil, "\(error)")
    case .limitReached, .impossibleSize: expect(false, "\(error)")
    }
  }
}
