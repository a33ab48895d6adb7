import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct FilledBarTests {
  @Test(arguments: [
    (0, 7, 0, 0), (1, 1_000, 1, 1), (1, 2, 5, 50), (1, 3, 3, 33), (2, 3, 7, 67),
    (999, 1_000, 9, 99),
    (7, 7, 10, 100), (0, 0, 0, 0), (9, 7, 10, 100),
  ])
  func `only nothing is empty and only all is full`(
    part: Int, whole: Int, filled: Int, percent: Int
  ) {
    let bar = FilledBar(part, of: whole)
    #expect(bar.filledCount(of: 10) == filled)
    #expect(bar.percent == percent)
  }

  @Test func `bars are as wide as they should be, whatever they show`() {
    for part in 0...20 {
      for width in 0...12 {
        let text = FilledBar(part, of: 20).text(width: width, .ascii)
        #expect(text.columnCount == width)
        #expect(text.allSatisfy { "#.".contains($0) })
      }
      #expect(FilledBar(part, of: 20).percentText.columnCount == 4)
    }
  }
}

struct AllocatorWalkTests {
  private static let object = ObjectID(0)

  private static func route(
    _ tier: Tier, isLarge: Bool = false, locks: Int = 0, calls: Int = 0
  ) -> Route {
    var route = Route(tier: tier, spanClass: isLarge ? nil : SpanClass.all[2])
    route.lockCount = locks
    route.systemCallCount = calls
    return route
  }

  @Test(arguments: Tier.allCases)
  func `a request comes to every tier down to the one that answers`(tier: Tier) throws {
    let walk = try #require(
      AllocatorWalk([.allocated(Self.object, along: Self.route(tier), color: .white)]))
    #expect(walk.stops == Array(Tier.allCases.prefix(tier.depth + 1)))
    for stop in walk.stops {
      #expect(walk.verdict(at: stop) == (stop == tier ? "hit" : "miss"))
    }
  }

  @Test func `a large object begins at the page heap`() throws {
    let route = Self.route(.system, isLarge: true, locks: 1, calls: 2)
    let walk = try #require(AllocatorWalk([.allocated(Self.object, along: route, color: .white)]))
    #expect(walk.stops == [.pageHeap, .system])
    #expect(walk.cost(at: .pageHeap) == "1 lock")
    #expect(walk.cost(at: .system) == "2 system calls")
  }

  @Test func `a sweep gives cells to their spans, not to a cache`() throws {
    let walk = try #require(AllocatorWalk([.freed(Self.object, along: Self.route(.pageHeap))]))
    #expect(walk.stops == [.centralList, .pageHeap])
    #expect(walk.verdict(at: .centralList) == "passed")
    #expect(walk.verdict(at: .pageHeap) == "kept")
  }

  @Test func `the program gives cells to its cache first`() throws {
    let walk = try #require(
      AllocatorWalk([.released(Self.object, along: Self.route(.centralList))]))
    #expect(walk.stops == [.threadCache, .centralList])
    #expect(!walk.isRequest)
  }

  @Test(arguments: Tier.allCases)
  func `the end of a thread begins at its cache`(tier: Tier) throws {
    let walk = try #require(
      AllocatorWalk([.endedThread(MutatorID(1), along: Route(tier: tier))]))
    #expect(walk.stops == Array(Tier.allCases.prefix(tier.depth + 1)))
    #expect(walk.object == nil)
  }

  @Test func `the last request or return of a step counts`() throws {
    let first = Event.freed(ObjectID(1), along: Self.route(.centralList))
    let last = Event.allocated(ObjectID(2), along: Self.route(.threadCache), color: .white)
    let walk = try #require(AllocatorWalk([first, last, .blackened(ObjectID(2))]))
    #expect(walk.object == ObjectID(2))
    #expect(AllocatorWalk([.blackened(ObjectID(2))]) == nil)
  }

  @Test(arguments: 0...3) func `the costs of the tiers add up to those of the route`(locks: Int)
    throws
  {
    for tier in Tier.allCases {
      let route = Self.route(tier, locks: tier == .threadCache ? 0 : locks)
      let walk = try #require(AllocatorWalk([.released(Self.object, along: route)]))
      let costs = walk.stops.compactMap { Int(walk.cost(at: $0).split(separator: " ")[0]) }
      #expect(costs.reduce(0, +) == route.lockCount)
    }
  }
}

