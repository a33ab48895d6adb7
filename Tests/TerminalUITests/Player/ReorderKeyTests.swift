import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// `<` and `>` move the statement of the present step.
struct ReorderKeyTests {
  @Test func `a statement moves, the change is told, and u takes it back`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    let digest = player.digest
    player.press(keys: "<")
    #expect(player.session.position == Stories.broken)
    #expect(player.said.contains("'b.0 = nil' before 'a.0 = c': C is lost as before."))
    #expect(player.hasUnsavedEdits == true)
    player.press(keys: "u")
    #expect(player.session.position == Stories.doomed)
    #expect(player.digest == digest)
    #expect(player.hasUnsavedEdits == false)
    player.press(keys: "Ctrl-R")
    #expect(player.session.position == Stories.broken)
  }

  @Test func `there and back is the same story`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    let sentences = player.session.moments.map(\.sentence)
    player.press(keys: "< >")
    #expect(player.session.moments.map(\.sentence) == sentences)
    #expect(player.session.position == Stories.doomed)
  }

  @Test func `what cannot be moved is said, and nothing has changed`() throws {
    var player = try player()
    player.press(keys: ">")
    #expect(player.said.contains("only what the program does can be moved"))
    player.seek(to: Stories.broken)
    player.press(keys: "<")
    #expect(player.said.contains("cannot be moved there: nothing here is called 'c'"))
    #expect(player.session.position == Stories.broken)
    #expect(player.hasUnsavedEdits == false)
  }

  @Test func `texts of the script are said to be of another order`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    player.press(keys: "<")
    player.seek(to: 8)
    player.press(keys: "Right")
    #expect(player.text.contains("(said of another order)"))
  }
}
