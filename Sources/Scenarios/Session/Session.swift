public import GarbageCollection
public import TimeTravel

extension ObservedMachine: Replayable {
  public borrowing func duplicate() -> ObservedMachine? {
    do { return try copy() } catch { return nil }
  }

  /// The heap's committed memory; what the chronicle adds is shared between states.
  public var footprintBytes: Int { machine.heap.committedBytes }
}

/// A script as it is played: statements, the run they gave, and what is known of every step.
///
/// Statements act at the end of the run; playing one in the past forks the run there. Nothing else
/// changes a session, so it can always be written down as a script that replays identically.
public struct Session: ~Copyable {
  /// A statement and the steps it gave.
  public struct PlayedLine: Hashable, Sendable {
    public let line: Script.Line
    public internal(set) var steps: Range<Int>
    /// Whether it was typed or pressed, not read from the script.
    public let isInjected: Bool
    /// Whether it came out of a statement that stands for many: it is not written down.
    public internal(set) var isRepetition = false
    /// Whether it could not be played to its end under settings that are not the script's.
    public internal(set) var isLeftOut = false
  }

  public let settings: Settings
  /// The settings that the script itself asked for.
  public let scriptSettings: Settings
  public internal(set) var timeline: Timeline<ObservedMachine>
  public internal(set) var lines: [PlayedLine] = []
  /// One for each step of the run.
  public internal(set) var moments: [Moment] = []
  /// In order of position.
  public internal(set) var cues: [Cue] = []
  /// Whether statements have been moved, so that the script's words may be untrue.
  public internal(set) var isRearranged = false
  /// Where the script's words are untrue, because the settings are not its own.
  var silencedPosition: Int?
  /// Whether a statement that stands for many is being played.
  var isInBlock = false
  /// The broken invariants and doomed objects after the last step, to tell what is new.
  var tension = Tension()

  struct Tension: Hashable {
    var isStrongBroken = false
    var isWeakBroken = false
    var doomed: Set<Reference> = []
    var doomedObjects: Set<ObjectID> = []
  }

  /// A session at its start, with nothing played.
  init(_ settings: Settings, scriptSettings: Settings) throws(SessionError) {
    self.settings = settings
    self.scriptSettings = scriptSettings
    do throws(HeapError) {
      timeline = Timeline(try ObservedMachine(settings))
    } catch { throw SessionError(.noMemory(error)) }
  }

  private init(copying other: borrowing Session, timeline: consuming Timeline<ObservedMachine>) {
    settings = other.settings
    scriptSettings = other.scriptSettings
    self.timeline = timeline
    lines = other.lines
    moments = other.moments
    cues = other.cues
    tension = other.tension
    silencedPosition = other.silencedPosition
    isRearranged = other.isRearranged
    isInBlock = other.isInBlock
  }

  /// A session of its own with the same run; nil when there is no memory for it.
  public borrowing func fork() -> Session? {
    guard let timeline = timeline.fork() else { return nil }
    return Session(copying: self, timeline: timeline)
  }
}

extension Session {
  /// Plays all of `script`, with settings of `overrides` in place of its own.
  ///
  /// Under settings that are not the script's own its expectations are moot: each that does not hold
  /// is noted, and what the script says beside it is left out as untrue. Questions are left out too,
  /// and with a note what cannot be done; under the script's own settings that is an error.
  ///
  /// - Throws: the first statement that cannot be played.
  public static func playing(
    _ script: Script, overrides: [(SettingName, String)] = []
  ) throws(SessionError) -> Session {
    let scriptSettings = Settings(script)
    var settings = scriptSettings
    for (name, word) in overrides {
      do throws(SettingError) { try settings.set(name, to: word) } catch {
        preconditionFailure("overrides are checked before they come here: \(error)")
      }
    }
    if let conflict = settings.firstConflict { throw SessionError(.conflict(conflict)) }
    var session = try Session(settings, scriptSettings: scriptSettings)
    try session.playAll(script.lines.map { ($0, false) }[...])
    return session
  }

  /// The same statements played from the start under other settings.
  public borrowing func replayed(under settings: Settings) throws(SessionError) -> Session {
    if let conflict = settings.firstConflict { throw SessionError(.conflict(conflict)) }
    var session = try Session(settings, scriptSettings: scriptSettings)
    session.isRearranged = isRearranged
    try session.playAll(
      lines.filter { !$0.isRepetition }.map { ($0.line, $0.isInjected) }[...])
    return session
  }