struct AllocatorPanelTests {
  @Test(arguments: [(80, 24), (120, 40), (160, 50), (200, 60), (60, 18), (40, 12)])
  func `tiers stay where they are from step to step`(width: Int, height: Int) throws {
    var player = try player(Stories.tiers, width: width, height: height)
    player.press(keys: "8")
    var rows: [String: Int] = [:]
    for position in 0...player.session.stepCount {
      player.seek(to: position)
      let frame = player.frame
      for tier in Tier.allCases {
        let row = try #require(frame.firstIndex { $0.dropFirst(3).hasPrefix(tier.title) })
        #expect(rows[tier.title, default: row] == row, "step \(position)")
        rows[tier.title] = row
      }
    }
  }

  @Test func `parts fit into whatever height there is`() {
    for height in 0...80 {
      let plan = AllocatorPanel.Plan(height: height)
      let total = (plan.levels?.total ?? 5) + plan.bars + plan.gap + plan.table
      #expect(total <= max(5, height))
      #expect((AllocatorPanel.Plan(beside: height).levels?.total ?? 5) <= max(5, height))
    }
  }
}

struct AddressStyleTests {
  @Test func `addresses are real only where they may change from run to run`() throws {
    for key in ["8", "9"] {
      var player = try player(Stories.tiers, width: 120, height: 40)
      player.press(keys: "G \(key)")
      let base = "0x" + String(player.session.timeline.state.machine.heap.baseAddress, radix: 16)
      #expect(player.text.contains("base+0x"))
      #expect(!player.text.contains(base))
      player.showsRealAddresses = true
      #expect(player.text.contains(base))
      #expect(!player.text.contains("base+"))
    }
  }

  @Test(arguments: [(80, 24), (120, 40), (160, 50), (60, 18), (40, 12)])
  func `the arena stands on the ground and marks are in sight`(width: Int, height: Int) throws {
    var player = try player(Stories.tiers, width: width, height: height)
    player.press(keys: "9")
    var rows: Set<Int> = []
    for position in 0...player.session.stepCount {
      player.seek(to: position)
      let frame = player.frame
      rows.insert(try #require(frame.firstIndex { $0.contains("guard page") }))
      guard let id = AllocatorWalk(player.scene.events)?.object else { continue }
      let label = player.session.timeline.state.label(of: id)
      #expect(frame.contains { $0.contains("◀ \(label)") }, "step \(position)")
    }
    #expect(rows.count == 1)
  }
}

struct CrowdedAddressTests {
  private let crowd =
    "set heap 8MiB\nroot g = nil\n"
    + (0..<90).map { "object O\($0) slots 1 bytes \($0 * 40)\n" }.joined()

  @Test(arguments: [(60, 18), (80, 24), (120, 40), (160, 50)], [0, 1, 45, 88, 89])
  func `the selected object's span is in sight`(_ size: (Int, Int), number: Int) throws {
    var player = try player(crowd, width: size.0, height: size.1)
    player.press(keys: "G 9")
    player.selection = ObjectID(number)
    #expect(player.frame.contains { $0.contains("◀ O\(number)") })
  }

  @Test func `the selected object's class is in sight while no cell is asked for`() throws {
    var player = try player(crowd + "root h = nil\n")
    player.press(keys: "G 8")
    player.selection = ObjectID(60)
    #expect(player.frame.filter { $0.contains(" 2560 B scan") }.count == 3)
  }
}
