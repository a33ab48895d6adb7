import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct TimeTests {
  @Test(arguments: ["Right", "s", ".", "PgDn"])
  func `keys step on`(key: String) throws {
    var player = try player()
    player.press(keys: "\(key) \(key)")
    #expect(player.session.position == 2)
  }

  @Test(arguments: ["Left", "S", ",", "PgUp"])
  func `keys step back`(key: String) throws {
    var player = try player()
    player.seek(to: 5)
    player.press(keys: "\(key) \(key)")
    #expect(player.session.position == 3)
  }

  @Test func `stepping back at the start stays there`() throws {
    var player = try player()
    player.press(keys: "Left S g Home")
    #expect(player.session.position == 0)
  }

  @Test func `start and end`() throws {
    var player = try player()
    player.press(keys: "G")
    #expect(player.session.isAtEnd == true)
    player.press(keys: "g")
    #expect(player.session.position == 0)
    player.press(keys: "End Home")
    #expect(player.session.position == 0)
  }

  @Test(arguments: [
    ("1 0 s", 10), ("0 9 s", 9), ("0 5 s", 5), ("1 2 g", 12), ("0 7 G", 7), ("2 7 s 1 1 S", 16),
    ("9 9 9 9 9 9 9 9 g", 27),
  ])
  func `a number before a letter is a count`(keys: String, position: Int) throws {
    var player = try player()
    player.press(keys: keys)
    #expect(player.session.position == position)
    #expect(player.zoom == nil, "the digits chose no panel")
  }

  @Test(arguments: [
    ("2 Right", 1), ("3 f", 10), ("1 2 3 PgDn", 1), ("4 Esc s", 1), ("5 s", 1), ("9 s", 1),
    ("2 G 2 g", 0),
  ])
  func `digits before other keys choose panels`(keys: String, position: Int) throws {
    var player = try player()
    player.press(keys: keys)
    #expect(player.session.position == position)
  }

  @Test func `a digit chooses its panel at once and keeps it after a pause`() throws {
    var player = try player()
    player.press(keys: "1 2")
    #expect(player.zoom == .heap)
    #expect(player.tickMilliseconds == 1000)
    player.handle(.tick)
    #expect(player.tickMilliseconds == nil)
    player.press(keys: "s")
    #expect(player.zoom == .heap)
    #expect(player.session.position == 1)
  }

  @Test func `events, phases and violations are found in both directions`() throws {
    var player = try player()
    player.press(keys: "v")
    #expect(player.session.position == Stories.broken)
    player.press(keys: "v")
    #expect(player.session.position == Stories.doomed)
    player.press(keys: "v")
    #expect(player.session.position == Stories.lost)
    player.press(keys: "v")
    #expect(player.session.position == Stories.danglingRead)
    player.press(keys: "v")
    #expect(player.session.position == Stories.danglingRead)
    #expect(player.said.contains("no violation ahead"))
    player.press(keys: "V V V")
    #expect(player.session.position == Stories.broken)
    player.press(keys: "F")
    #expect(player.session.position == 11)
    player.press(keys: "f")
    #expect(player.session.position == 20)
    player.press(keys: "w")
    #expect(player.said.contains("no barrier shades anything ahead"))
  }

  @Test func `stops are found in both directions`() throws {
    var player = try player()
    player.press(keys: "c")
    #expect(player.session.position == Stories.aBlack)
    player.press(keys: "c")
    #expect(player.session.position == Stories.asked)
    player.press(keys: "C")
    #expect(player.session.position == Stories.aBlack)
  }

  @Test func `at the end one more press lets the collector go on`() throws {
    var player = try player()
    player.press(keys: "G Right")
    #expect(player.said.contains("The end of the script"))
    #expect(player.session.stepCount == 27)
    player.press(keys: "Right")
    #expect(player.session.stepCount == 28)
    #expect(player.session.isAtEnd == true)
  }
}

// MARK: - Playing

struct PlayTests {
  @Test func `play goes on to the next stop and pauses there`() throws {
    var player = try player()
    player.press(keys: "Space")
    #expect(player.isPlaying == true)
    #expect(player.frame[0].contains("2.0/s"))
    for _ in 0..<40 where player.isPlaying { player.handle(.tick) }
    #expect(player.session.position == Stories.aBlack)
  }

  @Test func `play at the end begins anew`() throws {
    var player = try player()
    player.press(keys: "G Space")
    #expect(player.session.position == 0)
    #expect(player.isPlaying == true)
  }

  @Test func `a step, a pick and a second Space pause`() throws {
    for key in ["Right", "i", "Space"] {
      var player = try player()
      player.seek(to: 5)
      player.press(keys: "Space \(key)")
      #expect(player.isPlaying == false, "\(key)")
    }
  }

  @Test(arguments: [
    ("]", "2.5"), ("[", "1.6"), ("}", "4.0"), ("{", "1.0"), ("} } Backspace", "2.0"),
    ("{ { { { { { {", "0.1"), ("} } } } } } }", "50.0"),
  ])
  func `speed keys say the speed`(keys: String, speed: String) throws {
    var player = try player()
    player.press(keys: keys)
    #expect(player.said.contains("\(speed) steps a second"))
  }
}

// MARK: - Questions

struct QuestionTests {
  @Test(arguments: ["Right", "PgDn", "c", "Space"])
  func `the answer is shown before the story goes on`(key: String) throws {
    var player = try player()
    player.seek(to: Stories.asked)
    #expect(player.said.contains("? What will become of C?"))
    #expect(!player.text.contains("it is doomed"))
    player.press(keys: key)
    #expect(player.session.position == Stories.asked)
    #expect(player.said.contains("Answer: it is doomed"))
    player.press(keys: key)
    let goesOn = key == "Space" ? player.isPlaying : player.session.position > Stories.asked
    #expect(goesOn)
  }

  @Test func `coming back the class is asked again`() throws {
    var player = try player()
    player.seek(to: Stories.asked)
    player.press(keys: "Right Right Left")
    #expect(player.session.position == Stories.asked)
    #expect(!player.text.contains("it is doomed"))
  }
}
