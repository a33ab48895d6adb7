import GarbageCollection
import Scenarios
import TimeTravel

/// What the keys do when nothing is open.
extension Player {
  /// `count` is the number typed before the key, if it takes one.
  mutating func run(_ command: Command, count: Int? = nil) {
    if command != .play, command.section == .time { isPlaying = false }
    switch command.section {
    case .time: travel(command, count: count)
    case .speed: changeSpeed(command)
    case .selection: select(command)
    case .mutator: mutate(command)
    case .screen: arrange(command)
    }
  }
}

// MARK: - Time

extension Player {
  private mutating func travel(_ command: Command, count: Int?) {
    if count == nil, walkOn(command) { return }
    if command == .nextStop || (command == .stepForward && count == nil), revealAnswer() { return }
    let position = session.position
    switch command {
    case .stepForward: stepForward(by: count ?? 1)
    case .stepBack: session.seek(to: session.position - (count ?? 1))
    case .nextFatal, .previousFatal: jumpToFatal(isForward: command == .nextFatal)
    case .toStart: session.seek(to: count ?? 0)
    case .toEnd: session.seek(to: count ?? session.stepCount)
    case .nextStop: jump(to: stops.first { $0 > session.position }, "no stop ahead")
    case .previousStop: jump(to: stops.last { $0 < session.position }, "no stop before")
    case .nextEvent: jump(forwardTo: .all, "no event ahead")
    case .previousEvent: jump(backTo: .all, "no event before")
    case .nextPhase: jump(forwardTo: .phaseChange, "no change of phase ahead")
    case .previousPhase: jump(backTo: .phaseChange, "no change of phase before")
    case .nextBarrierHit: jump(forwardTo: .barrierHit, "no barrier shades anything ahead")
    case .previousBarrierHit: jump(backTo: .barrierHit, "no barrier shaded anything before")
    case .nextViolation: jump(forwardTo: .violations, "no violation ahead")
    case .previousViolation: jump(backTo: .violations, "no violation before")
    default: break
    }
    if command == .stepForward, count == nil, position != session.position { beginWalk() }
  }

  /// Goes along the walk through the allocator; false when its end is reached.
  private mutating func walkOn(_ command: Command) -> Bool {
    switch command {
    case .stepForward: showTier()
    case .stepBack: hideTier()
    default: false
    }
  }

  /// Positions where the script stops, and the end.
  private var stops: [Int] { session.cues.filter(\.isStop).map(\.position) + [session.stepCount] }

  /// At the end of a story one more press is needed before the collector goes on by itself.
  private mutating func stepForward(by steps: Int) {
    let target = session.position + steps
    guard session.isAtEnd else { return session.seek(to: target) }
    guard announcedEnd == session.stepCount || hasUnsavedEdits else {
      announcedEnd = session.stepCount
      return say("The end of the script. Once more, and the collector goes on.", .strong)
    }
    inject(.step(count: steps, .step), keepsQuiet: true)
    announcedEnd = session.stepCount
  }

  private mutating func jump(forwardTo marks: Moment.Marks, _ otherwise: String) {
    jump(to: session.nextPosition(with: marks), otherwise)
  }

  private mutating func jump(backTo marks: Moment.Marks, _ otherwise: String) {
    jump(to: session.previousPosition(with: marks), otherwise)
  }

  private mutating func jump(to position: Int?, _ otherwise: String) {
    guard let position else { return say(otherwise, .faint) }
    session.seek(to: position)
  }

  private mutating func changeSpeed(_ command: Command) {
    switch command {
    case .play:
      if !isPlaying, revealAnswer() { return }
      isPlaying.toggle()
      if isPlaying, session.isAtEnd { session.seek(to: 0) }
    case .slower: stepsPerSecond /= 1.25
    case .faster: stepsPerSecond *= 1.25
    case .halfSpeed: stepsPerSecond /= 2
    case .doubleSpeed: stepsPerSecond *= 2
    case .resetSpeed: stepsPerSecond = Player.usualSpeed
    default: break
    }
    stepsPerSecond = min(max(stepsPerSecond, 0.1), 50)
    if command != .play { say("\(speed) steps a second") }
  }

  /// Steps a second, as people write it.
  var speed: String {
    let tenths = Int((stepsPerSecond * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

// MARK: - Screen

extension Player {
  private mutating func arrange(_ command: Command) {
    if let panel = command.panel {
      if panel == .blame { return toggleBlame() }
      zoom = zoom == panel ? nil : panel
      return
    }
    switch command {
    case .compare: openComparison()
    case .compareCollectors: openComparison(.collectors)
    case .zoom: zoom = zoom == nil ? .graph : nil
    case .theme: theme.depth = theme.depth == .monochrome ? nativeTheme.depth : .monochrome
    case .language: changeLanguage()
    case .mouse:
      isMouseOn.toggle()
      effects.append(.setMouse(isMouseOn))
      say(isMouseOn ? "the mouse selects objects" : "the mouse selects text")
    case .help: openHelp()
    case .redraw: effects.append(.redraw)
    case .suspend: effects.append(.suspend)
    case .back: if zoom == nil { selection = nil } else { zoom = nil }
    case .quit: askToQuit()
    default: break
    }
  }

  private mutating func changeLanguage() {
    let all = LocalizedText.Language.allCases
    let next = ((all.firstIndex(of: language) ?? 0) + 1) % all.count
    language = all[next]
    say("texts of the script: \(language.rawValue)")
  }

  private mutating func askToQuit() {
    guard hasUnsavedEdits else { return effects.append(.quit) }
    asksToQuit = true
    say("Your changes are not saved. Quit all the same? y / n (:w FILE saves)", .strong)
  }

  mutating func answerQuit(_ key: Key) {
    switch key {
    case .character("y"), .character("Y"), .character("q"), .control("c"), .enter:
      effects.append(.quit)
    default:
      asksToQuit = false
    }
  }
}
