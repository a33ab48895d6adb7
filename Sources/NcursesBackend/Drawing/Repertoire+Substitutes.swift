internal import TerminalUI

extension Repertoire {
  /// `scalar`, or what stands for it where the terminal would not show it in `columns` columns.
  ///
  /// - Parameter localeColumns: what the C library counts, which is what curses goes by; -1 where
  ///   it does not know the character.
  func shown(_ scalar: Unicode.Scalar, columns: Int, localeColumns: Int) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    switch self {
    case .unicode where localeColumns == columns: return scalar
    case .neutral where localeColumns == columns && !isWidthAmbiguous(scalar): return scalar
    case .unicode, .neutral, .ascii: return columns == 1 ? Self.substitute(for: scalar) : "?"
    }
  }

  /// The ASCII character most like `scalar`, one of those people write in scripts and names.
  private static func substitute(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "‘", "’", "′": "'"
    case "“", "”", "″": "\""
    case "–", "—", "―", "─", "━", "╌", "═": "-"
    case "│", "┃", "╎", "║": "|"
    case "┌"..."╋": "+"
    case "…": "~"
    case "→", "⇒", "▶", "»": ">"
    case "←", "⇐", "◀", "«": "<"
    case "↑", "▲": "^"
    case "↓", "▼": "v"
    case "·", "•": "."
    case "×", "✗": "x"
    case "○": "o"
    case "●", "★", "☆": "*"
    case "█", "▓", "■": "#"
    case "\u{A0}": " "
    default: "?"
    }
  }
}
