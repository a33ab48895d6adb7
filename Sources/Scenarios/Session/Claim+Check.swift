public import GarbageCollection

extension Claim {
  /// Whether the claim is true now, and in words what is found.
  ///
  /// `mutator` is the one whose variables it names.
  func check(
    _ observed: borrowing ObservedMachine, _ tally: Tally, by mutator: MutatorID
  ) -> (holds: Bool, found: String) {
    switch self {
    case .color(let label, let expected):
      let color = id(label, observed).flatMap { observed.color(of: $0) }
      return (color == expected, "\(label) is \(color?.word ?? "free")")
    case .free(let label):
      let color = id(label, observed).flatMap { observed.color(of: $0) }
      return (color == nil, "\(label) is \(color?.word ?? "free")")
    case .fate(let label, let expected):
      guard let id = id(label, observed) else { return (false, "nothing is called \(label)") }
      let fate = observed.fate(of: id, observed.judgement)
      return (fate == expected, "\(label) is \(fate.rawValue)")
    case .invariant(let invariant, let shouldHold):
      let judgement = observed.judgement
      let state = invariant == .strong ? judgement.strong : judgement.weak
      guard case .broken(let edge) = state else {
        return (shouldHold, "the \(invariant.rawValue) invariant holds")
      }
      return (
        !shouldHold, "the \(invariant.rawValue) invariant is broken by \(observed.describe(edge))"
      )
    case .phase(let expected):
      let phase = observed.machine.phase
      return (phase == expected, "the phase is \(phase.rawValue)")
    case .holds(let place, let label): return check(place, label, observed, mutator)
    case .count(let counter, let expected):
      let count = counter.value(observed, tally)
      return (count == expected, "\(counter.word) is \(count)")
    }
  }

  private func check(
    _ place: Place, _ label: String?, _ observed: borrowing ObservedMachine, _ mutator: MutatorID
  ) -> (holds: Bool, found: String) {
    let content = observed.content(of: place, mutator)
    // By identity: in blocks a label names the newest of several.
    let meant = label.flatMap { id($0, observed) }
    switch content {
    case nil: return (false, "there is no \(place.text)")
    case .empty: return (label == nil, "\(place.text) is nil")
    case .object(let id):
      return (id == meant, "\(place.text) is \(observed.label(of: id))")
    case .stale(let id):
      let name = observed.label(of: id)
      return (id == meant, "\(place.text) means where \(name) stood before it was copied")
    case .dangling(let id):
      let name = observed.label(of: id)
      let end = observed.chronicle[id].death == nil ? "has moved on" : "was freed"
      return (id == meant, "\(place.text) dangles: \(name) \(end)")
    }
  }

  private func id(_ label: String, _ observed: borrowing ObservedMachine) -> ObjectID? {
    observed.chronicle.object(labelled: label)
  }
}

extension Counter {
  func value(_ observed: borrowing ObservedMachine, _ tally: Tally) -> Int {
    switch self {
    case .allocator(let counter): observed.machine.heap.count(of: counter)
    case .run(let counter): tally.value(counter, observed)
    }
  }
}

extension ObservedMachine {
  /// What stands at a place that a script names; nil when there is no such place.
  func content(of place: Place, _ mutator: MutatorID) -> Content? {
    switch place {
    case .name(let name): return self.place(named: name, of: mutator).map { content(of: $0) }
    case .slot(let path):
      guard let base = self.base(named: path.base, of: mutator) else { return nil }
      return content(of: .slot(path.slot, of: base))
    }
  }

  /// The object that a variable or global refers to, or that a label names.
  private func base(named name: String, of mutator: MutatorID) -> Reference? {
    if let place = place(named: name, of: mutator) { return machine.value(at: place) }
    return chronicle.object(labelled: name).map { chronicle[$0].reference }
  }

  /// `A.0 → C`, in words that need no arrow.
  public func describe(_ edge: Edge) -> String {
    let target = chronicle.tenant(of: edge.target).map { label(of: $0) } ?? "?"
    return "\(name(of: identify(edge.place))) -> \(target)"
  }
}
