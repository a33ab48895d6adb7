import Scenarios

/// The story so far, one plain sentence a step, the newest last.
struct LogPanel {
  let theme: Theme
  let language: LocalizedText.Language
  /// Whether it also repeats what the script said on the way.
  let tellsCues: Bool

  func lines(_ session: borrowing Session, width: Int, height: Int) -> [TextLine] {
    guard session.position > 0 else {
      return [TextLine("The start: nothing has happened yet.", .faint)]
    }
    var lines: [TextLine] = []
    var step = session.position
    while step > 0, lines.count < height {
      let isNow = step == session.position
      let said = tellsCues ? cues(at: step, session, width: width) : []
      lines = entry(step, session.moments[step - 1], isNow: isNow, width: width) + said + lines
      step -= 1
    }
    // The newest sentence is shown from its beginning, whatever it pushes out above.
    let newest = entry(
      session.position, session.moments[session.position - 1], isNow: true, width: width)
    return newest.count >= height ? newest : Array(lines.suffix(height))
  }

  private func entry(_ step: Int, _ moment: Moment, isNow: Bool, width: Int) -> [TextLine] {
    let number = "\(step) ".padded(to: 4)
    let role: Role =
      !moment.marks.isDisjoint(with: [.doomed, .lost, .danglingUse])
      ? .doomed : moment.marks.contains(.barrierHit) ? .barrierHit : isNow ? .strong : .text
    let text = TextLine.wrapped(moment.sentence, width: width - number.columnCount, role)
    return text.enumerated().map { index, line in
      var line = line
      line.pieces.insert(
        TextLine.Piece(
          text: index == 0 ? number : "".padded(to: number.columnCount),
          role: isNow ? .strong : .faint), at: 0)
      return line
    }
  }

  private func cues(at step: Int, _ session: borrowing Session, width: Int) -> [TextLine] {
    var said: [LocalizedText] = []
    for cue in session.cues where cue.position == step {
      if case .say(let text) = cue.content { said.append(text) }
    }
    let translated = said.filter { $0.language == language }
    let texts = translated.isEmpty ? said.filter { $0.language == .english } : translated
    return texts.flatMap { text in
      TextLine.wrapped(text.text, width: width - 6, .faint).map { line in
        TextLine("    \(theme.glyphs.lines[5]) ", .faint).then(line.text, .faint)
      }
    }
  }
}
