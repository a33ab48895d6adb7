import GarbageCollection
import Scenarios
import TimeTravel

/// From the state to a canvas.
extension Player {
  /// Draws the whole screen, `size` large.
  public func draw(on canvas: inout Canvas) {
    guard !plan.isTooSmall else { return drawTooSmall(on: &canvas) }
    let scene = Scene(session, selection: selection, spot: pick?.current.spot)
    drawTitle(on: &canvas)
    let messages = messageLines(width: plan.messageRect.width).prefix(plan.messageRect.height)
    let spareRows = plan.messageRect.height - messages.count
    for placement in plan.placements {
      let isAbove = placement.rect.endRow == plan.messageRect.row
      draw(placement, scene, extraRows: isAbove ? spareRows : 0, on: &canvas)
    }
    let rest = plan.messageRect.rows(spareRows, messages.count)
    canvas.write(Array(messages), in: rest, theme: theme)
    drawKeyLine(on: &canvas)
    switch overlay {
    case .help(let scroll): drawHelp(scroll: scroll, on: &canvas)
    case .menu(let menu):
      drawBox(
        "Barrier and side conditions", menu.lines(theme: theme, width: size.width - 4),
        on: &canvas)
    case nil: break
    }
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let least = "\(ScreenPlan.minimum.width)x\(ScreenPlan.minimum.height)"
    let text = "Tricolor needs \(least); this window is \(size.width)x\(size.height)."
    let lines = TextLine.wrapped(text, width: canvas.width) + [TextLine("q quits", .faint)]
    canvas.write(lines, in: canvas.bounds, theme: theme)
  }

  private func drawTitle(on canvas: inout Canvas) {
    let settings = session.settings
    let dot = " \(theme.glyphs.dot) "
    let phase = session.timeline.state.machine.phase.rawValue
    let world = session.timeline.state.machine.isWorldStopped ? " (world stopped)" : ""
    let step = "step \(session.position)/\(session.stepCount)"
    let play = isPlaying ? " \(theme.glyphs.root) " : ""
    let right = "\(play)\(phase)\(world)\(dot)\(step) "
    let facts = "mark-sweep\(dot)barrier \(settings.barrier.rawValue)"
    let title = session.title(in: language) ?? scriptName
    let style = theme.style(.title)
    canvas.fill(Rect(column: 0, row: 0, width: size.width, height: 1), style: style)
    let tail = size.width >= 64 ? facts + dot + right : right
    let room = Rect(
      column: 0, row: 0, width: size.width - tail.columnCount - 1, height: 1)
    let head = size.width >= 100 ? " Tricolor\(dot)\(title)" : " \(title)"
    canvas.write(TextLine(head, .title), column: 0, row: 0, clip: room, theme: theme)
    canvas.write(tail, column: size.width - tail.columnCount, row: 0, style: style)
  }

  private func draw(
    _ placement: ScreenPlan.Placement, _ scene: Scene, extraRows: Int, on canvas: inout Canvas
  ) {
    var rect = placement.rect
    rect.height += extraRows
    if placement.hasHeading {
      drawHeading(heading(of: placement.panel), above: rect, on: &canvas)
    }
    guard !rect.isEmpty else { return }
    switch placement.panel {
    case .graph: graphView(scene, in: rect).draw(on: &canvas)
    case .log:
      let lines = LogPanel(theme: theme).lines(session, width: rect.width, height: rect.height)
      canvas.write(lines, in: rect, theme: theme)
    case .heap, .worklist, .barrier, .invariants, .inspector:
      canvas.write(
        lines(of: placement.panel, scene, width: rect.width), in: rect, theme: theme)
    }
  }

  private func lines(of panel: Panel, _ scene: Scene, width: Int) -> [TextLine] {
    switch panel {
    case .heap:
      HeapPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .worklist: WorklistPanel(theme: theme).lines(session.timeline.state, width: width)
    case .barrier:
      BarrierPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .invariants:
      InvariantsPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .inspector:
      InspectorPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .graph, .log: []
    }
  }

  private func heading(of panel: Panel) -> String {
    panel == .barrier ? BarrierPanel.heading(session.settings) : panel.name
  }

  private func drawHeading(_ text: String, above rect: Rect, on canvas: inout Canvas) {
    let line = String(repeating: theme.glyphs.lines[10], count: rect.width)
    canvas.write(
      line, column: rect.column, row: rect.row - 1, style: theme.style(.frame))
    canvas.write(
      " \(text) ", column: rect.column + 1, row: rect.row - 1, style: theme.style(.heading))
  }

  private func drawKeyLine(on canvas: inout Canvas) {
    var line = TextLine(" ")
    for (keys, words) in keyHints {
      line = line.then(keys, .key).then(" \(words)  ", .text)
    }
    let row = Rect(column: 0, row: plan.keyRow, width: size.width, height: 1)
    canvas.write(line, column: 0, row: plan.keyRow, clip: row, theme: theme)
  }

