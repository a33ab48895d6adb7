/// Reads a script line by line, keeping the scope and collecting what is wrong.
struct ScriptReader {
  private let file: String
  private var scope: Scope
  private var script = Script()
  private var errors: [ScriptError] = []
  private var suggestion = Suggestion()
  /// The blocks that are open: where they began, and with how many frames.
  private var blocks: [(line: Substring, number: Int, frameCount: Int)] = []

  init(file: String, scope: Scope = Scope()) {
    self.file = file
    self.scope = scope
  }

  mutating func read(_ source: String) {
    let scalars = source.unicodeScalars
    let text = scalars.first == "\u{FEFF}" ? Substring(scalars.dropFirst()) : source[...]
    for line in Lines(of: text) { read(line, badByteOffset: nil) }
  }

  mutating func read(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let line = "\u{FFFD}"[...]
      add([Problem(kind: .looksLikeUTF16, range: line.startIndex..<line.endIndex)], in: line)
    } else if let source = String(validating: bytes, as: UTF8.self) {
      read(source)
    } else {
      readLineByLine(bytes)
    }
  }

  /// The script, or everything that was wrong with it.
  mutating func finish() throws(ScriptErrors) -> Script {
    for block in blocks {
      let problem = Problem(
        kind: .repeatWithoutEnd, range: block.line.startIndex..<block.line.endIndex)
      errors.append(
        ScriptError(problem, file: file, line: block.line, number: block.number))
    }
    blocks = []
    guard errors.isEmpty else { throw ScriptErrors(errors: errors) }
    return script
  }

  mutating func readStatement(_ text: String) throws(ScriptErrors) -> Statement {
    let line = text[...]
    read(line, badByteOffset: nil)
    if case .repeat? = script.lines.first?.statement { blocks = [] }
    let script = try finish()
    if let statement = script.lines.first?.statement { return statement }
    let nothing = ScriptError.Kind.expected(.statement, found: .end, suggestion: nil)
    add([Problem(kind: nothing, range: line.endIndex..<line.endIndex)], in: line)
    throw ScriptErrors(errors: errors)
  }
}

extension ScriptReader {
  /// Reads what is not UTF-8 as a whole: a line is reported at its first bad byte.
  private mutating func readLineByLine(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    while !bytes.isEmpty {
      let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
      var line = bytes[..<end]
      if line.last == 0x0D, end < bytes.endIndex { line.removeLast() }
      read(String(decoding: line, as: UTF8.self)[...], badByteOffset: Self.badByteOffset(in: line))
      bytes = bytes[end...].dropFirst()
    }
  }

  private static func badByteOffset(in line: ArraySlice<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: line.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// Reads the next line; in one that is not UTF-8 nothing else is reported.
  private mutating func read(_ line: Substring, badByteOffset: Int?) {
    let reading = LineReading(of: line, scope: scope, suggestion: &suggestion)
    if reading.isAction { scope.settingsLocked = true }
    if let effect = reading.effect { scope.apply(effect, by: reading.actor) }
    script.append(Script.Line(reading.statement, comment: reading.comment))
    followBlocks(reading.statement, line)
    if let badByteOffset {
      let start = line.utf8.index(line.startIndex, offsetBy: badByteOffset)
      let end = line.unicodeScalars.index(after: start)
      add([Problem(kind: .notUTF8, range: start..<end)], in: line)
    } else {
      add(reading.problems, in: line)
    }
  }

  /// Opens or closes a block, and refuses in one what cannot be done twice.
  private mutating func followBlocks(_ statement: Statement?, _ line: Substring) {
    func report(_ kind: ScriptError.Kind) {
      let start = line.firstIndex { $0 != " " && $0 != "\t" } ?? line.startIndex
      let end = line[start...].firstIndex { $0 == " " || $0 == "\t" } ?? line.endIndex
      add([Problem(kind: kind, range: start..<end)], in: line)
    }
    switch statement {
    case .repeat: blocks.append((line, script.lines.count, scope.frameCount))
    case .end:
      guard let block = blocks.popLast() else { return report(.endWithoutRepeat) }
      if block.frameCount != scope.frameCount { report(.unevenRepeat) }
    case .title?, .thread?, .join?, .goal?:
      if !blocks.isEmpty { report(.notInRepeat(statement?.keyword?.rawValue ?? "")) }
    default: break
    }
  }

  private mutating func add(_ problems: [Problem], in line: Substring) {
    let number = max(1, script.lines.count)
    for problem in problems.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      errors.append(ScriptError(problem, file: file, line: line, number: number))
    }
  }
}

/// What one line was understood to be.
///
/// A value of its own, so that no parser still shares the scope when the scope is changed.
private struct LineReading {
  var statement: Statement?
  var comment: String?
  var problems: [Problem] = []
  var effect: Scope.Effect?
  var actor = Scope.mainThread
  var isAction = false

  init(of line: Substring, scope: Scope, suggestion: inout Suggestion) {
    let lexer = Lexer(line)
    comment = lexer.comment
    if !lexer.tokens.isEmpty {
      var parser = StatementParser(lexer.tokens, of: line, scope: scope, suggestion: suggestion)
      statement = parser.parse()
      problems = parser.problems
      effect = parser.effect
      actor = parser.scope.actor
      isAction = parser.isAction
      suggestion = parser.suggestion
    }
    if let problem = lexer.problem { problems = [problem] }
    if !problems.isEmpty { statement = nil }
  }
}

/// The lines of a text, without their breaks: LF or CR LF, optional after the last line.
private struct Lines: Sequence, IteratorProtocol {
  private var rest: Substring

  init(of text: Substring) { rest = text }

  mutating func next() -> Substring? {
    guard !rest.isEmpty else { return nil }
    let bytes = rest.utf8
    let lineFeed = bytes.firstIndex(of: 0x0A)
    var line = bytes[..<(lineFeed ?? bytes.endIndex)]
    if lineFeed != nil, line.last == 0x0D { line.removeLast() }
    rest = lineFeed.map { rest[bytes.index(after: $0)...] } ?? ""
    return Substring(line)
  }
}
