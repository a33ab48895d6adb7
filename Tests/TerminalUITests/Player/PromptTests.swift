import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct PromptTests {
  @Test func `a statement acts here`() throws {
    var player = try player()
    player.enter("object Z slots 1")
    #expect(player.prompt == nil)
    #expect(player.session.timeline.state.chronicle.object(labelled: "Z") != nil)
  }

  @Test func `a mistake is shown under its place and the line can be mended`() throws {
    var player = try player()
    player.seek(to: 9)
    player.enter("a.0 = Q")
    let rows = player.frame
    let line = try #require(rows.lastIndex { $0.hasPrefix(":a.0 = Q") })
    #expect(rows[line + 1].hasPrefix("       ^"))
    #expect(rows[(line + 1)...].joined().contains("unknown name 'Q'"))
    player.press(keys: "Backspace n i l Enter")
    #expect(player.prompt == nil)
    #expect(player.session.lines.last?.line.text == "a.0 = nil")
  }

  @Test func `what cannot be done is said and changes nothing`() throws {
    var player = try player()
    let before = player.digest
    player.enter("finish")
    #expect(player.prompt?.error != nil)
    #expect(player.digest == before)
  }

  @Test func `lines are recalled`() throws {
    var player = try player()
    player.enter("12")
    player.enter("goto 3")
    player.press(keys: ": x Up")
    #expect(player.prompt?.text == "goto 3")
    player.press(keys: "Up Up")
    #expect(player.prompt?.text == "12")
    player.press(keys: "Down Down")
    #expect(player.prompt?.text == "x")
  }

  @Test func `Tab completes as far as it is sure and lists the rest`() throws {
    var player = try player()
    player.press(keys: ": s e t Space b a Tab")
    #expect(player.prompt?.text == "set barrier ")
    player.press(keys: "d Tab")
    #expect(player.prompt?.text == "set barrier dijkstra")
    #expect(player.said.contains("dijkstra-conditional"))
  }

  @Test(arguments: ["99", "goto 99", "goto x", "-1"])
  func `a step that does not exist is refused`(line: String) throws {
    var player = try player()
    player.enter(line)
    #expect(player.prompt?.error != nil)
    #expect(player.session.position == 0)
  }

  @Test func `the cursor stays in sight in a line longer than the window`() throws {
    var player = try player(width: 40, height: 12)
    player.press(keys: ":")
    for _ in 0..<30 { player.handle(.paste("abc ")) }
    player.press(keys: "Z")
    #expect(player.said.contains("Z"))
    player.press(keys: "Home")
    #expect(player.said.contains(":abc"))
  }

  @Test func `a setting replays the run`() throws {
    var player = try player()
    player.enter("set barrier go")
    #expect(player.session.settings.barrier == .go)
  }

  @Test func `what is pasted elsewhere does nothing`() throws {
    var player = try player()
    player.handle(.paste("qqq"))
    #expect(player.takeEffects() == [])
  }
}

struct SelectionTests {
  @Test func `Tab goes round the objects`() throws {
    var player = try player()
    player.seek(to: 9)
    var labels: [String?] = []
    for _ in 0..<4 {
      player.press(keys: "Tab")
      labels.append(player.selectedLabel)
    }
    #expect(labels == ["A", "B", "C", "A"])
    player.press(keys: "S-Tab")
    #expect(player.selectedLabel == "C")
  }

  @Test func `Enter follows one pointer after the other, and o goes back`() throws {
    var player = try player(Stories.tangle)
    player.enter("14")
    player.press(keys: "a A")
    var visited: [String?] = []
    for _ in 0..<3 {
      player.press(keys: "Enter")
      visited.append(player.selectedLabel)
      player.press(keys: "a A")
    }
    #expect(visited == ["B", "C", "B"])
    player.press(keys: "a D o")
    #expect(player.selectedLabel == "C")
  }

  @Test func `the selected object is introduced where no panel shows it`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    player.press(keys: "a C")
    #expect(player.said.contains("C: white, doomed; held by main.c, A.0"))
    player.resize(width: 120, height: 40)
    player.press(keys: "a B")
    #expect(player.text.contains("─ Object ─"))
    #expect(player.text.contains("◐ B grey, live"))
  }

  @Test func `without a selection the inspector shows whom the step is about`() throws {
    var player = try player(width: 120, height: 40)
    player.seek(to: Stories.doomed)
    #expect(player.text.contains("─ Object of this step ─"))
    #expect(player.text.contains("○ C white, doomed"))
  }

  @Test func `Escape shows all panels, then selects nothing`() throws {
    var player = try player()
    player.press(keys: "G Tab 2 Esc")
    #expect(player.zoom == nil)
    #expect(player.selection != nil)
    player.press(keys: "Esc")
    #expect(player.selection == nil)
  }

  @Test func `the selection is gone before its object's birth and back after it`() throws {
    var player = try player(width: 120, height: 40)
    player.press(keys: "G a E g Enter o Right")
    #expect(player.selection == nil)
    player.press(keys: "G")
    #expect(player.selectedLabel == "E")
  }

  @Test func `every way of moving selects something that is drawn`() throws {
    var player = try player(Stories.tangle)
    player.enter("14")
    for key in ["h", "j", "k", "l", "Up", "Down", "l", "l", "j", "h", "k"] {
      player.press(keys: key)
      let selection = player.selection
      let selected = try #require(selection)
      #expect(player.drawnObjects.contains(GraphNodeID(selected.index)))
    }
  }
}
