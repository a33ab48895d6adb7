/// Lines made to fit.
extension TextLine {
  /// This line with `line` after it.
  func then(_ line: TextLine) -> TextLine {
    var joined = self
    joined.pieces += line.pieces
    return joined
  }

  /// This line with blanks after it up to `width` columns.
  func padded(to width: Int) -> TextLine { then("".padded(to: width - columnCount)) }

  /// Exactly `height` of the lines, that at `focus` among them; the last says how many are left out.
  static func window(
    _ lines: [TextLine], around focus: Int, height: Int, what: String, _ glyphs: Glyphs
  ) -> [TextLine] {
    guard height > 0 else { return [] }
    guard lines.count > height else {
      return lines + Array(repeating: TextLine(), count: height - lines.count)
    }
    if height == 1 {
      return [lines[focus].then(" \(glyphs.ellipsis)+\(lines.count - 1)", .faint)]
    }
    let first = min(max(0, focus - height + 2), lines.count - height + 1)
    let hidden = lines.count - height + 1
    let plural = hidden == 1 ? "" : what.hasSuffix("s") ? "es" : "s"
    return lines[first..<first + height - 1]
      + [TextLine("   \(glyphs.ellipsis) \(hidden) more \(what)\(plural)", .faint)]
  }
}

extension String {
  /// The text, or as much of it as fits into `width` columns with an ellipsis.
  func prefixed(by width: Int, _ glyphs: Glyphs) -> String {
    guard columnCount > width else { return self }
    var text = ""
    for character in self {
      guard text.columnCount + String(character).columnCount < width else { break }
      text.append(character)
    }
    return width > 0 ? text + glyphs.ellipsis : ""
  }
}
