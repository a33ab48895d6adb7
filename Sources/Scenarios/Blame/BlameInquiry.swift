import GarbageCollection
import TimeTravel

/// Walks a run once, and gathers what there is to say of each victim.
///
/// Three moments matter to it: just before the object is doomed (was it protected, and by which
/// path?), just after (which black places lead to it?), and just before it is freed (which of them
/// still do?). How a pointer came to its place is noted all along the way.
struct BlameInquiry {
  /// How a pointer came to stand where it stands.
  struct Arrival {
    let step: Int
    let target: ObjectID
    let kind: Blame.Act.Kind
    let sentence: String
  }

  /// A place that the collector has passed, and which leads to the victim through white objects.
  struct Lead {
    let place: Location<ObjectID>
    let target: ObjectID
    let arrival: Arrival?
    var lasts = false
  }

  struct Case {
    let victim: ObjectID
    let doomedStep: Int
    let lostStep: Int?
    /// Before the doomed step: whether the program reached it.
    var wasReachable = false
    /// Before the doomed step: whether it was white.
    var wasWhite = true
    /// The chain that marking could still have taken, in words.
    var lastPath: String?
    var leads: [Lead] = []
    var deletion: Blame.Act?
    /// The pointer that the doomed step itself stored, if any.
    var ownArrival: Arrival?
    var loss = Blame.Loss.swept
    /// The cycle that was under way when it was doomed, counted from 1.
    var cycle = 0
  }

  private(set) var cases: [Case]
  private var arrivals: [Location<ObjectID>: Arrival] = [:]

  init(_ victims: [ObjectID], in session: borrowing Session) {
    cases = []
    for victim in victims {
      guard let doomedStep = session.doomedStep(of: victim) else { continue }
      let lost = session.moments.firstIndex { $0.lost.contains(victim) }
      cases.append(
        Case(victim: victim, doomedStep: doomedStep, lostStep: lost.map { $0 + 1 }))
    }
  }
}

extension BlameInquiry {
  /// Walks from the start of `session` to its end.
  mutating func walk(_ session: inout Session) {
    session.seek(to: 0)
    for position in 0...session.stepCount {
      session.seek(to: position)
      if position > 0 { noteArrivals(session, at: position) }
      for index in cases.indices { look(&cases[index], session, at: position) }
    }
  }

  private func look(_ suspect: inout Case, _ session: borrowing Session, at position: Int) {
    if position == suspect.doomedStep - 1 { lookBefore(&suspect, session.timeline.state) }
    if position == suspect.doomedStep { lookAfter(&suspect, session) }
    if position == suspect.lostStep { suspect.loss = loss(of: suspect, session.timeline.state) }
    // The step that frees the victim may be the next one, or none.
    if position == (suspect.lostStep ?? session.stepCount + 1) - 1 {
      lookAtEnd(&suspect, session.timeline.state)
    }
  }

  private func loss(
    of suspect: Case, _ observed: borrowing ObservedMachine
  ) -> Blame.Loss {
    switch observed.chronicle[suspect.victim].death?.cause {
    case .counting: return .counted
    case .sweep, .program, nil: break
    }
    return observed.chronicle.events.contains(.reclaimed(suspect.victim)) ? .reclaimed : .swept
  }

  private func lookBefore(_ suspect: inout Case, _ observed: borrowing ObservedMachine) {
    guard observed.chronicle.records.indices.contains(suspect.victim.index) else { return }
    let reference = observed.chronicle[suspect.victim].reference
    suspect.wasReachable = observed.judgement.isReachable(reference)
    suspect.wasWhite = observed.color(of: suspect.victim) == .white
    guard observed.machine.phase != .idle else { return }
    let oracle = observed.chronicle.oracle
    let path =
      oracle.pathFromGrey(to: reference, in: observed.machine)
      ?? oracle.pathFromGreyRoot(to: reference, in: observed.machine)
    guard let path else { return }
    var words: [String] = []
    for place in path { words.append(observed.name(of: observed.identify(place))) }
    suspect.lastPath = (words + [observed.label(of: suspect.victim)]).joined(separator: " -> ")
  }

