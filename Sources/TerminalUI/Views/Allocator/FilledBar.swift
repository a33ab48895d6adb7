/// A part of a whole as a bar of characters and as a percentage.
///
/// Rounded so that nothing looks like something else: only 0 is empty and 0 %, only 1 is full and 100 %.
struct FilledBar: Hashable {
  /// From 0 to 1.
  let fraction: Double

  init(_ fraction: Double) { self.fraction = min(max(fraction, 0), 1) }

  init(_ part: Int, of whole: Int) {
    self.init(whole > 0 ? Double(part) / Double(whole) : 0)
  }

  /// Filled columns out of `width`.
  func filledCount(of width: Int) -> Int { parts(of: width) }

  /// Whole per cent, from 0 to 100.
  var percent: Int { parts(of: 100) }

  private func parts(of count: Int) -> Int {
    guard count > 1, fraction > 0, fraction < 1 else { return fraction < 1 ? 0 : count }
    return min(max(Int((fraction * Double(count)).rounded()), 1), count - 1)
  }

  func text(width: Int, _ glyphs: Glyphs) -> String {
    let filled = filledCount(of: width)
    return String(repeating: glyphs.usedCell, count: filled)
      + String(repeating: glyphs.freeCell, count: max(0, width - filled))
  }

  /// Four columns, `100%` the widest.
  var percentText: String { "\(percent)%".aligned(to: 4) }
}

extension String {
  /// The text with blanks before it up to `width` columns.
  func aligned(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columnCount)) + self
  }
}

extension Int {
  func aligned(to width: Int) -> String { String(self).aligned(to: width) }
}
