import GarbageCollection
import Scenarios
import TimeTravel

/// Barriers or collectors side by side: the keys of time move all of them, the table chooses which.
extension Player {
  mutating func openComparison(_ subject: Comparison.Subject = .barriers) {
    isPlaying = false
    comparison = Comparison(session, subject)
    layoutPanes()
  }

  /// Back to the run, at the beat where the comparison stands.
  private mutating func closeComparison() {
    guard let comparison else { return }
    isPlaying = false
    session.seek(to: comparison.ownPosition)
    self.comparison = nil
  }

  /// The lanes that the window has room for.
  var shownLaneCount: Int {
    min(
      comparison?.lanes.count ?? 0,
      PanePlan.capacity(width: size.width, height: size.height))
  }

  /// Fits the places of objects to the width of a pane, the same for all.
  mutating func layoutPanes() {
    guard comparison != nil else { return }
    let width = panePlan.panes.map(\.width).min() ?? size.width
    paneLayout = GraphLayout(
      recorder.story, columnLimit: GraphLayout.columnLimit(for: recorder.story, width: width))
  }

  var panePlan: PanePlan {
    PanePlan(
      shownLaneCount, in: Rect(column: 0, row: 1, width: size.width, height: size.height - 3))
  }
}

// MARK: - Keys

extension Player {
  mutating func pressInComparison(_ key: Key) {
    if comparison?.isTable == true, pressInTable(key) { return }
    guard let command = Command.byKey[key] else { return refuseInComparison(key) }
    switch command {
    case .compare, .barrier: openTable()
    case .compareCollectors: switchSubject()
    case .back: closeComparison()
    case .selectNext: rotateLanes(by: 1)
    case .selectPrevious: rotateLanes(by: -1)
    case .theme, .language, .mouse, .help, .redraw, .suspend, .quit: run(command)
    default:
      guard command.section == .time || command.section == .speed, travelAll(command) else {
        return refuseInComparison(key)
      }
    }
  }

  /// Barriers instead of collectors, or the other way round, at the same place of the run.
  private mutating func switchSubject() {
    guard let subject = comparison?.subject else { return }
    closeComparison()
    openComparison(subject == .barriers ? .collectors : .barriers)
  }

  private mutating func refuseInComparison(_ key: Key) {
    say("\(key.name) does nothing in a comparison; Esc leaves", .faint)
  }

  private mutating func openTable() {
    comparison?.judge(session)
    comparison?.isTable = true
    isPlaying = false
  }

  private mutating func rotateLanes(by offset: Int) {
    comparison?.rotate(by: offset)
    layoutPanes()
  }

  /// Whether the table takes the key.
  private mutating func pressInTable(_ key: Key) -> Bool {
    let variantCount = comparison?.variants.count ?? 0
    switch key {
    case .up, .character("k"): comparison?.move(by: -1)
    case .down, .character("j"): comparison?.move(by: 1)
    case .home: comparison?.move(by: -variantCount)
    case .end: comparison?.move(by: variantCount)
    case .enter, .character(" "):
      if let refusal = comparison?.toggle(session) { say(refusal, .faint) }
      layoutPanes()
    case .escape, .character("b"): comparison?.isTable = false
    case .character("M"): closeComparison()
    default: return false
    }
    return true
  }
}

// MARK: - Time

extension Player {
  /// Moves all runs; false for a command that has no meaning for them.
  private mutating func travelAll(_ command: Command) -> Bool {
    guard let comparison else { return false }
    if command.section == .time { isPlaying = false }
    let beat = comparison.beat
    switch command {
    case .stepForward: go(to: beat + 1)
    case .stepBack: go(to: beat - 1)
    case .toStart: go(to: 0)
    case .toEnd: go(to: comparison.schedule.beatCount)
    case .nextStop: go(to: stopBeats.first { $0 > beat })
    case .previousStop: go(to: stopBeats.last { $0 < beat })
    case .nextEvent: jumpAll(.all, isForward: true)
    case .previousEvent: jumpAll(.all, isForward: false)
    case .nextPhase: jumpAll(.phaseChange, isForward: true)
    case .previousPhase: jumpAll(.phaseChange, isForward: false)
    case .nextBarrierHit: jumpAll(.barrierHit, isForward: true)
    case .previousBarrierHit: jumpAll(.barrierHit, isForward: false)
    case .nextViolation: jumpAll(.violations, isForward: true)
    case .previousViolation: jumpAll(.violations, isForward: false)
    case .play:
      isPlaying.toggle()
      if isPlaying, beat == comparison.schedule.beatCount { go(to: 0) }
    case .slower, .faster, .halfSpeed, .doubleSpeed, .resetSpeed: run(command)
    default: return false
    }
    return true
  }

  private mutating func go(to beat: Int?) {
    guard let beat else { return say("nothing of the kind there", .faint) }
    comparison?.go(to: beat)
  }

  private mutating func jumpAll(_ marks: Moment.Marks, isForward: Bool) {
    go(to: comparison?.beat(with: marks, isForward: isForward, among: shownLaneCount))
  }

  /// Beats where the script stops, and the end.
  private var stopBeats: [Int] {
    guard let schedule = comparison?.schedule else { return [] }
    return session.cues.filter(\.isStop).map { schedule.beat(before: $0.line) }
      + [schedule.beatCount]
  }

  /// A tick of the clock while all runs play.
  mutating func tickAll() {
    guard let comparison, comparison.beat < comparison.schedule.beatCount else {
      isPlaying = false
      return
    }
    go(to: comparison.beat + 1)
    if stopBeats.contains(comparison.beat + 1) { isPlaying = false }
  }
}
