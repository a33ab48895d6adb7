/// Results for a page: our medians, and beside each the best others reached in the same run.
///
/// ```
/// | work | metric | tricolor | best peer on one thread | best peer | limit |
/// |---|---|---|---|---|---|
/// | mark.rand.1000000 | mark_ns_obj | 23.2 (23.1..23.4) | 126 go-p1 (×0.18) | 67.0 go-p2 (×0.35) | |
/// ```
enum MarkdownTable {
  static let heading = [
    "",
    "| work | metric | tricolor (min..max) | best peer on one thread | best peer | limit |",
    "|---|---|---|---|---|---|",
  ]

  /// A row for each metric of ours, and one for each who failed.
  static func lines(for standing: Standing) -> [String] {
    let ratios = standing.ratios
    return standing.entries.flatMap { entry -> [String] in
      if let failure = entry.failure {
        return ["| \(standing.benchmark) | \(entry.contestant) failed | \(failure) | | | |"]
      }
      guard entry.rivalry == nil else { return [] }
      return entry.figures.filter { isShown($0.metric) }.map { figure in
        let rivals = ratios.filter {
          $0.metric == figure.metric && $0.contestant == entry.contestant
        }
        return row(standing.benchmark, entry.contestant, figure, rivals)
      }
    }
  }

  private static let hiddenSuffixes = ["_ns_action"]

  private static func isShown(_ metric: String) -> Bool {
    !metric.hasPrefix(Bars.metricPrefix) && !hiddenSuffixes.contains { metric.hasSuffix($0) }
  }

  private static func row(
    _ benchmark: String, _ contestant: String, _ figure: Figure, _ rivals: [Ratio]
  ) -> String {
    let describe = ReportFormat.describe
    let series = figure.series
    let spread =
      series.values.count > 1 ? " (\(describe(series.least))..\(describe(series.most)))" : ""
    let name = contestant == Variant.usual.rawValue ? "" : " (\(contestant))"
    let cells =
      [benchmark + name, figure.metric, describe(series.median) + spread]
      + Ratio.Field.allCases.map { field in
        guard let ratio = rivals.first(where: { $0.field == field }) else { return "" }
        let times = ratio.isMeaningful ? " (×\(describe(ratio.series.median)))" : ""
        return "\(describe(ratio.rivalMedian)) \(ratio.rival)\(times)"
      }
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
