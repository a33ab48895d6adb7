/// When a collection has to begin, and how much each allocation owes to it.
///
/// After Go's pacer (runtime/mgcpacer.go): from the last cycle's work and the size of allocations
/// follows how early a cycle has to begin so that the budget for each allocation is enough to end it
/// before the heap is full. Where that was wrong, allocations owe more than their budget: they assist.
public struct Pacer: Hashable, Sendable {
  /// Units that have to be done before the next allocation.
  public private(set) var debt = 0
  /// Of these, units beyond the budget.
  public private(set) var assistDebt = 0
  /// Bytes of objects that stand in the heap, as far as is known: dead ones too.
  public private(set) var usedBytes = 0
  /// Bytes that objects like the last ones can take up in all, as the pages are divided now.
  public private(set) var capacityBytes = 0
  /// Pages that nobody had when this was worked out.
  private var freePages = -1
  /// Units that the last cycle took; before the first, a guess.
  private var expectedWork = 0
  /// Units done when the cycle under way began.
  private var workAtStart = 0
  private var birthCount = 0
  private var birthBytes = 0
  /// Cycles that have ended since the last birth.
  ///
  /// Two are worth trying when there is no room: what the first has kept floating, the second frees.
  private(set) var cyclesSinceBirth = 0

  init() {}
}

extension Pacer {
  /// An object has been born.
  mutating func noteBirth(_ byteCount: Int, _ view: PacerView) {
    usedBytes += byteCount
    birthBytes += byteCount
    birthCount += 1
    cyclesSinceBirth = 0
    guard view.isCollecting, let budget = view.budget else { return }
    let left = max(1, expectedWork - (view.workDone - workAtStart))
    let room = max(1, capacityBytes - usedBytes)
    let (product, overflow) = left.multipliedReportingOverflow(by: byteCount)
    let due = overflow ? left : min(left, (product + room - 1) / room)
    let assist = max(0, due - budget)
    debt += budget + assist
    assistDebt += assist
  }

  /// An object has been freed outside any collection.
  mutating func noteDeath(_ byteCount: Int) {
    usedBytes = max(0, usedBytes - byteCount)
    cyclesSinceBirth = 0
  }

  /// The collector has done so many units; the assists among them.
  mutating func notePayment(_ units: Int) -> Int {
    let assist = max(0, min(units, assistDebt - max(0, debt - units)))
    debt = max(0, debt - units)
    assistDebt = min(max(0, assistDebt - assist), debt)
    return assist
  }

  /// Whether the pages have been divided otherwise since the capacity was worked out.
  func isOutdated(freePages: Int) -> Bool { freePages != self.freePages }

  /// So many bytes more can be born now.
  mutating func noteRoom(_ byteCount: Int, freePages: Int) {
    capacityBytes = usedBytes + byteCount
    self.freePages = freePages
  }

  mutating func noteStart(workDone: Int) { workAtStart = workDone }

  /// A cycle has ended, with so many bytes of objects left.
  mutating func noteEnd(workDone: Int, usedBytes: Int) {
    expectedWork = workDone - workAtStart
    self.usedBytes = usedBytes
    (debt, assistDebt) = (0, 0)
    (birthBytes, birthCount) = (0, 0)
    freePages = -1
    cyclesSinceBirth += 1
  }

  /// A collection of the young has ended, which tells nothing of how long one of everything takes.
  mutating func noteMinorEnd(usedBytes: Int) {
    self.usedBytes = usedBytes
    (debt, assistDebt) = (0, 0)
  }

  /// Bytes of objects from which on a cycle is to be under way.
  ///
  /// While the cycle does its work, at `budget` units for each birth, that many more objects are born;
  /// half as many again are a reserve.
  func triggerBytes(_ view: PacerView) -> Int {
    guard let budget = view.budget, birthCount > 0 else { return .max }
    // An object of two slots is three units, and one more for its cell.
    let work = max(expectedWork, usedBytes / 8)
    let birthSize = birthBytes / birthCount + 1
    let runway = work / budget * birthSize
    return max(capacityBytes / 8, capacityBytes - runway - runway / 2)
  }

  func hash(into digest: inout Digest) {
    for value in [
      debt, assistDebt, usedBytes, capacityBytes, freePages, expectedWork, workAtStart, birthCount,
      birthBytes,
      cyclesSinceBirth,
    ] { digest.mix(value) }
  }
}

/// What the pacer has to know of the machine.
struct PacerView {
  let budget: Int?
  let workDone: Int
  let isCollecting: Bool
}

// MARK: - What is owed

extension Machine {
  /// What the collector has to do before a mutator allocates such an object, under these settings; nil
  /// when nothing is owed.
  ///
  /// Whoever drives the machine performs it, as one action or in single steps, and asks again.
  public func workOwed(slotCount: Int, payloadBytes: Int, by mutator: MutatorID) -> Collection? {
    if let work = workOwedForNursery(slotCount: slotCount, payloadBytes: payloadBytes) {
      return work
    }
    guard settings.trigger != .off else { return nil }
    if !hasRoom(slotCount: slotCount, payloadBytes: payloadBytes, by: mutator) {
      // What a lazy sweep has left may be room enough.
      if phase != .idle { return .work(.max) }
      return pacer.cyclesSinceBirth < 2 ? .start : nil
    }
    if isCollecting {
      if settings.schedule == .stopTheWorld { return .work(.max) }
      // No program runs before the world goes on.
      return pacer.debt > 0 || isWorldStopped ? .work(max(1, pacer.debt)) : nil
    }
    guard settings.trigger == .paced else { return nil }
    return pacer.usedBytes >= pacer.triggerBytes(pacerView) && pacer.cyclesSinceBirth == 0
      ? .start : nil
  }

