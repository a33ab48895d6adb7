public import GarbageCollection

/// A live run told in lines: `name value` pairs, always the same ones in the same order.
public enum LiveLine {
  /// What has happened up to a sample; times in seconds or microseconds, sizes in MB of 10⁶ bytes.
  public static func line(_ history: LiveHistory, operationCount: Int) -> String {
    let sample = history.latest
    let marked = sample.map.reduce(0) { $0 + $1.objectCount }
    func share(_ count: (ThreadSample.MapCell) -> UInt16) -> String {
      percent(sample.map.reduce(0) { $0 + Int(count($1)) }, of: marked)
    }
    return [
      "time \(fixed(Double(history.elapsed) / 1e9, 1))", "phase \(sample.phase.rawValue)",
      "cycles \(sample.endedCycleCount)", "minors \(sample.minorCount)",
      "allocated-MB/s \(fixed(history.allocationRate / 1e6, 1))",
      "operations/s \(Int(history.operationRate))",
      "heap-MB \(megabytes(sample.residentBytes))", "live-MB \(megabytes(sample.liveBytes))",
      "goal-MB \(megabytes(sample.goalBytes))",
      "white% \(share(\.white))", "grey% \(share(\.grey))", "black% \(share(\.black))",
      "pauses \(sample.pauseCount)",
      "longest-us \(fixed(Double(sample.longestPause) / 1e3, 1))",
      "utilisation% \(fixed(history.utilization * 100, 1))",
      "mmu-1ms% \(mmu(history, 1_000_000))", "mmu-10ms% \(mmu(history, 10_000_000))",
      "mmu-100ms% \(mmu(history, 100_000_000))",
      "assisted-units/s \(Int(history.assistRate))",
      "marked-units/s \(Int(history.markingRate))",
      "steals \(sample.markers.reduce(0) { $0 + $1.steals })",
    ].joined(separator: "  ")
  }

  /// What a run came to that has ended.
  ///
  /// - Parameter nanoseconds: its length.
  public static func totals(
    _ report: ThreadReport, operationCount: Int, nanoseconds: UInt64, sampleCount: Int
  ) -> String {
    let seconds = max(Double(nanoseconds) / 1e9, 1e-9)
    return [
      "total \(fixed(seconds, 2))", "cycles \(report.cycleCount)",
      "minors \(report.minorCount)",
      "operations \(operationCount)",
      "operations/s \(Int(Double(operationCount) / seconds))",
      "allocated-MB \(fixed(Double(report.receivedBytes) / 1e6, 1))",
      "allocated-MB/s \(fixed(Double(report.receivedBytes) / 1e6 / seconds, 1))",
      "pauses \(report.pauseCount)",
      "longest-us \(fixed(Double(report.longestPause) / 1e3, 1))",
      "marked-units \(report.markedUnits)", "assisted-units \(report.assistedUnits)",
      "steals \(report.stealCount)", "samples \(sampleCount)",
    ].joined(separator: "  ")
  }

  private static func mmu(_ history: LiveHistory, _ window: UInt64) -> String {
    fixed(history.minimumUtilization(window: window) * 100, 1)
  }

  private static func megabytes(_ byteCount: Int) -> String { fixed(Double(byteCount) / 1e6, 1) }

  private static func percent(_ part: Int, of whole: Int) -> String {
    fixed(whole == 0 ? 0 : Double(part) / Double(whole) * 100, 1)
  }

  /// A number with so many digits behind the point.
  public static func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let rest = String(abs(scaled) % scale)
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / scale)."
      + String(repeating: "0", count: digits - rest.count) + rest
  }
}
