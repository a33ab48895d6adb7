import GarbageCollection

/// The address space of the program, high addresses at the top.
///
/// ```
/// main stack                main     a=A b=nil                    the stack, growing down
///                           ▼
///
/// base+0x102000             end of the reservation, limit 1MiB
/// base+0x22000       896KiB ░ reserved: nobody may touch it
/// ──────────────────────────▲ committed up to here: 128KiB ──────
/// base+0x4000        120KiB free
/// base+0x2000          8KiB 24 B scan    central list  █░░░░░░░░░  12/341  ◀ E new
/// base+0x0             8KiB guard: nil, never committed
/// ```
/// The arena stands on the last rows and grows up; stacks hang from the first row and grow down.
struct AddressPanel {
  let scene: Scene
  let theme: Theme
  let addresses: AddressStyle

  func lines(_ observed: borrowing ObservedMachine, width: Int, height: Int) -> [TextLine] {
    let stackHeight = max(1, height / 4)
    let stacks = stackLines(observed, height: stackHeight)
    let arena = arenaLines(observed, width: width, height: height - stackHeight)
    let gap = max(0, height - stacks.count - arena.count)
    return stacks + gapLines(gap) + arena
  }

  private func gapLines(_ count: Int) -> [TextLine] {
    var lines = Array(repeating: TextLine(), count: count)
    if count >= 3 { lines[count / 2] = margin("").then("other memory of the process", .faint) }
    if count >= 5, addresses.base != nil {
      lines[count / 2 + 1] = margin("").then(
        "(going back uses a copy of the arena, which stands elsewhere)", .faint)
    }
    return lines
  }

  /// What stands in front of a row without an address.
  private func margin(_ word: String) -> TextLine {
    TextLine(word.padded(to: AddressStyle.columnCount + 11), .faint)
  }
}

// MARK: - Stacks

extension AddressPanel {
  /// The frames of every thread, the newest lowest; exactly `height` rows.
  private func stackLines(_ observed: borrowing ObservedMachine, height: Int) -> [TextLine] {
    var lines: [TextLine] = []
    for (index, stack) in observed.machine.roots.stacks.enumerated() {
      let mutator = MutatorID(index)
      let word = "\(stack.thread) stack".prefixed(by: AddressStyle.columnCount + 10, theme.glyphs)
      if stack.frames.isEmpty { lines.append(margin(word).then("no frames", .faint)) }
      for (frame, content) in stack.frames.enumerated() {
        let line = margin(frame == 0 ? word : "").then(content.name.padded(to: 8), .strong)
        lines.append(line.then(variables(of: content, frame, mutator, observed)))
      }
    }
    // The newest frame is the one to see.
    let hidden = lines.count - height
    if hidden > 0 {
      lines = Array(lines.suffix(height))
      lines[0] = lines[0].then("  \(theme.glyphs.arrowUp) \(hidden) more", .faint)
    } else if hidden < 0 {
      lines.append(margin("").then("\(theme.glyphs.arrowDown) grows down", .faint))
    }
    return lines + Array(repeating: TextLine(), count: max(0, height - lines.count))
  }

  private func variables(
    of frame: Roots.Frame, _ number: Int, _ mutator: MutatorID,
    _ observed: borrowing ObservedMachine
  ) -> TextLine {
    var line = TextLine()
    for (index, variable) in frame.variables.enumerated() {
      let content = observed.content(of: .variable(index, frame: number, of: mutator))
      line = line.then(root(variable.name, content, observed))
    }
    return line
  }

  private func globals(_ observed: borrowing ObservedMachine) -> TextLine {
    let globals = observed.machine.roots.globals
    guard !globals.isEmpty else { return TextLine("none", .faint) }
    var line = TextLine()
    for (index, global) in globals.enumerated() {
      line = line.then(root(global.name, observed.content(of: .global(index)), observed))
    }
    return line
  }

  /// Name and value, as in `a=A`.
  private func root(
    _ name: String, _ content: Content, _ observed: borrowing ObservedMachine
  ) -> TextLine {
    TextLine(" \(name)=", .faint).then(observed.words(for: content), role(of: content))
  }

