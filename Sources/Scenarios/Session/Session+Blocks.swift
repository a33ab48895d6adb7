import GarbageCollection
import TimeTravel

/// Statements that stand for many, cut in the middle.
extension Session {
  /// Writes out what is left of blocks whose end was forgotten, so that it can be written down.
  ///
  /// Objects of a block share a label in the script; written out, each goes by its own.
  mutating func unrollOpenBlocks() {
    guard let first = firstOpenBlock else { return }
    var labels: [String: String] = [:]
    var kept: [PlayedLine] = []
    var places: [Int] = []
    for (index, var line) in lines.enumerated() {
      places.append(kept.count)
      if index >= first {
        if line.line.statement?.opensBlock == true { continue }
        if case .end? = line.line.statement { continue }
        line = written(line, &labels)
      }
      kept.append(line)
    }
    lines = kept
    moments = moments.map { $0.moved(toLine: places[$0.line]) }
    cues = cues.map { Cue(position: $0.position, line: places[$0.line], content: $0.content) }
  }

  /// The outermost `repeat` without its end, or the workload that the last line belongs to.
  private var firstOpenBlock: Int? {
    var open: [Int] = []
    for (index, line) in lines.enumerated() {
      switch line.line.statement {
      case .repeat: open.append(index)
      case .end: _ = open.popLast()
      default: break
      }
    }
    if let first = open.first { return first }
    // A workload that was cut before its first step has nothing of it left.
    if case .churn? = lines.last?.line.statement { return lines.count - 1 }
    guard lines.last?.isRepetition == true else { return nil }
    return lines.lastIndex { !$0.isRepetition && $0.line.statement?.opensBlock == true }
  }

  private func written(_ line: PlayedLine, _ labels: inout [String: String]) -> PlayedLine {
    guard let statement = line.line.statement else { return line }
    if case .object(let label, _, _) = statement.inner {
      let born = timeline.state.chronicle.records.last { line.steps.contains($0.birthStep - 1) }
      labels[label] = born?.label ?? label
    }
    return PlayedLine(
      line: Script.Line(statement.renamed { labels[$0] ?? $0 }, comment: line.line.comment),
      steps: line.steps, isInjected: line.isInjected, isLeftOut: line.isLeftOut)
  }
}

extension Statement {
  fileprivate var opensBlock: Bool {
    switch self {
    case .repeat, .churn: true
    default: false
    }
  }

  /// What is done, whoever does it.
  fileprivate var inner: Statement {
    if case .by(_, let statement) = self { statement } else { self }
  }

  /// The same of objects with other labels.
  func renamed(_ name: (String) -> String) -> Statement {
    switch self {
    case .object(let label, let slotCount, let byteCount):
      .object(label: name(label), slotCount: slotCount, byteCount: byteCount)
    case .root(let place, let value): .root(name: place, value.renamed(name))
    case .local(let place, let value): .local(name: place, value.renamed(name))
    case .raw(let place, let value): .raw(name: place, value.renamed(name))
    case .store(let path, let value):
      .store(SlotPath(name(path.base), path.slot), value.renamed(name))
    case .until(let claim): .until(claim.renamed(name))
    case .expect(let claim): .expect(claim.renamed(name))
    case .scan(.object(let label)): .scan(.object(name(label)))
    case .copy(let source, let target): .copy(name(source), to: name(target))
    case .free(let label): .free(name(label))
    case .by(let thread, let statement): .by(thread: thread, statement.renamed(name))
    case .goal(let goal): .goal(Goal(name(goal.label), within: goal.limit))
    default: self
    }
  }
}

extension Value {
  fileprivate func renamed(_ name: (String) -> String) -> Value {
    switch self {
    case .nil: .nil
    case .name(let label): .name(name(label))
    case .slot(let path): .slot(SlotPath(name(path.base), path.slot))
    }
  }
}

extension Claim {
  fileprivate func renamed(_ name: (String) -> String) -> Claim {
    switch self {
    case .color(let label, let color): .color(label: name(label), color)
    case .free(let label): .free(label: name(label))
    case .fate(let label, let fate): .fate(label: name(label), fate)
    case .holds(.slot(let path), let label):
      .holds(.slot(SlotPath(name(path.base), path.slot)), label: label.map(name))
    case .holds(.name(let place), let label): .holds(.name(place), label: label.map(name))
    case .invariant, .phase, .count: self
    }
  }
}
