import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct PanelTests {
  /// Objects of many sizes, many of each, so that spans and cells are more than a panel shows.
  private let crowd =
    "set heap 8MiB\nroot g = nil\n"
    + (0..<260).map { "object O\($0) slots \($0 % 2) bytes \($0 / 20 * 90)\n" }.joined()

  @Test(arguments: [(80, 24), (120, 40)], [0, 99, 259])
  func `the selected object is in sight in the heap`(_ size: (Int, Int), number: Int) throws {
    var player = try player(crowd, width: size.0, height: size.1)
    player.press(keys: "G")
    player.selection = ObjectID(number)
    let rect = try #require(player.plan[.heap])
    let rows = player.frame[rect.row..<rect.endRow].map { String($0.dropFirst(rect.column)) }
    // Tiny objects stand side by side in one cell.
    let marks = ["○O\(number) ", "○O\(number)○"]
    #expect(
      rows.contains { row in marks.contains { row.contains($0) } },
      "\(rows.joined(separator: "\n"))")
  }

  @Test func `numbers of steps stand apart from what is told`() throws {
    var player = try player(String(repeating: "root g = nil\n", count: 1_000))
    player.press(keys: "G")
    #expect(player.text.contains("\n1000 The mutator"))
  }
}