  /// What a full nursery asks for, whatever the trigger: births need room.
  ///
  /// A collection of the young, or of everything where the old could not take all of them.
  private func workOwedForNursery(slotCount: Int, payloadBytes: Int) -> Collection? {
    guard settings.collector == .generational,
      let header = ObjectHeader(slotCount, payloadBytes)
    else { return nil }
    if phase.isCopying { return .step }
    guard let nursery = birthSpace(for: header),
      heap.standingBytes(header) > birthBytes(in: nursery)
    else { return nil }
    if heap.canPromoteAll() { return .startMinor }
    return pacer.cyclesSinceBirth < 2 ? .start : nil
  }

  /// Whether an object can be born without a collection.
  public func hasRoom(slotCount: Int, payloadBytes: Int, by mutator: MutatorID) -> Bool {
    let header = ObjectHeader(slotCount: max(0, slotCount), payloadBytes: max(0, payloadBytes))
    if let space = birthSpace(for: header) {
      return heap.standingBytes(header) <= birthBytes(in: space)
    }
    return heap.hasCells(for: header, by: mutator)
  }

  var pacerView: PacerView {
    PacerView(
      budget: settings.workPerAllocation, workDone: collector.work.total,
      isCollecting: isCollecting)
  }

  mutating func noteBirth(_ object: Reference) {
    pacer.noteBirth(heap.cellBytes(of: object), pacerView)
    let isInCells = settings.collector == .generational || heap.spaces.isEmpty
    let space = isInCells ? nil : heap.space(of: object)
    let freePages = space.map { heap.spaces[$0].start } ?? heap.allocator.freePages
    guard pacer.isOutdated(freePages: freePages) else { return }
    pacer.noteRoom(
      space.map { birthBytes(in: $0) } ?? heap.roomBytes(besides: object) + unsweptBytes,
      freePages: freePages)
  }

  /// Bytes of dead objects that a lazy sweep has left.
  private var unsweptBytes: Int {
    guard isSweepingLazily else { return 0 }
    var byteCount = 0
    heap.forEachObject { object in
      guard heap.color(of: object) == .white, !heap.isSwept(object) else { return }
      byteCount += heap.cellBytes(of: object)
    }
    return byteCount
  }

  /// Whether a cycle is under way that allocations pay for; not a lazy sweep, which is the caches'.
  var isCollecting: Bool { phase != .idle && !isSweepingLazily }

  /// Lets the pacer know what a collector's action did.
  mutating func noteWork(since before: (isCollecting: Bool, work: Int)) {
    if !before.isCollecting, collector.work.total > before.work || isCollecting {
      pacer.noteStart(workDone: before.work)
    }
    collector.work.assists += pacer.notePayment(collector.work.total - before.work)
    if before.isCollecting, !isCollecting {
      let isLazy = isSweepingLazily
      var usedBytes = 0
      heap.forEachObject { object in
        if isLazy, heap.color(of: object) == .white, !heap.isSwept(object) { return }
        usedBytes += heap.cellBytes(of: object)
      }
      if settings.collector == .generational, !collector.isMajor {
        pacer.noteMinorEnd(usedBytes: usedBytes)
      } else {
        pacer.noteEnd(workDone: collector.work.total, usedBytes: usedBytes)
      }
    }
  }
}

extension ObjectHeader {
  /// Nil for a size that no object can have.
  fileprivate init?(_ slotCount: Int, _ payloadBytes: Int) {
    do throws(HeapError) {
      try self.init(requestedSlots: slotCount, payloadBytes: payloadBytes)
    } catch { return nil }
  }
}

extension Heap {
  /// Bytes of cells like this object's that can be had without a collection.
  fileprivate func roomBytes(besides object: Reference) -> Int {
    let kind = allocator.kind(at: object.offset)
    // What is born in a nursery may be promoted to any cell.
    guard !kind.isSpace else { return allocator.freePages * Page.bytes }
    let freeCells = kind.isLarge ? 0 : allocator.freeCellCount(of: kind)
    return freeCells * cellBytes(ofCellAt: Reference(word: object.word & ~1))
      + allocator.freePages * Page.bytes
  }

  /// Whether the tiers can give a cell for such an object without a collection.
  func hasCells(for header: ObjectHeader, by mutator: MutatorID) -> Bool {
    guard header.slotCount <= ObjectHeader.largestObjectBytes / ObjectHeader.slotBytes,
      header.payloadBytes <= ObjectHeader.largestObjectBytes
    else { return true }
    let kind = kind(for: header)
    if kind.isLarge {
      return allocator.canTakePages((objectBytes(header) + Page.bytes - 1) / Page.bytes)
    }
    return !needsSpan(for: header, by: mutator) || hasFreeCells(kind)
      || allocator.canTakePages(kind.spanClass?.sizeClass.spanPages ?? 1)
  }
}
