import GarbageCollection

extension StatementParser {
  private static let leadingWords = ["strong", "weak", "phase"]

  /// What `expect` checks and `until` waits for.
  mutating func claim() throws(Problem) -> Claim {
    if isAtCursor {
      offers +=
        Self.leadingWords + Counter.allCases.map(\.word) + scope.names { _ in true } + slotOffers
    }
    let first = try word(.claim)
    switch first {
    case "strong": return .invariant(.strong, holds: try holds())
    case "weak": return .invariant(.weak, holds: try holds())
    case "phase":
      let phase = try choice(Phase.allCases.map(\.rawValue))
      return .phase(Phase(rawValue: phase) ?? .idle)
    default: break
    }
    if let counter = Counter(word: String(first)) {
      return .count(counter, try number(of: .count))
    }
    return isAtEquals || first.contains(".")
      ? try reference(in: first) : try objectClaim(about: first)
  }

  /// What a puzzle asks for.
  mutating func goal() throws(Problem) -> Goal {
    if isAtCursor { offers += scope.names(where: \.isObject) }
    let label = object(try word(.object), wanted: .object)
    _ = try choice([Fate.lost.rawValue])
    _ = try choice(["within"])
    return Goal(label, within: try number(of: .actions))
  }

  private mutating func holds() throws(Problem) -> Bool {
    try choice(["holds", "broken"]) == "holds"
  }

  /// `x = A`, `A.0 = nil`.
  private mutating func reference(in first: Substring) throws(Problem) -> Claim {
    let place = try place(first)
    try equals()
    if isAtCursor { offers += ["nil"] + scope.names(where: \.isObject) }
    let word = try word(.objectOrNil)
    return .holds(place, label: word == "nil" ? nil : object(word, wanted: .objectOrNil))
  }

  private mutating func place(_ word: Substring) throws(Problem) -> Place {
    if word.contains(".") { return .slot(try slotPath(word)) }
    let name = String(word)
    if case .object? = meaning(of: word, wanted: .place) {
      report(.wrongMeaning(name, .object(slotCount: nil), wanted: .place), at: word)
    }
    return .name(name)
  }

  /// A colour or a fate; of a variable or global only `=` can be said.
  private mutating func objectClaim(about first: Substring) throws(Problem) -> Claim {
    guard let meaning = scope.meaning(of: String(first)) else {
      throw unknown(first, wanted: .object, words: Self.leadingWords + Counter.allCases.map(\.word))
    }
    if nextWord == nil, !meaning.isObject { try equals() }
    let label = object(first, wanted: .object)
    let word = try choice(Claim.objectWords)
    if let color = Color.allCases.first(where: { $0.word == word }) {
      return .color(label: label, color)
    }
    return Fate(rawValue: word).map { .fate(label: label, $0) } ?? .free(label: label)
  }
}
