import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct PickTests {
  /// The statements that were injected, as text.
  private func injected(_ player: borrowing Player) -> [String] {
    player.session.lines.filter(\.isInjected).map(\.line.text)
  }

  @Test func `a write is picked by labels`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "i C Enter 0 Enter A Enter")
    #expect(injected(player) == ["C.0 = A"])
    #expect(player.session.isAtEnd == true)
    #expect(player.session.position == Stories.aBlack + 1)
  }

  @Test func `a write is picked by arrows`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "i Right Enter Enter Left Right Right Enter")
    #expect(injected(player) == ["B.0 = C"])
  }

  @Test func `nil can be the target`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "i B Enter Enter n Enter")
    #expect(injected(player) == ["B.0 = nil"])
  }

  @Test func `the outlook says what would happen, and nothing happens before Enter`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    let before = player.digest
    player.press(keys: "i A")
    #expect(player.said.contains("Write into which object? A.… = …"))
    #expect(player.said.contains("A: black, live; held by main.a"))
    player.press(keys: "Enter")
    #expect(player.said.contains("A.0 holds B."))
    player.press(keys: "Enter C")
    #expect(player.said.contains("A.0 = C"))
    #expect(player.said.contains("The strong invariant breaks"))
    #expect(player.digest == before)
    player.press(keys: "Esc")
    #expect(player.pick == nil)
    #expect(player.digest == before)
    #expect(player.session.stepCount == 27)
  }

  @Test func `the outlook says when no real program could do it`() throws {
    var player = try player(
      "object A slots 1\nobject D slots 1\nroot g = A\nstart\nstep\nstep")
    player.seek(to: 6)
    player.press(keys: "i A Enter Enter D")
    #expect(
      player.said.contains("No root reaches D: a real program could not do this."), "\(player.said)"
    )
  }

  @Test func `what is under the cursor is selected in the picture`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "Tab i C")
    let marked = player.scene.picture.nodes.filter { $0.marks.contains(.selected) }
    #expect(marked.map(\.label) == ["C"])
    player.press(keys: "Esc")
    #expect(player.selectedLabel == "A")
  }

  @Test func `cutting, loading, rooting and dropping`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "x B Enter Enter")
    #expect(injected(player) == ["B.0 = nil"])
    player.press(keys: "= A Enter Enter Enter")
    #expect(injected(player).last == "local a = A.0")
    player.press(keys: "d a Enter")
    #expect(injected(player).last == "local a = nil")
    player.press(keys: "r A Enter Enter")
    #expect(injected(player).last == "root g1 = A")
    player.press(keys: "+ Enter ( Enter )")
    #expect(injected(player).suffix(3) == ["object D slots 2", "push f1", "pop"])
  }

  @Test func `selecting by label takes the only one that fits`() throws {
    var player = try player()
    player.press(keys: "G a E")
    #expect(player.pick == nil)
    #expect(player.selectedLabel == "E")
  }

  @Test func `a ghost can be selected by label, but not written`() throws {
    var player = try player()
    player.seek(to: Stories.lost)
    player.press(keys: "a C")
    #expect(player.selectedLabel == "C")
    #expect(player.said.contains("C: free, lost; freed at step 23"))
    player.press(keys: "i C")
    #expect(player.said.contains("nothing to choose begins with C"))
  }

  @Test func `an object without slots cannot be written`() throws {
    var player = try player(Stories.tangle)
    player.press(keys: "1 3 g")
    player.press(keys: "i D Enter")
    #expect(player.pick == nil)
    #expect(player.said.contains("D has no slots"))
  }
}

