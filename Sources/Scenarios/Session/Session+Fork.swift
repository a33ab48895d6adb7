import GarbageCollection
import TimeTravel

/// Acting in the past.
extension Session {
  /// Forgets what was recorded after this position, and the statements that made it.
  ///
  /// A statement cut in half, like `finish`, is replaced by the steps of it that remain.
  public mutating func forgetFuture() {
    guard !isAtEnd else { return }
    timeline.forgetFuture()
    moments.removeSubrange(position...)
    let cut = lines.firstIndex { $0.steps.upperBound > position }
    if let cut {
      replaceTail(from: cut)
      unrollOpenBlocks()
    }
    let (end, lineCount) = (position, lines.count)
    cues.removeAll { $0.position > end || $0.line >= lineCount }
    tension = Tension(timeline.state.judgement, timeline.state)
  }

  private mutating func replaceTail(from cut: Int) {
    let first = lines[cut].steps.lowerBound
    let wasRepetition = lines[cut].isRepetition
    lines.removeSubrange(cut...)
    var next = first
    for statement in statements(for: first..<position) {
      let steps = next..<next + statement.stepCount
      lines.append(PlayedLine(line: Script.Line(statement), steps: steps, isInjected: true))
      lines[lines.count - 1].isRepetition = wasRepetition
      for step in steps { moments[step] = moments[step].moved(toLine: lines.count - 1) }
      next = steps.upperBound
    }
  }

  /// Statements that do what some steps in the middle of one statement did.
  ///
  /// Only statements that let the collector run or finish a store give more than one step, so these
  /// are collector steps and the rest of stores.
  func statements(for steps: Range<Int>) -> [Statement] {
    var statements: [Statement] = []
    for action in timeline.actions[steps] {
      switch action {
      case .collect(.start): statements.append(.start)
      case .collect(.work(let units)): statements.append(.work(units == .max ? nil : units))
      case .collect(.startMinor): statements.append(.startMinor)
      case .mutate(_, let mutator):
        statements.append(
          Statement.resume.by(timeline.state.machine.roots.stacks[mutator.index].thread))
      case .collect:
        if case .step(let count, .step)? = statements.last {
          statements[statements.count - 1] = .step(count: count + 1, .step)
        } else {
          statements.append(.step(count: 1, .step))
        }
      }
    }
    return statements
  }
}

extension Statement {
  /// Steps that one of the statements above gives.
  fileprivate var stepCount: Int {
    if case .step(let count, .step) = self { count } else { 1 }
  }
}

extension Moment {
  func moved(toLine line: Int) -> Moment {
    Moment(
      line: line, sentence: sentence, marks: marks, broken: broken, doomed: doomed, lost: lost,
      tally: tally, phase: phase, cost: cost)
  }
}
