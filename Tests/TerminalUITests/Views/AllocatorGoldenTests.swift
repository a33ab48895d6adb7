import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// The allocator and the address space, compared with files that people looked at.
///
/// Recorded like the files of `PlayerGoldenTests`.
struct AllocatorGoldenTests {
  struct View: Sendable, CustomTestStringConvertible {
    let name: String
    let keys: String

    var testDescription: String { name }
  }

  static let views = [
    View(name: "allocator-start", keys: "8"),
    View(name: "allocator-asked", keys: "8 Right Right"),
    View(name: "allocator-system", keys: "8 Right Right Right Right"),
    View(name: "allocator-large", keys: "0 9 g 8"),
    View(name: "allocator-refilled", keys: "2 8 g 8"),
    View(name: "allocator-hit", keys: "G 8"),
    View(name: "allocator-none", keys: "0 5 g 8"),
    View(name: "addresses-start", keys: "9"),
    View(name: "addresses-selected", keys: "G a B 9"),
  ]

  private static let sizes = [(80, 24), (120, 40), (160, 50)]

  @Test(arguments: views, sizes)
  func `memory looks as it did`(_ view: View, _ size: (Int, Int)) throws {
    try expect(view, size.0, size.1)
  }

  @Test(arguments: views) func `ASCII says the same of memory`(_ view: View) throws {
    try expect(view, 80, 24, theme: .plain, suffix: "-ascii")
  }

  @Test(arguments: views) func `memory looks as it did where there is little room`(
    _ view: View
  ) throws {
    try expect(view, 40, 12)
  }

  private func expect(
    _ view: View, _ width: Int, _ height: Int, theme: Theme = .standard, suffix: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var player = try player(Stories.tiers, width: width, height: height, theme: theme)
    player.press(keys: view.keys)
    var canvas = Canvas(width: width, height: height)
    player.draw(on: &canvas)
    if suffix == "-ascii" { #expect(canvas.cells.allSatisfy { $0.scalar.isASCII }) }
    try Golden.expect(
      canvas.text, is: "\(view.name)-\(width)x\(height)\(suffix)", sourceLocation: sourceLocation)
  }
}
