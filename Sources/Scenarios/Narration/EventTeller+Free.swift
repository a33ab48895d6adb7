public import GarbageCollection

/// Memory that the program frees by hand, rightly or wrongly.
extension EventTeller {
  func release(
    of id: ObjectID, _ route: Route, _ observed: borrowing ObservedMachine
  ) -> String {
    let label = observed.label(of: id)
    let places = observed.danglingPlaces(to: id).map { observed.name(of: $0) }
    let dangle =
      places.isEmpty
      ? "" : " \(places.list) dangle\(places.count == 1 ? "s" : "") from now on."
    let home =
      neighbor(of: id, observed).map { "its half of a cell is free, the other is \($0)'s" }
      ?? route.homecoming
    return "\(actor(observed)) frees \(label) by hand; \(home).\(dangle)"
  }

  /// What the mistake is, who had freed the object, and what an allocator without a history would do.
  func doubleFree(of id: ObjectID, _ observed: borrowing ObservedMachine) -> [String] {
    let label = observed.label(of: id)
    guard let death = observed.chronicle[id].death else { return [] }
    return [
      "\(actor(observed)) frees \(label), which \(observed.account(of: death)): "
        + "a DOUBLE FREE, refused.",
      consequence(of: id, observed),
    ]
  }

  private func consequence(of id: ObjectID, _ observed: borrowing ObservedMachine) -> String {
    let label = observed.label(of: id)
    let reference = observed.chronicle[id].reference
    guard let tenant = observed.chronicle.tenant(of: reference), tenant != id,
      observed.chronicle[tenant].death == nil
    else {
      return
        "A real free would have put \(label)'s cell on the free list twice, for two objects to get."
    }
    let name = observed.label(of: tenant)
    return "\(name) stands in \(label)'s cell now: a real free would have freed \(name), "
      + "somebody else's object."
  }
}

extension ObservedMachine {
  /// How an object ended: `was freed by hand at step 7`, `was freed by the sweep at step 9`.
  public func account(of death: ObjectRecord.Death) -> String {
    switch death.cause {
    case .sweep where death.tier == .space: return "was given up at step \(death.step)"
    case .sweep: return "was freed by the sweep at step \(death.step)"
    case .counting: return "was freed with its last reference at step \(death.step)"
    case .program:
      let freer = death.mutator.flatMap { hasThreads ? " by \(name(of: $0))" : nil } ?? ""
      return "was freed by hand\(freer) at step \(death.step)"
    }
  }
}