  private func role(of content: Content) -> Role {
    switch content {
    case .empty: .faint
    case .object(let id): scene.role(of: id, otherwise: .strong)
    case .stale, .dangling: .doomed
    }
  }
}

// MARK: - The arena

extension AddressPanel {
  /// From the end of the reservation down to the guard page; at most `height` rows.
  private func arenaLines(
    _ observed: borrowing ObservedMachine, width: Int, height: Int
  ) -> [TextLine] {
    let report = observed.machine.heap.allocatorReport()
    let spans = observed.machine.heap.spanSummaries()
    let frontier = spans.last.map { $0.offset + $0.pageCount * Page.bytes } ?? Page.bytes
    var top = [
      row(at: frontier, report.reservedBytes - frontier)
        .then("\(theme.glyphs.freeCell) reserved, but nobody may touch it", .faint)
    ]
    if height >= 8 {
      top.insert(
        row(at: report.reservedBytes, nil)
          .then("end of the reservation; limit \(ByteSize.describe(report.limitBytes))", .faint),
        at: 0)
      top.append(frontierLine(report, width: width))
    }
    var bottom = [row(at: 0, Page.bytes).then("guard page: nil; never committed", .faint)]
    let globals = globals(observed)
    if height >= 8 { bottom.append(margin("globals").then(globals)) }
    let marks = self.marks(observed)
    let spaces = observed.machine.heap.spaces
    let lines = spans.map { line(for: $0, marks, report, spaces, width: width) }
    let room = max(1, height - top.count - bottom.count)
    let focus = marks.compactMap { mark in spans.lastIndex { $0.offset <= mark.offset } }.first
    guard lines.count > room else { return top + lines.reversed() + bottom }
    let window = window(lines.reversed(), around: lines.count - 1 - (focus ?? 0), height: room)
    return top + window + bottom
  }

  /// Exactly `height` of the rows, that at `focus` among them, and how many there are above and below.
  private func window(_ lines: [TextLine], around focus: Int, height: Int) -> [TextLine] {
    guard height > 2 else {
      return TextLine.window(lines, around: focus, height: height, what: "span", theme.glyphs)
    }
    let first = min(max(0, focus - height / 2), lines.count - height)
    var rows = Array(lines[first..<first + height])
    let below = lines.count - first - height
    if first > 0 { rows[0] = hidden(first + 1, theme.glyphs.arrowUp) }
    if below > 0 { rows[height - 1] = hidden(below + 1, theme.glyphs.arrowDown) }
    return rows
  }

  private func hidden(_ count: Int, _ arrow: String) -> TextLine {
    margin("").then("\(arrow) \(counted(count, "more span"))", .faint)
  }

  /// Address, size, and room for what stands there.
  private func row(at offset: Int, _ byteCount: Int?) -> TextLine {
    let size = byteCount.map { ByteSize.describe($0) } ?? ""
    return TextLine(addresses.column(offset), .text).then("\(size.aligned(to: 9))  ", .faint)
  }

  private func frontierLine(_ report: AllocatorReport, width: Int) -> TextLine {
    let committed = ByteSize.describe(report.committedBytes)
    let bar = theme.glyphs.lines[10]
    let line = TextLine(String(repeating: bar, count: AddressStyle.columnCount + 10) + " ", .frame)
      .then("\(theme.glyphs.arrowUp) committed: \(committed); the heap grows up ", .strong)
    return line.then(String(repeating: bar, count: max(0, width - line.columnCount)), .frame)
  }

