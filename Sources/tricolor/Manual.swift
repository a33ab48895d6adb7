import ArgumentParser
import GarbageCollection
import Scenarios
import TerminalUI

/// `tricolor manual TOPIC`, also reached as `tricolor help TOPIC`.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "The manual: script, keys, barriers or collectors.")

  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case script, keys, barriers, collectors
  }

  @Argument(help: "script, keys, barriers or collectors.") var topic: Topic

  func run() throws {
    var output = Output()
    let lines =
      switch topic {
      case .script: Manual.script
      case .keys: Manual.keys
      case .barriers: Manual.barriers
      case .collectors: Manual.collectors
      }
    for line in lines { try output.line(line) }
    try output.flush()
  }
}

extension Manual {
  /// A term and its meaning beside it, or under it where the term is long; 80 columns wide.
  private static func entry(_ term: String, _ meaning: String, indent: Int) -> [String] {
    let head = "  " + term
    var lines = TextLine.wrapped(meaning, width: 80 - indent)
      .map { String(repeating: " ", count: indent) + $0.text }
    guard head.columnCount < indent else { return [head] + lines }
    lines[0] = head.padded(to: indent) + lines[0].dropFirst(indent)
    return lines
  }

  private static var keys: [String] {
    (HelpPage.sections(.ascii) + LiveHelp.sections(.ascii)).flatMap { section -> [String] in
      [section.title] + section.entries.flatMap { entry($0.term, $0.meaning, indent: 20) } + [""]
    }
  }

  private static var script: [String] {
    var lines: [String] = []
    for section in Grammar.Section.allCases {
      lines.append(section.rawValue)
      for form in Grammar.entries where form.section == section {
        lines += entry(form.form, form.meaning, indent: 34)
      }
      lines.append("")
    }
    lines.append("Settings")
    for name in SettingName.allCases {
      let choices = name.choices.joined(separator: " | ")
      lines += entry("set \(name.rawValue)", name.summary, indent: 20)
      if !choices.isEmpty { lines += entry("", choices, indent: 20) }
    }
    lines += ["", "Counters"]
    for counter in Counter.allCases { lines += entry(counter.word, counter.summary, indent: 20) }
    return lines + [""] + Grammar.rules.flatMap { TextLine.wrapped($0, width: 80).map(\.text) }
  }

  private static var barriers: [String] {
    Barrier.allCases.flatMap { barrier -> [String] in
      let facts = barrier.facts
      var lines = TextLine.wrapped("\(barrier.rawValue): \(facts.summary)", width: 80).map(\.text)
      let program =
        facts.kind == .read
        ? BarrierProgram(loadThrough: barrier) : BarrierProgram(barrier, atomicity: .whole)
      lines += program.lines.map { "    \($0)" }
      lines += TextLine.wrapped(facts.clauses.joined(separator: "; "), width: 78)
        .map { "  \($0.text)" }
      if !facts.usedBy.isEmpty { lines.append("  used by \(facts.usedBy)") }
      if !facts.source.isEmpty { lines.append("  source: \(facts.source)") }
      return lines + [""]
    }
  }
}

extension Manual {
  private static var collectors: [String] {
    CollectorKind.allCases.flatMap { kind -> [String] in
      let facts = kind.facts
      let head = TextLine.wrapped("\(kind.rawValue): \(facts.summary)", width: 80)
      let clauses = facts.clauses + ["used by \(facts.usedBy)", "source: \(facts.source)"]
      let lines = clauses.flatMap { TextLine.wrapped($0, width: 78).map { "  \($0.text)" } }
      return head.map(\.text) + lines + [""]
    }
  }
}

extension String {
  /// The text with blanks after it up to `width` columns, and at least one.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - columnCount))
  }
}
