import GarbageCollection

/// Tells a step in plain sentences: who did what, and why.
///
/// A fold over the step's events, with what the oracle found after it. Sentences name objects by
/// label and places as people write them, and use no character beyond ASCII.
struct Narrator {
  private let judgement: Judgement
  private let former: Session.Tension

  /// `former` is what was wrong before the step.
  init(_ judgement: Judgement, _ former: Session.Tension) {
    self.judgement = judgement
    self.former = former
  }

  func moment(_ observed: borrowing ObservedMachine, line: Int) -> Moment {
    let events = observed.chronicle.events
    let doomed = judgement.doomed.filter { !former.doomed.contains($0) }
      .compactMap { observed.chronicle.tenant(of: $0) }
    let lost = events.compactMap { event -> ObjectID? in
      guard case .freed(let id, _) = event,
        observed.chronicle[id].death?.wasReachable == true
      else { return nil }
      return id
    }
    var sentences = EventTeller.sentences(events, observed)
    sentences += consequences(observed, doomed: doomed)
    return Moment(
      line: line, sentence: sentences.joined(separator: " "),
      marks: marks(events, doomed: doomed, lost: lost), doomed: doomed, lost: lost)
  }

  private func marks(
    _ events: [Event<ObjectID>], doomed: [ObjectID], lost: [ObjectID]
  ) -> Moment.Marks {
    var marks: Moment.Marks = []
    for event in events {
      switch event {
      case .phaseChanged: marks.insert(.phaseChange)
      case .shaded(_, .barrier): marks.insert(.barrierHit)
      case .freed: marks.insert(.freed)
      case .usedDangling, .metDangling: marks.insert(.danglingUse)
      default: break
      }
    }
    if isNewlyBroken(judgement.strong, before: former.isStrongBroken)
      || isNewlyBroken(judgement.weak, before: former.isWeakBroken)
    {
      marks.insert(.invariantBroken)
    }
    if !doomed.isEmpty { marks.insert(.doomed) }
    if !lost.isEmpty { marks.insert(.lost) }
    return marks
  }

  private func isNewlyBroken(_ state: InvariantState, before wasBroken: Bool) -> Bool {
    if case .broken = state { !wasBroken } else { false }
  }

  /// What the oracle adds: broken invariants and doomed objects, where they are new.
  private func consequences(
    _ observed: borrowing ObservedMachine, doomed: [ObjectID]
  ) -> [String] {
    var sentences: [String] = []
    if case .broken(let edge) = judgement.strong, !former.isStrongBroken {
      sentences.append("The strong invariant breaks: \(colored(edge, observed)).")
    }
    if case .broken(let edge) = judgement.weak, !former.isWeakBroken {
      sentences.append(
        "The weak invariant breaks: \(colored(edge, observed)), and no grey object leads there.")
    }
    for id in doomed {
      sentences.append(
        "\(observed.label(of: id)) is DOOMED: reachable and white, but marking cannot find it.")
    }
    return sentences
  }

  private func colored(_ edge: Edge, _ observed: borrowing ObservedMachine) -> String {
    let target = observed.chronicle.tenant(of: edge.target).map { observed.label(of: $0) } ?? "?"
    return "black \(observed.name(of: observed.identify(edge.place))) -> white \(target)"
  }
}
