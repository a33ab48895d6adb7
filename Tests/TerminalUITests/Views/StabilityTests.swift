import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct StabilityTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (100, 30)])
  func `boxes stay where they are, there and back`(width: Int, height: Int) throws {
    for story in Stories.all {
      var player = try player(story, width: width, height: height)
      var known: [GraphNodeID: Rect] = [:]
      let count = player.session.stepCount
      for position in Array(0...count) + (0...count).reversed() {
        player.seek(to: position)
        let view = player.graphView
        for (id, rect) in try #require(view).visibleNodes {
          #expect(known[id, default: rect] == rect, "step \(position)")
          known[id] = rect
        }
      }
      #expect(known.count >= 3)
    }
  }

  @Test func `frames going back are those going there`() throws {
    var player = try player()
    var frames: [[String]] = []
    for position in 0...player.session.stepCount {
      player.seek(to: position)
      frames.append(player.frame)
    }
    for position in (0...player.session.stepCount).reversed() {
      player.seek(to: position)
      #expect(player.frame == frames[position])
    }
  }
}
