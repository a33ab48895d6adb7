import GarbageCollection
import Histogram

/// A program that never rests, and how long it is kept from going on.
///
/// Half of its objects stay and are rewired for ever, the other half are replaced for ever. It reads the
/// clock after every four steps; where more than 20 µs lie between two readings, it was kept waiting:
/// by the collector, or by other programs.
struct Pausing {
  let objectCount: Int
  /// The run ends after the one or the other.
  let nanoseconds: Int
  let stepCount: Int

  /// Gaps longer than this are pauses.
  static let shortestPause = 20_000

  func measure(_ variant: Variant) -> [Figure] {
    ThreadProgram.run {
      variant.apply(to: &$0)
    } _: { program in
      let anchorCount = objectCount / 2
      let anchors = program.fillNumberedArray(objectCount: anchorCount)
      for index in 0..<anchorCount {
        let satellite = program.allocate(numbered: index)
        guard let anchor = program.mutator.load(index, of: anchors) else { continue }
        program.mutator.store(satellite, in: 3, of: anchor)
      }
      let record = run(&program, anchors, anchorCount)
      // So that nobody collects meanwhile.
      program.mutator.collect()
      let control = program.mutator.whileAway { runControl(record.totalNanoseconds) }
      let report = program.machine.report()
      return record.figures + [
        Figure("stop_max_us", Double(report.longestPause) / 1e3),
        Figure("assist_max_us", Double(report.longestAssist) / 1e3),
        Figure("control_max_us", Double(control.longestPause) / 1e3),
      ]
    }
  }

  /// A loop that reads the clock for as long as the run has lasted, and does nothing else: what it is kept
  /// waiting, the machine keeps everybody waiting.
  private func runControl(_ nanoseconds: Int) -> GapRecord {
    var record = GapRecord()
    let start = Clock.nanoseconds
    var last = start
    while last - start < nanoseconds {
      let now = Clock.nanoseconds
      record.note(from: last - start, to: now - start)
      last = now
    }
    return record
  }

  private func run(
    _ program: inout ThreadProgram, _ anchors: Reference, _ anchorCount: Int
  ) -> GapRecord {
    var record = GapRecord()
    var random = XorShift()
    let start = Clock.nanoseconds
    var last = start
    while last - start < nanoseconds, record.stepCount < stepCount {
      for step in 0..<4 {
        program.rewire(anchors, anchorCount, number: record.stepCount + step, &random)
      }
      record.stepCount += 4
      let now = Clock.nanoseconds
      record.note(from: last - start, to: now - start)
      last = now
    }
    return record
  }
}

extension ThreadProgram {
  /// Replaces a satellite and rewires two anchors.
  @inline(__always)
  fileprivate mutating func rewire(
    _ anchors: Reference, _ anchorCount: Int, number: Int, _ random: inout XorShift
  ) {
    func anchor(_ number: UInt32) -> Reference? {
      mutator.load(XorShift.scale(number, below: anchorCount), of: anchors)
    }
    let satellite = allocate(numbered: number)
    mutator.store(anchor(random.next()), in: 0, of: satellite)
    mutator.store(anchor(random.next()), in: 1, of: satellite)
    if let holder = anchor(random.next()) { mutator.store(satellite, in: 3, of: holder) }
    for _ in 0..<2 {
      let number = random.next()
      guard let object = anchor(number) else { continue }
      mutator.store(anchor(random.next()), in: Int(number % 3), of: object)
    }
  }
}

/// The gaps between readings of the clock in a run.
struct GapRecord {
  var stepCount = 0
  private(set) var totalNanoseconds = 0
  private var utilisation = Utilisation()
  /// All gaps, pauses or not.
  private var gaps = Histogram<UInt64>(
    lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000_000,
    numberOfSignificantValueDigits: .three)

  mutating func note(from begin: Int, to end: Int) {
    gaps.record(UInt64(end - begin))
    if end - begin > Pausing.shortestPause { utilisation.addPause(begin..<end) }
    totalNanoseconds = end
  }
}

extension GapRecord {
  var longestPause: Int { utilisation.longestPause }

  /// Least microseconds of the pauses that are counted together.
  static let pauseClasses = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000]

  var figures: [Figure] {
    [
      Figure("max_pause_us", Double(longestPause) / 1e3),
      Figure("p50_us", Double(gaps.valueAtPercentile(50)) / 1e3),
      Figure("p99_us", Double(gaps.valueAtPercentile(99)) / 1e3),
      Figure("p999_us", Double(gaps.valueAtPercentile(99.9)) / 1e3),
      Figure("mmu1ms_pct", 100 * utilisation.least(inWindow: 1_000_000)),
      Figure("mmu10ms_pct", 100 * utilisation.least(inWindow: 10_000_000)),
      Figure("mmu100ms_pct", 100 * utilisation.least(inWindow: 100_000_000)),
      Figure(
        "paused_pct",
        100 * Double(utilisation.pausedNanoseconds) / Double(max(1, totalNanoseconds))),
      Figure("step_ns", Double(totalNanoseconds) / Double(max(1, stepCount))),
    ] + pauseCounts
  }

  private var pauseCounts: [Figure] {
    GapRecord.pauseClasses.indices.map { index in
      let least = GapRecord.pauseClasses[index]
      let next = index + 1 < GapRecord.pauseClasses.count ? GapRecord.pauseClasses[index + 1] : nil
      let last = next.map { UInt64($0) * 1000 - 1 } ?? gaps.highestTrackableValue
      let count = gaps.count(within: UInt64(least) * 1000...max(UInt64(least) * 1000, last))
      return Figure("\(Bars.metricPrefix)\(least)us", Double(count))
    }
  }
}
