/// The source line of an error with a caret line under it, as wide as they look on a screen.
///
/// Tabs become spaces up to the next multiple of eight columns, invisible characters become U+FFFD,
/// and of a long line only the surroundings of the place are kept.
public struct Excerpt: Hashable, Sendable, CustomStringConvertible {
  public private(set) var source = ""
  public private(set) var caret = ""

  private static let columnLimit = 100
  /// Columns kept before the place when the line is cut.
  private static let leadColumns = 40
  private static let tabColumns = 8

  public var description: String { "\(source)\n\(caret)" }

  init(of line: Substring, marking range: Range<String.Index>) {
    let start = Self.columnCount(of: line[..<range.lowerBound], from: 0)
    let end = Self.columnCount(of: line[range], from: start)
    let total = Self.columnCount(of: line[range.upperBound...], from: end)

    let isShort = total <= Self.columnLimit
    let first = isShort ? 0 : max(0, start - Self.leadColumns)
    let window = first..<(isShort ? max(total, end) : first + Self.columnLimit)
    appendSource(line, window)
    let lead = first > 0 ? "…" : ""
    source = lead + source + (total > window.upperBound ? "…" : "")

    let markedCount = min(end, window.upperBound) - start
    caret = String(repeating: " ", count: start - first + lead.count) + "^"
    caret += String(repeating: "~", count: max(0, markedCount - 1))
  }

  /// Appends what of `line` lies within the columns of `window`; half a wide character is a space.
  private mutating func appendSource(_ line: Substring, _ window: Range<Int>) {
    var column = 0
    for scalar in line.unicodeScalars {
      guard column <= window.upperBound else { return }
      let next = column + Self.columnCount(of: scalar, at: column)
      let shown = (column..<next).clamped(to: window)
      if scalar == "\t" || shown.count < next - column {
        source += String(repeating: " ", count: shown.count)
      } else if next > column || window.contains(column - 1) {
        source.unicodeScalars.append(scalar.isInvisible ? "\u{FFFD}" : scalar)
      }
      column = next
    }
  }

  private static func columnCount(of text: Substring, from column: Int) -> Int {
    text.unicodeScalars.reduce(column) { $0 + columnCount(of: $1, at: $0) }
  }

  private static func columnCount(of scalar: Unicode.Scalar, at column: Int) -> Int {
    if scalar == "\t" { return tabColumns - column % tabColumns }
    return scalar.isInvisible ? 1 : scalar.columnCount
  }
}
