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
    if let cut { replaceTail(from: cut) }
    let (end, lineCount) = (position, lines.count)
    cues.removeAll { $0.position > end || $0.line >= lineCount }
    tension = Tension(timeline.state.judgement)
  }

  private mutating func replaceTail(from cut: Int) {
    let first = lines[cut].steps.lowerBound
    lines.removeSubrange(cut...)
    for step in first..<position {
      append(statement(for: timeline.actions[step]), step: step)
      moments[step] = moments[step].moved(toLine: lines.count - 1)
    }
  }

  /// Only statements that let the collector run or finish a store give more than one step.
  private func statement(for action: Action) -> Statement {
    switch action {
    case .collect(.start): .start
    case .collect: .step(count: 1, .step)
    case .mutate: .resume
    }
  }

  private mutating func append(_ statement: Statement, step: Int) {
    if case .step(let count, .step)? = lines.last?.line.statement, statement.isStep,
      lines.last?.isInjected == true, let steps = lines.last?.steps, steps.upperBound == step
    {
      lines[lines.count - 1] = PlayedLine(
        line: Script.Line(.step(count: count + 1, .step)),
        steps: steps.lowerBound..<step + 1, isInjected: true)
      return
    }
    lines.append(
      PlayedLine(
        line: Script.Line(statement), steps: step..<step + 1, isInjected: true))
  }
}

extension Statement {
  fileprivate var isStep: Bool {
    if case .step = self { true } else { false }
  }
}

extension Moment {
  fileprivate func moved(toLine line: Int) -> Moment {
    Moment(line: line, sentence: sentence, marks: marks, doomed: doomed, lost: lost)
  }
}
