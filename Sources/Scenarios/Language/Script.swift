/// A script as written: statements, comments and blank lines, line by line.
///
/// `Script(parsing:)` and `text` invert each other: parsing what was printed gives an equal script,
/// and printing a canonical source gives that source.
public struct Script: Hashable, Sendable {
  /// The lines in order; the one at index `i` has the number `i + 1`.
  public private(set) var lines: [Line] = []

  public init() {}

  public init(lines: [Line]) {
    self.lines.reserveCapacity(lines.count)
    for line in lines { append(line) }
  }

  public init(_ statements: [Statement]) {
    self.init(lines: statements.map { Line($0) })
  }

  /// Adds `line` at the end and gives it its number.
  public mutating func append(_ line: Line) {
    var line = line
    line.number = lines.count + 1
    lines.append(line)
  }

  public var statements: [Statement] { lines.compactMap(\.statement) }

  /// What may be named after the last line.
  public var finalScope: Scope {
    var scope = Scope()
    for statement in statements { scope.apply(statement) }
    return scope
  }
}

extension Script {
  /// One line: a statement, a comment, both, or neither when it is blank.
  public struct Line: Hashable, Sendable {
    public let statement: Statement?
    /// What follows the `#`, without blanks at its end.
    public let comment: String?
    /// The place in its script, 1-based; 0 until a script has taken the line.
    public internal(set) var number = 0

    /// Makes a line whose comment stays on it: characters no script may hold are replaced.
    public init(_ statement: Statement? = nil, comment: String? = nil) {
      self.statement = statement
      self.comment = comment.map {
        var scalars = $0.replacingInvisibles(except: "\t").unicodeScalars[...]
        while scalars.last?.isBlank == true { scalars.removeLast() }
        return String(scalars)
      }
    }
  }
}

extension Script {
  /// Reads a whole script, or reports everything that is wrong with it.
  ///
  /// `file` is what the errors call the source.
  public init(parsing source: String, file: String) throws(ScriptErrors) {
    var reader = ScriptReader(file: file)
    reader.read(source)
    self = try reader.finish()
  }

  /// Reads a script from the bytes of a file, which need not be UTF-8 to be reported well.
  public init(bytes: [UInt8], file: String) throws(ScriptErrors) {
    var reader = ScriptReader(file: file)
    reader.read(bytes)
    self = try reader.finish()
  }

  /// Reads one statement as typed at a prompt, against the names that `scope` knows.
  ///
  /// A comment may follow. Errors speak of line 1 of `file`.
  public static func parseStatement(
    _ text: String, scope: Scope, file: String = "prompt"
  ) throws(ScriptErrors) -> Statement {
    var reader = ScriptReader(file: file, scope: scope)
    return try reader.readStatement(text)
  }
}
