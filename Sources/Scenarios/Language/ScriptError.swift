public import GarbageCollection

/// Everything that is wrong with a script, in the order of its lines; never empty.
public struct ScriptErrors: Error, Hashable, Sendable {
  public let errors: [ScriptError]
}

/// One thing that is wrong with a script: what, where, and how the place looks.
public struct ScriptError: Error, Hashable, Sendable {
  public let kind: Kind
  public let file: String
  /// 1-based.
  public let line: Int
  /// In characters as people count them, 1-based; a tab is one.
  public let column: Int
  public let excerpt: Excerpt

  init(_ problem: Problem, file: String, line: Substring, number: Int) {
    kind = problem.kind
    self.file = file
    self.line = number
    column = line[..<problem.range.lowerBound].count + 1
    excerpt = Excerpt(of: line, marking: problem.range)
  }
}

extension ScriptError {
  /// What is wrong, as data; `message` words it.
  public enum Kind: Hashable, Sendable {
    // Characters.
    case notUTF8
    case looksLikeUTF16
    case invisibleCharacter(Unicode.Scalar)
    case tabInText
    /// A character that only resembles the plain one meant.
    case lookalike(Unicode.Scalar, of: Unicode.Scalar)
    case unclosedText
    case unknownEscape(Unicode.Scalar)

    // Words.
    case expected(Expectation, found: Found, suggestion: String?)
    case unknownStatement(String, suggestion: String?)
    case unknownSetting(String, suggestion: String?)
    case setting(SettingError, suggestion: String?)
    case unknownLanguage(String)
    case optionTwice(String)
    /// `x.1.2`.
    case nestedSlot(String)
    /// `x = A`, with neither `local` nor `root` before it.
    case bareAssignment(String, Scope.Meaning?)
    /// `scan x`, where x is a variable.
    case scanOfVariable(String)

    // Names.
    case badName(String, Name.Flaw)
    case unknownName(String, wanted: Expectation, suggestion: String?)
    /// A variable of a frame that is not on top.
    case hiddenVariable(String)
    case wrongMeaning(String, Scope.Meaning, wanted: Expectation)
    case taken(String, by: Scope.Meaning)
    case noSuchSlot(SlotPath, slotCount: Int)

    // Threads.
    case unknownThread(String, suggestion: String?)
    case threadEnded(String)
    case threadTaken(String)
    case joinOfMain
    case joinOfItself
    /// The statement is not the doing of a thread: `main: set …`.
    case notForThread(String, thread: String)
    /// A variable in the top frame of a thread that does not act here.
    case foreignVariable(String, thread: String)
    /// `free x.0`, `copy x.0 to A`.
    case slotForBase(String, of: String)
    case sendToItself
    case receiverWithoutFrame(String)

    // Order.
    case localWithoutFrame
    case popWithoutFrame
    case sendWithoutFrame
    case settingAfterAction
    case repeatWithoutEnd
    case endWithoutRepeat
    /// The block leaves the stack with more or fewer frames than it found.
    case unevenRepeat
    /// The statement can stand in no block.
    case notInRepeat(String)
  }

  /// What would have been right.
  public enum Expectation: Hashable, Sendable {
    case statement, settingName, text, answer, equals, value, claim, end
    case settingValue(SettingName)
    case newName(NameRole)
    case object, objectOrNil, base, place, variable, scanTarget, threadName
    case number(of: Quantity)
    case slotNumber
    case words([String])
  }

  /// What stood there instead.
  public enum Found: Hashable, Sendable {
    case end
    case word(String)
    case text
    case equals
  }

  /// What a new name is for.
  public enum NameRole: String, Hashable, Sendable {
    case object, global, variable, frame, thread
  }

  /// Numbers of the language, with their bounds.
  public enum Quantity: String, Hashable, Sendable, CaseIterable {
    case slots, bytes, steps, count, actions, units, times, births, kept

    public var bounds: ClosedRange<Int> {
      switch self {
      case .slots: 0...65_535
      case .bytes: 0...(16 << 20)
      case .steps: 1...1_000_000
      case .actions: 1...1_000
      case .units: 1...1_000_000_000
      case .times, .births: 1...100_000
      case .kept: 1...4_096
      case .count: 0...1_000_000_000
      }
    }
  }
}
