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

  private static func figures(of session: borrowing Session) -> [String] {
    let lost = session.lost.map { session.timeline.state.label(of: $0) }
    let broken = session.moments.firstIndex { $0.marks.contains(.invariantBroken) }
    let tally = session.moments.last?.tally ?? Tally()
    return [
      lost.isEmpty ? "-" : summary(of: lost), broken.map { "step \($0 + 1)" } ?? "-",
      "\(tally[.shades])", "\(tally[.floating])", "\(tally[.rescans])", "\(session.stepCount)",
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
