import GarbageCollection

/// The heap as it lies in memory: a row for each span, a mark for each cell.
///
/// `+0x2000 32 B  ●A ◐B ○C xD ░ ░ … 3/256  thread cache`
struct HeapPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    let tenants = currentTenants(observed)
    for span in observed.machine.heap.spanSummaries() {
      lines.append(line(for: span, tenants, observed, width: width))
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
    width: Int
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
    var cell = 0
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
    case .threadCache: "cache"
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
