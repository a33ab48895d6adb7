import GarbageCollection
import Scenarios
import TimeTravel

/// One run of a comparison: its name and how it fares, its graph, and what its last step did.
struct LanePane {
  let rect: Rect
  let layout: GraphLayout
  let theme: Theme
  /// Whether it did something at this beat.
  let moves: Bool

  func draw(_ lane: Comparison.Lane, on canvas: inout Canvas) {
    guard rect.height > 1 else { return }
    let scene = Scene(lane.session, selection: nil)
    drawHeading(lane, on: &canvas)
    let told = self.told(lane)
    // Whatever there is to tell: objects keep their places, in all panes and at every beat.
    let sentenceRows = rect.height < 11 ? 1 : rect.height < 16 ? 2 : 3
    let body = rect.rows(1, rect.height - 1 - sentenceRows)
    drawGraph(scene, in: body, on: &canvas)
    canvas.write(
      told, in: rect.rows(rect.height - sentenceRows, sentenceRows), theme: theme)
  }

  private func drawHeading(_ lane: Comparison.Lane, on canvas: inout Canvas) {
    let row = rect.rows(0, 1)
    let line = String(repeating: theme.glyphs.lines[10], count: rect.width)
    canvas.write(line, column: rect.column, row: rect.row, style: theme.style(.frame))
    let machine = lane.session.timeline.state.machine.phase.rawValue
    let step = "step \(lane.session.position)/\(lane.session.stepCount)"
    let status = self.status(lane)
    let name = TextLine(" \(lane.variant.name) ", .heading)
    let dot = theme.glyphs.dot
    // Where there is little room, the name and how it fares count most.
    let facts = ["\(dot) \(machine) \(dot) \(step) ", "\(dot) \(step) ", ""].first {
      name.columnCount + $0.columnCount + status.columnCount + 2 <= rect.width
    }
    canvas.write(
      name.then(facts ?? "", .faint), column: rect.column + 1, row: rect.row, clip: row,
      theme: theme)
    let column = rect.endColumn - status.columnCount - 1
    canvas.write(status, column: max(rect.column, column), row: rect.row, clip: row, theme: theme)
  }

  /// Who is lost or doomed here so far.
  private func status(_ lane: Comparison.Lane) -> TextLine {
    let observed = lane.session.moments.prefix(lane.session.position)
    let lost = observed.flatMap(\.lost).map { lane.session.timeline.state.label(of: $0) }
    let doomed = lane.session.timeline.state.doomedLabels
    guard !lost.isEmpty || !doomed.isEmpty else {
      return TextLine(" \(theme.glyphs.check) nothing lost ", .good)
    }
    let losses = lost.isEmpty ? [] : ["\(lost.joined(separator: ",")) LOST"]
    let dooms = doomed.isEmpty ? [] : ["\(doomed.joined(separator: ",")) doomed"]
    let words = (losses + dooms).joined(separator: ", ")
    return TextLine(
      " \(theme.glyphs.cross) \(words.prefixed(by: rect.width / 2, theme.glyphs)) ",
      lost.isEmpty ? .doomed : .danger)
  }

  private func drawGraph(_ scene: Scene, in body: Rect, on canvas: inout Canvas) {
    let view = GraphView(scene.picture, layout: layout, in: body, theme: theme)
    guard body.width < 24 || body.height < 4 || view.hidden != nil else {
      return view.draw(on: &canvas)
    }
    canvas.write(
      ObjectList(scene: scene, theme: theme).lines(width: body.width), in: body, theme: theme)
  }

  private func told(_ lane: Comparison.Lane) -> [TextLine] {
    guard let moment = lane.session.moment else {
      return [TextLine("The start: nothing has happened yet.", .faint)]
    }
    guard moves else { return [TextLine("waits for the others", .faint)] }
    let role: Role =
      !moment.marks.isDisjoint(with: [.doomed, .lost, .danglingUse])
      ? .doomed : moment.marks.contains(.barrierHit) ? .barrierHit : .text
    return TextLine.wrapped(moment.sentence, width: rect.width, role)
  }
}

extension ObservedMachine {
  /// The labels of what is doomed at this moment.
  fileprivate var doomedLabels: [String] {
    judgement.doomed.compactMap { chronicle.tenant(of: $0) }.map { label(of: $0) }
  }
}
