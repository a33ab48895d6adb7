import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// The shortest way to lose an object, on the screen.
struct AttackTests {
  /// The bad case with A black, in the middle of the run.
  private func attacked(
    _ keys: String = "!", width: Int = 80, height: Int = 24
  ) throws -> Player {
    var player = try player(width: width, height: height)
    player.seek(to: Stories.aBlack)
    player.press(keys: keys)
    player.handle(.tick)
    return player
  }

  @Test func `the search is announced first, and runs with the next tick`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "!")
    #expect(player.text.contains("Trying everything"))
    #expect(player.tickMilliseconds == 0)
    player.handle(.tick)
    #expect(player.text.contains("can be lost in 5 actions from here"))
    #expect(player.tickMilliseconds == nil)
  }

  @Test func `a key before the answer does nothing but wait for it, Escape calls it off`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "! Enter")
    #expect(player.session.stepCount == 27)
    #expect(player.text.contains("can be lost in 5 actions"))
    player.press(keys: "Esc ! Esc")
    #expect(player.overlay == nil)
  }

  @Test(arguments: ["Enter", "!"]) func `the first move is played, forks the run, and is undone`(
    key: String
  ) throws {
    var player = try attacked()
    let digest = player.digest
    player.press(keys: key)
    #expect(player.overlay == nil)
    #expect(player.session.stepCount == Stories.aBlack + 1)
    #expect(player.said.contains("from here on the run is yours"))
    player.press(keys: "!")
    player.handle(.tick)
    #expect(player.text.contains("can be lost in 4 actions from here"))
    player.press(keys: "Esc u")
    #expect(player.digest == digest)
    #expect(player.session.stepCount == 27)
  }

  @Test func `all moves lose the object, and one undo takes them back`() throws {
    var player = try attacked()
    let digest = player.digest
    player.press(keys: "a")
    #expect(player.session.isAtEnd == true)
    #expect(player.text.contains("! lost   C") || player.text.contains("! lost   B, C"))
    #expect(player.said.contains("5 actions played"))
    player.press(keys: "u")
    #expect(player.digest == digest)
  }

  @Test func `where nothing can be lost it says how many states that took`() throws {
    let story = Stories.puzzle.replacing("goal C lost within 5", with: "")
    var player = try player("set barrier go\n" + story)
    player.press(keys: "G ! Right")
    #expect(player.text.contains("Nothing can be lost any more in this cycle:"))
    #expect(player.text.contains("states tried"))
    player.press(keys: "Enter")
    #expect(player.overlay == nil)
    #expect(player.session.stepCount == player.session.position)
  }

  @Test func `after marking it says why no search can start`() throws {
    var player = try player()
    player.seek(to: Stories.lost - 1)
    player.press(keys: "! Right")
    #expect(player.text.contains("No search can start here: marking is over"))
  }

  @Test func `before a cycle the search includes its start`() throws {
    var player = try player("set barrier go\nobject A slots 1\nroot g = A\n")
    player.press(keys: "G ! Right")
    #expect(player.text.contains("Nothing can be lost in a cycle that starts here"))
  }

  @Test func `where the limit comes first it says how far it got`() throws {
    var player = try player("set barrier go\n" + Stories.puzzle)
    player.searchLimit = 500
    player.press(keys: "! Right")
    #expect(player.text.contains("No way of fewer than"))
    #expect(player.text.contains("loses C; 500 states tried"))
    #expect(player.proof == nil)
    player.press(keys: "Esc")
    player.enter("goal C lost within 1")
    player.press(keys: "! Right")
    #expect(player.text.contains("This cannot be won"), "no way of one action is proof enough")
  }

  @Test func `every size shows the first move, and scrolls to the last`() throws {
    for (width, height) in [(40, 12), (60, 16), (80, 24), (120, 40), (200, 60)] {
      var player = try attacked(width: width, height: height)
      #expect(player.text.contains("local "), "\(width)x\(height)")
      player.press(keys: "End")
      #expect(player.text.contains("finish"), "\(width)x\(height): \(player.text)")
    }
  }
}

