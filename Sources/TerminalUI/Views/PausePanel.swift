public import Scenarios

/// When the program ran and when it waited: two lanes, the utilisation of windows, pauses by length.
///
/// The time of the lanes is work, so the program's share is what a reader compares by eye.
public struct PausePanel: Sendable {
  private let pauses: PauseTimeline
  /// The present moment in units; nil where there is none to show.
  private let now: Int?
  private let theme: Theme

  public init(_ pauses: PauseTimeline, now: Int? = nil, theme: Theme) {
    self.pauses = pauses
    self.now = now
    self.theme = theme
  }

  private static let nameWidth = 10
  private static let curveHeight = 5

  /// At most `height` lines; nil gives all there are.
  public func lines(width: Int, height: Int? = nil) -> [TextLine] {
    guard pauses.duration > 0 else {
      return [TextLine("Nothing has run yet: there is no time to show.", .faint)]
    }
    guard width >= 30 else { return summary(width: width) }
    var lines = summary(width: width) + lanes(width: width)
    let rest = height.map { $0 - lines.count } ?? .max
    guard rest > 3, !pauses.pauses.isEmpty else { return lines }
    let histogram = self.histogram(width: width)
    if rest >= Self.curveHeight + 3 { lines += curve(width: width) }
    let room = height.map { $0 - lines.count } ?? .max
    if room >= histogram.count {
      lines += histogram
    } else if room > 2 {
      lines += histogram.prefix(1) + histogram.suffix(room - 1)
    }
    return lines
  }

  private func summary(width: Int) -> [TextLine] {
    let share = Int((pauses.throughput * 100).rounded())
    let assists = pauses.assistUnits > 0 ? ", assists \(pauses.assistUnits)" : ""
    let time = "\(pauses.duration) units: program \(share)%, collector \(100 - share)%\(assists)."
    guard !pauses.pauses.isEmpty else {
      return TextLine.wrapped(time + " No pause.", width: width, .strong)
    }
    let percentiles = [50.0, 90, 99].map { "p\(Int($0)) \(pauses.pause(percentile: $0))" }
    return TextLine.wrapped(
      "\(time) \(counted(pauses.pauses.count, "pause")): \(percentiles.joined(separator: ", ")), "
        + "longest \(pauses.longestPause).", width: width, .strong)
  }
}

// MARK: - Lanes

extension PausePanel {
  private func lanes(width: Int) -> [TextLine] {
    let columns = min(width - Self.nameWidth, pauses.duration)
    var shares = (0..<columns).map { _ in [PauseTimeline.Slice.Runner: Int]() }
    for slice in pauses.slices {
      var start = slice.start
      while start < slice.end {
        let column = start * columns / pauses.duration
        // The first unit of the next column.
        let end = ((column + 1) * pauses.duration + columns - 1) / columns
        let length = min(slice.end, end) - start
        shares[column][slice.runner, default: 0] += length
        start += length
      }
    }
    func lane(_ name: String, _ runners: [PauseTimeline.Slice.Runner], _ role: Role) -> TextLine {
      let text = shares.map { share in
        let units = runners.reduce(0) { $0 + (share[$1] ?? 0) }
        return level(units, of: share.values.reduce(0, +))
      }
      return TextLine(name.padded(to: Self.nameWidth), .faint).then(text.joined(), role)
    }
    var lines = [lane("program", [.mutator], .good), lane("collector", [.collector], .strong)]
    if pauses.assistUnits > 0 { lines.append(lane("assists", [.assist], .changed)) }
    return lines + [scale(columns)]
  }

  /// How much of a column somebody had.
  private func level(_ units: Int, of all: Int) -> String {
    guard units > 0 else { return " " }
    if units >= all { return theme.glyphs.usedCell }
    let isBlock = theme.glyphs == .unicode
    let levels = isBlock ? ["▂", "▄", "▆"] : [".", ":", "+"]
    return levels[min(2, units * 3 / all)]
  }

  /// Where the present moment stands, and how much a column is.
  private func scale(_ columns: Int) -> TextLine {
    let unit = Double(pauses.duration) / Double(columns)
    let words = unit <= 1 ? "a column is a unit" : "a column is \(tenths(unit)) units"
    guard let now else {
      return TextLine(String(repeating: " ", count: Self.nameWidth) + words, .faint)
    }
    let column = max(0, min(columns - 1, (now - 1) * columns / pauses.duration))
    let mark = String(repeating: " ", count: Self.nameWidth + column) + theme.glyphs.arrowUp
    return column + words.columnCount + 4 < columns
      ? TextLine(mark, .strong).then(" now; \(words)", .faint)
      : TextLine(
        (String(repeating: " ", count: Self.nameWidth) + words)
          .padded(to: Self.nameWidth + column), .faint
      ).then(theme.glyphs.arrowUp, .strong)
  }

  private func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

// MARK: - The curve

extension PausePanel {
  /// Windows along the bottom, doubling; the higher a column, the more the program had at least.
  private func curve(width: Int) -> [TextLine] {
    let windows = pauses.windows
    let values = windows.map { pauses.minimumUtilization(window: $0) }
    let columnWidth = max(3, min(7, (width - Self.nameWidth) / max(1, windows.count)))
    let shown = min(windows.count, (width - Self.nameWidth) / columnWidth)
    // The whole run is the last; the smallest windows say least.
    let (windowTail, valueTail) = (windows.suffix(shown), values.suffix(shown))
    var lines = [
      TextLine("Least share of the program in any window of so many units (MMU)", .heading)
    ]
    for row in 0..<Self.curveHeight {
      let low = Double(Self.curveHeight - row - 1) / Double(Self.curveHeight)
      let label = row == 0 ? "100%" : row == Self.curveHeight - 1 ? "0%" : ""
      let bars = valueTail.map { value -> String in
        let isFilled = value > low
        let bar = String(
          repeating: isFilled ? theme.glyphs.usedCell : " ", count: columnWidth - 1)
        return bar + " "
      }
      lines.append(
        TextLine(label.aligned(to: Self.nameWidth - 1) + " ", .faint).then(bars.joined(), .good))
    }
    let figures = valueTail.map { "\(FilledBar($0).percent)".aligned(to: columnWidth - 1) + " " }
    let names = windowTail.map { abbreviated($0).aligned(to: columnWidth - 1) + " " }
    lines.append(TextLine("MMU %".padded(to: Self.nameWidth), .faint).then(figures.joined()))
    lines.append(
      TextLine("window".padded(to: Self.nameWidth), .faint).then(names.joined(), .faint))
    return lines
  }

  private func abbreviated(_ number: Int) -> String {
    switch number {
    case ..<1000: "\(number)"
    case ..<1_000_000: "\(number / 1000)k"
    default: "\(number / 1_000_000)M"
    }
  }
}

// MARK: - The histogram

extension PausePanel {
  private func histogram(width: Int) -> [TextLine] {
    let bins = pauses.histogram
    let most = bins.map(\.count).max() ?? 1
    let room = max(1, width - 24)
    return [TextLine("Pauses by length in units", .heading)]
      + bins.map { bin in
        let name =
          bin.lengths.count == 1
          ? "\(bin.lengths.lowerBound)" : "\(bin.lengths.lowerBound)-\(bin.lengths.upperBound)"
        let length = bin.count == 0 ? 0 : max(1, bin.count * room / most)
        return TextLine(name.aligned(to: 13) + " ", .faint)
          .then(String(repeating: theme.glyphs.usedCell, count: length), .strong)
          .then(length == 0 ? "0" : " \(bin.count)")
      }
  }
}
