/// A word, a text or an equals sign of a line.
struct Token {
  enum Kind {
    case word(Substring)
    /// The text between quotes, its escapes resolved.
    case text(String)
    case equals
    /// The unfinished word that is to be completed.
    case cursor(Substring)
  }

  var kind: Kind
  var range: Range<String.Index>
}

/// Something wrong in a line, not yet told where the line is.
struct Problem: Error {
  var kind: ScriptError.Kind
  var range: Range<String.Index>
}

/// Splits one line into tokens and a comment.
///
/// Words are separated by blanks; `=`, quotes and `#` also end a word. Texts stand between plain
/// quotes with the escapes `\"`, `\\` and `\n`.
struct Lexer {
  private let scalars: Substring.UnicodeScalarView
  private var index: String.Index
  private(set) var tokens: [Token] = []
  private(set) var comment: String?
  /// The first thing wrong; tokens before it are kept.
  private(set) var problem: Problem?

  init(_ line: Substring) {
    scalars = line.unicodeScalars
    index = scalars.startIndex
    do throws(Problem) { try readLine() } catch { problem = error }
  }

  private mutating func readLine() throws(Problem) {
    while index < scalars.endIndex {
      let scalar = scalars[index]
      switch scalar {
      case "#": return try readComment()
      case "\"": try readText()
      case "=":
        tokens.append(Token(kind: .equals, range: range(from: index)))
        scalars.formIndex(after: &index)
      default:
        if scalar.isBlank { scalars.formIndex(after: &index) } else { try readWord() }
      }
    }
  }

  private mutating func readWord() throws(Problem) {
    let start = index
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if scalar == "#" || scalar == "\"" || scalar == "=" || scalar.isBlank { break }
      if scalar.isInvisible { throw problem(.invisibleCharacter(scalar)) }
      if let plain = scalar.plainLookalike { throw problem(.lookalike(scalar, of: plain)) }
      scalars.formIndex(after: &index)
    }
    tokens.append(Token(kind: .word(Substring(scalars[start..<index])), range: start..<index))
  }

  private mutating func readText() throws(Problem) {
    let start = index
    var text = String.UnicodeScalarView()
    scalars.formIndex(after: &index)
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if scalar == "\t" { throw problem(.tabInText) }
      if scalar.isInvisible { throw problem(.invisibleCharacter(scalar)) }
      if scalar == "\\" {
        text.append(try readEscape())
        continue
      }
      scalars.formIndex(after: &index)
      if scalar == "\"" {
        tokens.append(Token(kind: .text(String(text)), range: start..<index))
        return
      }
      text.append(scalar)
    }
    throw Problem(kind: .unclosedText, range: start..<index)
  }

  private mutating func readEscape() throws(Problem) -> Unicode.Scalar {
    let start = index
    scalars.formIndex(after: &index)
    guard index < scalars.endIndex else { return "\\" }
    let scalar = scalars[index]
    if scalar.isInvisible { throw problem(.invisibleCharacter(scalar)) }
    scalars.formIndex(after: &index)
    switch scalar {
    case "\"", "\\": return scalar
    case "n": return "\n"
    default: throw Problem(kind: .unknownEscape(scalar), range: start..<index)
    }
  }

  private mutating func readComment() throws(Problem) {
    scalars.formIndex(after: &index)
    let start = index
    var end = index
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if scalar.isInvisible && scalar != "\t" { throw problem(.invisibleCharacter(scalar)) }
      scalars.formIndex(after: &index)
      if !scalar.isBlank { end = index }
    }
    comment = String(scalars[start..<end])
  }

  /// A problem with the character at the index.
  private func problem(_ kind: ScriptError.Kind) -> Problem {
    Problem(kind: kind, range: range(from: index))
  }

  private func range(from start: String.Index) -> Range<String.Index> {
    start..<scalars.index(after: start)
  }
}
