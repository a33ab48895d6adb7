public import GarbageCollection
public import Workloads

/// The screen of a live run as a state machine: samples and keys in, state and canvas out.
///
/// It neither reads a clock nor touches a thread; what is to be done to the run it asks for through
/// `effects`.
public struct LivePlayer: Sendable {
  /// Something only the owner of the run can do.
  public enum Effect: Hashable, Sendable {
    case pause, resume, step, finishCycle
    /// End the run, and start another with these settings.
    case rebuild(LiveSettings)
    case redraw, suspend, quit
  }

  public private(set) var settings: LiveSettings
  public internal(set) var theme: Theme
  let nativeTheme: Theme
  public private(set) var history = LiveHistory()
  private(set) var operationCount = 0
  /// What the machine looks like, while it is paused.
  public private(set) var view: PausedView?
  /// The steps taken since the pause, the latest last; at most a few.
  private(set) var steps: [ThreadStep] = []
  /// Assisted units of each mutator, as they were in the sample before.
  private(set) var assistedBefore: [MutatorID: Int] = [:]
  private(set) var message: TextLine?
  private(set) var failure: String?
  private(set) var helpScroll: Int?
  private(set) var size = (width: 80, height: 24)
  private var effects: [Effect] = []

  private static let stepLimit = 32

  public init(_ settings: LiveSettings, theme: Theme) {
    self.settings = settings
    self.theme = theme
    nativeTheme = theme
  }

  public var isPaused: Bool { view != nil }

  /// Takes the size of the window; call it before the first `draw` and after every `resize`.
  public mutating func resize(width: Int, height: Int) {
    size = (width, height)
    scrollHelp(by: 0)
  }

  /// The effects asked for since the last call.
  public mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }
}

// MARK: - What has been seen

extension LivePlayer {
  /// Takes note of a sample of the run.
  public mutating func note(_ sample: ThreadSample, operationCount: Int) {
    assistedBefore = Dictionary(
      uniqueKeysWithValues: history.latest.mutators.map { ($0.id, $0.assistedUnits) })
    if isPaused {
      history.noteStanding(sample)
    } else {
      history.note(sample, operationCount: operationCount)
    }
    self.operationCount = operationCount
  }

  /// The run stands still and looks like this, perhaps after a step.
  public mutating func notePaused(_ view: PausedView, step: ThreadStep? = nil) {
    if self.view == nil { steps = [] }
    self.view = view
    if let step { steps = (steps + [step]).suffix(LivePlayer.stepLimit) }
  }

  /// The paused run has come to the end of its cycle, and looks like this.
  public mutating func noteFinished(_ view: PausedView) {
    notePaused(view)
    steps = []
    say("The cycle has been taken to its end while all threads stood still.")
  }

  public mutating func noteResumed() {
    view = nil
    steps = []
  }

  /// Another run has taken the place of this one.
  public mutating func noteRebuilt(_ settings: LiveSettings) {
    say("Ended, and begun anew with \(LivePlayer.change(from: self.settings, to: settings)).")
    self.settings = settings
    history = LiveHistory()
    operationCount = 0
    assistedBefore = [:]
    failure = nil
    noteResumed()
  }

  /// Something went wrong that the user should know of, such as a thread whose heap was full.
  public mutating func noteFailure(_ text: String) { failure = text }

  private mutating func say(_ text: String) { message = TextLine(text, .strong) }

  /// What the title says of where objects are born; nil where they are born old.
  static func nursery(_ threads: ThreadSettings) -> String? {
    threads.nurseryBytes == 0 ? nil : "nursery \(LiveFigures.size(threads.nurseryBytes))"
  }

