import Workloads

/// Numbers as the live screen writes them.
enum LiveFigures {
  /// Bytes in KB or MB of a thousand and a million bytes.
  static func size(_ byteCount: Int) -> String {
    byteCount < 1_000_000
      ? "\(LiveLine.fixed(Double(byteCount) / 1e3, 1)) KB"
      : "\(LiveLine.fixed(Double(byteCount) / 1e6, 1)) MB"
  }

  /// Nanoseconds in microseconds, milliseconds or seconds.
  static func time(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case ..<1_000_000: "\(LiveLine.fixed(Double(nanoseconds) / 1e3, 1)) us"
    case ..<1_000_000_000: "\(LiveLine.fixed(Double(nanoseconds) / 1e6, 1)) ms"
    default: "\(LiveLine.fixed(Double(nanoseconds) / 1e9, 1)) s"
    }
  }

  /// A count in thousands or millions, where it is long.
  static func count(_ count: Int) -> String {
    switch count {
    case ..<10_000: "\(count)"
    case ..<10_000_000: "\(count / 1000)k"
    default: "\(count / 1_000_000)M"
    }
  }

  /// The last `width` values as columns, the highest of them full.
  static func sparkline(_ values: [Double], width: Int, _ glyphs: Glyphs) -> String {
    let levels =
      glyphs == .unicode
      ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : ["_", ".", ":", "-", "=", "+", "*", "#"]
    let shown = values.suffix(width)
    let most = max(shown.max() ?? 0, 1e-9)
    return shown.map { value in
      levels[max(0, min(7, Int(value / most * 8 - 1e-9)))]
    }.joined()
  }
}
