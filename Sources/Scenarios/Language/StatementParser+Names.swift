import GarbageCollection

// MARK: - New names

extension StatementParser {
  /// Takes the name that the statement declares, or assigns to when it is there already.
  ///
  /// A frame has no `meaning`: its name is never referred to.
  mutating func newName(
    _ role: ScriptError.NameRole, _ meaning: Scope.Meaning?
  ) throws(Problem) -> String {
    if let meaning, isAtCursor { offers += scope.names { $0 == meaning } }
    let word = try word(.newName(role))
    let name = String(word)
    if let flaw = Name.flaw(in: word, allowsReserved: role == .frame) {
      report(.badName(name, flaw), at: word)
    } else if let meaning, let taken = scope.obstacle(to: name, meaning: meaning) {
      report(.taken(name, by: taken), at: word)
    }
    if let meaning { effect = .declares(name, meaning) }
    return name
  }
}

// MARK: - Values

extension StatementParser {
  /// A variable, a global or a label: whatever an object can be got by.
  ///
  /// `keyword` is the statement that wants it.
  mutating func base(for keyword: Keyword) throws(Problem) -> String {
    if isAtCursor { offers += scope.names { _ in true } }
    let word = try word(.base)
    if word.contains(".") {
      throw Problem(
        kind: .slotForBase(String(word), of: keyword.rawValue),
        range: word.startIndex..<word.endIndex)
    }
    _ = meaning(of: word, wanted: .base)
    return String(word)
  }

  mutating func value() throws(Problem) -> Value {
    if isAtCursor { offers += ["nil"] + scope.names { _ in true } + slotOffers }
    let word = try word(.value)
    if word == "nil" { return .nil }
    if word.contains(".") { return .slot(try slotPath(word)) }
    _ = meaning(of: word, wanted: .value, words: ["nil"])
    return .name(String(word))
  }

  /// The slots of the object whose label and dot stand before the cursor.
  var slotOffers: [String] {
    guard let word = cursorWord, let dot = word.firstIndex(of: "."),
      case .object(let slotCount?)? = scope.meaning(of: String(word[..<dot]))
    else { return [] }
    return (0..<min(slotCount, Completion.slotLimit)).map { "\(word[..<dot]).\($0)" }
  }

  /// Splits `x.1`, with the slot in range as far as the base tells.
  mutating func slotPath(_ word: Substring) throws(Problem) -> SlotPath {
    let dot = word.firstIndex(of: ".") ?? word.endIndex
    let (base, digits) = (word[..<dot], word[dot...].dropFirst())
    if digits.contains(".") {
      throw Problem(kind: .nestedSlot(String(word)), range: word.startIndex..<word.endIndex)
    }
    let meaning = meaning(of: base, wanted: .base)
    guard digits.isNumber, let slot = Int(digits),
      slot < ScriptError.Quantity.slots.bounds.upperBound
    else {
      let found: ScriptError.Found = digits.isEmpty ? .end : .word(String(digits))
      throw Problem(
        kind: .expected(.slotNumber, found: found, suggestion: nil),
        range: digits.startIndex..<digits.endIndex)
    }
    let path = SlotPath(String(base), slot)
    if case .object(let slotCount?) = meaning, slot >= slotCount {
      report(.noSuchSlot(path, slotCount: slotCount), at: digits)
    }
    return path
  }
}

// MARK: - Names in use

extension StatementParser {
  /// What `word` stands for; a problem if it stands for nothing.
  ///
  /// `words` may stand there as well as names, for suggestions.
  mutating func meaning(
    of word: Substring, wanted: ScriptError.Expectation, words: [String] = []
  ) -> Scope.Meaning? {
    let meaning = scope.meaning(of: String(word))
    if meaning == nil { report(unknown(word, wanted: wanted, words: words)) }
    return meaning
  }

  /// The problem that `word` stands for nothing.
  mutating func unknown(
    _ word: Substring, wanted: ScriptError.Expectation, words: [String] = []
  ) -> Problem {
    let name = String(word)
    let kind: ScriptError.Kind
    if let thread = scope.thread(seeing: name) {
      kind = .foreignVariable(name, thread: thread)
    } else if scope.isHidden(name) {
      kind = .hiddenVariable(name)
    } else {
      kind = .unknownName(name, wanted: wanted, suggestion: nearestName(to: word, wanted, words))
    }
    return Problem(kind: kind, range: word.startIndex..<word.endIndex)
  }

  /// The name of a thread that can act; a problem if `word` is none.
  mutating func liveThread(_ word: Substring) -> String? {
    let name = String(word)
    switch scope.hasEnded(name) {
    case false?: return name
    case true?: report(.threadEnded(name), at: word)
    case nil:
      let near = suggestion.nearest(to: word, among: scope.threads)
      report(.unknownThread(name, suggestion: near), at: word)
    }
    return nil
  }

  /// The label of an object; a problem if `word` is none.
  mutating func object(
    _ word: Substring, wanted: ScriptError.Expectation
  ) -> String {
    let meaning = meaning(of: word, wanted: wanted)
    if let meaning, !meaning.isObject {
      report(.wrongMeaning(String(word), meaning, wanted: wanted), at: word)
    }
    return String(word)
  }

  private mutating func nearestName(
    to word: Substring, _ wanted: ScriptError.Expectation, _ words: [String]
  ) -> String? {
    guard !word.isEmpty else { return nil }
    return suggestion.nearest(to: word, scope: scope, words: words) { meaning in
      switch wanted {
      case .object, .objectOrNil: meaning.isObject
      case .place: !meaning.isObject
      case .variable: meaning == .variable
      case .scanTarget: meaning != .variable
      default: true
      }
    }
  }
}

extension Scope.Meaning {
  var isObject: Bool { if case .object = self { true } else { false } }
}
