import GarbageCollection

/// The heap as it lies in memory: a row for each span, a mark for each cell.
///
/// `+0x2000 32 B  ●A ◐B ○C xD ░ ░ … 3/256  thread cache`
struct HeapPanel {
  let scene: Scene
  let theme: Theme

  /// A row a span; where they are too many, those around the one that matters now.
  func lines(_ observed: borrowing ObservedMachine, width: Int, height: Int) -> [TextLine] {
    let tenants = currentTenants(observed)
    let spans = observed.machine.heap.spanSummaries()
    let focus = scene.subject.map { observed.chronicle[$0].reference.offset }
    let wanted = focus.flatMap { offset in spans.lastIndex { $0.offset <= offset } } ?? 0
    // One row says what is above, one what is committed.
    let first = wanted < height - 1 ? 0 : min(wanted, max(0, spans.count - height + 2))
    var lines =
      first > 0 ? [TextLine("\(theme.glyphs.arrowUp) \(first) spans", .faint)] : []
    lines += spans[first...].map { span in
      line(for: span, tenants, observed, focus: focus, width: width)
    }
    let committed = ByteSize.describe(observed.machine.heap.committedBytes)
    let limit = ByteSize.describe(observed.machine.settings.heapLimitBytes)
    lines.append(TextLine("\(committed) committed of \(limit)", .faint))
    return lines
  }

  /// Who stands at each cell now, or stood there last, by offset.
  private func currentTenants(_ observed: borrowing ObservedMachine) -> [Int: ObjectID] {
    var tenants: [Int: ObjectID] = [:]
    for id in observed.chronicle.ids { tenants[observed.chronicle[id].reference.offset] = id }
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
    let tail = " \(span.usedCellCount)/\(span.cellCount) \(span.holder.shortWord)"
    let room = width - tail.columnCount
    var cell = firstCell(of: span, tenants, observed, focus: focus, room: room - line.columnCount)
    if cell > 0 { line = line.then("\(theme.glyphs.ellipsis) ", .faint) }
    while cell < span.cellCount {
      let piece = self.piece(at: span.offset + cell * span.cellBytes, tenants, observed)
      guard line.columnCount + piece.text.columnCount + 2 <= room else {
        line.pieces.append(TextLine.Piece(text: theme.glyphs.ellipsis, role: .faint))
        break
      }
      line.pieces.append(piece)
      line.pieces.append(TextLine.Piece(text: " ", role: .text))
      cell += 1
    }
    return line.then(tail, .faint)
  }

  /// The cell a row begins with, so that the one that matters is in sight.
  private func firstCell(
    of span: SpanSummary, _ tenants: [Int: ObjectID], _ observed: borrowing ObservedMachine,
    focus: Int?, room: Int
  ) -> Int {
    guard let focus, (span.offset..<span.offset + span.cellCount * span.cellBytes).contains(focus)
    else { return 0 }
    // Ellipses on both sides take columns, too.
    var columns = 4
    var first = (focus - span.offset) / span.cellBytes
    while first >= 0 {
      let piece = self.piece(at: span.offset + first * span.cellBytes, tenants, observed)
      columns += piece.text.columnCount + 1
      if columns > room { return first + 1 }
      first -= 1
    }
    return 0
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

extension SpanSummary.Holder {
  fileprivate var shortWord: String {
    switch self {
    case .pageHeap: "free"
    case .centralList: "central"
    case .largeObject: "large"
    }
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
