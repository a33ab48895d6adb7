import GarbageCollection

extension DijkstraLamport {
  func sentence(of rule: Rule, in state: SmallState) -> String {
    switch rule {
    case .shadeRoot: "GC shade root \(ObjectLabel(state[shadedRoots]))"
    case .scan(let node): "GC scan \(node)"
    case .sweep: "GC sweep"
    case .begin(let store, let mutator): "\(name(of: mutator)) \(beginning(of: store))"
    case .complete(let mutator): "\(name(of: mutator)) \(ending(of: mutators[mutator], state))"
    }
  }

  private func name(of mutator: Int) -> MutatorName {
    MutatorName(index: mutator, isAlone: mutators.count == 1)
  }

  private func beginning(of store: NodeStore) -> String {
    guard let target = store.target else { return store.description }
    switch settings.order {
    case .noBarrier, .writeFirst: return store.description
    case .atomic: return "\(store), shade \(target)"
    case .shadeFirst: return store.shading("shade")
    }
  }

  private func ending(of mutator: MutatorFields, _ state: SmallState) -> String {
    settings.order == .shadeFirst
      ? mutator.store(in: state).description : "shade \(ObjectLabel(state[mutator.target]))"
  }
}
