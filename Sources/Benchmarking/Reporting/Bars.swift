/// A histogram of pauses for people: a bar for each class of lengths, as long as there are many.
///
/// ```
///   pauses of tricolor, a run
///      20 µs       310  ████████████████████████████████████████
///      50 µs        12  ██
/// ```
enum Bars {
  /// Before the least length of a class, as in `pauses_from_20us`.
  static let metricPrefix = "pauses_from_"

  private static let barColumns = 40

  static func lines(for entry: Standing.Entry) -> [String] {
    let classes = entry.figures.filter { $0.metric.hasPrefix(metricPrefix) }
    guard entry.failure == nil, let most = classes.map(\.series.median).max(), most > 0 else {
      return []
    }
    return ["  pauses of \(entry.contestant), by length from, in a run"]
      + classes.map { figure in
        let count = figure.series.median
        let columns = (count / most * Double(barColumns)).rounded(.up)
        return "    " + leftPadded(length(of: figure.metric), to: 9)
          + leftPadded(ReportFormat.describe(count), to: 9)
          + (columns > 0 ? "  " + String(repeating: "█", count: Int(columns)) : "")
      }
  }

  private static func length(of metric: String) -> String {
    let microseconds = metric.dropFirst(metricPrefix.count).dropLast(2)
    return "\(microseconds) µs"
  }

  private static func leftPadded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
