import GarbageCollection

extension BenAri {
  func sentence(of rule: Rule, in state: SmallState) -> String {
    switch rule {
    case .collect: "GC \(collectorClause(in: state))"
    case .begin(let store, let mutator): "\(name(of: mutator)) \(beginning(of: store))"
    case .complete(let mutator): "\(name(of: mutator)) \(ending(of: mutators[mutator], state))"
    }
  }

  private func name(of mutator: Int) -> MutatorName {
    MutatorName(index: mutator, isAlone: mutators.count == 1)
  }

  private func beginning(of store: NodeStore) -> String {
    switch settings.order {
    case .redirectFirst, .noShading: store.description
    case .colourFirst: store.shading("blacken")
    }
  }

  private func ending(of mutator: MutatorFields, _ state: SmallState) -> String {
    switch settings.order {
    case .redirectFirst: "blacken \(ObjectLabel(state[mutator.target]))"
    case .colourFirst: mutator.store(in: state).description
    case .noShading: preconditionFailure("a store without shading is one action")
    }
  }

  private func collectorClause(in state: SmallState) -> String {
    let name = { (variable: BitField) in ObjectLabel(state[variable]).description }
    switch place(in: state) {
    case .blackenRoots:
      return state[k] < heap.rootCount ? "blacken root \(name(k))" : "start to pass over the nodes"
    case .propagate:
      return state[i] < heap.nodeCount ? "look at \(name(i))" : "start to count the black nodes"
    case .testColour:
      return isBlack(state[i], state) ? "\(name(i)) is black" : "pass \(name(i)), which is white"
    case .blackenSons:
      guard state[j] < heap.slotCount else { return "pass \(name(i)), whose sons are black" }
      let son = heap.target(of: state[j], in: ObjectLabel(state[i]), state)
      return "blacken \(ObjectLabel(son)), which is \(name(i)).\(state[j])"
    case .count:
      return state[h] < heap.nodeCount ? "look at \(name(h)) to count it" : "all nodes are counted"
    case .testCounted:
      return isBlack(state[h], state)
        ? "count \(name(h))" : "do not count \(name(h)), which is white"
    case .compare:
      return state[bc] == state[obc]
        ? "find \(state[bc]) black as before and start to sweep"
        : "find \(state[bc]) black, not \(state[obc]), and start to pass over the nodes again"
    case .sweep:
      return state[l] < heap.nodeCount ? "look at \(name(l)) to sweep it" : "start the next cycle"
    case .appendOrWhiten:
      return isBlack(state[l], state) ? "whiten \(name(l))" : "append \(name(l)) to the free list"
    }
  }
}
