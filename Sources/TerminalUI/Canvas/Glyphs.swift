/// The characters the views draw with, chosen once for what the terminal can show.
///
/// The obvious characters (`○ ● ─ ▶`) have East Asian ambiguous width: terminals set for Chinese or
/// Japanese draw them two columns wide and the screen shears. So there are three sets of equal
/// meaning: `unicode`, `neutral` (no ambiguous character) and `ascii`. Every glyph is one column.
public struct Glyphs: Hashable, Sendable {
  public var white: String
  public var grey: String
  public var black: String
  public var freed: String
  /// In front of a root.
  public var root: String
  /// An empty slot.
  public var empty: String
  public var arrowRight: String
  public var arrowLeft: String
  public var arrowUp: String
  public var arrowDown: String
  /// Separates words in lines of facts.
  public var dot: String
  public var ellipsis: String
  public var check: String
  public var cross: String
  /// Characters of a line by the sides it touches; index = 1 up, 2 right, 4 down, 8 left, added up.
  public var lines: [String]
  /// As `lines`, for edges that must stand out.
  public var heavyLines: [String]
  /// As `lines`, for pointers that dangle.
  public var dashedLines: [String]
  /// As `lines`, for pointers that break an invariant.
  public var doubleLines: [String]
  /// A slot that refers to its own object.
  public var loop: String
  /// A cell of memory: free, in use; and the fill of bars.
  public var freeCell: String
  public var usedCell: String
}

extension Glyphs {
  public static let unicode = Glyphs(
    white: "○", grey: "◐", black: "●", freed: "┄", root: "▶", empty: "·",
    arrowRight: "▶", arrowLeft: "◀", arrowUp: "▲", arrowDown: "▼",
    dot: "·", ellipsis: "…", check: "✓", cross: "✗",
    lines: [" ", "╵", "╶", "└", "╷", "│", "┌", "├", "╴", "┘", "─", "┴", "┐", "┤", "┬", "┼"],
    heavyLines: [" ", "╹", "╺", "┗", "╻", "┃", "┏", "┣", "╸", "┛", "━", "┻", "┓", "┫", "┳", "╋"],
    dashedLines: [" ", "╎", "╌", "└", "╎", "╎", "┌", "├", "╌", "┘", "╌", "┴", "┐", "┤", "┬", "┼"],
    doubleLines: [" ", "║", "═", "╚", "║", "║", "╔", "╠", "═", "╝", "═", "╩", "╗", "╣", "╦", "╬"],
    loop: "↺", freeCell: "░", usedCell: "█")

  public static let neutral = Glyphs(
    white: "◌", grey: "◍", black: "◉", freed: "╌", root: "»", empty: ".",
    arrowRight: ">", arrowLeft: "<", arrowUp: "^", arrowDown: "v",
    dot: "-", ellipsis: "~", check: "✓", cross: "✗",
    lines: asciiLines, heavyLines: asciiHeavyLines, dashedLines: asciiDashedLines,
    doubleLines: asciiDoubleLines, loop: "↺", freeCell: ".", usedCell: "#")

  public static let ascii = Glyphs(
    white: ".", grey: "~", black: "#", freed: "x", root: ">", empty: ".",
    arrowRight: ">", arrowLeft: "<", arrowUp: "^", arrowDown: "v",
    dot: "-", ellipsis: "~", check: "+", cross: "x",
    lines: asciiLines, heavyLines: asciiHeavyLines, dashedLines: asciiDashedLines,
    doubleLines: asciiDoubleLines, loop: "@", freeCell: ".", usedCell: "#")

  private static let asciiLines = [
    " ", "|", "-", "+", "|", "|", "+", "+", "-", "+", "-", "+", "+", "+", "+", "+",
  ]
  private static let asciiHeavyLines = [
    " ", "H", "=", "#", "H", "H", "#", "#", "=", "#", "=", "#", "#", "#", "#", "#",
  ]
  private static let asciiDashedLines = [
    " ", ":", ".", "+", ":", ":", "+", "+", ".", "+", ".", "+", "+", "+", "+", "+",
  ]
  private static let asciiDoubleLines = [" "] + Array(repeating: "*", count: 15)
}
