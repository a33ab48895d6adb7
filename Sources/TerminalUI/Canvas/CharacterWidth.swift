/// Columns a scalar takes on the screen, the same on every machine and in every locale.
///
/// East Asian ambiguous characters count as one column: a terminal that draws them as two is
/// served from a glyph set without them (see `Glyphs`). Source: Unicode Annex 11.
///
/// - Returns: -1 for control characters, 0 for combining marks, else 1 or 2.
public func columnCount(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x20 || (0x7f..<0xa0).contains(value) { return -1 }
  // Box drawing fills half of every frame: no table for it.
  if value < 0x300 || (0x2500...0x25FC).contains(value) { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  case .lineSeparator, .paragraphSeparator: return -1
  default: return ScalarRanges.wide.contains(scalar) ? 2 : 1
  }
}

/// Whether terminals set for Chinese, Japanese or Korean may draw `scalar` two columns wide,
/// which `columnCount(of:)` counts as one.
public func isWidthAmbiguous(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value >= 0xA0 && ScalarRanges.ambiguous.contains(scalar)
}

extension StringProtocol {
  /// Columns this text takes; control characters, which are never drawn, count as none.
  public var columnCount: Int {
    unicodeScalars.reduce(0) { $0 + Swift.max(0, TerminalUI.columnCount(of: $1)) }
  }
}
