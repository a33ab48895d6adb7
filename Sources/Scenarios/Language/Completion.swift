/// What Tab offers at the prompt.
public enum Completion {
  /// Slots offered of one object.
  static let slotLimit = 64

  /// The words that the unfinished last word of `text` can become.
  ///
  /// They come in the order of the manual, names in that of the alphabet.
  ///
  /// A candidate replaces the whole last word, `wordStart`; one that ends in a dot is not complete,
  /// and no space belongs after it. Nothing is offered inside texts and comments, nor where a
  /// number or a new name is to be made up.
  public static func candidates(for text: String, scope: Scope) -> [String] {
    let line = text[...]
    let lexer = Lexer(line)
    guard lexer.problem == nil, lexer.comment == nil else { return [] }
    var tokens = lexer.tokens
    let start = wordStart(in: text)
    if start < line.endIndex {
      guard case .word? = tokens.popLast()?.kind else { return [] }
    }
    let word = line[start...]
    tokens.append(Token(kind: .cursor(word), range: start..<line.endIndex))

    var parser = StatementParser(tokens, of: line, scope: scope, suggestion: Suggestion())
    _ = parser.parse()
    return parser.offers.filter { $0.hasPrefix(word) }
  }

  /// Where the unfinished last word of `text` starts; the end when there is none.
  public static func wordStart(in text: String) -> String.Index {
    let scalars = text.unicodeScalars
    let lastBreak = scalars.lastIndex { $0.isBlank || $0 == "=" || $0 == "\"" }
    return lastBreak.map { scalars.index(after: $0) } ?? scalars.startIndex
  }
}
