internal import CNcurses
internal import TerminalUI

/// Styles as curses knows them: attributes and a numbered pair of colours.
struct Palette {
  private let colorCount: Int
  /// Pairs curses has room for.
  private let pairLimit: Int
  private var pairs: [Colors: Int32] = [:]

  private struct Colors: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// - Parameter colorCount: 0 for none.
  init(colorCount: Int, pairLimit: Int) {
    self.colorCount = colorCount
    self.pairLimit = pairLimit
  }

  static func attributes(_ style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.isBold { attributes |= TC_BOLD }
    if style.isDim { attributes |= TC_DIM }
    if style.isUnderlined { attributes |= TC_UNDERLINE }
    if style.isReversed { attributes |= TC_REVERSE }
    return attributes
  }

  /// The pair of `style`'s colours, made when first asked for; 0, the terminal's own, when there
  /// are no colours or no more pairs.
  ///
  /// Pairs are never given up: curses would recycle one that is on the screen.
  mutating func pair(_ style: Style) -> Int32 {
    guard colorCount > 0 else { return 0 }
    let colors = Colors(
      foreground: Self.number(style.foreground, colorCount: colorCount),
      background: Self.number(style.background, colorCount: colorCount))
    if colors == Colors(foreground: -1, background: -1) { return 0 }
    if let pair = pairs[colors] { return pair }
    guard pairs.count + 1 < pairLimit else { return 0 }
    let pair = alloc_pair(colors.foreground, colors.background)
    guard pair > 0 else { return 0 }
    pairs[colors] = pair
    return pair
  }

  /// The number curses gives a colour on a terminal of `colorCount` colours; -1 is its own.
  static func number(_ color: Style.Color, colorCount: Int) -> Int32 {
    switch color {
    case .terminal: -1
    case .palette(let index):
      if colorCount > 256 {
        directColor(index)
      } else if Int(index) < colorCount {
        Int32(index)
      } else {
        Int32(index & 7)
      }
    }
  }

  /// Where a colour's number is its red, green and blue: what xterm shows at `index`.
  ///
  /// Numbers below eight keep their old meaning in those terminfo entries.
  static func directColor(_ index: UInt8) -> Int32 {
    let index = Int32(index)
    switch index {
    case 0..<8: return index
    case 8..<16:
      let level: Int32 = 0xFF
      let dark: Int32 = index == 8 ? 0x7F : 0
      let channel = { (bit: Int32) in (index - 8) & bit != 0 ? level : dark }
      return channel(1) << 16 | channel(2) << 8 | channel(4)
    case 16..<232:
      let cube = index - 16
      let channel = { (step: Int32) in step == 0 ? 0 : 55 + 40 * step }
      return channel(cube / 36) << 16 | channel(cube / 6 % 6) << 8 | channel(cube % 6)
    default: return (8 + 10 * (index - 232)) * 0x010101
    }
  }
}
