extension StatementParser {
  /// Reads a whole line.
  mutating func statement() throws(Problem) -> Statement {
    if isAtCursor { offers += statementOffers() }
    let first = try word(.statement)
    if let keyword = Keyword(rawValue: String(first)) {
      return try statement(keyword, .english)
    }
    if let (keyword, language) = try localized(first) { return try statement(keyword, language) }
    if isAtEquals || first.contains(".") { return try store(to: first) }
    if FutureWord.statements.contains(String(first)) {
      throw notBuiltYet(String(first), at: first)
    }
    if first.last == ":", Name.isValid(String(first.dropLast())) {
      throw notBuiltYet("\(first) …", at: first)
    }
    return try misspelled(first)
  }

  /// Reports an unknown statement, then reads the line as if the near miss had been written.
  private mutating func misspelled(_ first: Substring) throws(Problem) -> Statement {
    let near = suggestion.nearest(to: first, among: Keyword.allCases.map(\.rawValue))
    let problem = Problem(
      kind: .unknownStatement(String(first), suggestion: near),
      range: first.startIndex..<first.endIndex)
    guard let near, let keyword = Keyword(rawValue: near) else { throw problem }
    report(problem)
    isGuess = true
    return try statement(keyword, .english)
  }

  /// `title.zh`, `say.zh` and `ask.zh` in their two parts.
  private func localized(
    _ word: Substring
  ) throws(Problem) -> (Keyword, LocalizedText.Language)? {
    guard let dot = word.firstIndex(of: "."),
      let keyword = Keyword(rawValue: String(word[..<dot])), keyword.isLocalized
    else { return nil }
    let suffix = word[dot...].dropFirst()
    guard suffix == LocalizedText.Language.chinese.rawValue else {
      throw Problem(kind: .unknownLanguage(String(suffix)), range: dot..<word.endIndex)
    }
    return (keyword, .chinese)
  }

  private mutating func statement(
    _ keyword: Keyword, _ language: LocalizedText.Language
  ) throws(Problem) -> Statement {
    isAction = keyword.isAction
    let statement = try body(of: keyword, language)
    try end()
    return statement
  }

  private mutating func store(to first: Substring) throws(Problem) -> Statement {
    isAction = true
    guard first.contains(".") else {
      let name = String(first)
      throw Problem(
        kind: .bareAssignment(name, scope.meaning(of: name)),
        range: first.startIndex..<first.endIndex)
    }
    let path = try slotPath(first)
    try equals()
    let statement = Statement.store(path, try value())
    try end()
    return statement
  }

  /// What may start a statement: its word, or a name and a dot for a store.
  private func statementOffers() -> [String] {
    let bases = scope.names { meaning in
      if case .object(let slotCount) = meaning { slotCount != 0 } else { true }
    }
    return Keyword.allCases.map(\.rawValue)
      + Keyword.allCases.filter(\.isLocalized).map { "\($0.rawValue).zh" }
      + bases.map { "\($0)." } + slotOffers
  }
}
