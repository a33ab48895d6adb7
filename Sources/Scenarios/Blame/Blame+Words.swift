import GarbageCollection

/// The sentences of an inquiry.
extension ObservedMachine {
  /// How a pointer came to a place, as in `The mutator writes C into A.1 of black A`.
  func arrival(
    of target: ObjectID, at place: Location<ObjectID>, from source: Location<ObjectID>?,
    _ kind: Blame.Act.Kind, by mutator: MutatorID
  ) -> String {
    let actor = name(of: mutator).capitalizedFirst
    let (name, value) = (name(of: place), label(of: target))
    let scanned = scannedNote(place)
    if let source, kind == .send {
      return "\(actor) sends \(value) from \(self.name(of: source)) to \(name)\(scanned)."
    }
    if let source {
      return "\(actor) loads \(value) from \(self.name(of: source)) into \(name)\(scanned)."
    }
    guard let owner = place.owner else {
      return "\(actor) sets \(name) to \(value)\(scanned)."
    }
    // Between collections, and to counting, colours mean nothing.
    let color =
      machine.phase.isMarking
      ? color(of: owner).map { " of \($0.word) \(label(of: owner))" } ?? "" : ""
    return "\(actor) writes \(value) into \(name)\(color)."
  }

  private func scannedNote(_ place: Location<ObjectID>) -> String {
    switch place {
    case .global(let index): machine.roots.globals[index].isScanned ? ", scanned already" : ""
    case .variable(_, _, let mutator):
      machine.roots.stacks[mutator.index].isScanned ? "; the stack is scanned already" : ""
    case .slot: ""
    }
  }

  /// What an event takes away, if anything.
  func deletion(by event: Event<ObjectID>) -> (kind: Blame.Act.Kind, text: String)? {
    switch event {
    case .wrote(let place, let old?, let new), .assigned(let place, let old?, let new):
      let former = "(was \(label(of: old)))"
      guard let new else { return (.overwrite, "clears \(name(of: place)) \(former)") }
      return (.overwrite, "writes \(label(of: new)) over \(name(of: place)) \(former)")
    case .poppedFrame(let frame): return (.pop, "returns from \(frame)")
    case .endedThread(let mutator, _):
      return (.end, "ends thread \(machine.roots.stacks[mutator.index].thread)")
    default: return nil
    }
  }

  func holds(_ target: ObjectID, at place: Location<ObjectID>) -> Bool {
    var isHeld = false
    chronicle.oracle.forEachEdge(in: machine) { edge in
      if chronicle.tenant(of: edge.target) == target, identify(edge.place) == place {
        isHeld = true
      }
    }
    return isHeld
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
