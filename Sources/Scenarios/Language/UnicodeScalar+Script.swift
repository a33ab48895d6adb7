extension Unicode.Scalar {
  /// Whether no script may hold this: control, bidirectional, zero-width and the like.
  var isInvisible: Bool {
    if value < 0x80 { return value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether this separates words.
  var isBlank: Bool {
    if value < 0x80 { return self == " " || self == "\t" }
    return properties.generalCategory == .spaceSeparator
  }

  /// Whether a name may start with this.
  var isNameStart: Bool {
    if value < 0x80 { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return !isInvisible && plainLookalike == nil
    default: return false
    }
  }

  /// Whether a name may hold this after its first character.
  var isNameBody: Bool {
    if value < 0x80 { return isNameStart || ("0"..."9").contains(self) || self == "_" }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber:
      return !isInvisible && plainLookalike == nil
    default: return isNameStart
    }
  }

  /// The ASCII character that an input method or a word processor replaced by this one.
  var plainLookalike: Unicode.Scalar? {
    switch value {
    case 0..<0x80: nil
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0)
    case 0x201C...0x201F, 0xAB, 0xBB, 0x300C, 0x300D: "\""
    case 0x2010...0x2015, 0x2212: "-"
    case 0x3002: "."
    default: nil
    }
  }

  /// Columns this takes on the screen: 0 for combining marks, else 1 or 2.
  ///
  /// Source: Unicode Annex 11.
  var columnCount: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
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

  /// How messages name a character that cannot be shown: `U+200B`.
  var codePointName: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension StringProtocol {
  var columnsOnScreen: Int { unicodeScalars.reduce(0) { $0 + $1.columnCount } }

  /// The text with U+FFFD for each invisible character but `kept`.
  func replacingInvisibles(except kept: Unicode.Scalar? = nil) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      result.append(scalar.isInvisible && scalar != kept ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  /// Whether this is read back as one word when it stands without quotes.
  var isPlainWord: Bool {
    !isEmpty && unicodeScalars.allSatisfy { $0.isNameBody || $0 == "-" || $0 == "." }
  }

  /// In quotes for a message, cut when it is long.
  var quotedForMessage: String {
    let limit = 24
    guard !unicodeScalars.dropFirst(limit).isEmpty else { return "'\(self)'" }
    var start = String.UnicodeScalarView()
    start.append(contentsOf: unicodeScalars.prefix(limit - 1))
    return "'\(String(start))…'"
  }
}
