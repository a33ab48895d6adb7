import GarbageCollection

/// The heap as it lies in memory: a row for each span, a mark for each cell.
///
/// `+0x2000 32B scan ●A ◐B ○C xD ░ ░ … 3/256 +5 cached`
struct HeapPanel {
  let scene: Scene
  let theme: Theme

  /// A row a span; where they are too many, those around the one that matters now.
  func lines(_ observed: borrowing ObservedMachine, width: Int, height: Int) -> [TextLine] {
    let tenants = currentTenants(observed)
    let spans = cellSpans(observed)
    let focus = scene.subject.map { observed.chronicle[$0].reference.offset }
    let wanted = focus.flatMap { offset in spans.lastIndex { $0.offset <= offset } } ?? 0
    // One row says what is above, one what is committed.
    let first = wanted < height - 1 ? 0 : min(wanted, max(0, spans.count - height + 2))
    var lines =
      first > 0 ? [TextLine("\(theme.glyphs.arrowUp) \(first) spans", .faint)] : []
    lines += spans[first...].prefix(height).map { span in
      line(for: span, tenants, observed, focus: focus, width: width)
    }
    lines.append(committedLine(observed))
    return lines
  }

  /// Whether there are cells, or pages free for some: not where spaces take up the whole heap.
  func hasCells(_ observed: borrowing ObservedMachine) -> Bool { !cellSpans(observed).isEmpty }

  /// Spaces have lanes of their own.
  private func cellSpans(_ observed: borrowing ObservedMachine) -> [SpanSummary] {
    observed.machine.heap.spanSummaries().filter { $0.holder != .space }
  }

  func committedLine(_ observed: borrowing ObservedMachine) -> TextLine {
    let committed = ByteSize.describe(observed.machine.heap.committedBytes)
    let limit = ByteSize.describe(observed.machine.settings.heapLimitBytes)
    return TextLine("\(committed) committed of \(limit)", .faint)
  }

  /// Who stands at each cell now, or stood there last, by offset.
  private func currentTenants(_ observed: borrowing ObservedMachine) -> [Int: ObjectID] {
    var tenants: [Int: ObjectID] = [:]
    for id in observed.chronicle.ids {
      let place = observed.chronicle[id].reference
      tenants[place.offset] = observed.occupant(of: place)
    }
    return tenants
  }

  private func line(
    for span: SpanSummary, _ tenants: [Int: ObjectID], _ observed: borrowing ObservedMachine,
    focus: Int?, width: Int
  ) -> TextLine {
    let address = "+0x" + String(span.offset, radix: 16)
    guard span.holder != .pageHeap else {
      return TextLine("\(address) ", .faint)
        .then("free, \(span.pageCount) page\(span.pageCount == 1 ? "" : "s")", .faint)
    }
    let size = span.sizeClass == nil ? ByteSize.describe(span.cellBytes) : "\(span.cellBytes)B"
    var line = TextLine("\(address) ", .faint).then("\(size) ", .strong)
    var tail = " \(span.usedCellCount)/\(span.cellCount)"
    if span.holder == .largeObject { tail += " large" }
    if !span.isSwept { tail += " unswept" }
    // What else is known is told where every cell that was ever used stays in sight.
    var spare =
      width - line.columnCount - tail.columnCount
      - usedColumns(of: span, tenants, observed, width: width)
    let cached = " +\(span.cachedCellCount) cached"
    if span.cachedCellCount > 0, cached.columnCount <= spare {
      tail += cached
      spare -= cached.columnCount
    }
    if let kind = span.spanClass?.kind, kind.columnCount < spare {
      line = line.then("\(kind) ", .faint)
    }
    let room = width - tail.columnCount
    var cell = firstCell(of: span, tenants, observed, focus: focus, room: room - line.columnCount)
    if cell > 0 { line = line.then("\(theme.glyphs.ellipsis) ", .faint) }
    while cell < span.cellCount {
      let mark = self.mark(of: cell, in: span, tenants, observed)
      guard line.columnCount + mark.columnCount + 2 <= room else {
        line.pieces.append(TextLine.Piece(text: theme.glyphs.ellipsis, role: .faint))
        break
      }
      line.pieces += mark.pieces + [TextLine.Piece(text: " ", role: .text)]
      cell += 1
    }
    return line.then(tail, .faint)
  }

  /// Columns for the cells up to the last that anybody ever stood in, and an ellipsis; where
  /// that is more than `width`, any such number.
  private func usedColumns(
    of span: SpanSummary, _ tenants: [Int: ObjectID], _ observed: borrowing ObservedMachine,
    width: Int
  ) -> Int {
    var (columns, used) = (2, 2)
    for cell in 0..<span.cellCount where columns <= width {
      let mark = self.mark(of: cell, in: span, tenants, observed)
      columns += mark.columnCount + 1
      if mark.text != theme.glyphs.freeCell { used = columns }
    }
    return used
  }

  /// The cell a row begins with, so that the one that matters is in sight.
  private func firstCell(
    of span: SpanSummary, _ tenants: [Int: ObjectID], _ observed: borrowing ObservedMachine,
    focus: Int?, room: Int
  ) -> Int {
    guard let focus, (span.offset..<span.offset + span.cellCount * span.cellBytes).contains(focus)
    else { return 0 }
    // An ellipsis behind them takes columns, too, and another one before them.
    var columns = 2
    var first = (focus - span.offset) / span.cellBytes
    while first >= 0 {
      columns += mark(of: first, in: span, tenants, observed).columnCount + 1
      if columns + (first > 0 ? 2 : 0) > room { return first + 1 }
      first -= 1
    }
    return 0
  }

  /// Who stands in a cell; two where tiny objects share it.
  private func mark(
    of cell: Int, in span: SpanSummary, _ tenants: [Int: ObjectID],
    _ observed: borrowing ObservedMachine
  ) -> TextLine {
    let offset = span.offset + cell * span.cellBytes
    var mark = TextLine()
    mark.pieces = [piece(at: offset, tenants, observed)]
    let half = offset + span.cellBytes / 2
    if span.spanClass?.isTiny == true, tenants[half] != nil {
      mark.pieces.append(piece(at: half, tenants, observed))
    }
    return mark
  }

  private func piece(
    at offset: Int, _ tenants: [Int: ObjectID], _ observed: borrowing ObservedMachine
  ) -> TextLine.Piece {
    guard let id = tenants[offset] else {
      return TextLine.Piece(text: theme.glyphs.freeCell, role: .faint)
    }
    let label = observed.label(of: id)
    guard let color = observed.color(of: id) else {
      return TextLine.Piece(text: theme.glyphs.freed + label, role: .freedBadge)
    }
    return TextLine.Piece(
      text: theme.glyphs[color] + label,
      role: id == scene.selection
        ? .selection
        : scene.judgement.doomed.contains(observed.chronicle[id].reference)
          ? .doomed : scene.touched.contains(id) ? .changed : .strong)
  }
}

extension Glyphs {
  subscript(color: Color) -> String {
    switch color {
    case .white: white
    case .grey: grey
    case .black: black
    }
  }
}
