import GarbageCollection

/// Tells a step in plain sentences: who did what, and why.
///
/// A fold over the step's events, with what the oracle found after it. Sentences name objects by
/// label and places as people write them, and use no character beyond ASCII.
struct Narrator {
  private let step: NarratedStep
  private let former: Session.Tension

  /// `former` is what was wrong before the step.
  init(_ step: NarratedStep, _ former: Session.Tension) {
    self.step = step
    self.former = former
  }

  private var judgement: Judgement { step.judgement }

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
    var sentences = EventTeller.sentences(of: step, observed)
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
}

// MARK: - What the oracle adds

extension Narrator {
  /// Broken invariants and doomed objects where they are new, and what is well again.
  private func consequences(
    _ observed: borrowing ObservedMachine, doomed: [ObjectID]
  ) -> [String] {
    var sentences: [String] = []
    switch judgement.strong {
    case .broken(let edge) where !former.isStrongBroken:
      sentences.append("The strong invariant breaks: \(words(edge, observed)).")
    case .holds where former.isStrongBroken:
      sentences.append("The strong invariant holds again.")
    case .broken, .holds, .notInForce: break
    }
    switch judgement.weak {
    case .broken(let edge) where !former.isWeakBroken:
      sentences.append(
        "The weak invariant breaks: \(words(edge, observed)), and no grey object leads there.")
    case .holds where former.isWeakBroken:
      sentences.append("The weak invariant holds again.")
    case .broken, .holds, .notInForce: break
    }
    return sentences + rescues(observed)
      + doomed.map {
        "\(observed.label(of: $0)) is DOOMED: the program reaches it, but marking cannot."
      }
  }

  /// Objects that were doomed and are not any more, though they still stand and are reachable.
  private func rescues(_ observed: borrowing ObservedMachine) -> [String] {
    guard observed.machine.phase.isMarking else { return [] }
    let stillDoomed = Set(judgement.doomed)
    return former.doomed.filter { !stillDoomed.contains($0) && judgement.reachable.contains($0) }
      .compactMap { observed.chronicle.tenant(of: $0) }.sorted()
      .map { "\(observed.label(of: $0)) is safe again." }
  }

  /// The edge in words: `black A refers to white C (A.0)`.
  private func words(_ edge: Edge, _ observed: borrowing ObservedMachine) -> String {
    let target = observed.chronicle.tenant(of: edge.target).map { observed.label(of: $0) } ?? "?"
    let place = observed.identify(edge.place)
    let name = observed.name(of: place)
    return switch place {
    case .slot(_, let owner):
      "black \(observed.label(of: owner)) refers to white \(target) (\(name))"
    case .global: "the global \(name), scanned already, refers to white \(target)"
    case .variable: "\(name), on the scanned stack, refers to white \(target)"
    }
  }
}
