import GarbageCollection

/// Ben-Ari's two-colour collector, as Russinoff and Havelund modelled it.
///
/// The collector marks by passing over all nodes until the number of black ones stays the same, and
/// appends white ones to a free list that hangs from slot 0 of node 0. Each rule is one atomic action.
/// Variables keep what they were last given where the algorithm does not clear them: 3 nodes, 2 sons and
/// 1 root have 415,633 states and 3,659,911 firings only so.
///
/// Ben-Ari, ACM TOPLAS 6(3), 1984; Russinoff, Formal Aspects of Computing 6(4), 1994; Havelund,
/// Mechanical verification of a garbage collector, 1999, whose names the variables have.
struct BenAri: NodeSystem {
  let settings: BenAriSettings
  let heap: NodeHeap
  let rules: [Rule]
  let bitCount: Int

  /// MU and Q of each mutator; what a store remembers besides is cleared when it ends.
  let mutators: [MutatorFields]
  /// Where the collector is; see `CollectorPlace`.
  let chi: BitField
  /// Black nodes counted in this pass and in the one before.
  let bc: BitField
  let obc: BitField
  /// The next node to count.
  let h: BitField
  /// The next node whose sons to blacken, and which son.
  let i: BitField
  let j: BitField
  /// The next root to blacken.
  let k: BitField
  /// The next node to append or to whiten.
  let l: BitField
  /// One bit a node.
  let black: BitField

  enum Rule: Sendable {
    case collect
    case begin(NodeStore, by: Int)
    case complete(by: Int)
  }

  init(_ settings: BenAriSettings) {
    self.settings = settings
    var layout = BitLayout()
    let heap = NodeHeap(
      nodes: settings.nodes, slots: settings.sons, roots: settings.roots, hasNil: false, in: &layout
    )
    mutators = (0..<settings.mutators).map { _ in
      MutatorFields(
        heap, remembersTarget: settings.order != .noShading,
        remembersPlace: settings.order == .colourFirst, in: &layout)
    }
    chi = layout.field(upTo: CollectorPlace.allCases.count - 1)
    bc = layout.field(upTo: settings.nodes)
    obc = layout.field(upTo: settings.nodes)
    h = layout.field(upTo: settings.nodes)
    i = layout.field(upTo: settings.nodes)
    j = layout.field(upTo: settings.sons)
    k = layout.field(upTo: settings.roots)
    l = layout.field(upTo: settings.nodes)
    black = layout.field(bitCount: settings.nodes)
    bitCount = layout.bitCount
    self.heap = heap
    rules = [.collect] + (0..<settings.mutators).flatMap { BenAri.rules(of: $0, heap) }
  }

  var title: String {
    "Ben-Ari, \(settings.nodes) nodes, \(settings.sons) sons, \(settings.roots) roots, "
      + "\(settings.mutators) mutators, \(settings.order.rawValue)"
  }

  /// Any slot of any node, reachable or not, may be redirected.
  private static func rules(of mutator: Int, _ heap: NodeHeap) -> [Rule] {
    let stores = heap.nodes.flatMap { source in
      (0..<heap.slotCount).flatMap { slot in
        heap.nodes.map { NodeStore(source: source, slot: slot, target: $0) }
      }
    }
    return stores.map { .begin($0, by: mutator) } + [.complete(by: mutator)]
  }

  /// Everything is white, and every slot points to node 0.
  func forEachInitialState(_ visit: (SmallState) -> Bool) { _ = visit(BitLayout.zero) }
}

// MARK: - Rules

extension BenAri {
  func fire(
    _ rule: Rule, in state: SmallState, knowing reachable: NodeSet
  ) -> Firing<LostNodes> {
    switch rule {
    case .collect: return judged(collect(state))
    case .begin(let store, let mutator):
      guard let target = store.target, reachable.contains(target),
        state[mutators[mutator].isBusy] == 0
      else { return .disabled }
      return judged(begin(store, target, by: mutators[mutator], state))
    case .complete(let mutator):
      guard state[mutators[mutator].isBusy] == 1 else { return .disabled }
      return judged(complete(by: mutators[mutator], state))
    }
  }

  @inline(__always)
  private func begin(
    _ store: NodeStore, _ target: ObjectLabel, by mutator: MutatorFields, _ state: SmallState
  ) -> SmallState {
    var next = state
    switch settings.order {
    case .noShading:
      heap.perform(store, in: &next)
      return next
    case .redirectFirst:
      heap.perform(store, in: &next)
    case .colourFirst:
      next[black] |= 1 &<< target.index
    }
    mutator.remember(store, target, in: &next)
    return next
  }

  @inline(__always)
  private func complete(by mutator: MutatorFields, _ state: SmallState) -> SmallState {
    var next = state
    switch settings.order {
    case .noShading: preconditionFailure("a store without shading is one action")
    case .redirectFirst: next[black] |= 1 &<< state[mutator.target]
    case .colourFirst: heap.perform(mutator.store(in: state), in: &next)
    }
    mutator.end(in: &next)
    return next
  }

  /// No node that the collector is about to append may be reachable.
  @inline(__always)
  private func judged(_ next: SmallState) -> Firing<LostNodes> {
    guard next[chi] == CollectorPlace.appendOrWhiten.rawValue else { return .leads(to: next) }
    let node = ObjectLabel(next[l])
    guard !NodeSet(bits: next[black]).contains(node), heap.reachable(in: next).contains(node) else {
      return .leads(to: next)
    }
    return .loses(LostNodes(nodes: NodeSet(bits: 1 &<< node.index)))
  }
}
