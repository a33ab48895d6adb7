import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct CommandTests {
  @Test func `every command has a key`() {
    for command in Command.allCases { #expect(!command.keys.isEmpty, "\(command)") }
  }

  @Test func `no key has two commands`() {
    let keys = Command.allCases.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(Command.byKey.count == keys.count)
  }

  @Test func `no command is on a function key or a key with a modifier alone, but for Ctrl-Z`() {
    for command in Command.allCases where ![.suspend, .redraw, .redo].contains(command) {
      let isPlain = command.keys.contains { key in
        switch key {
        case .function, .control: false
        default: true
        }
      }
      #expect(isPlain, "\(command)")
    }
  }

  @Test(arguments: [20, 40, 80, 200]) func `help shows every command`(width: Int) {
    let text = HelpPage.lines(.unicode, width: width).map(\.text).joined(separator: " ")
    for command in Command.allCases {
      for word in command.summary.split(separator: " ") { #expect(text.contains(word)) }
      #expect(text.contains(command.keys[0].name))
    }
  }

  @Test(arguments: [20, 40, 76]) func `help is no wider than it may be`(width: Int) {
    for line in HelpPage.lines(.unicode, width: width) {
      #expect(line.columnCount <= width, "\(line.text)")
    }
  }

  @Test func `every line of help can be scrolled to in the smallest window`() throws {
    var player = try player(width: 40, height: 12)
    player.press(keys: "?")
    var seen: Set<String> = []
    for _ in 0..<400 {
      for row in player.frame { seen.insert(String(row.dropFirst(2).dropLast(2))) }
      player.press(keys: "Down")
    }
    for line in HelpPage.lines(.unicode, width: 36) {
      #expect(seen.contains { $0.hasPrefix(line.text) }, "\(line.text)")
    }
    let last = player.text
    player.press(keys: "Up")
    #expect(player.text != last, "scrolling back from the end begins at once")
    player.press(keys: "Esc")
    #expect(player.overlay == nil)
  }

  @Test func `a key that does nothing says where the keys are shown`() throws {
    var player = try player()
    player.press(keys: "Y")
    #expect(player.said.contains("Y does nothing here; ? shows the keys"))
  }
}
