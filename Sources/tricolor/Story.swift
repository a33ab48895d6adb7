import GarbageCollection
import Scenarios
import TerminalUI
import TimeTravel

/// A run as plain text, one step a line: for pipes, logs, screen readers and CI.
struct Story {
  let name: String
  let language: LocalizedText.Language

  /// Prints everything and throws when the run did not come out as expected.
  func tell(_ session: borrowing Session) throws(Failure) {
    var output = Output()
    if let title = session.title(in: language) { try output.line(title) }
    try output.line(settings(of: session))
    var cues = session.cues[...]
    for position in 0...session.stepCount {
      if position > 0 { try output.line(line(position, session)) }
      let present = cues.prefix { $0.position == position }
      cues = cues.dropFirst(present.count)
      for text in present.heard(in: language).compactMap(text) { try output.line(text) }
    }
    let verdict = Verdict(session)
    for line in verdict.lines { try output.line(line) }
    if let puzzle = session.puzzle { try output.line("goal: \(puzzle)") }
    for line in session.blameLines { try output.line(line) }
    try output.flush()
    if !verdict.isAsExpected { throw Failure(.notAsExpected, verdict.complaint(of: name)) }
  }

  private func settings(of session: borrowing Session) -> String {
    let barrier = session.settings.barrier.rawValue
    let collector = session.settings.word(for: .collector)
    return "\(collector), barrier \(barrier), \(session.stepCount) steps"
  }

  private func line(_ position: Int, _ session: borrowing Session) -> String {
    let number = String(position)
    let blanks = String(repeating: " ", count: max(0, 5 - number.count))
    return "\(blanks)\(number)  \(session.moments[position - 1].sentence)"
  }

  private func text(of cue: Cue) -> String? {
    switch cue.content {
    case .say(let text): "       \(indented(text.text))"
    case .ask(let question, let answer): "       \(indented(question.text)) (\(answer))"
    case .beat: nil
    case .goal(let goal): "       goal: \(goal.words)"
    case .note(let text): "       note: \(text)"
    case .expectation(let expectation):
      switch expectation.outcome {
      case .held: "       as expected: \(expectation.text)"
      case .failed(let found): "       NOT AS EXPECTED: \(expectation.text), but \(found)"
      case .moot: nil
      }
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n       ")
  }
}

extension Session {
  /// Victims whose story is told; what is said of the others would be much the same.
  fileprivate static let toldVictimCount = 3

  /// For each object that is lost or doomed: which acts did it, and who would have saved it.
  fileprivate var blameLines: [String] {
    let victims = self.victims
    var lines: [String] = []
    for blame in blames(for: Array(victims.prefix(Session.toldVictimCount))) {
      lines += ["", blame.headline] + blame.entries.flatMap(\.lines)
    }
    let rest = victims.count - Session.toldVictimCount
    return rest > 0 ? lines + ["", "\(rest) more objects are lost or doomed."] : lines
  }
}

extension Blame.Entry {
  /// The step, what happened there, and the sentence beside it, in 80 columns.
  fileprivate var lines: [String] {
    let place = step.map { "step \($0)" } ?? ""
    let head = "  \(place.padded(to: 9))\(word.padded(to: 8))"
    return TextLine.wrapped(text, width: 80 - head.count).enumerated().map { index, line in
      (index == 0 ? head : String(repeating: " ", count: head.count)) + line.text
    }
  }
}

extension Verdict {
  /// The closing lines of a story.
  var lines: [String] {
    var lines: [String] = []
    if isMoot { lines.append("note: expectations are moot under other settings than the script's") }
    lines.append(
      lost.isEmpty
        ? "verdict: no live object was lost" : "verdict: lost \(lost.joined(separator: ", "))")
    return lines
  }

  /// One line for standard error.
  func complaint(of name: String) -> String {
    if let first = failures.first {
      let more = failures.count > 1 ? " (and \(failures.count - 1) more)" : ""
      return "\(name):\(first.line): expected \(first.claim), but \(first.found)\(more)"
    }
    return "\(name): a live object was lost: \(unexpectedlyLost.joined(separator: ", "))"
  }
}
