import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct MouseTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (60, 20), (40, 12)])
  func `a click selects any object in sight`(width: Int, height: Int) throws {
    for story in Stories.all {
      var player = try player(story, width: width, height: height)
      for position in stride(from: 0, through: player.session.stepCount, by: 3) {
        player.seek(to: position)
        let view = player.graphView
        for (id, rect) in try #require(view).visibleNodes where !rect.isEmpty {
          player.handle(.mouse(MouseEvent(.press, column: rect.column, row: rect.row)))
          #expect(player.selection?.index == id.number, "step \(position) at \(rect)")
        }
      }
    }
  }

  @Test func `a click on a root selects what it refers to`() throws {
    var player = try player()
    player.seek(to: 9)
    let rect = try #require(player.graphView?.rect(of: .root(group: 0, index: 0)))
    player.handle(.mouse(MouseEvent(.press, column: rect.column, row: rect.row)))
    #expect(player.selectedLabel == "A")
  }

  @Test func `clicks choose while something is asked`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    try player.click(.rightPress, on: "B")
    try player.click(on: "B")
    try player.click(on: "A")
    #expect(player.pick?.chosen.map(\.text) == ["B"])
    player.press(keys: "Enter")
    try player.click(on: "A")
    #expect(player.session.lines.last?.line.text == "B.0 = A")
  }

  @Test func `dragging proposes a write`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    try player.click(on: "C")
    try player.click(.release, on: "A")
    #expect(player.said.contains("C.0 = which object? C.0 = A"))
    player.press(keys: "Enter")
    #expect(player.session.lines.last?.line.text == "C.0 = A")
  }

  @Test func `a click without a drag proposes nothing`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    try player.click(on: "C")
    try player.click(.release, on: "C")
    #expect(player.pick == nil)
  }

  @Test func `a double click follows a pointer`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    try player.click(.doublePress, on: "A")
    #expect(player.selectedLabel == "B")
  }

  @Test func `the wheel steps, and scrolls the help page`() throws {
    var player = try player()
    player.handle(.mouse(MouseEvent(.wheelDown, column: 3, row: 3)))
    player.handle(.mouse(MouseEvent(.wheelDown, column: 3, row: 3)))
    player.handle(.mouse(MouseEvent(.wheelUp, column: 3, row: 3)))
    #expect(player.session.position == 1)
    player.press(keys: "?")
    player.handle(.mouse(MouseEvent(.wheelDown, column: 3, row: 3)))
    #expect(player.overlay == .help(scroll: 1))
    #expect(player.session.position == 1)
  }

  @Test func `a click on the title bar goes to that part of the run`() throws {
    var player = try player()
    player.handle(.mouse(MouseEvent(.press, column: 79, row: 0)))
    #expect(player.session.isAtEnd == true)
    player.handle(.mouse(MouseEvent(.press, column: 0, row: 0)))
    #expect(player.session.position == 0)
  }

  @Test func `a click on the bottom line does what the key does`() throws {
    var player = try player()
    for hint in player.keyHints {
      let written = player.frame[23].dropFirst(hint.columns.lowerBound)
      #expect(written.hasPrefix("\(hint.keys) \(hint.words)"))
    }
    let help = try #require(player.keyHints.first { $0.words == "help" })
    player.handle(.mouse(MouseEvent(.press, column: help.columns.lowerBound, row: 23)))
    #expect(player.overlay == .help(scroll: 0))
  }
}
