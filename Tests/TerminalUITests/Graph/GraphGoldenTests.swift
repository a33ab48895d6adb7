import Foundation
import Testing

@testable import TerminalUI

/// Whole frames, compared with files that people looked at.
///
/// `TRICOLOR_RECORD=1` writes the files anew, and fails so that nobody records by accident.
struct GraphGoldenTests {
  struct Size: Sendable, CustomTestStringConvertible {
    var width: Int
    var height: Int
    var testDescription: String { "\(width)x\(height)" }
  }

  private static let sizes = [
    Size(width: 50, height: 13), Size(width: 80, height: 11), Size(width: 80, height: 13),
    Size(width: 118, height: 26),
  ]

  @Test(arguments: FigureInStory.all, sizes)
  func `figures look as they always did`(_ figure: FigureInStory, _ size: Size) throws {
    let canvas = figure.canvas(width: size.width, height: size.height)
    try expect(canvas, is: "\(figure.name)-\(size.width)x\(size.height)")
  }

  @Test(arguments: [FigureInStory.classic, .doomed])
  func `a large screen is used`(_ figure: FigureInStory) throws {
    try expect(figure.canvas(width: 198, height: 44), is: "\(figure.name)-198x44")
  }

  @Test(arguments: FigureInStory.all)
  func `ASCII says the same`(_ figure: FigureInStory) throws {
    let canvas = figure.canvas(width: 80, height: 13, theme: .plain)
    #expect(canvas.cells.allSatisfy { $0.scalar.isASCII })
    try expect(canvas, is: "\(figure.name)-80x13-ascii")
  }

  @Test(arguments: [FigureInStory.reused, .tangled])
  func `the neutral set has no character of ambiguous width`(_ figure: FigureInStory) throws {
    let theme = Theme(depth: .palette, glyphs: .neutral)
    let canvas = figure.canvas(width: 80, height: 13, theme: theme)
    let known = Set("◌◍◉»✓✗↺╌".unicodeScalars)
    #expect(canvas.cells.allSatisfy { $0.scalar.isASCII || known.contains($0.scalar) })
    try expect(canvas, is: "\(figure.name)-80x13-neutral")
  }

  private func expect(
    _ canvas: Canvas, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let frame = canvas.text + String(repeating: "~", count: canvas.width) + "\n" + canvas.styleMap
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["TRICOLOR_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try frame.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(frame == golden, "now:\n\(frame)", sourceLocation: sourceLocation)
  }
}

extension Canvas {
  /// A letter for the style of each cell, so that a lost colour shows in text.
  fileprivate var styleMap: String {
    let letters: [(Role, Character)] = [
      (.text, " "), (.edge, "-"), (.heading, "="), (.whiteBadge, "W"), (.greyBadge, "G"),
      (.blackBadge, "B"), (.freedBadge, "x"), (.danger, "!"), (.doomed, "d"), (.selection, "s"),
      (.barrierHit, "h"), (.changed, "c"),
    ]
    var letterByStyle: [Style: Character] = [:]
    for depth in [Theme.Depth.palette, .monochrome] {
      let theme = Theme(depth: depth, glyphs: .ascii)
      for (role, letter) in letters where letterByStyle[theme.style(role)] == nil {
        letterByStyle[theme.style(role)] = letter
      }
    }
    var map = ""
    for row in 0..<height {
      var line = ""
      for column in 0..<width {
        let style = self[column: column, row: row].style
        line.append(letterByStyle[style] ?? "r")
      }
      while line.last == " " { line.removeLast() }
      map += line + "\n"
    }
    return map
  }
}
