import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// Barriers side by side.
struct ComparisonTests {
  @Test func `the run's own barrier comes first, and no barrier twice`() throws {
    var player = try player(Stories.tangle)
    player.press(keys: "M")
    #expect(
      player.comparison?.lanes.map(\.ownBarrier) == [.yuasa, Barrier.none, .dijkstra, .hybrid])
  }

  @Test func `all runs move with the same keys, each to its own step`() throws {
    var player = try player()
    player.seek(to: Stories.doomed)
    player.press(keys: "M")
    let found = player.comparison
    let comparison = try #require(found)
    for lane in comparison.lanes {
      #expect(lane.session.moment?.sentence.contains("clears B.0") == true, "\(lane.variant.name)")
    }
    #expect(player.text.contains("C doomed"))
    #expect(player.text.contains("nothing lost"))
    player.press(keys: "G")
    for lane in comparison.lanes { #expect(lane.session.isAtEnd == true) }
    #expect(player.text.contains("C LOST"))
    player.press(keys: "g")
    for lane in comparison.lanes { #expect(lane.session.position == 0) }
  }

  @Test func `step by step every run comes by each of its steps`() throws {
    var player = try player()
    player.press(keys: "M")
    let lanes = player.comparison?.lanes ?? []
    #expect(lanes.count == 4)
    var seen = lanes.map { _ in Set([0]) }
    for _ in 0..<(player.comparison?.schedule.beatCount ?? 0) {
      player.press(keys: "Right")
      for (index, lane) in lanes.enumerated() { seen[index].insert(lane.session.position) }
    }
    for (index, lane) in lanes.enumerated() {
      #expect(seen[index] == Set(0...lane.session.stepCount), "\(lane.variant.name)")
    }
  }

  @Test func `going there and back leads to the same beat`() throws {
    var player = try player()
    player.press(keys: "M")
    for _ in 0..<20 { player.press(keys: "Right") }
    let text = player.text
    player.press(keys: "Right Right Left Left")
    #expect(player.text == text)
  }

  @Test func `on leaving, the run stands where the comparison stood`() throws {
    var player = try player()
    player.seek(to: Stories.aBlack)
    player.press(keys: "M v v Esc")
    #expect(player.comparison == nil)
    #expect(player.session.position == Stories.doomed)
    player.press(keys: "M Esc")
    #expect(player.session.position == Stories.doomed)
  }

  @Test func `the table chooses who is shown`() throws {
    var player = try player()
    player.press(keys: "M M Home Enter Down Down")
    #expect(player.comparison?.lanes.map(\.ownBarrier) == [.dijkstra, .yuasa, .hybrid])
    player.press(keys: "Enter")
    #expect(
      player.comparison?.lanes.map(\.ownBarrier)
        == [.dijkstra, .yuasa, .hybrid, Barrier.allCases[2]])
    player.press(keys: "Home Enter")
    #expect(player.said.contains("4 barriers at most"))
    player.press(keys: "Esc")
    #expect(player.text.contains("dijkstra"))
    #expect(player.comparison?.isTable == false)
  }

  @Test func `one barrier stays, and M leads back from the table`() throws {
    var player = try player()
    player.press(keys: "M M")
    for barrier in [Barrier.none, .dijkstra, .yuasa, .hybrid] {
      let index = try #require(Barrier.allCases.firstIndex(of: barrier))
      player.press(keys: "Home" + String(repeating: " Down", count: index) + " Enter")
    }
    #expect(player.comparison?.lanes.count == 1)
    #expect(player.said.contains("one barrier must stay"))
    #expect(player.frame.count == 24)
    player.press(keys: "M")
    #expect(player.comparison == nil)
  }

  @Test func `playing pauses at the stops of the script`() throws {
    var player = try player()
    player.press(keys: "M")
    player.handle(.key(.character(" ")))
    #expect(player.tickMilliseconds != nil)
    for _ in 0..<200 where player.isPlaying { player.handle(.tick) }
    #expect(player.isPlaying == false)
    #expect(player.comparison?.ownPosition == Stories.aBlack)
  }

  @Test func `what changes the run is refused, and said so`() throws {
    var player = try player()
    player.press(keys: "M i")
    #expect(player.pick == nil)
    #expect(player.said.contains("does nothing in a comparison"))
  }

  @Test func `every size shows every pane's barrier`() throws {
    for story in Stories.all {
      var player = try player(story)
      player.press(keys: "M G")
      for width in stride(from: 40, through: 220, by: 15) {
        for height in stride(from: 12, through: 60, by: 11) {
          player.resize(width: width, height: height)
          let shown = player.comparison?.lanes.prefix(player.shownLaneCount) ?? []
          #expect(shown.count == (width >= 110 && height >= 34 ? 4 : 2))
          let text = player.text
          for lane in shown {
            #expect(text.contains(" \(lane.variant.name) "), "\(width)x\(height)")
          }
        }
      }
    }
  }

  @Test(arguments: [36, 60, 80, 120, 200])
  func `the table is no wider than it may be`(width: Int) throws {
    let session = try session(of: Stories.badCase)
    let outcomes = Barrier.allCases.compactMap { barrier -> Outcome? in
      guard var replayed = session.replayed(under: .barrier(barrier)) else { return nil }
      replayed.seek(to: replayed.stepCount)
      return Outcome(.barrier(barrier), replayed)
    }
    let table = ComparisonTable(outcomes, width: width)
    #expect(table.lines.count == Barrier.allCases.count)
    for line in [table.headLine] + table.lines { #expect(line.columnCount <= width, "\(line)") }
  }
}

extension Comparison.Lane {
  /// The barrier that the lane stands for; nil in a comparison of collectors.
  fileprivate var ownBarrier: Barrier? {
    if case .barrier(let barrier) = variant { barrier } else { nil }
  }
}
