import GarbageCollection

/// The menu of barriers and side conditions; what is chosen replays the same schedule.
struct BarrierMenu: Hashable, Sendable {
  enum Row: Hashable, Sendable {
    case barrier(Barrier)
    case setting(SettingName)
  }

  static let rows: [Row] =
    Barrier.allCases.map { .barrier($0) }
    + [.roots, .stacks, .allocate, .atomicity, .scan, .elide, .stackBarrier, .handshake,
      .schedule, .worklist,
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
  func lines(theme: Theme, width: Int) -> [TextLine] {
    var lines = BarrierMenu.rows.enumerated().map { position, row in
      let isHere = position == index
      let cursor = TextLine(isHere ? "\(theme.glyphs.root) " : "  ", .strong)
      switch row {
      case .barrier(let barrier):
        let mark = barrier == settings.barrier ? theme.glyphs.black : theme.glyphs.white
        return cursor.then("\(mark) \(barrier.rawValue.padded(to: 22))", isHere ? .selection : .strong)
          .then(barrier.facts.summary, .faint)
      case .setting(let name):
        return cursor.then("  \(name.rawValue.padded(to: 16))", isHere ? .selection : .strong)
          .then(settings.word(for: name).padded(to: 12), .strong).then(name.summary, .faint)
      }
    }
    lines.insert(TextLine(), at: Barrier.allCases.count)
    lines.append(TextLine())
    lines.append(
      TextLine("Up Down choose  Left Right change  Enter replay the run  Esc leave", .faint))
    return lines
  }
}
