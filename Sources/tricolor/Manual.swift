import ArgumentParser
import GarbageCollection
import Scenarios
import TerminalUI

/// `tricolor manual TOPIC`, also reached as `tricolor help TOPIC`.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "The manual: script, keys or barriers.")

  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case script, keys, barriers
  }

  @Argument(help: "script, keys or barriers.") var topic: Topic

  func run() throws {
    var output = Output()
    let lines =
      switch topic {
      case .script: Manual.script
      case .keys: Manual.keys
      case .barriers: Manual.barriers
      }
    for line in lines { try output.line(line) }
    try output.flush()
  }
}

extension Manual {
  private static var keys: [String] {
    HelpPage.sections(.ascii).flatMap { section -> [String] in
      [section.title] + section.entries.map { "  " + $0.term.padded(to: 20) + $0.meaning } + [""]
    }
  }

  private static var script: [String] {
    var lines: [String] = []
    for section in Grammar.Section.allCases {
      lines.append(section.rawValue)
      for entry in Grammar.entries where entry.section == section {
        lines.append("  " + entry.form.padded(to: 34) + entry.meaning)
      }
      lines.append("")
    }
    lines.append("Settings")
    for name in SettingName.allCases {
      let choices = name.choices.joined(separator: " | ")
      lines.append("  set " + name.rawValue.padded(to: 14) + name.summary)
      if !choices.isEmpty { lines.append("".padded(to: 20) + choices) }
    }
    return lines + [""] + Grammar.rules
  }

  private static var barriers: [String] {
    Barrier.allCases.flatMap { barrier -> [String] in
      let facts = barrier.facts
      var lines = ["\(barrier.rawValue): \(facts.summary)"]
      lines += BarrierProgram(barrier, atomicity: .whole).lines.map { "    \($0)" }
      lines.append("  mutator \(facts.mutator.rawValue); invariant \(facts.invariant?.rawValue ?? "none")")
      lines.append(
        "  needs roots \(facts.neededRoots.rawValue), stacks \(facts.neededStacks.rawValue); births "
          + Color.allCases.filter { facts.soundBirthColors.contains($0) }.map(\.word)
          .joined(separator: ", "))
      if !facts.usedBy.isEmpty { lines.append("  used by \(facts.usedBy)") }
      if !facts.source.isEmpty { lines.append("  source: \(facts.source)") }
      return lines + [""]
    }
  }
}

extension String {
  /// The text with blanks after it up to `width` columns, and at least one.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - columnCount))
  }
}
