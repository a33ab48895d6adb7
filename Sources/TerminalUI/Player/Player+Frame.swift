import GarbageCollection
import Scenarios
import TimeTravel

/// The first and the last line of the screen.
extension Player {
  /// Title at the left; at the right as many facts as the window has room for.
  func drawTitle(on canvas: inout Canvas) {
    let dot = " \(theme.glyphs.dot) "
    let tail = titleFacts.joined(separator: dot) + " "
    let title = session.title(in: language) ?? scriptName
    let style = theme.style(.title)
    canvas.fill(Rect(column: 0, row: 0, width: size.width, height: 1), style: style)
    let room = Rect(column: 0, row: 0, width: size.width - tail.columnCount - 2, height: 1)
    let head = size.width >= 100 ? " Tricolor\(dot)\(title)" : " \(title)"
    canvas.write(TextLine(head, .title), column: 0, row: 0, clip: room, theme: theme)
    canvas.write(tail, column: size.width - tail.columnCount, row: 0, style: style)
  }

  /// Step and phase always; barrier, schedule and collector in wider windows, a collector other than
  /// the usual one before its barrier.
  private var titleFacts: [String] {
    let settings = session.settings
    let machine = session.timeline.state.machine.phase.rawValue
    let world = session.timeline.state.machine.isWorldStopped ? " (world stopped)" : ""
    var facts = ["\(machine)\(world)", "step \(session.position)/\(session.stepCount)"]
    if isPlaying { facts.append("\(theme.glyphs.root) \(speed)/s") }
    let isSpecial = settings.collector != .markSweep
    if size.width >= (isSpecial ? 100 : 64), !isSpecial || settings.barrier != .none {
      facts.insert("barrier \(settings.barrier.rawValue)", at: 0)
    }
    let isUnusual = settings.schedule != .incremental && size.width >= 80
    if size.width >= 110 || isUnusual { facts.insert(settings.word(for: .schedule), at: 0) }
    if size.width >= (isSpecial ? 64 : 110) { facts.insert(settings.collector.rawValue, at: 0) }
    return facts
  }
}

// MARK: - The key line

extension Player {
  /// A key that matters now, where it is on the bottom line, and what it does.
  struct KeyHint: Hashable {
    let keys: String
    let words: String
    /// What a click on it presses.
    let key: Key?
    var columns = 0..<0
  }

  func drawKeyLine(on canvas: inout Canvas) {
    let row = Rect(column: 0, row: plan.keyRow, width: size.width, height: 1)
    for hint in keyHints {
      let line = TextLine(hint.keys, .key).then(" \(hint.words)")
      canvas.write(
        line, column: hint.columns.lowerBound, row: plan.keyRow, clip: row, theme: theme)
    }
  }

  /// The keys that matter most now, as many as there is room for; help and quit always.
  var keyHints: [KeyHint] { wantedHints.fitted(to: size.width) }

  /// In order of importance, but for the last two, which always stay.
  private var wantedHints: [KeyHint] {
    func hint(_ keys: String, _ words: String, _ key: Key? = nil) -> KeyHint {
      KeyHint(keys: keys, words: words, key: key)
    }
    if asksToQuit {
      return [hint("y", "quit", .character("y")), hint("n", "stay", .character("n"))]
    }
    if prompt != nil {
      return [hint("Tab", "complete", .tab), hint("Enter", "run", .enter), leave]
    }
    switch overlay {
    case .help: return [hint("Up Down", "scroll", .down), leave]
    case .collectors:
      return [hint("Up Down", "choose", .down), hint("Enter", "replay", .enter), leave]
    case .menu:
      return [
        hint("Up Down", "choose", .down), hint("Left Right", "change", .right),
        hint("Enter", "replay", .enter), leave,
      ]
    case .attack(let view): return hints(of: view)
    case nil: break
    }
    if pick != nil {
      return [hint("arrows", "choose", .tab), hint("Enter", "take", .enter), leave]
    }
    if let comparison { return hints(of: comparison) }
    if zoom == .blame { return blameHints }
    let arrows = "\(theme.glyphs.arrowLeft)\(theme.glyphs.arrowRight)"
    var hints = [
      hint(arrows, shownTierCount == nil ? "step" : "tier", .right),
      hint("Space", isPlaying ? "pause" : "play", .character(" ")),
      hint("e", "event", .character("e")), hint("b", "barrier", .character("b")),
      hint("i", "write", .character("i")), hint(":", "type", .character(":")),
      hint("?", "help", .character("?")), hint("q", "quit", .character("q")),
    ]
    if openPuzzle != nil { hints.insert(hint("!", "hint", .character("!")), at: 1) }
    if hasVictims { hints.insert(hint("B", "blame", .character("B")), at: 3) }
    return hints
  }

  /// Whether something has been doomed or lost so far for which somebody is to blame.
  private var hasVictims: Bool {
    let victims = session.victims
    return session.moments.prefix(session.position).contains { moment in
      moment.doomed.contains { victims.contains($0) }
    }
  }

  var leave: KeyHint { KeyHint(keys: "Esc", words: "leave", key: .escape) }
}

extension [Player.KeyHint] {
  /// As many as a line has room for, each with its columns; the last two always.
  func fitted(to columnCount: Int) -> [Player.KeyHint] {
    var hints = self
    func width() -> Int { hints.reduce(1) { $0 + $1.keys.columnCount + $1.words.columnCount + 3 } }
    while width() > columnCount + 2, hints.count > 2 { hints.remove(at: hints.count - 3) }
    var column = 1
    return hints.map { hint in
      var hint = hint
      let end = column + hint.keys.columnCount + 1 + hint.words.columnCount
      hint.columns = column..<end
      column = end + 2
      return hint
    }
  }
}
