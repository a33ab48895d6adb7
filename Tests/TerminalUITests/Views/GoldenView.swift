import Testing

@testable import TerminalUI

/// A screen at some step of a script, after some keys, that people have looked at.
struct GoldenView: Sendable, CustomTestStringConvertible {
  let name: String
  let script: String
  let position: Int
  var keys = ""

  var testDescription: String { name }

  func expect(width: Int, height: Int) throws {
    try compare(width, height, .standard, suffix: "")
  }

  /// The same at 80x24, with nothing but ASCII.
  func expectInASCII() throws {
    let canvas = try compare(80, 24, .plain, suffix: "-ascii")
    #expect(canvas.cells.allSatisfy { $0.scalar.isASCII })
  }

  @discardableResult
  private func compare(
    _ width: Int, _ height: Int, _ theme: Theme, suffix: String
  ) throws -> Canvas {
    var player = try player(script, width: width, height: height, theme: theme)
    player.seek(to: position)
    player.press(keys: keys)
    var canvas = Canvas(width: width, height: height)
    player.draw(on: &canvas)
    try Golden.expect(canvas.text, is: "\(name)-\(width)x\(height)\(suffix)")
    return canvas
  }
}
