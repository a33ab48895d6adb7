import ModelChecking
import Testing

@testable import GarbageCollection

/// Mistakes planted in barriers, marker and root scans, each under settings that are sound without it.
#if DEBUG
  struct SeededFaultTests {
    static let places: [(SeededFault, Row)] = [
      (.greyIsNotListed, Row("dijkstra", .dijkstra, .holds(states: 1260))),
      (.shadeBlackens, Row("go", .go, .holds(states: 1140))),
      (.scanSkipsLastSlot, Row("steele", .steele, .holds(states: 684))),
      (.rootScanSkipsFirst, Row("yuasa", .yuasa, .holds(states: 483))),
      (.rescanSkipsStacks, Row("dijkstra", .dijkstra, .holds(states: 1260))),
      (.rescanDoesNotDrain, Row("boehm, 3", .boehm, within: Bounds(objects: 3), .holds(states: 0))),
      (.deletionShadesNew, Row("yuasa", .yuasa, .holds(states: 483))),
      (.deletionShadesNew, Row("go", .go, .holds(states: 1140))),
      (
        .barrierSleepsInRoots,
        Row("hybrid, two mutators", .hybrid, within: Bounds(mutators: 2), .holds(states: 18402))
      ),
      (.conditionsAreInverted, Row("hybrid", .hybrid, .holds(states: 1140))),
      (.conditionsAreInverted, Row("steele", .steele, .holds(states: 684))),
      (.conditionsAreInverted, Row("baker", .baker, .holds(states: 453))),
      (.revertIsNotListed, Row("steele", .steele, .holds(states: 684))),
      (.revertIsNotListed, Row("boehm", .boehm, .holds(states: 684))),
      (.deferredAreForgotten, Row("lua-back", .luaBack, .holds(states: 846))),
      (.deferredAreForgotten, Row("boehm-dirty", .boehmDirty, .holds(states: 1251))),
      (
        .flushForgetsLast,
        Row("dijkstra, buffers", .dijkstra, .holds(states: 6156)) { $0.buffer = .on }
      ),
      (
        .birthsAreWhite,
        Row("hybrid, born black", .hybrid, within: Bounds(allocates: true), .holds(states: 0))
      ),
    ]

    @Test(arguments: places.indices)
    func `the checker finds every planted mistake, and nothing without it`(_ index: Int) throws {
      let (fault, row) = SeededFaultTests.places[index]
      var settings = row.settings
      let sound = try Check(settings: settings, bounds: row.bounds, mergesHeaps: true).run()
      #expect(sound.finding == .holds)
      settings.faults = FaultSwitch(fault)
      let report = try Check(settings: settings, bounds: row.bounds, mergesHeaps: true).run()
      #expect(report.finding == .fails, "\(fault) under \(row.name)")
    }

    @Test func `every kind of mistake is planted somewhere`() {
      #expect(Set(SeededFaultTests.places.map(\.0)) == Set(SeededFault.allCases))
    }
  }
#endif
