/// The second half of mark-sweep: what marking has left white goes back to its span.
///
/// A step sweeps one cell, or one span where the sweep is lazy; the mutator may run between any two.
// MARK: - Sweep

extension Collector {
  mutating func beginSweep<O: Observer>(
    _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) {
    enter(.sweeping, observer: &observer)
    // Spaces have no cells.
    sweepOffset = heap.spaces.last.map { ($0.end + Page.bytes - 1) / Page.bytes * Page.bytes } ?? 0
    heap.beginSweep(isLazy: context.sweep == .lazy)
    finishSweepIfDone(heap, context.sweep, observer: &observer)
  }

  /// One cell, or one span where the sweep is lazy or the budget is worth a span; the cells looked at.
  mutating func sweep<O: Observer>(
    budget: Int, _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) -> Int {
    let units: Int
    switch context.sweep {
    case .lazy:
      guard let span = heap.unsweptSpan() else {
        preconditionFailure("the sweep ends with its last span")
      }
      units = sweep(spanAt: span, &heap, observer: &observer)
    case .eager
    where budget >= Span.cellLimit && sweepOffset.isMultiple(of: Page.bytes)
      && heap.startsSpan(at: sweepOffset):
      units = sweepNextSpan(&heap, observer: &observer)
    case .eager:
      units = sweepNextCell(&heap, observer: &observer)
    }
    finishSweepIfDone(heap, context.sweep, observer: &observer)
    return units
  }

  private mutating func sweepNextCell<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    guard let cell = heap.firstCell(from: sweepOffset) else {
      preconditionFailure("the sweep ends with its last cell")
    }
    sweepOffset = cell.offset + heap.cellBytes(ofCellAt: cell)
    heap.sweep(cell: cell, observer: &observer)
    return 1
  }

  private mutating func sweepNextSpan<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    guard let span = heap.firstSpanInUse(from: sweepOffset) else {
      preconditionFailure("the sweep ends with its last cell")
    }
    sweepOffset = span.offset + heap.byteCount(ofSpanAt: span)
    return sweep(spanAt: span, &heap, observer: &observer)
  }

  private func sweep<O: Observer>(
    spanAt first: PageID, keepsEmpty: Bool = false, _ heap: inout Heap, observer: inout O
  ) -> Int {
    let tally = heap.sweep(spanAt: first, keepsEmpty: keepsEmpty, observer: &observer)
    return max(1, tally.freedCount + tally.keptCount)
  }

  /// Ends the cycle when no cell is left to sweep.
  mutating func finishSweepIfDone<O: Observer>(
    _ heap: borrowing Heap, _ policy: SweepPolicy, observer: inout O
  ) {
    let isDone =
      switch policy {
      case .eager: heap.firstCell(from: sweepOffset) == nil
      case .lazy: heap.unsweptSpan() == nil
      }
    if isDone { enter(.idle, observer: &observer) }
  }

  /// Sweeps all that a lazy sweep has left.
  mutating func finishSweep<O: Observer>(_ heap: inout Heap, observer: inout O) {
    while let span = heap.unsweptSpan() { _ = sweep(spanAt: span, &heap, observer: &observer) }
    finishSweepIfDone(heap, .lazy, observer: &observer)
  }

  /// Sweeps spans of a kind until one has a free cell, as a cache that asks for cells does first.
  ///
  /// For large objects: until `pageCount` pages are free. The answer is the cells freed. Gives up after a hundred spans without one, as Go does: new pages then cost less.
  mutating func sweep<O: Observer>(
    for kind: CellKind, pageCount: Int, _ heap: inout Heap, observer: inout O
  ) -> Int {
    var freedCount = 0
    var freedPages = 0
    var spanCount = 0
    while kind.isLarge ? freedPages < pageCount : !heap.hasFreeCells(kind), spanCount < 100,
      let span = heap.unsweptSpan(of: kind)
    {
      let pages = heap.byteCount(ofSpanAt: span) / Page.bytes
      let tally = heap.sweep(spanAt: span, keepsEmpty: true, observer: &observer)
      freedCount += tally.freedCount
      freedPages += tally.freedCount > 0 ? pages : 0
      spanCount += 1
    }
    if spanCount > 0 { finishSweepIfDone(heap, .lazy, observer: &observer) }
    return freedCount
  }
}
