public import GarbageCollection
public import Scenarios
import TimeTravel

/// The program as a state machine: input in, state and canvas out; no input or output of its own.
///
/// What it cannot do itself (leave, write a file, suspend) it asks for through `effects`.
public struct Player: ~Copyable {
  /// Something only the outside world can do.
  public enum Effect: Hashable, Sendable {
    case quit
    case suspend
    case redraw
    case setMouse(Bool)
    /// An existing file is replaced only if `mayReplace`.
    case write(path: String, contents: String, mayReplace: Bool)
  }

  /// What covers the panels.
  enum Overlay: Hashable, Sendable {
    case help(scroll: Int)
    case menu(BarrierMenu)
    case collectors(CollectorMenu)
    case attack(AttackView)
  }

  /// One line for the user, gone with the next key.
  struct Message: Hashable, Sendable {
    let text: String
    let role: Role
  }

  /// A session set aside by an edit, so that it can be undone.
  final class Shelved {
    let session: Session

    init(_ session: consuming Session) { self.session = session }
  }

  public internal(set) var session: Session
  public internal(set) var effects: [Effect] = []
  /// Who was selected last, whether it is born at the present position or not.
  private var lastSelection: ObjectID?
  public internal(set) var theme: Theme
  let scriptName: String
  /// The theme as found, to come back to.
  var nativeTheme: Theme

  var size = (width: 80, height: 24)
  var zoom: Panel?
  var overlay: Overlay?
  var prompt: Prompt?
  var history: [String] = []
  var pick: Pick?
  var message: Message?
  var language: LocalizedText.Language
  var isMouseOn = true
  /// The number being typed before a command.
  var count: Count?
  /// How much of the present step's walk through the allocator is shown; nil for all of it.
  var reveal: WalkReveal?
  /// Whether memory shown alone has the addresses of this process; not where output must be the same
  /// on every run.
  public var showsRealAddresses = false
  /// Barriers side by side, in place of everything else.
  var comparison: Comparison?
  /// Where objects stand in panes.
  var paneLayout = GraphLayout()
  /// States that a search for a loss may try.
  var searchLimit = Session.threatStateLimit
  /// What a search has shown of the puzzle.
  var proof: PuzzleProof?
  /// What is known of the victims of this run.
  var inquest: Inquest?
  /// Whether blame has the graph's room, too.
  var isBlameAlone = false
  /// Where the answer to the script's question is shown.
  var answeredPosition: Int?
  /// The slot by which each object was left last, so that following goes round.
  var followedSlots: [ObjectID: Int] = [:]
  /// The holder to which each object was left last.
  var followedHolders: [ObjectID: ObjectID] = [:]
  /// Where the mouse went down on an object: a drag to another one proposes a write.
  var dragOrigin: GraphSpot?

  public internal(set) var isPlaying = false
  var stepsPerSecond = Player.usualSpeed
  static let usualSpeed = 2.0

  var undone: [Shelved] = []
  var done: [Shelved] = []
  /// Whether the run holds changes that no file holds.
  var hasUnsavedEdits = false
  /// The file this run was last written to: it may be replaced without asking.
  var writtenPath: String?
  var asksToQuit = false
  /// Where a step past the end of the story has been announced.
  var announcedEnd: Int?

  var recorder = GraphStoryRecorder()
  var layout = GraphLayout()
  var layoutLimit = 0
  var scroll = GraphScroll()

  /// The selected object; nil while it is not born.
  public internal(set) var selection: ObjectID? {
    get { lastSelection.flatMap { isBorn($0) ? $0 : nil } }
    set { lastSelection = newValue }
  }

  func isBorn(_ id: ObjectID) -> Bool {
    id.index < session.timeline.state.chronicle.records.count
  }

  /// Opens the session at its start, a puzzle where it begins.
  ///
  /// - Parameter scriptName: what the title bar calls the script when it has no title.
  public init(
    _ session: consuming Session, scriptName: String, theme: Theme,
    language: LocalizedText.Language = .english
  ) {
    self.session = session
    self.scriptName = scriptName
    self.theme = theme
    self.language = language
    nativeTheme = theme
    recordStory()
    // A puzzle begins where its goal stands.
    self.session.seek(to: self.session.puzzle?.start ?? 0)
  }

  /// Takes the size of the window; call it before the first `draw` and after every `resize`.
  public mutating func resize(width: Int, height: Int) {
    size = (width, height)
    fitOverlay()
    layoutPanes()
    let panelWidth = plan[.graph]?.width ?? width
    let limit = GraphLayout.columnLimit(for: recorder.story, width: panelWidth)
    if limit != layoutLimit {
      layoutLimit = limit
      layout = GraphLayout(recorder.story, columnLimit: limit)
    }
  }

