import GarbageCollection

/// The menu of collectors; what is chosen replays the same script.
struct CollectorMenu: Hashable, Sendable {
  /// Those that can be chosen.
  static let kinds = SettingName.collector.choices.compactMap { CollectorKind(rawValue: $0) }

  /// The one that runs.
  let current: CollectorKind
  /// Position in `kinds`.
  private var index: Int

  init(_ current: CollectorKind) {
    self.current = current
    index = CollectorMenu.kinds.firstIndex(of: current) ?? 0
  }

  var chosen: CollectorKind { CollectorMenu.kinds[index] }

  mutating func move(by offset: Int) {
    index = (index + offset + CollectorMenu.kinds.count) % CollectorMenu.kinds.count
  }
}

extension CollectorMenu {
  /// A row a collector with the fact that matters first, and under them all facts of the chosen one.
  func lines(theme: Theme, width: Int, height: Int) -> [TextLine] {
    let kinds = CollectorMenu.kinds
    let rows = kinds.map { row(of: $0, theme: theme) }
    let about = self.about(width: width)
    guard height > rows.count + 1 else {
      return TextLine.window(
        rows, around: index, height: min(height, rows.count), what: "collector", theme.glyphs)
    }
    return rows + [TextLine()] + about.prefix(height - rows.count - 1)
  }

  private func row(of kind: CollectorKind, theme: Theme) -> TextLine {
    let isHere = kind == chosen
    let mark = kind == current ? theme.glyphs.check : " "
    return TextLine(isHere ? "\(theme.glyphs.root) " : "  ", .strong)
      .then("\(mark) \(kind.rawValue.padded(to: 18))", isHere ? .selection : .strong)
      .then("  \(kind.facts.work)", .faint)
  }

  private func about(width: Int) -> [TextLine] {
    let facts = chosen.facts
    let clauses = facts.clauses + ["used by \(facts.usedBy)", facts.source]
    return TextLine.wrapped("\(facts.name): \(facts.summary).", width: width)
      + clauses.flatMap { clause in
        TextLine.wrapped(clause, width: width - 2, .faint).map { $0.indented(by: 2) }
      }
  }
}
