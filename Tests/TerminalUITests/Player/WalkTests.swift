import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// Steps through the allocator, tier by tier.
struct WalkTests {
  /// A step of the run, and how many tiers of its walk are shown; nil for all.
  private struct Place: Hashable {
    let position: Int
    let tiers: Int?

    init(_ player: borrowing Player) {
      position = player.session.position
      tiers = player.shownTierCount
    }
  }

  /// Where `key` leads until `isEnd`.
  private func places(
    of player: inout Player, pressing key: String, until isEnd: (Place) -> Bool
  ) -> [Place] {
    var places = [Place(player)]
    while !isEnd(places[places.count - 1]), places.count < 1_000 {
      player.press(keys: key)
      places.append(Place(player))
    }
    return places
  }

  @Test(arguments: [Stories.tiers, Stories.tangle])
  func `the way back is the way there, and no step of the run is skipped`(story: String) throws {
    var player = try player(story)
    player.press(keys: "8")
    let end = player.session.stepCount
    let there = places(of: &player, pressing: "Right") { $0.position == end && $0.tiers == nil }
    let back = places(of: &player, pressing: "Left") { $0.position == 0 }
    #expect(back == there.reversed())
    for (place, next) in zip(there, there.dropFirst()) {
      #expect(next.position - place.position == (place.tiers == nil ? 1 : 0))
    }
    #expect(Set(there.map(\.position)) == Set(0...end))
    #expect(there.contains { $0.tiers == 1 }, "some walks have more than one tier")
  }

  @Test func `the first object walks through all four tiers`() throws {
    var player = try player(Stories.tiers)
    player.press(keys: "8 Right")
    for tier in 1...3 {
      #expect(player.shownTierCount == tier)
      #expect(player.text.contains("tier \(tier)/4"))
      #expect(!player.text.contains("cell base+0x"))
      player.press(keys: "Right")
    }
    #expect(player.session.position == 1)
    #expect(player.shownTierCount == nil)
    #expect(player.text.contains("cell base+0x"))
    player.press(keys: "Right")
    #expect(player.session.position == 2)
  }

  @Test(arguments: ["", "2", "9", "8 8", "8 Esc"])
  func `only the allocator alone is walked through`(keys: String) throws {
    var player = try player(Stories.tiers, width: 200, height: 60)
    player.press(keys: keys + " Right")
    #expect(player.shownTierCount == nil)
    player.press(keys: "Right")
    #expect(player.session.position == 2)
  }

  @Test(arguments: ["0 1 g", "c", "f F", "G 0 1 g", "Esc 8", "9 8"])
  func `whatever else leads to a step shows its whole walk`(keys: String) throws {
    var player = try player(Stories.tiers)
    player.press(keys: "8 Right")
    #expect(player.shownTierCount == 1)
    player.press(keys: keys)
    #expect(player.shownTierCount == nil)
  }

  @Test func `a number of steps counts steps of the run`() throws {
    var player = try player(Stories.tiers)
    player.press(keys: "8 Tab 1 0 s")
    #expect(player.session.position == 10)
    player.press(keys: "0 2 S")
    #expect(player.session.position == 8)
  }

  @Test func `play goes tier by tier`() throws {
    var player = try player(Stories.tiers)
    player.press(keys: "8 Space")
    var seen: [Int] = []
    for _ in 0..<5 {
      player.handle(.tick)
      seen.append(player.session.position)
    }
    #expect(seen == [1, 1, 1, 1, 2])
  }
}
