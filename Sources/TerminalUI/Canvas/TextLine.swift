/// A line of text in several looks: what most panels are made of.
public struct TextLine: Hashable, Sendable {
  public struct Piece: Hashable, Sendable {
    public var text: String
    public var role: Role
  }

  public var pieces: [Piece] = []

  public init(_ text: String = "", _ role: Role = .text) {
    if !text.isEmpty { pieces = [Piece(text: text, role: role)] }
  }

  public var columnCount: Int { pieces.reduce(0) { $0 + $1.text.columnCount } }

  /// This line with `text` after it.
  public func then(_ text: String, _ role: Role = .text) -> TextLine {
    var line = self
    line.pieces.append(Piece(text: text, role: role))
    return line
  }
}

extension TextLine {
  /// Words of `text` in lines of at most `width` columns.
  public static func wrapped(_ text: String, width: Int, _ role: Role = .text) -> [TextLine] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ").flatMap({ $0.pieces(ofWidth: width) }) {
        let columns = line.columnCount + (line.isEmpty ? 0 : 1) + word.columnCount
        if columns > width {
          lines.append(line)
          line = word
        } else {
          line += (line.isEmpty ? "" : " ") + word
        }
      }
      lines.append(line)
    }
    return lines.map { TextLine($0, role) }
  }
}

extension Substring {
  /// The word itself, or what it is broken into when it is wider than a line.
  fileprivate func pieces(ofWidth width: Int) -> [String] {
    guard columnCount > width else { return [String(self)] }
    var pieces: [String] = []
    var piece = ""
    for character in self {
      if piece.columnCount + String(character).columnCount > width {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return pieces + [piece]
  }
}

extension Canvas {
  /// Writes `line`; one that is too long for `clip` ends in an ellipsis.
  public mutating func write(
    _ line: TextLine, column: Int, row: Int, clip: Rect, theme: Theme
  ) {
    var column = column
    for piece in line.pieces {
      column = write(
        piece.text, column: column, row: row, style: theme.style(piece.role), clip: clip)
    }
    if column > clip.endColumn, clip.contains(column: clip.endColumn - 1, row: row) {
      write(
        theme.glyphs.ellipsis, column: clip.endColumn - 1, row: row,
        style: theme.style(.faint), clip: clip)
    }
  }

  /// Writes lines from the top of `rect`; the last one says so when there are more.
  public mutating func write(_ lines: [TextLine], in rect: Rect, theme: Theme) {
    for (index, line) in lines.prefix(rect.height).enumerated() {
      write(line, column: rect.column, row: rect.row + index, clip: rect, theme: theme)
    }
    guard lines.count > rect.height, rect.height > 0 else { return }
    let more = "+\(lines.count - rect.height)"
    write(
      more, column: rect.endColumn - more.columnCount, row: rect.endRow - 1,
      style: theme.style(.faint), clip: rect)
  }
}
