import GarbageCollection
import TimeTravel

/// Another run of the same schedule, searched for what finds an object after all.
struct RescueSearch: ~Copyable {
  /// How an object turned grey, or black at once.
  private struct Finding {
    let step: Int
    /// Nil for a black object that turned grey again.
    let cause: ShadeCause<ObjectID>?
    /// Whether the program did it, by its barrier.
    let isByProgram: Bool
  }

  private var session: Session
  /// Who was found when and how, in order, for each cycle that somebody asked for.
  private var findings: [Int: [ObjectID: [Finding]]] = [:]

  init(_ session: consuming Session, _ cycles: [Int]) {
    self.session = session
    for cycle in cycles { findings[cycle] = [:] }
    walk()
  }

  private mutating func walk() {
    var blacks: Set<ObjectID> = []
    for position in 1...max(1, session.stepCount) where position <= session.stepCount {
      session.seek(to: position)
      let cycle = session.timeline.state.chronicle.cycle
      guard findings[cycle] != nil else { continue }
      for event in session.timeline.state.chronicle.events {
        if let (object, cause) = event.discovery {
          note(object, cause, at: position, in: cycle)
        } else if case .allocated(let object, _, let color) = event, color != .white {
          note(object, .birth, at: position, in: cycle)
        }
      }
      guard session.timeline.state.machine.phase.isMarking else {
        blacks = []
        continue
      }
      for id in session.timeline.state.chronicle.ids {
        let color = session.timeline.state.color(of: id)
        if color == .grey, blacks.contains(id) { note(id, nil, at: position, in: cycle) }
        if color == .black { blacks.insert(id) } else { blacks.remove(id) }
      }
    }
  }

  private mutating func note(
    _ object: ObjectID, _ cause: ShadeCause<ObjectID>?, at position: Int, in cycle: Int
  ) {
    let isByProgram = session.timeline.actions[position - 1].mutator != nil
    findings[cycle]?[object, default: []].append(
      Finding(step: position, cause: cause, isByProgram: isByProgram))
  }
}

extension RescueSearch {
  /// Adds to `blame` what became of its victim here.
  mutating func judge(
    _ blame: inout Blame, _ suspect: BlameInquiry.Case, _ barrier: Barrier,
    own lines: [Session.PlayedLine]
  ) {
    guard let victim = session.timeline.state.chronicle.object(labelled: blame.label) else {
      return
    }
    if session.victims.contains(victim) { return blame.failures.append(barrier) }
    guard let (means, step) = means(for: victim, in: suspect.cycle) else {
      return blame.rescues.append(
        Blame.Rescue(barrier: barrier, means: nil, step: nil, ownStep: nil))
    }
    blame.rescues.append(
      Blame.Rescue(
        barrier: barrier, means: means, step: step, ownStep: ownStep(of: step, in: lines)))
  }

  /// The first link of the chain of findings that ends at the victim, or the last one that a barrier
  /// made.
  private func means(for victim: ObjectID, in cycle: Int) -> (Blame.Means, step: Int)? {
    guard let found = findings[cycle] else { return nil }
    var object = victim
    var limit = Int.max
    var seen: Set<ObjectID> = []
    while let finding = found[object]?.last(where: { $0.step <= limit }),
      seen.insert(object).inserted
    {
      let label = session.timeline.state.label(of: object)
      guard let cause = finding.cause else { return (.revert(label), finding.step) }
      switch cause {
      case .scan(_, let source):
        let sourceLabel = session.timeline.state.label(of: source)
        if finding.isByProgram { return (.scan(sourceLabel), finding.step) }
        object = source
        limit = finding.step
      case .barrier, .buffer: return (.barrier(shaded: label), finding.step)
      case .root(_, let isRescan): return (isRescan ? .rescan : .roots, finding.step)
      case .birth: return (.birth(label), finding.step)
      }
    }
    return nil
  }

  /// The step of the other run that belongs to the same statement of the program.
  private func ownStep(of step: Int, in lines: [Session.PlayedLine]) -> Int? {
    guard session.timeline.actions[step - 1].mutator != nil else { return nil }
    let line = session.moments[step - 1].line
    guard lines.indices.contains(line), !lines[line].steps.isEmpty,
      lines[line].line.statement?.isProgram == true
    else { return nil }
    let offset = step - 1 - session.lines[line].steps.lowerBound
    return min(lines[line].steps.lowerBound + offset + 1, lines[line].steps.upperBound)
  }
}

extension Statement {
  /// Whether it is the program that acts, not the collector, and not the script that speaks.
  public var isProgram: Bool {
    switch self {
    case .object, .root, .push, .pop, .local, .raw, .store, .copy, .send, .resume, .free, .thread,
      .join:
      true
    case .by(_, let statement): statement.isProgram
    case .title, .set, .start, .startMinor, .step, .until, .finish, .collect, .collectMinor, .scan,
      .say, .beat, .ask, .expect,
      .goal,
      .work, .repeat, .end, .churn:
      false
    }
  }
}
