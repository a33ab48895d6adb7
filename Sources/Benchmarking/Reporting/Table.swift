/// Results for people: text in columns, at most 80 wide.
///
/// ```
/// alloc.rand.64                           median        min..max
///   tricolor   ns_op                        15.2      14.9..16.0
///   glibc      ns_op                        22.1      21.8..22.9
///   tricolor ÷ glibc, the best peer         0.69      0.68..0.70
/// ```
enum Table {
  private static let headColumns = 44
  private static let medianColumns = 10

  static func lines(for standing: Standing) -> [String] {
    let width = max(10, standing.entries.map(\.contestant.count).max() ?? 0)
    var lines = [row(standing.benchmark, "median", "min..max")]
    for metric in standing.metrics where !metric.hasPrefix(Bars.metricPrefix) {
      for entry in standing.entries {
        guard let series = entry.series(of: metric) else { continue }
        lines.append(row("  \(padded(entry.contestant, to: width)) \(metric)", series))
      }
    }
    for entry in standing.entries {
      guard let failure = entry.failure else { continue }
      lines.append("  \(padded(entry.contestant, to: width)) failed: \(failure)")
    }
    for entry in standing.entries { lines += Bars.lines(for: entry) }
    for ratio in standing.toldRatios { lines.append(row("  \(described(ratio))", ratio.series)) }
    return lines + [""]
  }

  private static func described(_ ratio: Ratio) -> String {
    let metric = ratio.metric == Rating.perOperation.metric ? "" : "\(ratio.metric) "
    return "\(ratio.contestant) \(metric)÷ \(ratio.rival), \(ratio.field.description)"
  }

  private static let summaryCount = 5

  /// The worst ratios, worst first.
  static func summary(of ratios: [Ratio]) -> [String] {
    let ratios = ratios.filter { $0.field == .all }
    guard !ratios.isEmpty else { return [] }
    let worst = ratios.sorted { $0.series.median > $1.series.median }.prefix(summaryCount)
    let faster = ratios.count { $0.series.median <= 1 }
    return [row("worst of \(ratios.count) ratios to the best peer", "median", "min..max")]
      + worst.map { row("  \(head(of: $0)) ÷ \($0.rival)", $0.series) }
      + ["at least as fast as the best peer in \(faster) of \(ratios.count)"]
  }

  private static func head(of ratio: Ratio) -> String {
    guard ratio.metric != Rating.perOperation.metric else { return ratio.benchmark }
    let name = ratio.contestant == Variant.usual.rawValue ? "" : " (\(ratio.contestant))"
    return "\(ratio.benchmark) \(ratio.metric)\(name)"
  }

  private static func row(_ head: String, _ series: Series) -> String {
    let describe = ReportFormat.describe
    return row(
      head, describe(series.median), "\(describe(series.least))..\(describe(series.most))")
  }

  private static func row(_ head: String, _ median: String, _ range: String) -> String {
    padded(head, to: headColumns) + leftPadded(median, to: medianColumns)
      + leftPadded(range, to: 80 - headColumns - medianColumns - 2)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func leftPadded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
