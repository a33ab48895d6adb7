import GarbageCollection

/// The menu of barriers and side conditions; what is chosen replays the same schedule.
struct BarrierMenu: Hashable, Sendable {
  enum Row: Hashable, Sendable {
    case barrier(Barrier)
    case setting(SettingName)
  }

  static let rows: [Row] =
    Barrier.allCases.map { .barrier($0) }
    + [
      .roots, .stacks, .allocate, .atomicity, .scan, .elide, .stackBarrier, .handshake,
      .unguarded, .bulkCopy, .send, .buffer, .flagCheck, .schedule, .sweep, .worklist,
    ].map { .setting($0) }

  /// What will be applied.
  private(set) var settings: Settings
  /// Position in `rows`.
  private(set) var index: Int

  init(_ settings: Settings) {
    self.settings = settings
    index = BarrierMenu.rows.firstIndex(of: .barrier(settings.barrier)) ?? 0
  }

  mutating func move(by offset: Int) {
    index = (index + offset + BarrierMenu.rows.count) % BarrierMenu.rows.count
  }

  mutating func moveToStart() { index = 0 }

  mutating func moveToEnd() { index = BarrierMenu.rows.count - 1 }

  /// Chooses the barrier under the cursor, or the next value of the setting there.
  mutating func choose(_ offset: Int = 1) {
    switch BarrierMenu.rows[index] {
    case .barrier(let barrier): settings.barrier = barrier
    case .setting(let name):
      let choices = name.choices
      let here = choices.firstIndex(of: settings.word(for: name)) ?? 0
      let word = choices[(here + offset + choices.count) % choices.count]
      do throws(SettingError) { try settings.set(name, to: word) } catch {
        preconditionFailure("a setting accepts its own choices: \(error)")
      }
    }
  }

  /// The settings after Enter: on a barrier, with that barrier.
  var confirmed: Settings {
    var menu = self
    if case .barrier = BarrierMenu.rows[index] { menu.choose() }
    return menu.settings
  }
}

extension BarrierMenu {
  /// As many rows as fit, those around the cursor, and under them what the cursor's row means.
  func lines(theme: Theme, width: Int, height: Int) -> [TextLine] {
    let about = self.about(theme: theme, width: width)
    let aboutHeight = min(BarrierMenu.aboutRows, max(0, height - 4))
    let listHeight = max(1, min(BarrierMenu.rows.count, height - aboutHeight - 1))
    let first = min(max(0, index - listHeight / 2), BarrierMenu.rows.count - listHeight)
    var lines = (first..<first + listHeight).map { line(at: $0, theme: theme) }
    if first > 0 { lines[0] = lines[0].then("  \(theme.glyphs.arrowUp) more", .faint) }
    if first + listHeight < BarrierMenu.rows.count {
      lines[listHeight - 1] = lines[listHeight - 1].then("  \(theme.glyphs.arrowDown) more", .faint)
    }
    guard aboutHeight > 0 else { return lines }
    let blanks = Array(repeating: TextLine(), count: max(0, aboutHeight - about.count))
    return lines + [TextLine()] + about.prefix(aboutHeight) + blanks
  }

  /// Rows kept for the meaning of the row under the cursor, so that the list stays where it is.
  private static let aboutRows = 6

  private func line(at position: Int, theme: Theme) -> TextLine {
    let isHere = position == index
    let cursor = TextLine(isHere ? "\(theme.glyphs.root) " : "  ", .strong)
    switch BarrierMenu.rows[position] {
    case .barrier(let barrier):
      let mark = barrier == settings.barrier ? theme.glyphs.check : " "
      return cursor.then("\(mark) \(barrier.rawValue)", isHere ? .selection : .strong)
        .then(barrier.facts.isMistake ? "  a mistake" : "", .faint)
    case .setting(let name):
      return cursor.then("  \(name.rawValue.padded(to: 14))", isHere ? .selection : .text)
        .then(settings.word(for: name), .strong)
    }
  }

  private func about(theme: Theme, width: Int) -> [TextLine] {
    switch BarrierMenu.rows[index] {
    case .barrier(let barrier):
      let facts = barrier.facts
      let users = facts.usedBy.isEmpty ? "" : " Used by \(facts.usedBy)."
      let clauses = facts.clauses.joined(separator: "; ") + "."
      return TextLine.wrapped("\(facts.name): \(facts.summary).", width: width)
        + TextLine.wrapped(barrier == .none ? "" : clauses + users, width: width, .faint)
    case .setting(let name):
      return TextLine.wrapped("\(name.rawValue): \(name.summary).", width: width)
        + TextLine.wrapped(name.choices.joined(separator: " | "), width: width, .faint)
    }
  }
}
