import GarbageCollection
import TerminalUI
import Workloads

/// A live run without a screen: a line a second, and one of totals.
struct LiveTeller {
  let seconds: Int
  /// Samples a second; 0 for none, and no lines but the last.
  let sampleRate: Int

  /// Cells of the map of which the shares of colours are taken.
  private static let cellCount = 800

  func tell(_ settings: LiveSettings) throws(Failure) {
    let run = try LiveRun.starting(settings)
    defer { run.end() }
    try watch(run)
    if let failure = run.failureText {
      throw Failure(.notAsExpected, "live: a thread has ended: \(failure)")
    }
  }

  private func watch(_ run: LiveRun) throws(Failure) {
    var output = Output()
    var history = LiveHistory()
    let start = LiveClock.now()
    var sampleCount = 0
    for second in 1...seconds {
      let begin = start + UInt64(second - 1) * 1_000_000_000
      for number in 0..<max(1, sampleRate) {
        let wait = UInt64(number + 1) * 1_000_000_000 / UInt64(max(1, sampleRate))
        LiveClock.sleep(until: begin + wait)
        guard sampleRate > 0 else { continue }
        let sample = run.sample(cellCount: LiveTeller.cellCount, waits: false)
        history.note(sample, operationCount: run.operationCount)
        sampleCount += 1
      }
      guard sampleRate > 0 else { continue }
      try output.line(LiveLine.line(history, operationCount: run.operationCount))
      try output.flush()
    }
    let totals = LiveLine.totals(
      run.report(), operationCount: run.operationCount,
      nanoseconds: LiveClock.now() - start, sampleCount: sampleCount)
    try output.line(totals)
    try output.flush()
  }
}
