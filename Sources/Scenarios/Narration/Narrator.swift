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

  func moment(
    _ observed: borrowing ObservedMachine, line: Int, tally: Tally
  ) -> Moment {
    let events = observed.chronicle.events
    let doomed = judgement.doomed.filter { !former.doomed.contains($0) }
      .compactMap { observed.chronicle.tenant(of: $0) }
    let lost = events.compactMap { event -> ObjectID? in
      switch event {
      case .freed(let id, _), .reclaimed(let id):
        observed.chronicle[id].death?.wasReachable == true ? id : nil
      default: nil
      }
    }
    var sentences = EventTeller.sentences(of: step, observed)
    sentences += consequences(observed, doomed: doomed)
    return Moment(
      line: line, sentence: sentences.joined(separator: " "),
      marks: marks(events, doomed: doomed, lost: lost), broken: broken, doomed: doomed, lost: lost,
      tally: tally, phase: observed.machine.phase)
  }

  private var broken: [Barrier.Invariant] {
    let strong = isNewlyBroken(judgement.strong, before: former.isStrongBroken)
    let weak = isNewlyBroken(judgement.weak, before: former.isWeakBroken)
    return (strong ? [.strong] : []) + (weak ? [.weak] : [])
  }

  private func marks(
    _ events: [Event<ObjectID>], doomed: [ObjectID], lost: [ObjectID]
  ) -> Moment.Marks {
    var marks: Moment.Marks = []
    for event in events {
      switch event {
      case .phaseChanged: marks.insert(.phaseChange)
      case .shaded(_, .barrier), .marked(_, .barrier), .reverted, .revertedRoot, .buffered:
        marks.insert(.barrierHit)
      case .blackened where step.action.mutator != nil: marks.insert(.barrierHit)
      case .freed, .released, .reclaimed: marks.insert(.freed)
      case .usedDangling, .metDangling, .refusedFree: marks.insert(.danglingUse)
      default: break
      }
    }
    if !broken.isEmpty { marks.insert(.invariantBroken) }
    if !doomed.isEmpty { marks.insert(.doomed) }
    if !lost.isEmpty { marks.insert(.lost) }
    return marks
  }

  private func isNewlyBroken(_ state: InvariantState, before wasBroken: Bool) -> Bool {
    state.witness != nil && !wasBroken
  }
}

extension InvariantState {
  /// The edge that breaks it.
  var witness: Edge? {
    if case .broken(let edge) = self { edge } else { nil }
  }
}

// MARK: - What the oracle adds

extension Narrator {
  /// Broken invariants and doomed objects where they are new, and what is well again.
  private func consequences(
    _ observed: borrowing ObservedMachine, doomed: [ObjectID]
  ) -> [String] {
    let isExplained =
      isNewlyBroken(judgement.weak, before: former.isWeakBroken) && doomed.count == 1
    let reason = isExplained ? "" : ": the program reaches it, but nothing grey leads to it"
    return invariants(observed) + rescues(observed)
      + doomed.map { "\(observed.label(of: $0)) is DOOMED\(reason)." }
  }

  private func invariants(_ observed: borrowing ObservedMachine) -> [String] {
    let strong = isNewlyBroken(judgement.strong, before: former.isStrongBroken)
    let weak = isNewlyBroken(judgement.weak, before: former.isWeakBroken)
    var sentences: [String] = []
    if strong, weak, judgement.strong == judgement.weak, let edge = judgement.weak.witness {
      sentences.append(
        "Both invariants break: \(words(edge, observed)), and nothing grey leads to it.")
    } else {
      if strong, let edge = judgement.strong.witness {
        sentences.append("The strong invariant breaks: \(words(edge, observed)).")
      }
      if weak, let edge = judgement.weak.witness {
        sentences.append(
          "The weak invariant breaks: \(words(edge, observed)), and nothing grey leads to it.")
      }
    }
    if judgement.strong == .holds, former.isStrongBroken {
      sentences.append("The strong invariant holds again.")
    }
    if judgement.weak == .holds, former.isWeakBroken {
      sentences.append("The weak invariant holds again.")
    }
    return sentences
  }

  /// Objects that were doomed and are not any more, though they still stand and are reachable.
  private func rescues(_ observed: borrowing ObservedMachine) -> [String] {
    guard observed.machine.phase.isMarking else { return [] }
    let stillDoomed = Set(judgement.doomed)
    return former.doomed.filter { !stillDoomed.contains($0) && judgement.isReachable($0) }
      .compactMap { observed.chronicle.tenant(of: $0) }.sorted()
      .map { "\(observed.label(of: $0)) is safe again." }
  }

  /// The edge in words: `black A refers to white C (A.0)`.
  private func words(_ edge: Edge, _ observed: borrowing ObservedMachine) -> String {
    let target = observed.chronicle.tenant(of: edge.target).map { observed.label(of: $0) } ?? "?"
    let place = observed.identify(edge.place)
    let name = observed.name(of: place)
    return switch place {
    case .slot(_, let owner) where observed.color(of: owner) == .black:
      "\(name) of black \(observed.label(of: owner)) refers to white \(target)"
    case .slot: "\(name), scanned already, refers to white \(target)"
    case .global: "the scanned global \(name) refers to white \(target)"
    case .variable: "\(name) of the scanned stack refers to white \(target)"
    }
  }
}
