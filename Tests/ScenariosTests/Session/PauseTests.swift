import GarbageCollection
import Scenarios
import Testing

/// The clock of work: pauses, utilisation, percentiles.
struct PauseTests {
  private static let stories = [
    "object A\n",
    "object A\nroot g = A\ncollect\n",
    "set barrier go\nchurn 12 keep 3\nstart\nrepeat 4\nwork 3\nkept.0 = kept.1\nend\nfinish\n",
    "set barrier go\nset schedule incremental 2\nset heap 64KiB\nchurn 60 keep 16 bytes 1000\n",
    "set collector copying\nset schedule stop-the-world\nset trigger full\nset heap 16KiB\n"
      + "churn 90 keep 4 bytes 192\n",
    "set collector reference-counting\nchurn 40 keep 4\n",
  ]

  private static func timelines() throws -> [PauseTimeline] {
    try stories.map { PauseTimeline(try play($0)) } + [PauseTimeline([Moment]())]
  }

  /// For each unit of time, whether a mutator ran in it.
  private func units(_ timeline: PauseTimeline) -> [Bool] {
    timeline.slices.flatMap { slice in
      (0..<slice.length).map { _ in slice.runner == .mutator }
    }
  }

  @Test func `the slices cover the time without gaps, and pauses are what no mutator has`() throws {
    for timeline in try Self.timelines() {
      var end = 0
      for slice in timeline.slices {
        #expect(slice.start == end && slice.length > 0)
        end = slice.end
      }
      #expect(end == timeline.duration)
      let units = units(timeline)
      #expect(units.count(where: { $0 }) == timeline.mutatorUnits)
      let paused = Set(timeline.pauses.flatMap { Array($0) })
      #expect(units.indices.allSatisfy { units[$0] != paused.contains($0) })
    }
  }

  @Test func `the utilisation is the least of all windows`() throws {
    for timeline in try Self.timelines() where timeline.duration > 0 {
      var before = [0]
      for unit in units(timeline) { before.append(before[before.count - 1] + (unit ? 1 : 0)) }
      for window in 1...timeline.duration {
        let least = (0...timeline.duration - window).map { before[$0 + window] - before[$0] }.min()
        let share = Double(try #require(least)) / Double(window)
        try #require(timeline.minimumUtilization(window: window) == share, "window \(window)")
      }
      let throughput = timeline.throughput
      #expect(timeline.minimumUtilization(window: timeline.duration) == throughput)
      #expect(timeline.minimumUtilization(window: timeline.duration + 1) == throughput)
      #expect(timeline.windows.last == timeline.duration)
    }
  }

  @Test func `the histogram has every pause once, in the bin of its length`() throws {
    for timeline in try Self.timelines() {
      let bins = timeline.histogram
      #expect(bins.map(\.count).reduce(0, +) == timeline.pauses.count)
      for bin in bins {
        #expect(bin.count == timeline.pauses.count { bin.lengths.contains($0.count) })
      }
      #expect(bins.last?.lengths.contains(timeline.longestPause) ?? (timeline.longestPause == 0))
    }
  }

  @Test func `a percentile is a pause that so many are no longer than`() throws {
    for timeline in try Self.timelines() where !timeline.pauses.isEmpty {
      let lengths = timeline.pauses.map(\.count)
      #expect(timeline.pause(percentile: 0) == lengths.min())
      #expect(timeline.pause(percentile: 100) == timeline.longestPause)
      for percentile in stride(from: 5.0, through: 100, by: 5) {
        let pause = timeline.pause(percentile: percentile)
        let (shorter, upTo) = (lengths.count { $0 < pause }, lengths.count { $0 <= pause })
        let wanted = percentile / 100 * Double(lengths.count)
        #expect(Double(upTo) >= wanted && Double(shorter) < wanted)
      }
    }
  }

  @Test func `a run without time has no pause, and all of it is the program's`() {
    let timeline = PauseTimeline([Moment]())
    #expect(timeline.duration == 0 && timeline.longestPause == 0 && timeline.windows.isEmpty)
    #expect(timeline.throughput == 1 && timeline.pause(percentile: 99) == 0)
    #expect(timeline.histogram.isEmpty && timeline.minimumUtilization(window: 5) == 1)
  }

  @Test func `counters and timeline tell the same of pauses`() throws {
    for story in Self.stories {
      let session = try play(story)
      let timeline = PauseTimeline(session)
      #expect(session.tally[.pauses] == timeline.pauses.count)
      #expect(session.tally[.longestPause] == timeline.longestPause)
      #expect(session.tally[.assists] == timeline.assistUnits)
    }
  }
}
