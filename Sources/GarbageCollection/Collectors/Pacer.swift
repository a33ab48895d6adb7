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
  /// Units that the last cycle took; before the first, a guess.
  private var expectedWork = 0
  /// Units done when the cycle under way began.
  private var workAtStart = 0
  private var birthCount = 0
  private var birthBytes = 0
  /// Whether a whole cycle has already been made for the next allocation, in vain.
  private(set) var hasCollectedInVain = false

  init() {}
}

extension Pacer {
  /// An object has been born.
  mutating func noteBirth(_ byteCount: Int, _ view: PacerView) {
    usedBytes += byteCount
    birthBytes += byteCount
    birthCount += 1
    hasCollectedInVain = false
    guard view.isCollecting, let budget = view.budget else { return }
    let left = max(1, expectedWork - (view.workDone - workAtStart))
    let room = max(1, view.limitBytes - usedBytes)
    let (product, overflow) = left.multipliedReportingOverflow(by: byteCount)
    let due = overflow ? left : min(left, (product + room - 1) / room)
    let assist = max(0, due - budget)
    debt += budget + assist
    assistDebt += assist
  }

  /// An object has been freed outside any collection.
  mutating func noteDeath(_ byteCount: Int) {
    usedBytes = max(0, usedBytes - byteCount)
    hasCollectedInVain = false
  }

  /// The collector has done so many units; the assists among them.
  mutating func notePayment(_ units: Int) -> Int {
    let assist = max(0, min(units, assistDebt - max(0, debt - units)))
    debt = max(0, debt - units)
    assistDebt = min(max(0, assistDebt - assist), debt)
    return assist
  }

  mutating func noteStart(workDone: Int) { workAtStart = workDone }

  /// A cycle has ended, with so many bytes of objects left.
  mutating func noteEnd(workDone: Int, usedBytes: Int) {
    expectedWork = workDone - workAtStart
    self.usedBytes = usedBytes
    (debt, assistDebt) = (0, 0)
    (birthBytes, birthCount) = (0, 0)
    hasCollectedInVain = true
  }

  /// Bytes of objects from which on a cycle is to be under way.
  ///
  /// While the cycle does its work, at `budget` units for each birth, that many more objects are born;
  /// half as many again are a reserve.
  func triggerBytes(_ view: PacerView) -> Int {
    guard let budget = view.budget else { return view.limitBytes }
    let work = expectedWork > 0 ? expectedWork : usedBytes / 8
    let birthSize = birthCount > 0 ? birthBytes / birthCount + 1 : 32
    let runway = work / budget * birthSize
    return max(view.limitBytes / 8, view.limitBytes - runway - runway / 2)
  }

  func hash(into digest: inout Digest) {
    for value in [
      debt, assistDebt, usedBytes, expectedWork, workAtStart, birthCount, birthBytes,
      hasCollectedInVain ? 1 : 0,
    ] { digest.mix(value) }
  }
}

/// What the pacer has to know of the machine.
struct PacerView {
  let budget: Int?
  /// Bytes that births can fill.
  let limitBytes: Int
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
    guard settings.trigger != .off else { return nil }
    let isCollecting = phase != .idle && !isSweepingLazily
    if !hasRoom(slotCount: slotCount, payloadBytes: payloadBytes, by: mutator) {
      if isCollecting { return .work(.max) }
      return pacer.hasCollectedInVain ? nil : .start
    }
    if isCollecting {
      if settings.schedule == .stopTheWorld { return .work(.max) }
      return pacer.debt > 0 ? .work(pacer.debt) : nil
    }
    guard settings.trigger == .paced else { return nil }
    return pacer.usedBytes >= pacer.triggerBytes(pacerView) && !pacer.hasCollectedInVain
      ? .start : nil
  }

  /// Whether an object can be born without a collection.
  public func hasRoom(slotCount: Int, payloadBytes: Int, by mutator: MutatorID) -> Bool {
    let header = ObjectHeader(slotCount: max(0, slotCount), payloadBytes: max(0, payloadBytes))
    if let space = birthSpace { return heap.standingBytes(header) <= heap.spaces[space].freeBytes }
    return heap.hasCells(for: header, by: mutator)
  }

  var pacerView: PacerView {
    PacerView(
      budget: settings.workPerAllocation,
      limitBytes: birthSpace.map { heap.spaces[$0].byteCount } ?? settings.heapLimitBytes,
      workDone: collector.work.total, isCollecting: phase != .idle)
  }

  mutating func noteBirth(_ object: Reference) {
    pacer.noteBirth(heap.cellBytes(of: object), pacerView)
  }

  /// Lets the pacer know what a collector's action did.
  mutating func noteWork(since before: (phase: Phase, work: Int)) {
    if before.phase == .idle, collector.work.total > before.work || phase != .idle {
      pacer.noteStart(workDone: before.work)
    }
    collector.work.assists += pacer.notePayment(collector.work.total - before.work)
    if before.phase != .idle, phase == .idle {
      var usedBytes = 0
      heap.forEachObject { usedBytes += heap.cellBytes(of: $0) }
      pacer.noteEnd(workDone: collector.work.total, usedBytes: usedBytes)
    }
  }
}

extension Heap {
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
