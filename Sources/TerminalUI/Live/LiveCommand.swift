/// What a key does while threads run.
///
/// Dispatch, the key line, the help and the manual all read this table.
public enum LiveCommand: String, Hashable, Sendable, CaseIterable {
  case pause, step, finishCycle
  case collection, nursery, barrier, moreThreads, fewerThreads, markers, order
  case theme, help, redraw, suspend, back, quit
}

extension LiveCommand {
  /// Keys that run it, the one to show first.
  public var keys: [Key] {
    switch self {
    case .pause: [.character(" ")]
    case .step: [.character("."), .right]
    case .finishCycle: [.character("c")]
    case .collection: [.character("k")]
    case .nursery: [.character("g")]
    case .barrier: [.character("b")]
    case .moreThreads: [.character("t")]
    case .fewerThreads: [.character("T")]
    case .markers: [.character("w")]
    case .order: [.character("o")]
    case .theme: [.character("C")]
    case .help: [.character("?"), .function(1)]
    case .redraw: [.control("l")]
    case .suspend: [.control("z")]
    case .back: [.escape]
    case .quit: [.character("q"), .control("c")]
    }
  }

  /// What it does, in a few words.
  public var summary: String {
    switch self {
    case .pause: "stop all threads; again: let them go on"
    case .step: "stop, and take one step of the cycle: a root, a slot, a span to sweep"
    case .finishCycle: "stop, and take the cycle to its end; if there is none, a whole one"
    case .collection: "collect beside the program, in it, or in its place; runs anew"
    case .nursery: "births in a nursery, or old at once; runs anew"
    case .barrier: "the next barrier; runs anew"
    case .moreThreads: "one thread more for the program; runs anew"
    case .fewerThreads: "one thread less; runs anew"
    case .markers: "one marker more, up to \(LiveCommand.mostMarkers), then one; runs anew"
    case .order: "the next order of the worklist; runs anew"
    case .theme: "colours on or off"
    case .help: "this help"
    case .redraw: "redraw the screen"
    case .suspend: "suspend; fg comes back"
    case .back: "close the help"
    case .quit: "quit"
    }
  }

  /// Markers that a key can ask for; an option can ask for more.
  static let mostMarkers = 4

  /// The command of each key.
  static let byKey: [Key: LiveCommand] = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { command in command.keys.map { ($0, command) } })
}

/// What `?` shows there, and `tricolor help keys` prints.
public enum LiveHelp {
  public static func sections(_ glyphs: Glyphs) -> [HelpPage.Section] {
    [
      HelpPage.Section(
        title: "Watching threads (tricolor live)",
        entries: LiveCommand.allCases.map {
          ($0.keys.map(\.name).joined(separator: " "), $0.summary)
        }),
      HelpPage.Section(
        title: "Its map of the heap",
        entries: [
          (glyphs.white, "what was seen here is white"),
          ("1 to 9", "so many tenths of it are black"), (glyphs.black, "all of it is black"),
          (glyphs.grey, "some of it is grey: waits to be scanned"),
          ("-", "pages in use, but no object starts where it was looked"),
          ("blank", "free pages"),
        ]),
      HelpPage.Section(
        title: "Its figures",
        entries: [
          ("pauses", "all threads stood still for the collector; yours do not count"),
          ("utilisation", "share of the last 5 s without such a pause; assists are not counted"),
          ("MMU", "the least such share in any stretch of that length"),
          ("lived", "bytes that the last sweep kept"),
          ("minors", "collections of the young alone: those that live are promoted"),
          ("worklist", "what waits in common; markers hold more by themselves"),
        ]),
    ]
  }

  static func lines(_ glyphs: Glyphs, width: Int) -> [TextLine] {
    HelpPage.lines(of: sections(glyphs), width: width)
  }
}
