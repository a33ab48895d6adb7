/// A metric and its values.
struct Figure: Hashable, Sendable {
  /// What is measured and in which unit, as in `ns_op`.
  let metric: String
  var series: Series

  init(_ metric: String, _ series: Series) {
    self.metric = metric
    self.series = series
  }

  init(_ metric: String, _ value: Double) { self.init(metric, Series([value])) }
}

// MARK: - As a line between processes

extension Figure {
  /// The metric and its values, exactly.
  var line: String { ([metric] + series.values.map { "\($0)" }).joined(separator: " ") }

  init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    let values = words.dropFirst().compactMap { Double($0) }
    guard let metric = words.first, !values.isEmpty, values.count == words.count - 1 else {
      return nil
    }
    self.init(String(metric), Series(values))
  }
}