  private func line(
    for span: SpanSummary, _ marks: [Mark], _ report: AllocatorReport, _ spaces: [Space],
    width: Int
  ) -> TextLine {
    let end = span.offset + span.pageCount * Page.bytes
    let marks = marks.filter { (span.offset..<end).contains($0.offset) }
    var line = row(at: span.offset, span.pageCount * Page.bytes)
    if span.holder == .pageHeap {
      let pages = width < 60 ? "" : ", \(counted(span.pageCount, "page"))"
      let released = report.freeSpans.first { $0.firstPage == span.firstPage }?.releasedPageCount
      line = line.then(
        "free\(pages)" + (released.map { $0 > 0 ? ", \($0) given back" : "" } ?? ""), .faint)
    } else if let space = spaces.first(where: { $0.start == span.offset }) {
      line = line.then(use(of: space, width: width, isMarked: !marks.isEmpty))
    } else {
      line = line.then(use(of: span, width: width, isMarked: !marks.isEmpty))
    }
    for mark in marks {
      let cell = span.sizeClass == nil ? nil : (mark.offset - span.offset) / span.cellBytes
      let place = cell.map { width < 100 ? "" : ", cell \($0)" } ?? ""
      let words = width < 50 ? mark.label : mark.words
      line = line.then(" \(theme.glyphs.arrowLeft) \(words)\(place)", mark.role)
    }
    return line
  }

  /// What a space is for, and how full it is.
  private func use(of space: Space, width: Int, isMarked: Bool) -> TextLine {
    let line = TextLine(space.role.rawValue, .strong)
    guard width >= 50 || !isMarked else { return line }
    let percent = FilledBar(space.usedBytes, of: space.byteCount)
    guard width >= 76 else { return line.then(" \(percent.percentText) used") }
    let use = line.padded(to: 14 + 15)
      .then(percent.text(width: min(48, max(6, width - 104)), theme.glyphs))
    let bytes =
      width < 100 ? percent.percentText : "\(ByteSize.round(space.usedBytes)) used"
    return use.then(" " + bytes)
  }

  /// Class, holder (or that it waits for the sweep), and how many of its cells hold objects.
  ///
  /// Where there is little room, a mark is more than a count.
  private func use(of span: SpanSummary, width: Int, isMarked: Bool) -> TextLine {
    let count = "\(span.usedCellCount)/\(span.cellCount)"
    guard let spanClass = span.spanClass else {
      return TextLine(width < 60 ? "large" : span.holder.rawValue, .strong)
    }
    guard width >= 60 else {
      let line = TextLine("\(spanClass.sizeClass.cellBytes) B".aligned(to: 7), .strong)
      return isMarked && width < 50 ? line : line.then(count.aligned(to: 9))
    }
    let line = TextLine(spanClass.name, .strong)
    guard width >= 76 else { return line.then(count.aligned(to: 9)) }
    let bar = FilledBar(span.usedCellCount, of: span.cellCount)
    let use = line.then(" \(span.isSwept ? span.holder.rawValue : "unswept") ".padded(to: 14))
      .then(bar.text(width: min(48, max(6, width - 104)), theme.glyphs))
      .then(count.aligned(to: 9))
    guard width >= 100 else { return use }
    let cached = span.cachedCellCount > 0 ? " +\(span.cachedCellCount) cached" : ""
    return use.then(cached.padded(to: 12), .faint)
  }
}

// MARK: - Marks

extension AddressPanel {
  /// Somebody's place that must be seen.
  private struct Mark {
    let offset: Int
    let label: String
    var deed = ""
    let role: Role

    var words: String { label + deed }
  }

  /// The selected object, and the cell that this step handed out or took back.
  private func marks(_ observed: borrowing ObservedMachine) -> [Mark] {
    var marks: [Mark] = []
    let walk = AllocatorWalk(scene.events)
    if let id = scene.selection, id != walk?.object {
      marks.append(
        Mark(offset: offset(of: id, observed), label: observed.label(of: id), role: .selection))
    }
    if let walk, let id = walk.object {
      marks.append(
        Mark(
          offset: offset(of: id, observed), label: observed.label(of: id),
          deed: walk.isRequest ? " new" : " freed", role: scene.role(of: id, otherwise: .changed)))
    }
    return marks
  }

  private func offset(of id: ObjectID, _ observed: borrowing ObservedMachine) -> Int {
    observed.chronicle[id].reference.offset
  }
}
