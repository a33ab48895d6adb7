extension StatementParser {
  /// Reads a whole line.
  mutating func statement() throws(Problem) -> Statement {
    if isAtCursor { offers += statementOffers() + threadOffers }
    let first = try word(.statement)
    guard first.last == ":", Name.isValid(String(first.dropLast())) else {
      return try statement(startingWith: first)
    }
    return try threadStatement(of: first.dropLast())
  }

  private mutating func statement(
    startingWith first: Substring
  ) throws(Problem) -> Statement {
    if let keyword = Keyword(rawValue: String(first)) {
      return try statement(keyword, .english)
    }
    if let (keyword, language) = try localized(first) { return try statement(keyword, language) }
    if isAtEquals || first.contains(".") { return try store(to: first) }
    return try misspelled(first)
  }

  /// `T2: …`: what comes is the doing of that thread.
  private mutating func threadStatement(of thread: Substring) throws(Problem) -> Statement {
    if let name = liveThread(thread) {
      scope = scope.seen(by: name)
    } else {
      isGuess = true
    }
    isThreadStatement = true
    if isAtCursor { offers += statementOffers() }
    let first = try word(.statement)
    let keyword = Keyword(rawValue: String(first.prefix { $0 != "." }))
    if let keyword, !keyword.isForThreads {
      let kind = ScriptError.Kind.notForThread(keyword.rawValue, thread: String(thread))
      throw Problem(kind: kind, range: first.startIndex..<first.endIndex)
    }
    return try statement(startingWith: first).by(String(thread))
  }

  private var threadOffers: [String] {
    scope.threads.count > 1 ? scope.threads.map { "\($0):" } : []
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
    if isThreadStatement {
      return Keyword.allCases.filter(\.isForThreads).map(\.rawValue) + bases.map { "\($0)." }
        + slotOffers
    }
    return Keyword.allCases.map(\.rawValue)
      + Keyword.allCases.filter(\.isLocalized).map { "\($0.rawValue).zh" }
      + bases.map { "\($0)." } + slotOffers
  }
}
