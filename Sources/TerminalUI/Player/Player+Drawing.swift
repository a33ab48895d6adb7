import GarbageCollection
import Scenarios
import TimeTravel

/// From the state to a canvas.
extension Player {
  /// Draws the whole screen, `size` large.
  public func draw(on canvas: inout Canvas) {
    guard !plan.isTooSmall else { return drawTooSmall(on: &canvas) }
    if let comparison { draw(comparison, on: &canvas) } else { drawPanels(on: &canvas) }
    drawKeyLine(on: &canvas)
    switch overlay {
    case .help(let scroll): drawHelp(scroll: scroll, on: &canvas)
    case .menu(let menu): draw(menu, on: &canvas)
    case .collectors(let menu): draw(menu, on: &canvas)
    case .attack(let view): draw(view, on: &canvas)
    case nil: break
    }
  }

  private func drawPanels(on canvas: inout Canvas) {
    let scene = self.scene
    drawTitle(on: &canvas)
    let messages = messageLines(width: plan.messageRect.width)
    let split = plan.split(
      messageRows: messages.count, logRows: prompt == nil && pick == nil ? 1 : 0)
    for placement in plan.placements {
      draw(placement, scene, in: placement.panel == .log ? split.log : placement.rect, on: &canvas)
    }
    canvas.write(messages, in: split.message, theme: theme)
  }

  /// What the views show: while something is picked, with that under the cursor.
  var scene: Scene {
    let picked = pick?.node.map { ObjectID($0.number) }
    return Scene(session, selection: picked ?? selection, spot: pick?.current.spot)
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let least = "\(ScreenPlan.minimum.width)x\(ScreenPlan.minimum.height)"
    let text = "Tricolor needs \(least); this window is \(size.width)x\(size.height)."
    let quit = asksToQuit ? "Your changes are not saved; q again quits." : "q quits"
    let lines = TextLine.wrapped(text, width: canvas.width)
    canvas.write(
      lines + TextLine.wrapped(quit, width: canvas.width, asksToQuit ? .strong : .faint),
      in: canvas.bounds, theme: theme)
  }

  private func draw(
    _ placement: ScreenPlan.Placement, _ scene: Scene, in rect: Rect, on canvas: inout Canvas
  ) {
    if placement.hasHeading {
      drawHeading(heading(of: placement.panel, scene), above: rect, on: &canvas)
    }
    guard !rect.isEmpty else { return }
    switch placement.panel {
    case .graph:
      graphView(scene, in: rect).draw(on: &canvas)
      if scene.picture.nodes.isEmpty, scene.picture.rootGroups.isEmpty {
        drawWelcome(in: rect, on: &canvas)
      }
    case .log:
      let panel = LogPanel(theme: theme, language: language, tellsCues: zoom == .log)
      let lines = panel.lines(session, width: rect.width, height: rect.height)
      canvas.write(lines, in: rect, theme: theme)
    case .allocator:
      let panel = AllocatorPanel(
        scene: scene, theme: theme, addresses: addressStyle, shownCount: shownTierCount)
      panel.draw(session.timeline.state, in: rect, on: &canvas)
    case .heap, .worklist, .barrier, .invariants, .inspector, .addresses, .blame, .pauses:
      canvas.write(
        lines(of: placement.panel, scene, rect), in: rect, theme: theme)
    }
  }

  private func lines(of panel: Panel, _ scene: Scene, _ rect: Rect) -> [TextLine] {
    let width = rect.width
    return switch panel {
    case .heap where session.timeline.state.machine.heap.spaces.isEmpty:
      HeapPanel(scene: scene, theme: theme)
        .lines(session.timeline.state, width: width, height: rect.height)
    case .heap:
      SpacesPanel(scene: scene, theme: theme)
        .lines(session.timeline.state, width: width, height: rect.height)
    case .worklist:
      WorklistPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .barrier:
      BarrierPanel(scene: scene, theme: theme)
        .lines(session.timeline.state, height: rect.height)
    case .invariants:
      InvariantsPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .inspector:
      InspectorPanel(scene: scene, theme: theme).lines(session.timeline.state, width: width)
    case .addresses:
      AddressPanel(scene: scene, theme: theme, addresses: addressStyle)
        .lines(session.timeline.state, width: width, height: rect.height)
    case .blame:
      blamePanel.lines(width: width, height: rect.height)
    case .pauses:
      PausePanel(PauseTimeline(session), now: session.time, theme: theme)
        .lines(width: width, height: rect.height)
    case .graph, .log, .allocator: []
    }
  }

  /// Beside panels that count from the base everybody does.
  private var addressStyle: AddressStyle {
    let isReal = showsRealAddresses && zoom != nil
    return AddressStyle(base: isReal ? session.timeline.state.machine.heap.baseAddress : nil)
  }

  /// In place of a graph that has nothing to show yet: what there is to come.
  private func drawWelcome(in rect: Rect, on canvas: inout Canvas) {
    let barrier = session.settings.barrier.facts.name
    let isUsual = session.settings.collector == .markSweep
    let collector = isUsual ? "" : ", \(session.settings.collector.facts.name)"
    let lines = [
      TextLine(session.title(in: language) ?? scriptName, .strong),
      TextLine("\(session.stepCount) steps\(collector), barrier \(barrier)"), TextLine(),
      TextLine("The heap is empty: the first steps build it.", .faint),
    ]
    let first = rect.row + max(0, (rect.height - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      let column = rect.column + max(0, (rect.width - line.columnCount) / 2)
      canvas.write(line, column: column, row: first + index, clip: rect, theme: theme)
    }
  }

  private func heading(of panel: Panel, _ scene: Scene) -> String {
    switch panel {
    case .barrier: BarrierPanel.heading(session.settings)
    case .heap where !session.timeline.state.machine.heap.spaces.isEmpty: "Spaces"
    case .inspector where scene.selection == nil && scene.subject != nil: "Object of this step"
    case .graph, .heap, .worklist, .invariants, .inspector, .log, .allocator, .addresses, .blame,
      .pauses:
      panel.name
    }
  }

  private func drawHeading(_ text: String, above rect: Rect, on canvas: inout Canvas) {
    let line = String(repeating: theme.glyphs.lines[10], count: rect.width)
    canvas.write(
      line, column: rect.column, row: rect.row - 1, style: theme.style(.frame))
    canvas.write(
      " \(text) ", column: rect.column + 1, row: rect.row - 1, style: theme.style(.heading))
  }
}

// MARK: - The graph

extension Player {
  func graphView(_ scene: Scene, in rect: Rect) -> GraphView {
    GraphView(scene.picture, layout: layout, in: rect, theme: theme, scroll: scroll)
  }

  /// The graph as it is on the screen, for the mouse; nil when another panel has all the room.
  var graphView: GraphView? {
    plan[.graph].map { graphView(scene, in: $0) }
  }
}
