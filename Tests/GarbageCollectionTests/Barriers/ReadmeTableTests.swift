import Foundation
import GarbageCollection
import Testing

/// The README's tables of barriers, made from the same facts and programs as everything else.
///
/// `TRICOLOR_RECORD=1` writes the rows anew.
struct ReadmeTableTests {
  private static let path = #filePath.components(separatedBy: "/Tests/")[0] + "/README.md"

  @Test func `the rows of the README are those of the table of facts`() throws {
    var readme = try String(contentsOfFile: ReadmeTableTests.path, encoding: .utf8)
    for barrier in Barrier.allCases {
      let row = ReadmeTableTests.row(of: barrier)
      let section = try #require(readme.range(of: "\n## The barriers\n"))
      let old = readme[section.upperBound...].split(separator: "\n").first {
        $0.hasPrefix("| `\(barrier.rawValue)` |")
      }
      let found = try #require(old.map(String.init), "a row for \(barrier.rawValue)")
      if ProcessInfo.processInfo.environment["TRICOLOR_RECORD"] == "1" {
        readme = readme.replacingOccurrences(of: found, with: row)
      } else {
        #expect(found == row)
      }
    }
    if ProcessInfo.processInfo.environment["TRICOLOR_RECORD"] == "1" {
      try readme.write(toFile: ReadmeTableTests.path, atomically: true, encoding: .utf8)
    }
  }

  private static func row(of barrier: Barrier) -> String {
    let facts = barrier.facts
    var settings = Settings()
    settings.barrier = barrier
    let program = BarrierProgram(facts.kind == .read ? .load : .store, settings)
    let body = program.hasBarrier ? onOneLine(program) : "nothing"
    let mistake = facts.isMistake ? " (a mistake)" : ""
    let keeps = facts.isMistake ? "nothing" : facts.invariant?.rawValue ?? "nothing"
    let stacks = barrier == .none ? "" : stackWords(facts)
    let cells = ["`\(barrier.rawValue)`", body + mistake, keeps, stacks, facts.usedBy]
    return "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }

  /// The program without the access itself.
  private static func onOneLine(_ program: BarrierProgram) -> String {
    var text = ""
    for line in program.lines.dropFirst() {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("*slot =") || words.hasSuffix("= *slot") || words.hasPrefix("return") {
        continue
      }
      if !text.isEmpty { text += text.hasSuffix(":") ? " " : "; " }
      text += words
    }
    return text.replacingOccurrences(of: "*", with: "\\*")
  }

  private static func stackWords(_ facts: Barrier.Facts) -> String {
    if facts.neededRoots == .rescan { return "scanned again at the end" }
    switch facts.neededStacks {
    case .any: return "once, at any time"
    case .first: return "first, one by one"
    case .snapshot: return "all at once at the start"
    }
  }
}