  private func lookAfter(_ suspect: inout Case, _ session: borrowing Session) {
    suspect.leads = leads(to: suspect.victim, session.timeline.state)
    let step = suspect.doomedStep
    // A copy brings several at once: the one of the oldest object, whatever order a table has.
    suspect.ownArrival = arrivals.values.filter { $0.step == step }
      .min { ($0.target.index, $0.sentence) < ($1.target.index, $1.sentence) }
    suspect.cycle = session.timeline.state.chronicle.cycle
    if suspect.wasReachable { suspect.deletion = deletion(suspect, session) }
  }

  private func lookAtEnd(_ suspect: inout Case, _ observed: borrowing ObservedMachine) {
    let judgement = observed.judgement
    for index in suspect.leads.indices {
      let lead = suspect.leads[index]
      let isHeld = observed.holds(lead.target, at: lead.place)
      let isReached = lead.place.owner.map {
        judgement.isReachable(observed.chronicle[$0].reference)
      }
      suspect.leads[index].lasts = isHeld && isReached != false
    }
  }
}

// MARK: - The pointer behind the collector's back

extension BlameInquiry {
  private mutating func noteArrivals(_ session: borrowing Session, at step: Int) {
    let action = session.timeline.actions[step - 1]
    guard let mutator = action.mutator else { return }
    var source: (into: Location<ObjectID>, from: Location<ObjectID>, kind: Blame.Act.Kind)?
    for event in session.timeline.state.chronicle.events {
      switch event {
      case .loaded(_, let from, let into): source = (into, from, .load)
      case .sent(_, let from, let into): source = (into, from, .send)
      case .wrote(let place, _, let target?), .assigned(let place, _, let target?):
        let origin = source?.into == place ? source : nil
        let kind = origin?.kind ?? (place.owner == nil ? .assignment : .store)
        arrivals[place] = Arrival(
          step: step, target: target, kind: kind,
          sentence: session.timeline.state.arrival(
            of: target, at: place, from: origin?.from, kind, by: mutator))
      default: break
      }
    }
  }

  /// Every place, not white itself, from which white objects alone lead to the victim.
  private func leads(
    to victim: ObjectID, _ observed: borrowing ObservedMachine
  ) -> [Lead] {
    let judgement = observed.judgement
    var holders: [ObjectID: [Location<ObjectID>]] = [:]
    observed.chronicle.oracle.forEachEdge(in: observed.machine) { edge in
      guard let target = observed.chronicle.tenant(of: edge.target) else { return }
      holders[target, default: []].append(observed.identify(edge.place))
    }
    var found: [Lead] = []
    var pending = [victim]
    var seen: Set<ObjectID> = [victim]
    while let target = pending.popLast() {
      for place in holders[target] ?? [] {
        guard let owner = place.owner else {
          found.append(Lead(place: place, target: target, arrival: arrival(at: place, target)))
          continue
        }
        guard judgement.isReachable(observed.chronicle[owner].reference) else { continue }
        // In the sweep, colours no longer tell who has been scanned.
        if observed.color(of: owner) == .white, observed.machine.phase.isMarking {
          if seen.insert(owner).inserted { pending.append(owner) }
        } else {
          found.append(Lead(place: place, target: target, arrival: arrival(at: place, target)))
        }
      }
    }
    return found
  }

  private func arrival(at place: Location<ObjectID>, _ target: ObjectID) -> Arrival? {
    arrivals[place].flatMap { $0.target == target ? $0 : nil }
  }
}

// MARK: - The last path

extension BlameInquiry {
  private func deletion(_ suspect: Case, _ session: borrowing Session) -> Blame.Act? {
    let step = suspect.doomedStep
    let path = suspect.lastPath.map { ": the last path to be scanned, \($0), is gone" } ?? ""
    guard let mutator = session.timeline.actions[step - 1].mutator else {
      return Blame.Act(
        step: step, kind: .collector, sentence: "No write, but a step of the collector.")
    }
    var words: (kind: Blame.Act.Kind, text: String)?
    for event in session.timeline.state.chronicle.events {
      words = session.timeline.state.deletion(by: event) ?? words
    }
    guard let words else { return nil }
    let actor = session.timeline.state.name(of: mutator).capitalizedFirst
    return Blame.Act(step: step, kind: words.kind, sentence: "\(actor) \(words.text)\(path).")
  }
}
