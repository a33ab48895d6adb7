import GarbageCollection

/// An on-the-fly collector with three colours, whose roots are nodes of the heap.
///
/// The collector shades the roots one by one, scans grey nodes in any order, each in one action, and
/// when none is left sweeps in one action and starts again at once. Mutators and collector never wait for
/// each other. Runs start in every heap, all white. What a mutator is about to store is no root.
///
/// Dijkstra, Lamport, Martin, Scholten, Steffens, CACM 21(11), 1978.
struct DijkstraLamport: NodeSystem {
  let settings: DijkstraLamportSettings
  let heap: NodeHeap
  let rules: [Rule]
  let bitCount: Int

  let mutators: [MutatorFields]
  /// Roots shaded in this cycle.
  let shadedRoots: BitField
  /// One bit a node: grey has the first, black the second, a freed node both.
  private let first: BitField
  private let second: BitField

  enum Rule: Sendable {
    case shadeRoot
    case scan(ObjectLabel)
    case sweep
    case begin(NodeStore, by: Int)
    case complete(by: Int)
  }

  init(_ settings: DijkstraLamportSettings) {
    self.settings = settings
    var layout = BitLayout()
    let heap = NodeHeap(
      nodes: settings.nodes, slots: settings.slots, roots: settings.roots, hasNil: true, in: &layout
    )
    mutators = (0..<settings.mutators).map { _ in
      MutatorFields(
        heap, remembersTarget: settings.order == .shadeFirst || settings.order == .writeFirst,
        remembersPlace: settings.order == .shadeFirst, in: &layout)
    }
    shadedRoots = layout.field(upTo: settings.roots)
    first = layout.field(bitCount: settings.nodes)
    second = layout.field(bitCount: settings.nodes)
    bitCount = layout.bitCount
    self.heap = heap
    rules =
      [.shadeRoot] + heap.nodes.map { .scan($0) } + [.sweep]
      + (0..<settings.mutators).flatMap { DijkstraLamport.rules(of: $0, heap) }
  }

  var title: String {
    "Dijkstra-Lamport, \(settings.nodes) nodes, \(settings.slots) slots, \(settings.roots) roots, "
      + "\(settings.mutators) mutators, \(settings.order.rawValue)"
  }

  private static func rules(of mutator: Int, _ heap: NodeHeap) -> [Rule] {
    let stores = heap.nodes.flatMap { source in
      (0..<heap.slotCount).flatMap { slot in
        ([nil] + heap.nodes).map { NodeStore(source: source, slot: slot, target: $0) }
      }
    }
    return stores.map { .begin($0, by: mutator) } + [.complete(by: mutator)]
  }

  func forEachInitialState(_ visit: (SmallState) -> Bool) {
    heap.forEachFilling(of: BitLayout.zero, visit)
  }
}

// MARK: - Colours

extension DijkstraLamport {
  @inline(__always)
  private func white(_ state: SmallState) -> Int { heap.all.bits & ~(state[first] | state[second]) }

  @inline(__always)
  private func grey(_ state: SmallState) -> Int { state[first] & ~state[second] }

  @inline(__always)
  private func freed(_ state: SmallState) -> Int { state[first] & state[second] }

  /// Makes white ones of `nodes` grey.
  @inline(__always)
  private func shade(_ nodes: Int, _ state: inout SmallState) {
    state[first] |= nodes & white(state)
  }
}

// MARK: - Rules

extension DijkstraLamport {
  func fire(
    _ rule: Rule, in state: SmallState, knowing reachable: NodeSet
  ) -> Firing<LostNodes> {
    switch rule {
    case .shadeRoot: shadeRoot(state)
    case .scan(let node): scan(node, state)
    case .sweep: sweep(state, reachable)
    case .begin(let store, let mutator): begin(store, by: mutators[mutator], state, reachable)
    case .complete(let mutator): complete(by: mutators[mutator], state)
    }
  }

  private func shadeRoot(_ state: SmallState) -> Firing<LostNodes> {
    guard state[shadedRoots] < heap.rootCount else { return .disabled }
    var next = state
    shade(1 &<< state[shadedRoots], &next)
    next[shadedRoots] += 1
    return .leads(to: next)
  }

  private func scan(_ node: ObjectLabel, _ state: SmallState) -> Firing<LostNodes> {
    guard state[shadedRoots] == heap.rootCount, NodeSet(bits: grey(state)).contains(node) else {
      return .disabled
    }
    var next = state
    for slot in 0..<heap.slotCount { shade(1 &<< heap.target(of: slot, in: node, state), &next) }
    next[first] &= ~(1 &<< node.index)
    next[second] |= 1 &<< node.index
    return .leads(to: next)
  }

  /// Frees what is white and whitens what is black; no reachable node may be white.
  private func sweep(_ state: SmallState, _ reachable: NodeSet) -> Firing<LostNodes> {
    guard state[shadedRoots] == heap.rootCount, grey(state) == 0 else { return .disabled }
    let lost = NodeSet(bits: reachable.bits & white(state))
    guard lost.isEmpty else { return .loses(LostNodes(nodes: lost)) }
    var next = state
    let free = NodeSet(bits: white(state) | freed(state))
    next[shadedRoots] = 0
    next[first] = free.bits
    next[second] = free.bits
    for node in heap.nodes { clear(node, pointingInto: free, &next) }
    return .leads(to: next)
  }

  /// Sets to nil every slot of a free node, and those of others that point to one.
  private func clear(_ node: ObjectLabel, pointingInto free: NodeSet, _ state: inout SmallState) {
    for slot in 0..<heap.slotCount {
      let target = heap.target(of: slot, in: node, state)
      if free.contains(node) || free.contains(ObjectLabel(target)) {
        heap.set(slot, of: node, to: heap.nodeCount, in: &state)
      }
    }
  }

  private func begin(
    _ store: NodeStore, by mutator: MutatorFields, _ state: SmallState, _ reachable: NodeSet
  ) -> Firing<LostNodes> {
    guard state[mutator.isBusy] == 0, reachable.contains(store.source) else { return .disabled }
    var next = state
    guard let target = store.target else {
      heap.perform(store, in: &next)
      return .leads(to: next)
    }
    guard reachable.contains(target) else { return .disabled }
    switch settings.order {
    case .noBarrier: heap.perform(store, in: &next)
    case .atomic:
      heap.perform(store, in: &next)
      shade(1 &<< target.index, &next)
    case .shadeFirst:
      shade(1 &<< target.index, &next)
      mutator.remember(store, target, in: &next)
    case .writeFirst:
      heap.perform(store, in: &next)
      mutator.remember(store, target, in: &next)
    }
    return .leads(to: next)
  }

  /// The second action of a store, after which nothing of it is remembered.
  private func complete(by mutator: MutatorFields, _ state: SmallState) -> Firing<LostNodes> {
    guard state[mutator.isBusy] == 1 else { return .disabled }
    var next = state
    if settings.order == .shadeFirst {
      heap.perform(mutator.store(in: state), in: &next)
    } else {
      shade(1 &<< state[mutator.target], &next)
    }
    mutator.end(in: &next)
    next[mutator.target] = 0
    return .leads(to: next)
  }
}
