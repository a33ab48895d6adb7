import ArgumentParser
import Exporting
import GarbageCollection
import Scenarios
import TerminalUI

/// `tricolor compare FILE`: one schedule under every barrier, or every collector.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the same schedule under every barrier, or collector, and compare what happens.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var script: ScriptArgument
  @Flag(help: "Compare collectors, not barriers: pauses, work, space, what leaked.")
  var collectors = false
  @Option(help: "text or json (one object a line).") var format = Format.text
  @OptionGroup var settings: SettingOptions

  func run() throws {
    let source = try script.read()
    let variants: [Variant] =
      collectors
      ? CollectorKind.chosable.map { .collector($0) } : Barrier.allCases.map { .barrier($0) }
    let base = try source.settings(settings.overrides)
    var outcomes: [Outcome] = []
    for variant in variants {
      let changes = base.overrides(for: variant)
      let kept = settings.overrides.filter { kept in !changes.contains { $0.0 == kept.0 } }
      outcomes.append(Outcome(variant, try source.play(kept + changes)))
    }
    var output = Output()
    switch format {
    case .json: for outcome in outcomes { try output.line(ComparisonRecord.line(outcome)) }
    case .text:
      try print(outcomes, &output)
    }
    try output.flush()
  }

  private func print(_ outcomes: [Outcome], _ output: inout Output) throws {
    let (head, lines, legend): (String, [String], String)
    if collectors {
      let table = CollectorTable(outcomes, width: 120)
      (head, lines, legend) = (table.headLine, table.lines, CollectorTable.legend)
    } else {
      let table = ComparisonTable(outcomes)
      (head, lines, legend) = (table.headLine, table.lines, ComparisonTable.legend)
    }
    for line in [head] + lines { try output.line(line) }
    try output.line("")
    for line in TextLine.wrapped(legend, width: 80) { try output.line(line.text) }
  }
}
