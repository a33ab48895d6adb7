import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// Who is to blame, on the screen.
struct BlamePanelTests {
  @Test func `n and N go from one fatal step to the next, and say what it did`() throws {
    var player = try player()
    player.press(keys: "n")
    #expect(player.session.position == Stories.broken)
    #expect(player.said.contains("stored: The mutator writes C into A.0 of black A."))
    player.press(keys: "n")
    #expect(player.session.position == Stories.doomed)
    #expect(player.said.contains("cut: The mutator clears B.0 (was C)"))
    player.press(keys: "n")
    #expect(player.session.position == Stories.lost)
    player.press(keys: "n")
    #expect(player.said.contains("no step ahead is to blame for C"))
    player.press(keys: "N N")
    #expect(player.session.position == Stories.broken)
  }

  @Test func `B opens blame under the graph, and B or Esc closes it`() throws {
    var player = try player(width: 120, height: 40)
    player.press(keys: "B")
    #expect(player.text.contains("C is lost: doomed at step 16, freed at step 23."))
    #expect(player.plan[.graph] != nil)
    player.press(keys: "n n")
    #expect(player.text.contains("▶ 16   cut"))
    #expect(player.text.contains("C W)"), "the graph stays in sight")
    player.press(keys: "B")
    #expect(player.zoom == nil)
    player.press(keys: "B Esc")
    #expect(player.zoom == nil)
  }

  @Test func `where the graph leaves too little room, B shows all of it first`() throws {
    var player = try player(width: 60, height: 30)
    player.press(keys: "B")
    #expect(player.text.contains("more lines"))
    #expect(player.text.contains("all of it"))
    player.press(keys: "B")
    #expect(player.plan[.graph] == nil)
    #expect(!player.text.contains("more lines"))
    #expect(player.text.contains("comes to C from"))
    player.press(keys: "B")
    #expect(player.zoom == nil)
    player.press(keys: "B")
    #expect(player.plan[.graph] != nil)
  }

  @Test func `where nothing is lost nobody is to blame`() throws {
    var player = try player(Stories.tangle)
    player.press(keys: "B")
    #expect(player.text.contains("Nobody is to blame"))
    player.press(keys: "n")
    #expect(player.said.contains("nothing is lost or doomed in this run"))
  }

  @Test func `blame follows what is done to the run`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    player.press(keys: "B b Down Enter")
    #expect(player.text.contains("Nobody is to blame"), "under Dijkstra nothing is lost")
    player.press(keys: "u")
    #expect(player.text.contains("C is lost"))
  }

  @Test func `the selected victim is the one told of`() throws {
    var player = try player(
      """
      object A slots 2
      object B slots 2
      object C
      object D
      root g = A
      A.0 = B
      B.0 = C
      B.1 = D
      start
      until A black
      A.0 = C
      A.1 = D
      B.0 = nil
      B.1 = nil
      root h = B
      finish
      """)
    player.press(keys: "G B")
    #expect(player.text.contains("C is lost"))
    #expect(player.text.contains("Also D: Tab selects"))
    player.press(keys: "Tab")
    #expect(player.text.contains("D is lost"))
  }

  @Test func `every size shows it`() throws {
    var player = try player()
    player.press(keys: "B n")
    for width in stride(from: 40, through: 220, by: 20) {
      for height in stride(from: 12, through: 60, by: 11) {
        player.resize(width: width, height: height)
        #expect(player.text.contains("C is lost"), "\(width)x\(height)")
      }
    }
  }
}
