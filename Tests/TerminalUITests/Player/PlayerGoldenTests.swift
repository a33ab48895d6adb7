import Foundation
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// Whole screens, compared with files that people looked at.
///
/// `TRICOLOR_RECORD=1` writes the files anew, and fails so that nobody records by accident.
struct PlayerGoldenTests {
  struct View: Sendable, CustomTestStringConvertible {
    let name: String
    let position: Int
    var keys = ""
    var story = Stories.badCase

    var testDescription: String { name }
  }

  static let moments = [
    View(name: "start", position: Stories.start),
    View(name: "a-black-b-grey", position: Stories.aBlack),
    View(name: "strong-broken", position: Stories.broken),
    View(name: "doomed", position: Stories.doomed),
    View(name: "asked", position: Stories.asked),
    View(name: "lost", position: Stories.lost),
    View(name: "dangling-read", position: Stories.danglingRead),
  ]

  static let states = [
    View(name: "pick-object", position: Stories.aBlack, keys: "i C"),
    View(name: "pick-target", position: Stories.aBlack, keys: "i A Enter Enter C"),
    View(name: "prompt-error", position: Stories.aBlack, keys: ": a . 0 Space = Space Q Enter"),
    View(name: "prompt-candidates", position: Stories.aBlack, keys: ": s Tab"),
    View(name: "menu", position: Stories.doomed, keys: "b Down"),
    View(name: "menu-end", position: Stories.doomed, keys: "b End"),
    View(name: "replayed", position: Stories.doomed, keys: "b Down Enter"),
    View(name: "help", position: Stories.doomed, keys: "?"),
    View(name: "help-end", position: Stories.doomed, keys: "? End"),
    View(name: "selected", position: Stories.doomed, keys: "a C"),
    View(name: "answer", position: Stories.asked, keys: "Right"),
    View(name: "zoom-heap", position: Stories.danglingRead, keys: "2"),
    View(name: "zoom-barrier", position: Stories.danglingRead, keys: "4"),
    View(name: "zoom-inspector", position: Stories.lost, keys: "a C 6"),
    View(name: "zoom-log", position: Stories.lost, keys: "7"),
  ]

  /// Blame, barriers side by side, ways to a loss and puzzles, at every size.
  static let stories = [
    View(name: "blame", position: Stories.start, keys: "B n n"),
    View(name: "compare", position: Stories.doomed, keys: "M"),
    View(name: "compare-table", position: Stories.doomed, keys: "M M"),
    View(name: "reordered", position: Stories.doomed, keys: "<"),
    View(name: "attack", position: Stories.aBlack, keys: "! Right"),
    View(name: "attack-none", position: Stories.aBlack, keys: "b Down Enter ! Right"),
    View(name: "puzzle", position: 12, story: Stories.puzzle),
    View(name: "puzzle-hint", position: 12, keys: "! Right", story: Stories.puzzle),
    View(name: "puzzle-won", position: 12, keys: "! Right ! a", story: Stories.puzzle),
  ]

  private static let sizes = [(80, 24), (120, 40), (200, 60)]

  @Test(arguments: moments, sizes)
  func `the bad case looks as it did`(_ view: View, _ size: (Int, Int)) throws {
    try expect(view, size.0, size.1)
  }

  @Test(arguments: states)
  func `states look as they did`(_ view: View) throws { try expect(view, 80, 24) }

  @Test(arguments: states.filter { ["pick-target", "menu", "help", "selected"].contains($0.name) })
  func `states look as they did where there is little room`(_ view: View) throws {
    try expect(view, 40, 12)
  }

  @Test(arguments: moments)
  func `ASCII says the same`(_ view: View) throws {
    try expect(view, 80, 24, theme: .plain, suffix: "-ascii")
  }

  @Test(arguments: stories, sizes)
  func `blame and comparison look as they did`(_ view: View, _ size: (Int, Int)) throws {
    try expect(view, size.0, size.1)
  }

  @Test(arguments: stories)
  func `blame and comparison in ASCII, and where there is little room`(_ view: View) throws {
    try expect(view, 80, 24, theme: .plain, suffix: "-ascii")
    try expect(view, 40, 12)
  }

  @Test func `a window too small says so`() throws {
    try expect(View(name: "too-small", position: 0), 30, 8)
  }

  private func expect(
    _ view: View, _ width: Int, _ height: Int, theme: Theme = .standard, suffix: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var player = try player(view.story, width: width, height: height, theme: theme)
    player.seek(to: view.position)
    player.press(keys: view.keys)
    var canvas = Canvas(width: width, height: height)
    player.draw(on: &canvas)
    if suffix == "-ascii" { #expect(canvas.cells.allSatisfy { $0.scalar.isASCII }) }
    try Golden.expect(
      canvas.text, is: "\(view.name)-\(width)x\(height)\(suffix)", sourceLocation: sourceLocation)
  }
}

/// Text files that tests compare with.
enum Golden {
  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["TRICOLOR_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden, "now:\n\(text)", sourceLocation: sourceLocation)
  }
}
