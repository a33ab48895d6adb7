import Foundation
import GarbageCollection
import Testing

/// The README's table of collectors, made from the same facts as help and menu.
///
/// `TRICOLOR_RECORD=1` writes the rows anew.
struct CollectorTableTests {
  private static let path = #filePath.components(separatedBy: "/Tests/")[0] + "/README.md"

  @Test func `the rows of the README are those of the facts of the collectors`() throws {
    var readme = try String(contentsOfFile: CollectorTableTests.path, encoding: .utf8)
    let isRecording = ProcessInfo.processInfo.environment["TRICOLOR_RECORD"] == "1"
    for kind in CollectorKind.allCases {
      let row = CollectorTableTests.row(of: kind)
      let section = try #require(readme.range(of: "\n## The collectors\n"))
      let old = readme[section.upperBound...].split(separator: "\n").first {
        $0.hasPrefix("| `\(kind.rawValue)` |")
      }
      let found = try #require(old.map(String.init), "a row for \(kind.rawValue)")
      if isRecording {
        readme = readme.replacingOccurrences(of: found + "\n", with: row + "\n")
      } else {
        #expect(found == row)
      }
    }
    guard isRecording else { return }
    try readme.write(toFile: CollectorTableTests.path, atomically: true, encoding: .utf8)
  }

  @Test(arguments: CollectorKind.allCases)
  func `facts say what the collector does`(_ kind: CollectorKind) {
    #expect(kind.facts.movesObjects == kind.movesObjects)
    #expect(kind.facts.clauses.contains(kind.movesObjects ? "moves objects" : "moves nothing"))
    #expect(!kind.facts.source.isEmpty)
  }

  private static func row(of kind: CollectorKind) -> String {
    let facts = kind.facts
    let cells = [
      "`\(kind.rawValue)`", facts.movesObjects ? "yes" : "no", facts.barrier.rawValue,
      facts.space, facts.work, facts.suits, facts.usedBy,
    ]
    return "|" + cells.map { " \($0) |" }.joined()
  }
}