  /// Takes the look of the terminal that has just been opened.
  public mutating func adopt(_ theme: Theme) {
    self.theme = theme
    nativeTheme = theme
  }

  /// Goes to a step of the run; outside it, to the nearest.
  public mutating func seek(to position: Int) {
    comparison = nil
    session.seek(to: position)
    reveal = nil
  }

  var plan: ScreenPlan {
    ScreenPlan(
      width: size.width, height: size.height, zoom: zoom,
      programLines: session.timeline.state.machine.programs.lineCount,
      blameLines: zoom == .blame && !isBlameAlone ? blameLineCount : nil)
  }

  /// The effects asked for since the last call.
  public mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  mutating func say(_ text: String, _ role: Role = .text) {
    message = Message(text: text, role: role)
  }
}

// MARK: - The layout of the graph

extension Player {
  /// Walks the whole run once, so that every object gets its place before anything is shown.
  ///
  /// Long runs are sampled; what they miss finds a place when it is first seen.
  mutating func recordStory() {
    let here = session.position
    let stride = max(1, session.stepCount / 1_000)
    for position in Swift.stride(from: 0, through: session.stepCount, by: stride) {
      session.seek(to: position)
      recorder.record(Scene(session, selection: nil).picture)
    }
    session.seek(to: here)
  }

  /// Finds places for what is new at the present position.
  mutating func extendStory() {
    recorder.record(Scene(session, selection: nil).picture)
    layout.extend(with: recorder.story)
  }
}

// MARK: - Input

extension Player {
  /// Milliseconds after which a `tick` is due; nil while nothing moves.
  public var tickMilliseconds: Int? {
    if isSearching { return 0 }
    if isPlaying { return max(20, Int(1000 / stepsPerSecond)) }
    return count == nil ? nil : Count.pauseMilliseconds
  }

  public mutating func handle(_ event: InputEvent) {
    switch event {
    case .key(let key): press(key)
    case .mouse(let mouse): click(mouse)
    case .paste(let text):
      if prompt != nil { prompt?.insert(text) }
    case .tick: tick()
    case .resize: break
    case .closed: effects.append(.quit)
    }
    if answeredPosition != session.position { answeredPosition = nil }
    settleWalk()
    if zoom == .blame { inquire() }
  }

  mutating func press(_ key: Key) {
    guard !plan.isTooSmall else { return pressWhenTooSmall(key) }
    if prompt == nil { message = nil }
    if asksToQuit { return answerQuit(key) }
    if prompt != nil { return type(key) }
    if overlay != nil { return pressInOverlay(key) }
    if pick != nil { return pressInPick(key) }
    if comparison != nil { return pressInComparison(key) }
    if takeDigit(key) { return }
    let times = settleCount(before: key)
    guard let command = Command.byKey[key] else {
      return say("\(key.name) does nothing here; ? shows the keys", .faint)
    }
    run(command, count: times)
  }

  /// Nothing can be seen, so nothing must happen unseen.
  private mutating func pressWhenTooSmall(_ key: Key) {
    switch Command.byKey[key] {
    case .quit:
      if asksToQuit || !hasUnsavedEdits { effects.append(.quit) }
      asksToQuit = true
    case .suspend: effects.append(.suspend)
    default: asksToQuit = false
    }
  }

  private mutating func tick() {
    if isSearching { return search() }
    guard isPlaying else {
      count = nil
      message = nil
      return
    }
    if comparison != nil { return tickAll() }
    if showTier() { return }
    guard !session.isAtEnd else {
      isPlaying = false
      return
    }
    session.seek(to: session.position + 1)
    beginWalk()
    if session.isAtEnd || session.presentCues.contains(where: \.isStop) { isPlaying = false }
  }
}

// MARK: - Questions

extension Player {
  /// Whether the script asks something here whose answer is not shown yet.
  var hidesAnswer: Bool {
    answeredPosition != session.position
      && session.presentCues.contains { cue in
        if case .ask = cue.content { true } else { false }
      }
  }

  /// Shows the answer instead of moving on; false when there is none to show.
  mutating func revealAnswer() -> Bool {
    guard hidesAnswer else { return false }
    answeredPosition = session.position
    return true
  }
}

extension Cue {
  /// Whether play pauses here.
  var isStop: Bool {
    switch content {
    case .beat, .ask, .goal: true
    case .say, .expectation, .note: false
    }
  }
}
