/// How results are told.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// For people: what everybody reached, one table a benchmark.
  case table
  /// For programs: `workload allocator metric value`.
  case lines
  /// For a page: one table in Markdown.
  case readme
}

extension ReportFormat {
  /// What stands before everything: the machine, and what makes its figures doubtful.
  func heading(_ machine: String, _ warnings: [String]) -> [String] {
    switch self {
    case .table, .lines: ([machine] + warnings).map { "# \($0)" }
    case .readme: ([machine] + warnings).map { "\($0)." } + MarkdownTable.heading
    }
  }

  func lines(for standing: Standing) -> [String] {
    switch self {
    case .readme: MarkdownTable.lines(for: standing)
    case .table: Table.lines(for: standing)
    case .lines: ReportFormat.plainLines(for: standing)
    }
  }

  func summary(of ratios: [Ratio]) -> [String] {
    switch self {
    case .table: Table.summary(of: ratios)
    case .lines, .readme: []
    }
  }

  private static func plainLines(for standing: Standing) -> [String] {
    var lines: [String] = []
    for entry in standing.entries {
      let head = "\(standing.benchmark) \(entry.contestant)"
      if let failure = entry.failure {
        lines.append("# failed: \(head): \(failure)")
        continue
      }
      for figure in entry.figures {
        lines.append("\(head) \(figure.metric) \(describe(figure.series.median))")
        lines.append(
          "\(head) \(figure.metric)_spread_percent \(describe(figure.series.spreadPercent))")
      }
    }
    for ratio in standing.toldRatios {
      let head = "\(ratio.benchmark) \(ratio.contestant)"
      let metric = ratio.metric == Rating.perOperation.metric ? "" : "\(ratio.metric)_"
      lines.append("\(head) \(metric)ratio_to_\(ratio.rival) \(describe(ratio.series.median))")
    }
    return lines
  }

  /// With two decimals below 10, one below 1000, else none.
  static func describe(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let decimalCount = abs(value) < 9.995 ? 2 : abs(value) < 999.95 ? 1 : 0
    let scale = [1, 10, 100][decimalCount]
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimalCount > 0 else { return "\(sign)\(scaled)" }
    let decimals = String("\(scale + scaled % scale)".dropFirst())
    return "\(sign)\(scaled / scale).\(decimals)"
  }
}