  static func change(from old: LiveSettings, to new: LiveSettings) -> String {
    var words: [String] = []
    if old.threads.collection != new.threads.collection {
      words.append("\(new.threads.collection.rawValue) collection")
    }
    if old.threads.nurseryBytes != new.threads.nurseryBytes {
      words.append(LivePlayer.nursery(new.threads) ?? "no nursery")
    }
    if old.threads.barrier != new.threads.barrier {
      words.append("barrier \(new.threads.barrier.rawValue)")
    }
    if old.mutatorCount != new.mutatorCount {
      words.append(counted(new.mutatorCount, "thread"))
    }
    if old.threads.markerCount != new.threads.markerCount {
      words.append(counted(new.threads.markerCount, "marker"))
    }
    if old.threads.order != new.threads.order {
      words.append("worklist order \(new.threads.order.rawValue)")
    }
    return words.isEmpty ? "the same settings" : words.joined(separator: ", ")
  }
}

// MARK: - Keys

extension LivePlayer {
  public mutating func handle(_ event: InputEvent) {
    switch event {
    case .key(let key): press(key)
    case .closed: effects.append(.quit)
    case .mouse, .paste, .resize, .tick: break
    }
  }

  mutating func press(_ key: Key) {
    message = nil
    guard let command = LiveCommand.byKey[key] else {
      if helpScroll != nil { return scrollHelp(key) }
      message = TextLine("\(key.name) does nothing here; ? shows the keys", .faint)
      return
    }
    if helpScroll != nil, command != .quit { return helpScroll = nil }
    run(command)
  }

  private mutating func run(_ command: LiveCommand) {
    switch command {
    case .pause: effects.append(isPaused ? .resume : .pause)
    case .step: effects.append(.step)
    case .finishCycle: effects.append(.finishCycle)
    case .collection: rebuild { $0.threads.collection = $0.threads.collection.next }
    case .nursery:
      rebuild {
        $0.threads.nurseryBytes =
          $0.threads.nurseryBytes == 0 ? ThreadSettings.usualNurseryBytes : 0
      }
    case .barrier:
      rebuild { $0.threads.barrier = ThreadSettings.barriers.element(after: $0.threads.barrier) }
    case .moreThreads: changeThreads(by: 1)
    case .fewerThreads: changeThreads(by: -1)
    case .markers:
      rebuild {
        let count = $0.threads.markerCount + 1
        $0.threads.markerCount = count > LiveCommand.mostMarkers ? 1 : count
      }
    case .order:
      rebuild { $0.threads.order = WorklistOrder.allCases.element(after: $0.threads.order) }
    case .theme:
      theme.depth = theme.depth == .monochrome ? nativeTheme.depth : .monochrome
    case .help: helpScroll = 0
    case .redraw: effects.append(.redraw)
    case .suspend: effects.append(.suspend)
    case .back: break
    case .quit: effects.append(.quit)
    }
  }

  private mutating func rebuild(_ change: (inout LiveSettings) -> Void) {
    var settings = settings
    change(&settings)
    effects.append(.rebuild(settings))
  }

  private mutating func changeThreads(by count: Int) {
    let range = LiveSettings.mutatorRange
    guard range.contains(settings.mutatorCount + count) else {
      return say("From \(range.lowerBound) to \(range.upperBound) threads can run the program.")
    }
    rebuild { $0.mutatorCount += count }
  }

  private mutating func scrollHelp(_ key: Key) {
    switch key {
    case .down: scrollHelp(by: 1)
    case .up: scrollHelp(by: -1)
    case .pageDown: scrollHelp(by: size.height / 2)
    case .pageUp: scrollHelp(by: -size.height / 2)
    default: helpScroll = nil
    }
  }

  private mutating func scrollHelp(by lines: Int) {
    guard let scroll = helpScroll else { return }
    helpScroll = max(0, min(scroll + lines, helpLines.count - overlayRows))
  }
}

extension Array where Element: Equatable {
  /// The element behind this one; the first behind the last.
  fileprivate func element(after element: Element) -> Element {
    let index = firstIndex(of: element) ?? count - 1
    return self[(index + 1) % count]
  }
}

extension ThreadedCollection {
  fileprivate var next: ThreadedCollection { ThreadedCollection.allCases.element(after: self) }
}