  private typealias UnplayedLine = (line: Script.Line, isInjected: Bool)

  private mutating func playAll(_ lines: ArraySlice<UnplayedLine>) throws(SessionError) {
    var rest = lines
    while let (line, isInjected) = rest.popFirst() {
      do throws(SessionError) {
        try play(line, isInjected: isInjected)
      } catch {
        guard isMoot else { throw error }
        leaveOut(error)
      }
      if case .repeat(let count)? = line.statement {
        let body = rest.prefix(rest.startOfEnd - rest.startIndex)
        try playBlock(body, count: count)
        rest = rest[body.endIndex...]
      }
    }
  }

  /// Plays the lines of a block over and over; all but the first time they are repetitions.
  private mutating func playBlock(
    _ body: ArraySlice<UnplayedLine>, count: Int
  ) throws(SessionError) {
    let wasInBlock = isInBlock
    isInBlock = true
    defer { isInBlock = wasInBlock }
    for round in 0..<count {
      let first = self.lines.count
      try playAll(body)
      for index in first..<self.lines.count where round > 0 {
        self.lines[index].isRepetition = true
      }
    }
  }

  /// Notes that the last line could not be played to its end.
  mutating func leaveOut(_ error: SessionError) {
    let last = lines.count - 1
    lines[last].isLeftOut = true
    note("left out here: '\(lines[last].line.statement?.text ?? "")', as \(error.description)")
    silence()
  }

  /// Whether the settings or the order are not the script's own, so that its expectations do not
  /// apply.
  public var isMoot: Bool {
    isRearranged
      || SettingName.allCases.contains { settings.word(for: $0) != scriptSettings.word(for: $0) }
  }
}

extension ArraySlice<(line: Script.Line, isInjected: Bool)> {
  /// Where the `end` stands that closes the block which has just been opened.
  fileprivate var startOfEnd: Int {
    var depth = 0
    return firstIndex { line, _ in
      switch line.statement {
      case .repeat: depth += 1
      case .end where depth == 0: return true
      case .end: depth -= 1
      default: break
      }
      return false
    } ?? endIndex
  }
}

extension Settings {
  /// The settings that a script asks for.
  public init(_ script: Script) {
    self.init()
    for case .set(let name, let word)? in script.lines.map(\.statement) {
      do throws(SettingError) { try set(name, to: word) } catch {
        preconditionFailure("the parser checked every setting: \(error)")
      }
    }
  }
}

// MARK: - Where we are

extension Session {
  public var position: Int { timeline.position }
  public var stepCount: Int { timeline.actions.count }
  public var isAtEnd: Bool { position == stepCount }

  public mutating func seek(to position: Int) {
    timeline.seek(to: min(max(0, position), stepCount))
  }

  /// The step that led to the present; nil at the start.
  public var moment: Moment? { position == 0 ? nil : moments[position - 1] }

  /// What was counted from the start to here.
  public var tally: Tally { moment?.tally ?? Tally() }

  /// What the script says at the present position.
  public var presentCues: [Cue] { cues.filter { $0.position == position } }

  /// The nearest position after this one whose step has one of the marks.
  public func nextPosition(with marks: Moment.Marks) -> Int? {
    moments[position...].firstIndex { !$0.marks.isDisjoint(with: marks) }.map { $0 + 1 }
  }

  /// The nearest position before this one whose step has one of the marks.
  public func previousPosition(with marks: Moment.Marks) -> Int? {
    guard position > 1 else { return nil }
    return moments[..<(position - 1)].lastIndex { !$0.marks.isDisjoint(with: marks) }
      .map { $0 + 1 }
  }

  /// The script's title in the language asked for, or in English.
  public func title(in language: LocalizedText.Language = .english) -> String? {
    Script(lines: lines.map(\.line)).title(in: language)
  }
}

extension Script {
  /// The title in the language asked for, or in English; the last one given counts.
  public func title(in language: LocalizedText.Language = .english) -> String? {
    let titles = statements.compactMap { statement -> LocalizedText? in
      if case .title(let text) = statement { text } else { nil }
    }
    return (titles.last { $0.language == language } ?? titles.last { $0.language == .english })?
      .text
  }
}
