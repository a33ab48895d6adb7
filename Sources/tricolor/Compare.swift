import ArgumentParser
import GarbageCollection
import Scenarios
import TimeTravel

/// `tricolor compare FILE`: one schedule under every barrier.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the same schedule under every barrier and compare what happens.")

  @OptionGroup var script: ScriptArgument
  @OptionGroup var settings: SettingOptions

  func run() throws {
    let source = try script.read()
    var output = Output()
    let head = ["barrier", "lost", "first broken", "shades", "floating", "rescans", "steps"]
    try output.line(Compare.row(head))
    for barrier in Barrier.allCases {
      let overrides =
        settings.overrides.filter { $0.0 != .barrier } + [(.barrier, barrier.rawValue)]
      let session = try source.play(overrides)
      try output.line(Compare.row([barrier.rawValue] + Compare.figures(of: session)))
    }
    try output.flush()
  }

  private static func figures(of session: consuming Session) -> [String] {
    var session = session
    let lost = session.lost.map { session.timeline.state.label(of: $0) }
    let broken = session.moments.firstIndex { $0.marks.contains(.invariantBroken) }
    let counts = Tally(&session)
    return [
      lost.isEmpty ? "-" : summary(of: lost), broken.map { "step \($0 + 1)" } ?? "-",
      "\(counts.shades)", "\(counts.floating)", "\(counts.rescans)", "\(session.stepCount)",
    ]
  }

  /// The first few, and how many more.
  private static func summary(of labels: [String]) -> String {
    let text = labels.joined(separator: ",")
    return text.count <= 9 ? text : "\(labels[0].prefix(5)) +\(labels.count - 1)"
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [22, 10, 14, 8, 10, 9, 6]
    let padded = zip(cells, widths).map { $0.padded(to: $1) }.joined()
    return String(padded.reversed().drop { $0 == " " }.reversed())
  }
}

/// What a run did, counted.
private struct Tally {
  /// Objects that the barrier shaded.
  var shades = 0
  /// Garbage that outlived a cycle: kept by the sweep though nothing reached it.
  var floating = 0
  /// Stacks scanned again.
  var rescans = 0

  init(_ session: inout Session) {
    for position in 0...session.stepCount {
      session.seek(to: position)
      for event in session.timeline.state.chronicle.events { count(event, session) }
    }
  }

  private mutating func count(_ event: Event<ObjectID>, _ session: borrowing Session) {
    switch event {
    case .shaded(_, .barrier): shades += 1
    case .scannedRoot(_, isRescan: true): rescans += 1
    case .kept(let id):
      let reference = session.timeline.state.chronicle[id].reference
      if !session.timeline.state.judgement.reachable.contains(reference) { floating += 1 }
    default: break
    }
  }
}
