import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct ScreenPlanTests {
  @Test(arguments: [nil] + Panel.allCases.map(Optional.some))
  func `panels are inside the window and do not overlap, whatever its size`(zoom: Panel?) {
    for height in 0...80 {
      // A zoomed panel does not mind the width.
      for width in zoom == nil ? Array(0...250) : [0, 39, 40, 80, 250] {
        let plan = ScreenPlan(
          width: width, height: height, zoom: zoom, programLines: 2 + (width + height) % 7,
          blameLines: height.isMultiple(of: 5) ? nil : (width + height) % 31)
        guard !plan.isTooSmall else { continue }
        if let flaw = plan.flaw {
          Issue.record("\(width)x\(height): \(flaw)")
          return
        }
      }
    }
  }

  @Test func `messages take rows from the log alone`() {
    for (width, height) in [(40, 12), (60, 20), (80, 24), (100, 30), (120, 40), (200, 60)] {
      let plan = ScreenPlan(width: width, height: height)
      for rows in 0...12 {
        let (log, message) = plan.split(messageRows: rows)
        #expect(message.height <= rows)
        #expect(log.endRow == message.row)
        #expect(message.endRow == plan.keyRow)
        #expect(log.height >= 1)
        #expect(log.row == plan[.log]?.row)
      }
    }
  }

  /// Those that stand beside others; blame and pauses are asked for.
  private static let panels = Set(Panel.allCases).subtracting([.blame, .pauses])

  @Test func `larger windows show more panels at once`() {
    let compact = ScreenPlan(width: 80, height: 24).placements.map(\.panel)
    #expect(Set(compact) == Self.panels.subtracting([.inspector, .allocator, .addresses]))
    let wide = ScreenPlan(width: 120, height: 40).placements.map(\.panel)
    #expect(Set(wide) == Self.panels.subtracting([.allocator, .addresses]))
    let high = ScreenPlan(width: 200, height: 60).placements.map(\.panel)
    #expect(Set(high) == Self.panels.subtracting([.addresses]))
  }

  @Test func `every size is drawn`() throws {
    for story in Stories.all {
      var player = try player(story)
      player.press(keys: "G Tab")
      for width in stride(from: 0, through: 250, by: 13) {
        for height in stride(from: 0, through: 80, by: 7) {
          player.resize(width: width, height: height)
          #expect(player.frame.count == height)
        }
      }
    }
  }
}

extension ScreenPlan {
  /// What is wrong with the places, if anything.
  fileprivate var flaw: String? {
    var areas = [
      ("title", Rect(column: 0, row: titleRow, width: width, height: 1)),
      ("keys", Rect(column: 0, row: keyRow, width: width, height: 1)), ("message", messageRect),
    ]
    for placement in placements {
      var area = placement.rect
      if placement.hasHeading {
        area.row -= 1
        area.height += 1
      }
      areas.append((placement.panel.name, area))
      if placement.rect.isEmpty { return "\(placement.panel) has no room" }
    }
    let window = Rect(column: 0, row: 0, width: width, height: height)
    for (index, (name, area)) in areas.enumerated() {
      if window.intersection(area) != area { return "\(name) leaves the window" }
      for (other, second) in areas[..<index] where !area.intersection(second).isEmpty {
        return "\(name) overlaps \(other)"
      }
    }
    return nil
  }
}
