import GarbageCollection
import Scenarios
import TimeTravel

/// The shortest way to lose an object: looking for it, showing it, playing it.
extension Player {
  /// Whether a search is due that the screen has announced.
  var isSearching: Bool {
    if case .attack(let view) = overlay { view.stage == .searching } else { false }
  }

  /// Announces the search; it runs with the next tick, when the announcement has been seen.
  mutating func openAttack() {
    isPlaying = false
    overlay = .attack(
      AttackView(
        puzzle: openPuzzle, isIdle: session.timeline.state.machine.phase == .idle,
        forks: !session.isAtEnd))
  }

  /// Searches for as long as it takes: a second or two at most.
  mutating func search() {
    guard case .attack(var view) = overlay else { return }
    view.stage = .found(session.threat(to: view.puzzle?.goal.label, stateLimit: searchLimit))
    overlay = .attack(view)
    guard let states = view.proof, let puzzle = view.puzzle else { return }
    proof = PuzzleProof(
      goal: puzzle.goal, lines: linesUpToGoal, settings: session.settings, states: states)
  }

  mutating func press(_ key: Key, in view: AttackView) {
    var view = view
    let last = max(0, view.moves.count - 1)
    switch key {
    case .character("!") where view.isHint: view.showsAll = true
    case .enter, .character("!"): return playAttack(Array(view.moves.prefix(1)))
    case .character("a"): return playAttack(view.moves)
    case .down, .character("j"): view.scroll = min(view.scroll + 1, last)
    case .up, .character("k"): view.scroll = max(0, view.scroll - 1)
    case .home, .pageUp: view.scroll = 0
    case .end, .pageDown: view.scroll = last
    default:
      overlay = nil
      return
    }
    overlay = .attack(view)
  }

  /// Plays the moves, as one change to the run.
  private mutating func playAttack(_ moves: [Statement]) {
    overlay = nil
    guard !moves.isEmpty else { return }
    guard let former = session.fork() else {
      return say("there is no memory for another copy of the run", .danger)
    }
    let forks = !session.isAtEnd
    for move in moves {
      do throws(SessionError) { try session.inject(move) } catch {
        session = former
        return say(error.description, .doomed)
      }
    }
    done.append(Shelved(former))
    undone = []
    hasUnsavedEdits = true
    extendStory()
    let text = moves.count == 1 ? moves[0].text : "\(moves.count) actions"
    say("\(text) played\(forks ? ": from here on the run is yours" : "") (u undoes, ! goes on)")
  }
}

// MARK: - Puzzles

/// That a puzzle cannot be won, as a search has shown.
struct PuzzleProof: Hashable, Sendable {
  let goal: Goal
  /// The run up to the goal, which it included.
  let lines: [Session.PlayedLine]
  let settings: Settings
  let states: Int
}

extension Player {
  /// The puzzle that the next action belongs to.
  var openPuzzle: Puzzle? {
    guard let puzzle = session.puzzle, session.position >= puzzle.start else { return nil }
    switch puzzle.outcome {
    case .open, .tooManyActions: return puzzle
    case .won, .moot: return nil
    }
  }

  private var linesUpToGoal: [Session.PlayedLine] {
    let last = session.lines.lastIndex { played in
      if case .goal? = played.line.statement { true } else { false }
    }
    return last.map { Array(session.lines[...$0]) } ?? []
  }

  /// What is to be achieved, and how it stands, where there is a goal.
  func goalLines(width: Int) -> [TextLine] {
    guard let puzzle = session.puzzle else { return [] }
    if let proof, proof.goal == puzzle.goal, proof.settings == session.settings,
      proof.lines == linesUpToGoal
    {
      let text =
        "goal: \(puzzle.goal.words): solved, it cannot be won "
        + "(\(proof.states.counted("state")) tried)"
      return TextLine.wrapped(text, width: width, .good)
    }
    let (more, role): (String, Role) =
      switch puzzle.outcome {
      case .open: ("", .changed)
      case .won: ("!", .good)
      case .tooManyActions: ("; u takes one back", .danger)
      case .moot: ("", .faint)
      }
    return TextLine.wrapped("goal: \(puzzle)\(more)", width: width, role)
  }

  /// The statement as a program would say it, where a puzzle is being played; nil, and a word about it,
  /// for what no program could do.
  mutating func lawful(_ statement: Statement) -> Statement? {
    guard openPuzzle != nil else { return statement }
    switch session.spoken(statement) {
    case .statement(let statement): return statement
    case .unreachable(let label):
      say(Player.unlawful(label), .doomed)
      return nil
    }
  }

  static func unlawful(_ label: String) -> String {
    "no variable refers to \(label), so the program cannot name it: = loads one"
  }
}
