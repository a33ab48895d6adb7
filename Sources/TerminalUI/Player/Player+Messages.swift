import GarbageCollection
import Scenarios
import TimeTravel

/// What is said between the panels and the key line.
extension Player {
  func messageLines(width: Int) -> [TextLine] {
    goalLines(width: width) + ownLines(width: width)
  }

  private func ownLines(width: Int) -> [TextLine] {
    if let prompt { return promptLines(prompt, width: width) }
    if let pick { return pickLines(pick, width: width) }
    if let message { return TextLine.wrapped(message.text, width: width, message.role) }
    let cues = cueLines(width: width)
    guard cues.isEmpty, session.position == 0 else { return cues }
    return TextLine.wrapped(
      "\(theme.glyphs.arrowRight) takes a step, Space plays, e goes to the next event, "
        + "? shows all keys.", width: width, .strong)
  }

  private func pickLines(_ pick: Pick, width: Int) -> [TextLine] {
    let question = TextLine("\(pick.question) ", .strong).then(pick.preview, .selection)
    let outlook = message ?? self.outlook(of: pick)
    return [question] + TextLine.wrapped(outlook.text, width: width, outlook.role)
  }
}

// MARK: - The prompt

extension Player {
  private func promptLines(_ prompt: Prompt, width: Int) -> [TextLine] {
    let (line, hidden) = self.line(of: prompt, width: width)
    if let error = prompt.error {
      return [line] + errorLines(error, hidden: hidden, width: width)
    }
    let candidates = prompt.candidates.joined(separator: "  ")
    return [line] + TextLine.wrapped(candidates, width: width, .faint)
  }

  /// The part of the text around the cursor, and how many characters stand before it.
  private func line(of prompt: Prompt, width: Int) -> (TextLine, hidden: Int) {
    var head = Substring(prompt.head)
    let rest = prompt.text.dropFirst(head.count)
    while head.columnCount > max(0, width - 8) { head = head.dropFirst() }
    let hidden = prompt.head.count - head.count
    let line = TextLine(hidden > 0 ? theme.glyphs.ellipsis : ":", .strong).then(String(head))
      .then(String(rest.first ?? " "), .key).then(String(rest.dropFirst()))
    return (line, hidden)
  }

  /// A caret under the place and the words after it, or under it when there is no room.
  private func errorLines(_ error: Prompt.Problem, hidden: Int, width: Int) -> [TextLine] {
    guard let column = error.column else {
      return TextLine.wrapped(error.text, width: width, .doomed)
    }
    let indent = max(0, min(column - hidden, width - 1))
    let caret = TextLine(String(repeating: " ", count: indent)).then("^", .doomed)
    guard indent + 2 + error.text.columnCount <= width else {
      return [caret] + TextLine.wrapped(error.text, width: width, .doomed)
    }
    return [caret.then(" \(error.text)", .doomed)]
  }
}

// MARK: - What the script says

extension Player {
  private func cueLines(width: Int) -> [TextLine] {
    session.presentCues(in: language).flatMap { cue -> [TextLine] in
      switch cue.content {
      case .say(let text): quoted(text.text, width: width)
      case .ask(let question, let answer): asked(question.text, answer, width: width)
      case .beat, .goal: []
      case .expectation(let expectation):
        if case .failed(let found) = expectation.outcome {
          TextLine.wrapped(
            "expected \(expectation.text), but \(found)", width: width, .doomed)
        } else {
          []
        }
      case .note(let text): TextLine.wrapped("note: \(text)", width: width, .faint)
      }
    }
  }

  /// Behind a bar, so that nobody takes it for the log; faint where the settings are not its own.
  private func quoted(_ text: String, width: Int) -> [TextLine] {
    let role: Role = session.isMoot ? .faint : .strong
    return TextLine.wrapped(foreignness + text, width: width - 2, role).map { line in
      var line = line
      line.pieces.insert(TextLine.Piece(text: "\(theme.glyphs.lines[5]) ", role: .changed), at: 0)
      return line
    }
  }

  private func asked(_ question: String, _ answer: String, width: Int) -> [TextLine] {
    let lines = TextLine.wrapped("? \(foreignness)\(question)", width: width, .changed)
    let answerLine =
      hidesAnswer
      ? TextLine("  \(theme.glyphs.arrowRight) shows the answer", .faint)
      : TextLine("  Answer: ", .faint).then(answer, .strong)
    return lines + [answerLine]
  }

  /// Texts of the script may not be true under settings that are not its own.
  private var foreignness: String {
    guard session.isMoot else { return "" }
    let own = session.scriptSettings.barrier
    if session.isRearranged { return "(said of another order) " }
    return session.settings.barrier == own
      ? "(said of other settings) " : "(said of barrier \(own.rawValue)) "
  }
}
