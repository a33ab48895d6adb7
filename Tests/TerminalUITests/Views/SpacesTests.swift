import Scenarios
import Testing
import TimeTravel

@testable import GarbageCollection
@testable import TerminalUI

/// Spaces as lanes: whole screens that people looked at, and what a lane must never get wrong.
struct SpacesTests {
  /// Steps of `Stories.compaction`.
  static let views = [
    GoldenView(name: "spaces-forwarding", script: Stories.compaction, position: 23),
    GoldenView(name: "spaces-updating", script: Stories.compaction, position: 26, keys: "2"),
    GoldenView(name: "spaces-moving", script: Stories.compaction, position: 33, keys: "2"),
    GoldenView(name: "spaces-inspector", script: Stories.compaction, position: 30, keys: "a D 6"),
    GoldenView(name: "spaces-born", script: Stories.compaction, position: 37, keys: "8"),
    GoldenView(name: "spaces-addresses", script: Stories.compaction, position: 37, keys: "9"),
    GoldenView(name: "spaces-again", script: Stories.compaction, position: 52),
    GoldenView(name: "spaces-menu", script: Stories.compaction, position: 26, keys: "K"),
  ]

  @Test(arguments: views, [(80, 24), (160, 50)])
  func `spaces look as they did`(_ view: GoldenView, _ size: (Int, Int)) throws {
    try view.expect(width: size.0, height: size.1)
  }

  @Test(arguments: views) func `ASCII says the same of spaces`(_ view: GoldenView) throws {
    try view.expectInASCII()
  }

  @Test(arguments: [40, 80, 120, 200])
  func `every live object is named at every step, whatever the size`(width: Int) throws {
    var player = try player(Stories.compaction, width: width, height: 30)
    for position in 0...player.session.stepCount {
      player.seek(to: position)
      let observed = player.sceneAndLines(width: width)
      for (label, lines) in observed {
        #expect(lines.contains { $0.contains(label) }, "step \(position), \(label)")
        #expect(lines.allSatisfy { $0.columnCount <= width }, "step \(position)")
      }
    }
  }

  @Test func `choosing another collector replays the script, and back`() throws {
    var player = try player(Stories.badCase)
    player.press(keys: "G K Down Enter")
    #expect(player.session.settings.collector == CollectorMenu.kinds[1])
    player.press(keys: "K Up Enter")
    #expect(player.session.settings.collector == .markSweep)
    player.press(keys: "K Enter")
    #expect(player.said.contains("in force already"))
  }
}

extension Player {
  /// The labels of the objects that stand in spaces, each with what the panel shows.
  fileprivate func sceneAndLines(width: Int) -> [(String, [String])] {
    guard !session.timeline.state.machine.heap.spaces.isEmpty else { return [] }
    let lines = SpacesPanel(scene: scene, theme: theme)
      .lines(session.timeline.state, width: width, height: 12).map(\.text)
    return session.timeline.state.chronicle.ids.compactMap { id in
      session.timeline.state.space(of: id) == nil
        ? nil : (session.timeline.state.label(of: id), lines)
    }
  }
}

/// Lanes by themselves.
struct SpaceLaneTests {
  private static func item(
    _ label: String, _ color: Color, at offset: Int, _ byteCount: Int = 32
  ) -> LaneItem {
    let (open, close) = color == .white ? ("(", ")") : color == .grey ? ("{", "}") : ("[", "]")
    return LaneItem(
      open: open, close: close, glyph: Glyphs.ascii[color], label: label, role: .text,
      bytes: offset..<offset + byteCount)
  }

  private static func lane(
    _ items: [LaneItem], scan: Int, free: Int, top: Int, width: Int
  ) -> SpaceLane {
    var space = Space(.toSpace, start: 8192, end: 16384)
    space.scan = scan
    space.free = free
    space.top = top
    let bounds = LaneBounds(space)
    var pointers = [
      LanePointer(name: "scan", offset: scan), LanePointer(name: "free", offset: free),
    ]
    if top < space.end { pointers.append(LanePointer(name: "top", offset: top)) }
    return SpaceLane(
      space: bounds, items: items, pointers: pointers,
      scale: LaneScale([(bounds, items)], width: width), theme: .plain, width: width)
  }

  @Test func `what lies between scan and free is grey, and newborns stand at the far end`() {
    let lane = SpaceLaneTests.lane(
      [
        SpaceLaneTests.item("A", .black, at: 8192), SpaceLaneTests.item("B", .grey, at: 8224, 80),
        SpaceLaneTests.item("C", .grey, at: 8304, 80),
        SpaceLaneTests.item("N", .black, at: 16352),
      ], scan: 8224, free: 8384, top: 16352, width: 60)
    let room = "----------7.7KiB free-----------"
    #expect(lane.line.text == "[#A]{~B      }{~C      }" + room + "[#N]")
    #expect(lane.pointerLine(arrow: "^").text.hasPrefix("    ^scan-----grey------^free "))
    #expect(lane.pointerLine(arrow: "^").text.contains("^top"))
  }

  @Test func `pointers at one place are named together`() {
    let lane = SpaceLaneTests.lane([], scan: 8192, free: 8192, top: 16384, width: 40)
    #expect(lane.pointerLine(arrow: "^").text.hasPrefix("^scan=free "))
    #expect(lane.line.columnCount == 40)
  }

  @Test func `too many objects become a mark a column, and grey ones stay in sight`() {
    let items = (0..<200).map { number in
      SpaceLaneTests.item(
        "o\(number)", number == 150 ? .grey : number < 100 ? .black : .white,
        at: 8192 + number * 32)
    }
    let lane = SpaceLaneTests.lane(
      items, scan: 8192 + 150 * 32, free: 8192 + 200 * 32, top: 16384, width: 60)
    #expect(lane.map == nil)
    #expect(lane.line.columnCount == 60)
    #expect(lane.line.text.hasPrefix("####"))
    #expect(lane.line.text.contains("."))
    #expect(lane.line.text.contains("~"))
    #expect(lane.line.text.hasSuffix("-"))
  }

  @Test(arguments: 20...70) func `the columns of a lane follow its bytes, each once`(width: Int) {
    let items = [
      SpaceLaneTests.item("A", .black, at: 8208), SpaceLaneTests.item("B", .black, at: 9000, 48),
      SpaceLaneTests.item("C", .white, at: 12288, 64),
    ]
    let lane = SpaceLaneTests.lane(items, scan: 8192, free: 12400, top: 16384, width: width)
    guard let map = lane.map else { return #expect(width < 31) }
    #expect(map.stretches.first?.columns.lowerBound == 0)
    #expect(map.stretches.last?.columns.upperBound == width)
    for (left, right) in zip(map.stretches, map.stretches.dropFirst()) {
      #expect(left.columns.upperBound == right.columns.lowerBound)
      #expect(left.bytes.upperBound == right.bytes.lowerBound)
    }
    #expect(lane.line.columnCount == width)
  }

  @Test func `lines from place to place keep apart`() {
    let wires = LaneWires(
      wires: [(from: 0, to: 0), (from: 6, to: 2), (from: 9, to: 4)], width: 12, theme: .plain)
    #expect(wires.lines(height: 1) == nil)
    #expect(
      wires.lines(height: 2)?.map(\.text) == ["| +---+  |  ", "| | +----+  "])
  }
}