/// A puzzle on the screen.
struct PuzzleScreenTests {
  private func played(_ keys: String = "", story: String = Stories.puzzle) throws -> Player {
    var player = try player(story)
    player.press(keys: keys)
    return player
  }

  private func hinted(_ player: inout Player) {
    player.press(keys: "!")
    player.handle(.tick)
  }

  @Test func `a puzzle opens where it begins, and says what is asked for`() throws {
    let player = try played()
    #expect(player.session.isAtEnd == true)
    #expect(player.said.contains("goal: lose C within 5 actions, 0 used"))
  }

  @Test func `a hint is the first move, asked twice all of them`() throws {
    var player = try played()
    hinted(&player)
    #expect(player.text.contains("A hint"))
    #expect(player.text.contains("C can be lost in 5 actions, and 5 are left"))
    #expect(!player.text.contains("finish"))
    player.press(keys: "!")
    #expect(player.text.contains("finish"))
    #expect(player.session.isAtEnd == true)
  }

  @Test func `who plays all of the way wins`() throws {
    var player = try played()
    hinted(&player)
    player.press(keys: "! a")
    #expect(player.said.contains("goal: lose C within 5 actions: won with 5!"))
    #expect(player.session.puzzle?.outcome == .won)
    hinted(&player)
    #expect(!player.text.contains("A hint"), "there is nothing left to hint at")
  }

  @Test func `a wasted action makes it impossible in time, and the hint says so`() throws {
    var player = try played()
    player.enter("local b = nil")
    #expect(player.said.contains("1 used"))
    hinted(&player)
    #expect(player.text.contains("not within the 4 actions left"))
    #expect(!player.text.contains("1   "))
    player.press(keys: "Esc u")
    #expect(player.said.contains("0 used"))
  }

  @Test func `too many actions are told at once`() throws {
    var player = try played()
    for _ in 0..<6 { player.enter("local b = nil") }
    #expect(player.said.contains("too many actions, 6 used; u takes one back"))
  }

  @Test func `what cannot be lost any more is no proof in the middle of the puzzle`() throws {
    var player = try played()
    player.enter("scan B")
    player.enter("scan C")
    hinted(&player)
    #expect(player.text.contains("C cannot be lost any more in this cycle"))
    #expect(player.proof == nil)
  }

  @Test func `the proof that it cannot be won solves it`() throws {
    var player = try played(story: "set barrier go\n" + Stories.puzzle)
    hinted(&player)
    #expect(player.text.contains("This cannot be won"))
    player.press(keys: "Esc")
    #expect(player.said.contains("solved, it cannot be won"))
    player.enter("set barrier none")
    #expect(!player.said.contains("solved"))
    #expect(player.said.contains("under the script's own settings and order"))
  }

  @Test func `labels stand for variables, and what none holds is refused`() throws {
    var player = try played()
    player.press(keys: "i A Enter Enter n Enter")
    #expect(player.session.script.text.hasSuffix("a.0 = nil\n"))
    player.press(keys: "u")
    player.press(keys: "i B Enter Enter")
    #expect(player.said.contains("no variable refers to B"))
    player.press(keys: "Enter")
    #expect(player.session.puzzle?.used == 0)
    #expect(player.said.contains("so the program cannot name it"))
  }

  @Test func `a goal typed at the prompt makes a puzzle of any moment`() throws {
    var player = try player("set barrier none\nobject A slots 1\nroot g = A\nstart\n")
    player.press(keys: "G")
    player.enter("goal A lost within 3")
    #expect(player.text.contains("goal: lose A within 3 actions, 0 used"))
    hinted(&player)
    #expect(player.text.contains("This cannot be won"))
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 60)])
  func `the goal is in sight at every size`(width: Int, height: Int) throws {
    let player = try player(Stories.puzzle, width: width, height: height)
    #expect(player.text.contains("goal: lose C within"))
  }
}
