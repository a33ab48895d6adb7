import ArgumentParser
import Exporting
import GarbageCollection
import Scenarios
import TerminalUI

/// `tricolor compare FILE`: one schedule under every barrier.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the same schedule under every barrier and compare what happens.")

  @OptionGroup var script: ScriptArgument
  @Option(help: "text or json (one object a line).") var format = Run.Format.text
  @OptionGroup var settings: SettingOptions

  func run() throws {
    let source = try script.read()
    var outcomes: [Outcome] = []
    for barrier in Barrier.allCases {
      let overrides =
        settings.overrides.filter { $0.0 != .barrier } + [(.barrier, barrier.rawValue)]
      outcomes.append(Outcome(try source.play(overrides)))
    }
    var output = Output()
    switch format {
    case .json: for outcome in outcomes { try output.line(ComparisonRecord.line(outcome)) }
    case .text:
      let table = ComparisonTable(outcomes)
      for line in [table.headLine] + table.lines { try output.line(line) }
      try output.line("")
      for line in TextLine.wrapped(ComparisonTable.legend, width: 80) {
        try output.line(line.text)
      }
    }
    try output.flush()
  }
}
