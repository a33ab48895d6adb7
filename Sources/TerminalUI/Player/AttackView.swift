import Scenarios

/// The shortest way to lose an object from the present moment on, as it is shown.
///
/// In a puzzle it is the hint: the first move only, until it is asked for again.
struct AttackView: Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    /// The search runs as soon as this has been seen.
    case searching
    case found(Threat)
  }

  var stage = Stage.searching
  /// The puzzle that is being played, as it stands.
  let puzzle: Puzzle?
  /// Whether no cycle is under way, so that the search includes its start.
  let isIdle: Bool
  /// Whether what is played here forks the run.
  let forks: Bool
  /// Whether a hint has been asked for twice.
  var showsAll = false
  var scroll = 0

  /// The moves, if there is a way that leads to the goal.
  var moves: [Statement] {
    guard case .found(.answer(let report)) = stage, case .loses(let moves, _) = report.answer,
      puzzle.map({ moves.count <= $0.left }) ?? true
    else { return [] }
    return moves
  }

  /// Whether only the first move is shown.
  var isHint: Bool { puzzle != nil && !showsAll && moves.count > 1 }

  /// The number of states that prove that the puzzle cannot be won; nil where they do not.
  var proof: Int? {
    guard let puzzle, puzzle.used == 0, case .found(.answer(let report)) = stage,
      report.excludes(within: puzzle.goal.limit)
    else { return nil }
    return report.states
  }

  var title: String {
    switch (puzzle, moves.isEmpty) {
    case (_, true): "Looking for a way to lose \(puzzle?.goal.label ?? "an object")"
    case (let puzzle?, false):
      isHint ? "A hint" : "The shortest way to lose \(puzzle.goal.label)"
    case (nil, false): "The shortest way to lose an object"
    }
  }
}

// MARK: - Words

extension AttackView {
  /// At most `height` lines; the moves scroll.
  func lines(theme: Theme, width: Int, height: Int) -> [TextLine] {
    let head = TextLine.wrapped(headline.text, width: width, headline.role)
    let moves = moveLines(theme)
    guard !moves.isEmpty else { return Array(head.prefix(height)) }
    let tail = remark.map { TextLine.wrapped($0, width: width, .faint) } ?? []
    let gap = [TextLine()]
    let room = height - head.count - 1 - (tail.isEmpty ? 0 : tail.count + 1)
    guard room >= min(3, moves.count) else {
      return Array(head.prefix(max(0, height - 3)))
        + window(moves, min(height, max(3, height - head.count)))
    }
    return head + gap + window(moves, room) + (tail.isEmpty ? [] : gap + tail)
  }

  private func window(_ lines: [TextLine], _ height: Int) -> [TextLine] {
    let first = min(scroll, max(0, lines.count - height))
    return Array(lines[first...].prefix(height))
  }

  private var headline: (text: String, role: Role) {
    switch stage {
    case .searching: ("Trying everything that program and collector can do from here.", .text)
    case .found(.refusal(let reason)): ("No search can start here: \(reason).", .text)
    case .found(.answer(let report)): headline(of: report)
    }
  }

  private func headline(of report: AdversaryReport) -> (text: String, role: Role) {
    let tried = "\(report.states.counted("state")) tried"
    if let puzzle { return headline(of: puzzle, report, tried) }
    switch report.answer {
    case .loses(let moves, let lost):
      return (
        "\(lost.joined(separator: ", ")) can be lost in \(moves.count.counted("action")) from here, and "
          + "in no fewer (\(tried)):", .doomed
      )
    case .keeps:
      let when = isIdle ? "in a cycle that starts here" : "any more in this cycle"
      return ("Nothing can be lost \(when): \(tried).", .good)
    case .undecided(let depth):
      return (
        "No way of fewer than \(depth.counted("action")) loses anything; \(tried), "
          + "and more are not tried here.", .text
      )
    }
  }

  private func headline(
    of puzzle: Puzzle, _ report: AdversaryReport, _ tried: String
  ) -> (text: String, role: Role) {
    let label = puzzle.goal.label
    if proof != nil {
      return (
        "This cannot be won: nothing the program does loses \(label) "
          + "within \(puzzle.goal.limit.counted("action")), \(tried). That solves the puzzle.",
        .good
      )
    }
    switch report.answer {
    case .loses(let moves, _) where moves.count > puzzle.left:
      return (
        "\(label) can be lost, but not within the \(puzzle.left.counted("action")) left: "
          + "it takes \(moves.count). u takes one back.", .doomed
      )
    case .loses(let moves, _):
      let first = isHint ? "; the first of them" : ""
      return (
        "\(label) can be lost in \(moves.count.counted("action")), "
          + "and \(puzzle.left) \(puzzle.left == 1 ? "is" : "are") left (\(tried))\(first):", .text
      )
    case .keeps:
      return (
        "\(label) cannot be lost any more in this cycle: \(tried). u takes an action back.",
        .doomed
      )
    case .undecided(let depth):
      return (
        "No way of fewer than \(depth.counted("action")) loses \(label); \(tried), "
          + "and more are not tried here.", .text
      )
    }
  }

  /// One line a move, the one to play next in front.
  private func moveLines(_ theme: Theme) -> [TextLine] {
    moves.prefix(isHint ? 1 : moves.count).enumerated().map { index, move in
      let isNext = index == 0
      let head = TextLine(isNext ? "\(theme.glyphs.root) " : "  ", .strong)
        .then("\(index + 1)".padded(to: 4), isNext ? .strong : .text)
        .then(move.isProgram ? "program    " : "collector  ", .faint)
      return head.then(move.text, isNext ? .selection : .text)
    }
  }

  private var remark: String? {
    if isHint { return "! again shows all of them." }
    return forks ? "Played here, they fork the run; u brings back what followed." : nil
  }
}
