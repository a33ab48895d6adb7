import GarbageCollection
import Workloads

/// From the state to a canvas.
extension LivePlayer {
  var plan: LivePlan { LivePlan(width: size.width, height: size.height) }

  /// Cells of the map that the screen has room for.
  public var mapCellCount: Int { plan.isTooSmall ? 0 : plan.map.width * plan.map.height }

  /// Draws the whole screen, as large as `resize` said.
  public func draw(on canvas: inout Canvas) {
    guard !plan.isTooSmall else { return drawTooSmall(on: &canvas) }
    drawTitle(on: &canvas)
    drawPanels(on: &canvas)
    let row = Rect(column: 0, row: plan.messageRow, width: size.width, height: 1)
    if let message = messageLine { canvas.write([message], in: row, theme: theme) }
    for hint in hints.fitted(to: size.width) {
      canvas.write(
        TextLine(hint.keys, .key).then(" \(hint.words)"), column: hint.columns.lowerBound,
        row: plan.keyRow, clip: canvas.bounds, theme: theme)
    }
    if let helpScroll { drawHelp(scroll: helpScroll, on: &canvas) }
  }

  private var messageLine: TextLine? {
    if let failure { return TextLine("A thread has ended: \(failure).", .danger) }
    return message
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let least = "\(LivePlan.minimum.width)x\(LivePlan.minimum.height)"
    let text = "tricolor live needs \(least); this window is \(size.width)x\(size.height)."
    canvas.write(
      TextLine.wrapped(text, width: canvas.width)
        + TextLine.wrapped("q quits", width: canvas.width, .faint),
      in: canvas.bounds, theme: theme)
  }

  private func drawTitle(on canvas: inout Canvas) {
    let dot = " \(theme.glyphs.dot) "
    let threads = settings.threads
    var facts = [threads.collection.rawValue, "barrier \(threads.barrier.rawValue)"]
    if let nursery = LivePlayer.nursery(threads) {
      facts.insert(size.width >= 100 ? nursery : "nursery", at: 1)
    }
    facts.append(counted(settings.mutatorCount, "thread"))
    if threads.collection == .concurrent { facts.append(counted(threads.markerCount, "marker")) }
    if size.width >= 100 { facts.append("worklist \(threads.order.rawValue)") }
    facts.append(isPaused ? "PAUSED" : "running")
    let short = " " + settings.workload.rawValue
    func tail() -> String { facts.joined(separator: dot) + " " }
    // Where there is no room for all, the state is told, and the first of the rest.
    while facts.count > 1, short.columnCount + tail().columnCount >= size.width {
      facts.remove(at: facts.count - 2)
    }
    let told = tail()
    let style = theme.style(.title)
    canvas.fill(Rect(column: 0, row: 0, width: size.width, height: 1), style: style)
    let long = " Tricolor\(dot)live:" + short
    let fits = long.columnCount + told.columnCount < size.width
    canvas.write(size.width >= 100 && fits ? long : short, column: 0, row: 0, style: style)
    canvas.write(told, column: size.width - told.columnCount, row: 0, style: style)
  }

  private func drawPanels(on canvas: inout Canvas) {
    let map = LiveMapPanel(sample: history.latest, theme: theme)
    drawHeading("Heap  \(map.scale)", above: plan.map, on: &canvas)
    canvas.write(
      map.lines(width: plan.map.width, height: plan.map.height), in: plan.map, theme: theme)
    canvas.write(
      map.legend, column: 0, row: plan.legendRow,
      clip: Rect(column: 0, row: plan.legendRow, width: plan.map.width, height: 1), theme: theme)

    let panels = LivePanels(
      history: history, settings: settings, operationCount: operationCount,
      assistedBefore: assistedBefore, theme: theme)
    draw(panels.cycle(width: plan.cycle.width), "Cycle", in: plan.cycle, on: &canvas)
    draw(
      panels.allocation(width: plan.allocation.width), "Allocation", in: plan.allocation,
      on: &canvas)
    draw(
      panels.pauses(width: plan.pauses.width, height: plan.pauses.height), "Pauses",
      in: plan.pauses, on: &canvas)
    let threads = panels.threads(width: plan.bottom.width)
    guard let view else {
      return draw(threads, "Threads", in: plan.bottom, on: &canvas)
    }
    let story = LiveStory(view: view, step: steps.last, order: settings.threads.order)
    draw(story.lines(width: plan.bottom.width), stepHeading, in: plan.bottom, on: &canvas)
    if plan.threads.height > 3 {
      draw(threads, "Threads", in: plan.threads, on: &canvas)
    }
  }

  private var stepHeading: String { steps.isEmpty ? "Paused" : "The step just taken" }

  private func draw(
    _ lines: [TextLine], _ heading: String, in rect: Rect, on canvas: inout Canvas
  ) {
    drawHeading(heading, above: rect, on: &canvas)
    canvas.write(lines, in: rect, theme: theme)
  }

  private func drawHeading(_ text: String, above rect: Rect, on canvas: inout Canvas) {
    let line = String(repeating: theme.glyphs.lines[10], count: rect.width)
    canvas.write(line, column: rect.column, row: rect.row - 1, style: theme.style(.frame))
    canvas.write(
      " \(text) ", column: rect.column + 1, row: rect.row - 1, style: theme.style(.heading))
  }
}

// MARK: - Keys and help

extension LivePlayer {
  var overlayRows: Int { max(1, size.height - 4) }

  private var overlayColumns: Int { max(1, min(size.width - 4, 76)) }

  var helpLines: [TextLine] { LiveHelp.lines(theme.glyphs, width: overlayColumns) }

  private func drawHelp(scroll: Int, on canvas: inout Canvas) {
    let lines = helpLines
    let shown = lines[scroll..<min(lines.count, scroll + overlayRows)]
    canvas.drawBox(
      "Keys and signs", Array(shown), columns: overlayColumns, theme: theme)
  }

  /// In order of importance, but for the last two, which always stay.
  private var hints: [Player.KeyHint] {
    func hint(_ command: LiveCommand, _ words: String) -> Player.KeyHint {
      Player.KeyHint(keys: command.keys[0].name, words: words, key: command.keys[0])
    }
    return [
      hint(.pause, isPaused ? "go on" : "pause"), hint(.step, "step"),
      hint(.finishCycle, "cycle"), hint(.collection, "collection"), hint(.barrier, "barrier"),
      Player.KeyHint(keys: "t T", words: "threads", key: nil), hint(.markers, "markers"),
      hint(.order, "order"), hint(.help, "help"), hint(.quit, "quit"),
    ]
  }
}
