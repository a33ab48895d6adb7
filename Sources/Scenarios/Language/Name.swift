/// The rule for names of objects, globals, variables and frames.
///
/// A letter of any script, then letters, digits, `_` and combining marks; at most 12 columns on
/// the screen. Words of the language cannot name what statements refer to. Frames are never
/// referred to, so theirs may be any.
public enum Name {
  static let columnLimit = 12
  /// Bounds the combining marks, which take no columns.
  private static let scalarLimit = 48

  /// Why a word cannot be a name.
  public enum Flaw: Hashable, Sendable {
    case start
    case character(Unicode.Scalar)
    case tooLong(columnCount: Int)
    case reserved
  }

  /// Words that name nothing: statements and what claims and values are made of.
  static let reservedWords: Set<String> = Set(
    Keyword.allCases.map(\.rawValue) + Counter.allCases.map(\.word)
      + ["nil", "stack", "strong", "weak", "holds", "broken"]
      + Claim.objectWords)

  /// Whether `word` can name an object, a global or a variable.
  public static func isValid(_ word: String) -> Bool { flaw(in: word[...]) == nil }

  static func flaw(in word: Substring, allowsReserved: Bool = false) -> Flaw? {
    guard let first = word.unicodeScalars.first, first.isNameStart else { return .start }
    if let scalar = word.unicodeScalars.first(where: { !$0.isNameBody }) {
      return .character(scalar)
    }
    let columnCount = word.columnsOnScreen
    if columnCount > columnLimit || word.unicodeScalars.count > scalarLimit {
      return .tooLong(columnCount: columnCount)
    }
    return !allowsReserved && reservedWords.contains(String(word)) ? .reserved : nil
  }
}