struct EditTests {
  @Test func `undo and redo go back and forth between runs`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    let original = player.digest
    player.press(keys: "x B Enter Enter")
    let edited = player.digest
    player.press(keys: "u")
    #expect(player.digest == original)
    #expect(player.session.stepCount == 27)
    player.press(keys: "Ctrl-R")
    #expect(player.digest == edited)
    player.press(keys: "u u")
    #expect(player.said.contains("nothing to undo"))
  }

  @Test func `what was injected replays identically from the script it is written as`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "x A Enter Enter")
    player.enter("step 2")
    player.enter("w /nowhere/story.tri")
    guard
      case .write("/nowhere/story.tri", let contents, mayReplace: false)? = player.takeEffects()
        .first
    else {
      Issue.record("no write was asked for")
      return
    }
    let replayed = try session(of: contents)
    #expect(replayed.timeline.state.digest == player.digest)
  }

  @Test func `a file is written over only when it is this run's or that is asked for`() throws {
    var player = try player()
    func mayReplace(_ effect: Player.Effect?) -> Bool? {
      if case .write(_, _, let mayReplace)? = effect { mayReplace } else { nil }
    }
    player.enter("w story.tri")
    #expect(mayReplace(player.takeEffects().first) == false)
    player.noteWritten(to: "story.tri", error: "story.tri exists")
    player.enter("w! story.tri")
    #expect(mayReplace(player.takeEffects().first) == true)
    player.noteWritten(to: "story.tri", error: nil)
    player.enter("w story.tri")
    #expect(mayReplace(player.takeEffects().first) == true)
    player.enter("w other.tri")
    #expect(mayReplace(player.takeEffects().first) == false)
  }

  @Test func `unsaved changes are asked about before quitting`() throws {
    var player = try player()
    player.press(keys: "G x A Enter Enter q")
    #expect(player.takeEffects() == [])
    #expect(player.said.contains("not saved"))
    player.press(keys: "n q y")
    #expect(player.takeEffects() == [.quit])
  }

  @Test func `unsaved changes are asked about at the prompt, and in a window too small`() throws {
    var player = try player()
    player.press(keys: "G x A Enter Enter")
    player.enter("q")
    #expect(player.takeEffects() == [])
    player.press(keys: "Esc")
    player.resize(width: 30, height: 8)
    player.press(keys: "q")
    #expect(player.takeEffects() == [])
    #expect(player.frame.joined(separator: " ").contains("q again quits"))
    player.press(keys: "q")
    #expect(player.takeEffects() == [.quit])
  }

  @Test func `a file that cannot be written keeps the program from quitting`() throws {
    var player = try player()
    player.enter("wq /nowhere/story.tri")
    player.noteWritten(to: "/nowhere/story.tri", error: "no such folder")
    #expect(!player.effects.contains(.quit))
    #expect(player.said.contains("no such folder"))
  }
}

struct BarrierTests {
  @Test func `another barrier saves the object, and the screen says so`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    player.press(keys: "b Down Enter")
    #expect(player.session.settings.barrier == .dijkstra)
    #expect(player.said.contains("C lives"))
    #expect(player.session.lost == [])
    player.press(keys: "u")
    #expect(player.session.settings.barrier == .none)
    #expect(player.session.position == Stories.doomed)
  }

  @Test func `texts of the script are marked as said of another barrier`() throws {
    var player = try player()
    player.seek(to: 9)
    #expect(player.said.contains("│ A refers to B"))
    player.press(keys: "b Down Enter Right Left")
    #expect(player.said.contains("(said of barrier none) A refers to B"))
  }

  @Test(arguments: [(40, 12), (60, 20), (80, 24), (120, 40)])
  func `every row of the menu can be reached and seen`(width: Int, height: Int) throws {
    var player = try player(width: width, height: height)
    player.press(keys: "b")
    for row in BarrierMenu.rows {
      let word =
        switch row {
        case .barrier(let barrier): barrier.rawValue
        case .setting(let name): name.rawValue
        }
      let here = player.frame.first { $0.contains("▶ ") && $0.contains("│") }
      #expect(here?.contains(" \(word)") == true, "\(word): \(here ?? "")")
      player.press(keys: "Down")
    }
  }

  @Test func `side conditions change with the arrows and are applied`() throws {
    var player = try player()
    player.press(keys: "b End Right Enter")
    #expect(player.session.settings.worklistOrder == .firstInFirstOut)
    player.press(keys: "b Down Enter")
    #expect(player.session.settings.worklistOrder == .firstInFirstOut)
    #expect(player.session.settings.barrier == .dijkstra)
  }

  @Test func `Escape leaves everything as it was`() throws {
    var player = try player()
    player.press(keys: "b Down Space Esc")
    #expect(player.session.settings.barrier == .none)
  }
}
