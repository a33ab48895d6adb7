import GarbageCollection

/// The variables of a mutator between the two actions of its store.
///
/// Which of them a model remembers is part of the model: it decides the number of states.
struct MutatorFields: Hashable, Sendable {
  let isBusy: BitField
  let target: BitField
  let source: BitField
  let slot: BitField

  /// Without `remembersTarget` a store is one action.
  ///
  /// - Parameter remembersPlace: whether the source and the slot are remembered too.
  init(
    _ heap: NodeHeap, remembersTarget: Bool, remembersPlace: Bool, in layout: inout BitLayout
  ) {
    isBusy = layout.field(upTo: remembersTarget ? 1 : 0)
    target = layout.field(upTo: remembersTarget ? heap.nodeCount - 1 : 0)
    source = layout.field(upTo: remembersPlace ? heap.nodeCount - 1 : 0)
    slot = layout.field(upTo: remembersPlace ? heap.slotCount - 1 : 0)
  }
}

extension MutatorFields {
  /// The store whose first action is done, in a model that remembers all of it.
  @inline(__always)
  func store(in state: SmallState) -> NodeStore {
    NodeStore(
      source: ObjectLabel(state[source]), slot: state[slot], target: ObjectLabel(state[target]))
  }

  @inline(__always)
  func remember(_ store: NodeStore, _ target: ObjectLabel, in state: inout SmallState) {
    state[isBusy] = 1
    state[self.target] = target.index
    state[source] = store.source.index
    state[slot] = store.slot
  }

  /// The second action is done; the target stays remembered.
  @inline(__always)
  func end(in state: inout SmallState) {
    state[isBusy] = 0
    state[source] = 0
    state[slot] = 0
  }
}

extension NodeStore {
  /// The first action of a store that shades before it writes.
  func shading(_ verb: String) -> String {
    "\(verb) \(target.map(\.description) ?? "nil") for \(description)"
  }
}

/// How counterexamples call a mutator: `M`, or `M0` and `M1`.
struct MutatorName: CustomStringConvertible {
  let index: Int
  let isAlone: Bool

  var description: String { isAlone ? "M" : "M\(index)" }
}
