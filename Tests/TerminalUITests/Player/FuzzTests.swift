import GarbageCollection
import Scenarios
import TestSupport
import Testing
import TimeTravel

@testable import TerminalUI

/// Whatever is pressed, clicked and resized, the player lives on and tells the truth.
struct PlayerFuzzTests {
  private static let keys: [Key] =
    Array(Command.byKey.keys).sorted { $0.name < $1.name }
    + "ABCDE0123456789 =.nilstepobject".map { .character($0) }
    + [.enter, .enter, .enter, .escape, .tab, .control("u"), .control("a"), .function(7)]

  private static let lines = [
    "object N slots 2", "root g = nil", "A.0 = nil", "step 3", "start", "finish", "collect",
    "push f", "pop", "set scan slot-last", "set barrier hybrid", "local v = A.0", "goto 4",
    "set atomicity shade-first", "nonsense", "w x.tri", "step 0", "resume", "say \"hm\"",
    "goal A lost within 4",
  ]

  private static func event(_ random: inout SeededGenerator, width: Int, height: Int) -> InputEvent
  {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: .tick
    case 1, 2:
      .mouse(
        MouseEvent(
          [.press, .release, .doublePress, .rightPress, .wheelUp, .wheelDown]
            .randomElement(using: &random) ?? .press,
          column: Int.random(in: 0..<width, using: &random),
          row: Int.random(in: 0..<height, using: &random)))
    case 3: .paste(lines.randomElement(using: &random) ?? "")
    default: .key(keys.randomElement(using: &random) ?? .enter)
    }
  }

  /// 5,000 events each.
  @Test(arguments: 0..<4) func `random input never traps and the session stays replayable`(
    seed: Int
  )
    throws
  {
    var random = SeededGenerator(seed: UInt64(seed))
    var player = try player(Stories.all[seed % 3])
    player.searchLimit = 500
    var size = (width: 80, height: 24)
    for count in 0..<5_000 {
      if Int.random(in: 0..<12, using: &random) == 0 {
        size = (Int.random(in: 1...250, using: &random), Int.random(in: 1...80, using: &random))
        if Bool.random(using: &random) { size = (80, 24) }
        player.resize(width: size.width, height: size.height)
        player.handle(.resize)
      }
      if Int.random(in: 0..<150, using: &random) == 0 {
        player.press(keys: "Esc Esc")
        player.enter(Self.lines.randomElement(using: &random) ?? "")
      }
      player.handle(Self.event(&random, width: size.width, height: size.height))
      for case .write(let path, _, _) in player.takeEffects() {
        player.noteWritten(to: path, error: nil)
      }
      if count % 6 == 0 { _ = player.frame }
      if count % 250 == 0 { try expectReplayable(player) }
      // Long runs only cost time.
      if player.session.stepCount > 400 {
        player = try TerminalUITests.player(Stories.badCase)
        player.searchLimit = 500
      }
    }
  }

  private func expectReplayable(_ player: borrowing Player) throws {
    // A statement that other settings made impossible is noted and left out, but written all the
    // same, so such a session does not replay.
    guard !player.session.cues.contains(where: \.isOmission) else { return }
    let script = player.session.script.text
    var replayed = try session(of: script)
    // A script that ends in the middle of a store finishes it.
    #expect(replayed.stepCount >= player.session.stepCount, "\(script)")
    replayed.seek(to: player.session.position)
    #expect(replayed.timeline.state.digest == player.digest)
  }
}

extension Cue {
  fileprivate var isOmission: Bool {
    if case .note(let text) = content { text.contains("was left out") } else { false }
  }
}
