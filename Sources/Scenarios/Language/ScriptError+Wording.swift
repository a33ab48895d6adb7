import GarbageCollection

extension ScriptErrors: CustomStringConvertible {
  /// How many errors are worded; the count of the others follows.
  static let wordedCount = 50

  /// The errors one after the other, each with its line and caret.
  public var description: String {
    var parts = errors.prefix(Self.wordedCount).map(\.description)
    let more = errors.count - parts.count
    if more > 0 { parts.append("… and \(more) more \(more == 1 ? "error" : "errors")") }
    return parts.joined(separator: "\n")
  }
}

extension ScriptError: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: error: what, and what was expected`, the line, and a caret under the place.
  public var description: String {
    "\(file.replacingInvisibles()):\(line):\(column): error: \(message)\n\(excerpt)"
  }

  /// What is wrong and what was expected, without the place.
  public var message: String { kind.message }
}

extension ScriptError.Kind {
  var message: String {
    switch self {
    case .notUTF8: "not UTF-8; save the file as UTF-8"
    case .looksLikeUTF16: "not UTF-8 but UTF-16; save the file as UTF-8"
    case .invisibleCharacter(let scalar):
      "invisible character \(scalar.codePointName); remove it"
    case .tabInText: "tab inside a text; use spaces"
    case .lookalike(let scalar, let plain):
      "'\(scalar)' only looks like '\(plain)'; type '\(plain)'"
    case .unclosedText: "text without its closing quote; expected '\"' before the end of the line"
    case .unknownEscape(let scalar):
      "unknown escape '\\\(scalar)' in a text; expected '\\\"', '\\\\' or '\\n'"
    case .expected(let wanted, let found, let suggestion):
      "expected \(wanted), found \(found)" + hint(suggestion)
    case .unknownStatement(let word, let suggestion):
      "unknown statement \(word.quotedForMessage)"
        + hint(suggestion, or: "expected a statement such as 'object A', 'x.0 = A' or 'step'")
    case .unknownSetting(let word, let suggestion):
      "unknown setting \(word.quotedForMessage)"
        + hint(suggestion, or: "expected \(SettingName.allCases.map(\.rawValue).alternatives)")
    case .setting(let error, let suggestion): settingMessage(error, suggestion)
    case .unknownLanguage(let word):
      "unknown language \(word.quotedForMessage); expected 'zh', or none for English"
    case .optionTwice(let word): "'\(word)' is given twice"
    case .nestedSlot(let word):
      "\(word.quotedForMessage) passes through two slots; load the first into a variable"
    case .bareAssignment(let name, let meaning): bareAssignmentMessage(name, meaning)
    case .scanOfVariable(let name):
      "\(name.quotedForMessage) is a variable, and stacks are scanned whole; write 'scan stack'"
    case .badName(let word, let flaw): "\(word.quotedForMessage) cannot be a name: \(flaw)"
    case .unknownName(let word, let wanted, let suggestion):
      "unknown name \(word.quotedForMessage)" + hint(suggestion, or: "expected \(wanted)")
    case .hiddenVariable(let name):
      "'\(name)' is a variable of another frame; only those of the top frame can be named"
    case .wrongMeaning(let name, let meaning, let wanted):
      "'\(name)' is \(meaning.article) \(meaning); expected \(wanted)"
    case .taken(let name, let meaning):
      "'\(name)' is already \(meaning.article) \(meaning); expected a name of its own"
    case .noSuchSlot(let path, let slotCount): noSuchSlotMessage(path, slotCount)
    case .unknownThread(let name, let suggestion):
      "unknown thread \(name.quotedForMessage)"
        + hint(suggestion, or: "expected one that a 'thread' statement has started")
    case .threadEnded(let name): "the thread '\(name)' has ended"
    case .threadTaken(let name):
      "'\(name)' is a thread already; expected a name that no thread had before"
    case .joinOfMain: "'main' is the thread that the run lasts as long as; it cannot be joined"
    case .joinOfItself: "a thread cannot wait for its own end; let another one join it"
    case .notForThread(let word, let thread):
      "'\(word)' is nothing that a thread does; write it without \("\(thread):".quotedForMessage)"
    case .foreignVariable(let name, let thread):
      "'\(name)' is a variable of thread '\(thread)'; only that thread can name it"
    case .slotForBase(let word, let keyword):
      "\(word.quotedForMessage) is a slot; load it into a variable and \(keyword) that"
    case .sendToItself: "a thread sends to other threads; write 'local' for its own variables"
    case .receiverWithoutFrame(let name):
      "the thread '\(name)' has no frame to keep a reference in; push one there first"
    case .localWithoutFrame: "local needs a frame: push one first"
    case .sendWithoutFrame: "send needs a frame: push one first"
    case .popWithoutFrame: "pop needs a frame: push one first"
    case .settingAfterAction:
      "settings come before the first action; move this line up"
    case .repeatWithoutEnd: "repeat has no 'end'; expected one after the lines to repeat"
    case .endWithoutRepeat: "end without a 'repeat' before it"
    case .unevenRepeat:
      "the block pushes and pops not as many frames; expected as many at its end as at its start"
    case .notInRepeat(let word): "'\(word)' can be done only once; expected it outside of 'repeat'"
    }
  }

  private func hint(_ suggestion: String?, or otherwise: String? = nil) -> String {
    if let suggestion { return "; did you mean '\(suggestion)'?" }
    return otherwise.map { "; \($0)" } ?? ""
  }

  private func settingMessage(_ error: SettingError, _ suggestion: String?) -> String {
    switch error {
    case .unknownValue(let word, let name, let choices):
      "unknown \(name.rawValue) \(word.quotedForMessage)"
        + hint(suggestion, or: "expected \(choices.alternatives)")
    case .notBuiltYet, .badSize, .badBudget: error.description
    }
  }

  private func bareAssignmentMessage(_ name: String, _ meaning: Scope.Meaning?) -> String {
    let word = name.quotedForMessage.dropFirst().dropLast()
    return switch meaning {
    case .variable: "to change the variable '\(word)' write 'local \(word) = …'"
    case .global: "to change the global '\(word)' write 'root \(word) = …'"
    case .object: "'\(word)' is an object; write to one of its slots, as in '\(word).0 = …'"
    case nil: "write 'local \(word) = …' for a variable or 'root \(word) = …' for a global"
    }
  }

  private func noSuchSlotMessage(_ path: SlotPath, _ slotCount: Int) -> String {
    switch slotCount {
    case 0: "'\(path.base)' has no slots"
    case 1: "'\(path.base)' has one slot; expected \(path.base).0"
    default:
      "'\(path.base)' has \(slotCount) slots; "
        + "expected \(path.base).0 to \(path.base).\(slotCount - 1)"
    }
  }
}

extension ScriptError.Expectation: CustomStringConvertible {
  public var description: String {
    switch self {
    case .statement: "a statement"
    case .settingName: "a setting, such as barrier"
    case .text: "a text in quotes"
    case .answer: "the answer, a word or a text in quotes"
    case .equals: "'='"
    case .value: "nil, a variable, a global, an object or a slot such as x.0"
    case .claim: "a claim, such as 'A black' or 'strong holds'"
    case .end: "the end of the line"
    case .settingValue(.heap): "a size, such as 64KiB or 1MiB"
    case .settingValue(let name): "\(name.rawValue): \(name.choices.alternatives)"
    case .newName(let role): "a name for the \(role.rawValue)"
    case .object: "an object"
    case .objectOrNil: "nil or an object"
    case .base: "a variable, a global or an object"
    case .place: "a variable, a global or a slot such as x.0"
    case .variable: "a variable of the top frame"
    case .scanTarget: "'stack', a global or an object"
    case .threadName: "the name of a thread"
    case .number(.count):
      "a number from \(ScriptError.Quantity.count.bounds.lowerBound) "
        + "to \(ScriptError.Quantity.count.bounds.upperBound)"
    case .number(let quantity):
      "a number of \(quantity.rawValue) from \(quantity.bounds.lowerBound) "
        + "to \(quantity.bounds.upperBound)"
    case .slotNumber: "a slot number from 0 to \(ScriptError.Quantity.slots.bounds.upperBound - 1)"
    case .words(let words): words.alternatives
    }
  }
}

extension ScriptError.Found: CustomStringConvertible {
  public var description: String {
    switch self {
    case .end: "the end of the line"
    case .word(let word): word.quotedForMessage
    case .text: "a text"
    case .equals: "'='"
    }
  }
}

extension Name.Flaw: CustomStringConvertible {
  public var description: String {
    switch self {
    case .start: "names start with a letter"
    case .character(let scalar): "'\(scalar)' is no letter, digit or '_'"
    case .tooLong(let columnCount) where columnCount > Name.columnLimit:
      "it takes \(columnCount) columns, expected \(Name.columnLimit) at most"
    case .tooLong: "it has too many combining marks"
    case .reserved: "it is a word of the language"
    }
  }
}

extension Scope.Meaning: CustomStringConvertible {
  public var description: String {
    switch self {
    case .object: "object"
    case .global: "global"
    case .variable: "variable"
    }
  }

  fileprivate var article: String { if case .object = self { "an" } else { "a" } }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  fileprivate var alternatives: String {
    guard count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + self[count - 1]
  }
}