  /// The keys that matter most now; the arrows are drawn, not named.
  private var keyHints: [(String, String)] {
    if prompt != nil { return [("Enter", "run"), ("Tab", "complete"), ("Esc", "leave")] }
    if pick != nil { return [("arrows", "choose"), ("Enter", "take"), ("Esc", "leave")] }
    let arrows = "\(theme.glyphs.arrowLeft)\(theme.glyphs.arrowRight)"
    return [
      (arrows, "step"), ("Space", "play"), ("e", "event"), ("b", "barrier"), ("i", "write"),
      (":", "type"), ("?", "help"), ("q", "quit"),
    ]
  }
}

// MARK: - The graph

extension Player {
  func graphView(_ scene: Scene, in rect: Rect) -> GraphView {
    GraphView(scene.picture, layout: layout, in: rect, theme: theme, scroll: scroll)
  }

  /// The graph as it is on the screen, for the mouse; nil when another panel has all the room.
  var graphView: GraphView? {
    plan[.graph].map {
      graphView(Scene(session, selection: selection, spot: pick?.current.spot), in: $0)
    }
  }
}

// MARK: - What is said

extension Player {
  private func messageLines(width: Int) -> [TextLine] {
    if let prompt { return promptLines(prompt, width: width) }
    if let pick {
      let answer = TextLine("\(pick.question) ", .strong).then(pick.preview, .selection)
      let hint = message.map { TextLine($0.text, $0.role) }
      return [answer, hint ?? TextLine("type a label, move with the arrows or click", .faint)]
    }
    if let message { return TextLine.wrapped(message.text, width: width, message.role) }
    return cueLines(width: width)
  }

  private func promptLines(_ prompt: Prompt, width: Int) -> [TextLine] {
    let head = prompt.head
    let rest = prompt.text.dropFirst(head.count)
    let line = TextLine(":", .strong).then(head).then(String(rest.first ?? " "), .key)
      .then(String(rest.dropFirst()))
    if let error = prompt.error { return [line] + TextLine.wrapped(error, width: width, .doomed) }
    return [line, TextLine(prompt.candidates.joined(separator: "  "), .faint)]
  }

  private func cueLines(width: Int) -> [TextLine] {
    let isForeign = session.settings.barrier != session.scriptSettings.barrier
    let prefix = isForeign ? "(of barrier \(session.scriptSettings.barrier.rawValue)) " : ""
    return session.presentCues(in: language).flatMap { cue -> [TextLine] in
      switch cue.content {
      case .say(let text):
        TextLine.wrapped(prefix + text.text, width: width, isForeign ? .faint : .strong)
      case .ask(let question, _): TextLine.wrapped("? \(question.text)", width: width, .changed)
      case .beat: []
      case .expectation(let expectation):
        if case .failed(let found) = expectation.outcome {
          TextLine.wrapped("expected \(expectation.claim.text), but \(found)", width: width, .doomed)
        } else {
          []
        }
      case .note(let text): TextLine.wrapped("note: \(text)", width: width, .faint)
      }
    }
  }
}

// MARK: - Overlays

extension Player {
  private func drawHelp(scroll: Int, on canvas: inout Canvas) {
    let lines = HelpPage.lines
    let room = max(1, size.height - 6)
    let first = min(scroll, max(0, lines.count - room))
    let more = first + room < lines.count ? "  (Down for more)" : ""
    drawBox("Keys\(more)", Array(lines[first..<min(lines.count, first + room)]), on: &canvas)
  }

  /// A framed box in the middle of the screen, as large as its text.
  private func drawBox(_ title: String, _ lines: [TextLine], on canvas: inout Canvas) {
    let widest = max(title.columnCount + 4, lines.map(\.columnCount).max() ?? 0)
    let width = min(size.width, widest + 4)
    let height = min(size.height - 2, lines.count + 2)
    let box = Rect(
      column: (size.width - width) / 2, row: max(1, (size.height - height) / 2), width: width,
      height: height)
    canvas.fill(box)
    canvas.frame(box, theme: theme)
    canvas.write(
      " \(title) ", column: box.column + 2, row: box.row, style: theme.style(.heading))
    canvas.write(lines, in: box.inset(by: 1).columns(1, width - 4), theme: theme)
  }
}

extension Canvas {
  /// Draws a frame along the inside of `rect`.
  mutating func frame(_ rect: Rect, theme: Theme) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let lines = theme.glyphs.lines
    let style = theme.style(.frame)
    let bar = String(repeating: lines[10], count: rect.width - 2)
    write(lines[6] + bar + lines[12], column: rect.column, row: rect.row, style: style)
    write(lines[3] + bar + lines[9], column: rect.column, row: rect.endRow - 1, style: style)
    for row in rect.row + 1..<rect.endRow - 1 {
      write(lines[5], column: rect.column, row: row, style: style)
      write(lines[5], column: rect.endColumn - 1, row: row, style: style)
    }
  }
}

/// The keys as the program knows them, section by section.
enum HelpPage {
  static var lines: [TextLine] {
    Command.Section.allCases.flatMap { section -> [TextLine] in
      let commands = Command.allCases.filter { $0.section == section }
      return [TextLine(section.rawValue, .heading)]
        + commands.map { command in
          let keys = command.keys.map(\.name).joined(separator: " ")
          return TextLine("  \(keys.padded(to: 16))", .strong).then(command.summary)
        }
    }
  }
}
