import GarbageCollection

/// Turns the tokens of one line into a statement, checked against a scope.
///
/// What is said in the wrong form throws and ends the line; what is merely wrong (an unknown name,
/// a slot out of range) is reported and the line read on. In completion the last token is the
/// cursor: each alternative tried there is offered, and nothing accepts it.
struct StatementParser {
  let line: Substring
  /// The names as the thread sees them that acts.
  var scope: Scope
  private(set) var problems: [Problem] = []
  /// What the line does to the names, known as early as possible: a line with an error declares its
  /// name all the same, or each use of the name would be an error too.
  var effect: Scope.Effect?
  /// Whether the name of a thread has come first.
  var isThreadStatement = false
  /// Whether the line holds an action, right or wrong.
  var isAction = false
  /// Words that fit at the cursor, in the order tried.
  var offers: [String] = []
  var suggestion: Suggestion

  private let tokens: [Token]
  private var position = 0
  /// Set when the statement word was guessed from a near miss: what follows is read in silence.
  var isGuess = false

  init(_ tokens: [Token], of line: Substring, scope: Scope, suggestion: Suggestion) {
    self.tokens = tokens
    self.line = line
    self.scope = scope
    self.suggestion = suggestion
  }

  /// The statement, or nil with `problems` saying why.
  mutating func parse() -> Statement? {
    do throws(Problem) {
      let statement = try statement()
      if problems.isEmpty { return statement }
    } catch {
      report(error)
    }
    return nil
  }
}

// MARK: - Tokens

extension StatementParser {
  /// The next token, nil at the end of the line.
  var next: Token? { position < tokens.count ? tokens[position] : nil }

  /// The next word, if a word is next.
  var nextWord: Substring? {
    if case .word(let word)? = next?.kind { word } else { nil }
  }

  var isAtEnd: Bool { next == nil }

  mutating func advance() { position += 1 }

  /// Takes the next word, whatever it is.
  mutating func word(_ wanted: ScriptError.Expectation) throws(Problem) -> Substring {
    guard let word = nextWord else { throw unexpected(wanted) }
    advance()
    return word
  }

  /// Takes one of `words`.
  ///
  /// Those of them that are `used` already are not offered.
  mutating func choice(
    _ words: [String], used: [String] = []
  ) throws(Problem) -> String {
    if isAtCursor { offers += words.filter { !used.contains($0) } }
    guard let word = nextWord else { throw unexpected(.words(words)) }
    if let choice = words.first(where: { $0 == word }) {
      advance()
      return choice
    }
    throw unexpected(.words(words), suggestion: suggestion.nearest(to: word, among: words))
  }

  mutating func equals() throws(Problem) {
    if isAtCursor { offers.append("=") }
    guard case .equals? = next?.kind else { throw unexpected(.equals) }
    advance()
  }

  var isAtEquals: Bool {
    if case .equals? = next?.kind { true } else { false }
  }

  mutating func text() throws(Problem) -> String {
    guard case .text(let text)? = next?.kind else { throw unexpected(.text) }
    advance()
    return text
  }

  /// Takes a number within the bounds of `quantity`, however many digits it has.
  mutating func number(of quantity: ScriptError.Quantity) throws(Problem) -> Int {
    guard let word = nextWord, word.isNumber, let number = Int(word),
      quantity.bounds.contains(number)
    else { throw unexpected(.number(of: quantity)) }
    advance()
    return number
  }

  func end() throws(Problem) {
    if !isAtEnd { throw unexpected(.end) }
  }

  /// The unfinished word of the cursor, if the cursor is next.
  var cursorWord: Substring? {
    if case .cursor(let word)? = next?.kind { word } else { nil }
  }

  /// Whether the words that fit here are to be offered.
  var isAtCursor: Bool { cursorWord != nil }
}

// MARK: - Problems

extension StatementParser {
  mutating func report(_ problem: Problem) {
    if !isGuess { problems.append(problem) }
  }

  mutating func report(_ kind: ScriptError.Kind, at word: Substring) {
    report(Problem(kind: kind, range: word.startIndex..<word.endIndex))
  }

  /// Reports what is wrong with the statement as a whole, at its word.
  mutating func reportStatement(_ kind: ScriptError.Kind) {
    guard let first = tokens.first else { return }
    report(Problem(kind: kind, range: first.range))
  }

  /// The next token is not what was wanted; at the end of the line the place is just after it.
  func unexpected(
    _ wanted: ScriptError.Expectation, suggestion: String? = nil
  ) -> Problem {
    let found: ScriptError.Found =
      switch next?.kind {
      case .word(let word): .word(String(word))
      case .text: .text
      case .equals: .equals
      case .cursor, nil: .end
      }
    let last = tokens.last?.range.upperBound ?? line.startIndex
    return Problem(
      kind: .expected(wanted, found: found, suggestion: suggestion),
      range: next?.range ?? last..<last)
  }
}

extension Substring {
  var isNumber: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
