import GarbageCollection

/// What the program does.
extension EventTeller {
  mutating func tellMutator(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .allocated(let id, let route, let color):
      sentences.append(birth(of: id, route, color, observed))
    case .pushedFrame(let name): sentences.append("\(actor(observed)) calls \(name).")
    case .poppedFrame(let name): sentences.append("\(actor(observed)) returns from \(name).")
    case .copied(let source, let target, let slotCount):
      let slots = slotCount == 1 ? "1 slot" : "\(slotCount) slots"
      sentences.append(
        "\(actor(observed)) copies \(slots) of \(observed.label(of: source)) "
          + "to \(observed.label(of: target)).")
    case .sent(let id, let from, let into):
      sentences.append(
        "\(actor(observed)) sends \(observed.name(of: from)) (\(value(id, at: into, observed))) to "
          + "\(observed.name(of: into)), on another stack\(hidingNote(into, id, observed)).")
      loadedInto = into
    case .loaded(let id, let from, let into):
      closeBarrier(observed)
      closeScan()
      sentences.append(load(id, from, into, observed))
      loadedInto = into
    case .assigned(let place, _, let new):
      closeBarrier(observed)
      closeScan()
      if loadedInto == place { break }
      let note =
        place.isStackVariable ? hidingNote(place, new, observed) : guardNote(observed)
      sentences.append(
        "\(actor(observed)) sets \(observed.name(of: place)) to \(value(new, at: place, observed))\(note)."
      )
    case .wrote(let place, let old, let new):
      closeBarrier(observed)
      closeScan()
      sentences.append(write(place, old, new, observed))
    case .conjured(let id):
      sentences.append(
        "No root reaches \(observed.label(of: id)): a real program could not do this.")
    case .usedDangling(let place, let use): tellMisuse(of: place, use, observed)
    case .released(let id, let route): sentences.append(release(of: id, route, observed))
    case .refusedFree(let id): sentences += doubleFree(of: id, observed)
    case .startedThread(let mutator):
      let name = observed.machine.roots.stacks[mutator.index].thread
      sentences.append("Thread \(name) starts, with an empty stack and a cache of its own.")
    case .endedThread(let mutator, let route):
      let name = observed.machine.roots.stacks[mutator.index].thread
      sentences.append(
        "Thread \(name) ends: its frames are gone; \(route.closing).")
    default: break
    }
  }

  private func load(
    _ id: ObjectID?, _ from: Location<ObjectID>, _ into: Location<ObjectID>,
    _ observed: borrowing ObservedMachine
  ) -> String {
    let (value, target) = (value(id, at: into, observed), observed.name(of: into))
    if hasToldMisuse { return "\(target) gets \(value)." }
    return "\(actor(observed)) loads \(observed.name(of: from)) (\(value)) into "
      + "\(target)\(hidingNote(into, id, observed))."
  }

  private func write(
    _ place: Location<ObjectID>, _ old: ObjectID?, _ new: ObjectID?,
    _ observed: borrowing ObservedMachine
  ) -> String {
    let name = observed.name(of: place)
    let former =
      step.formerDangling[place].map { "dangling to \(observed.label(of: $0))" }
      ?? old.map { observed.label(of: $0) } ?? "nil"
    let verb =
      new == nil
      ? "clears \(name)" : "writes \(value(new, at: place, observed)) into \(name)"
    return "\(actor(observed)) \(verb) (was \(former))\(guardNote(observed))."
  }

  /// Said of a write while marking that no barrier guards.
  private func guardNote(_ observed: borrowing ObservedMachine) -> String {
    let isUnguarded =
      observed.machine.phase.isMarking && observed.machine.settings.barrier == .none
    return isUnguarded ? "; no barrier looks" : ""
  }

  /// Said of a white object that goes where marking will not look again.
  private func hidingNote(
    _ place: Location<ObjectID>, _ new: ObjectID?, _ observed: borrowing ObservedMachine
  ) -> String {
    guard case .variable(_, _, let mutator) = place, let new,
      observed.machine.phase.isMarking, observed.machine.settings.roots == .once,
      observed.machine.roots.stacks[mutator.index].isScanned, observed.color(of: new) == .white
    else { return "" }
    return "; the stack is scanned already"
  }

  /// A value that stands at a place now: the object, nil, or a pointer to nobody.
  private func value(
    _ id: ObjectID?, at place: Location<ObjectID>, _ observed: borrowing ObservedMachine
  ) -> String {
    guard let freed = observed.chronicle.dangling[place] else {
      return id.map { observed.label(of: $0) } ?? "nil"
    }
    return "a dangling pointer to \(observed.label(of: freed))"
  }
}

// MARK: - Births

extension EventTeller {
  private func birth(
    of id: ObjectID, _ route: Route, _ color: Color, _ observed: borrowing ObservedMachine
  ) -> String {
    let record = observed.chronicle[id]
    var text = "\(actor(observed)) allocates \(record.label)"
    if let former = record.predecessor {
      let label = observed.label(of: former)
      text += route.tier == .space ? " where \(label) stood" : " in the cell that was \(label)'s"
      let places = observed.danglingPlaces(to: former).map { observed.name(of: $0) }
      if !places.isEmpty {
        let verb = "still point\(places.count == 1 ? "s" : "")"
        text += "\(route.tier == .space ? " and" : ", where") \(places.list) \(verb)"
      }
    }
    if let neighbor = neighbor(of: id, observed) { text += " in the same cell as \(neighbor)" }
    text += "; \(route.answer)."
    if color == .grey, record.slotCount == 0 {
      return text + " Without references, it turns black at once."
    }
    return text + colorNote(color, observed.machine.phase)
  }

  /// Who lives and dies with a tiny object, since they share a cell.
  func neighbor(of id: ObjectID, _ observed: borrowing ObservedMachine) -> String? {
    observed.machine.heap.neighbor(of: observed.chronicle[id].reference)
      .flatMap { observed.chronicle.tenant(of: $0) }.map { observed.label(of: $0) }
  }

  private func colorNote(_ color: Color, _ phase: Phase) -> String {
    switch (phase, color) {
    case (.idle, _), (.sweeping, .white): ""
    case (.sweeping, _): " It is born \(color.word), so that the sweep keeps it."
    case (_, .white): " It is born white."
    case (_, .grey): " It is born grey: marking will scan it."
    case (_, .black): " It is born black: this cycle keeps it."
    }
  }
}
