/// Columns a scalar takes on the screen, the same on every machine and in every locale.
///
/// East Asian ambiguous characters count as one column: a terminal that draws them as two is
/// served from a glyph set without them (see `Glyphs`). Source: Unicode Annex 11.
///
/// - Returns: -1 for control characters, 0 for combining marks, else 1 or 2.
public func columnCount(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x20 || (0x7f..<0xa0).contains(value) { return -1 }
  if value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  case .format where value != 0xAD: return 0
  default: break
  }
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

extension StringProtocol {
  /// Columns this text takes; control characters, which are never drawn, count as none.
  public var columnCount: Int {
    unicodeScalars.reduce(0) { $0 + Swift.max(0, TerminalUI.columnCount(of: $1)) }
  }
}
