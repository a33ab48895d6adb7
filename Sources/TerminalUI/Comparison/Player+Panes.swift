import GarbageCollection
import Scenarios

/// The screen while barriers or collectors are compared.
extension Player {
  func draw(_ comparison: Comparison, on canvas: inout Canvas) {
    drawTitle(of: comparison, on: &canvas)
    if comparison.isTable {
      drawTable(comparison, on: &canvas)
    } else {
      for (lane, rect) in zip(comparison.lanes, panePlan.panes) {
        LanePane(rect: rect, layout: paneLayout, theme: theme, moves: comparison.moves(lane))
          .draw(lane, on: &canvas)
      }
    }
    let rows = Rect(column: 0, row: size.height - 2, width: size.width, height: 1)
    canvas.write(
      [message.map { TextLine($0.text, $0.role) } ?? statementLine(comparison)], in: rows,
      theme: theme)
  }

  private func drawTitle(of comparison: Comparison, on canvas: inout Canvas) {
    let dot = " \(theme.glyphs.dot) "
    let title = session.title(in: language) ?? scriptName
    let speed = isPlaying ? "\(dot)\(theme.glyphs.root) \(self.speed)/s" : ""
    let tail = "beat \(comparison.beat)/\(comparison.schedule.beatCount)\(speed) "
    let row = Rect(column: 0, row: 0, width: size.width, height: 1)
    canvas.fill(row, style: theme.style(.title))
    canvas.write(
      TextLine(" \(title)\(dot)the same schedule under other \(comparison.subject.noun)s", .title),
      column: 0, row: 0,
      clip: row.columns(0, size.width - tail.columnCount - 1), theme: theme)
    canvas.write(
      tail, column: size.width - tail.columnCount, row: 0, style: theme.style(.title))
  }

  /// What all runs are at, and which are not shown.
  private func statementLine(_ comparison: Comparison) -> TextLine {
    let line = TextLine("now: ", .faint).then(comparison.statement ?? "the start", .strong)
    let hidden = comparison.lanes.dropFirst(shownLaneCount).map(\.variant.name)
    if comparison.isTable {
      let refused = comparison.refused.map(\.name)
      return refused.isEmpty
        ? line : line.then("   not playable: \(refused.joined(separator: ", "))", .faint)
    }
    guard !hidden.isEmpty else { return line }
    return line.then("   Tab: \(hidden.joined(separator: ", "))", .faint)
  }

  private func drawTable(_ comparison: Comparison, on canvas: inout Canvas) {
    let area = Rect(column: 0, row: 1, width: size.width, height: size.height - 3)
    let (head, lines, words) = table(comparison)
    let legend = TextLine.wrapped(words, width: size.width, .faint)
    let about = area.height > lines.count + legend.count + 2 ? [TextLine()] + legend : []
    let rows = zip(comparison.outcomes, lines).map { outcome, line in
      row(outcome, line, comparison)
    }
    let here = comparison.variants[comparison.index]
    let focus = comparison.outcomes.firstIndex { $0.variant == here }
    let window = TextLine.window(
      rows, around: focus ?? 0, height: min(rows.count, area.height - 1 - about.count),
      what: comparison.subject.noun, theme.glyphs)
    canvas.write(
      [TextLine("    \(head)", .heading)] + window + about, in: area, theme: theme)
  }

  private func table(_ comparison: Comparison) -> (head: String, lines: [String], legend: String) {
    switch comparison.subject {
    case .barriers:
      let table = ComparisonTable(comparison.outcomes, width: size.width - 4)
      return (table.headLine, table.lines, ComparisonTable.legend)
    case .collectors:
      let table = CollectorTable(comparison.outcomes, width: size.width - 4)
      return (table.headLine, table.lines, CollectorTable.legend)
    }
  }

  /// A cursor, the number of the pane that shows it, and the figures.
  private func row(_ outcome: Outcome, _ line: String, _ comparison: Comparison) -> TextLine {
    let isHere = outcome.variant == comparison.variants[comparison.index]
    let number = comparison.laneNumber(of: outcome.variant).map { String($0) } ?? " "
    let role: Role = outcome.lost.isEmpty && outcome.doomed.isEmpty ? .text : .doomed
    return TextLine(isHere ? theme.glyphs.root : " ", .strong).then(" \(number) ", .good)
      .then(line, isHere ? .selection : role)
  }
}
