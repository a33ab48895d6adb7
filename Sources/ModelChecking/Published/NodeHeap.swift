import GarbageCollection

/// The heap of a published model: nodes with equally many slots, the first of them roots.
///
/// A slot holds the index of a node; `nodeCount` stands for nil, where a model has it.
struct NodeHeap: Hashable, Sendable {
  let nodeCount: Int
  let slotCount: Int
  let rootCount: Int
  private let slots: BitRow

  init(nodes: Int, slots slotCount: Int, roots: Int, hasNil: Bool, in layout: inout BitLayout) {
    nodeCount = nodes
    self.slotCount = slotCount
    rootCount = roots
    slots = layout.row(count: nodes * slotCount, upTo: hasNil ? nodes : nodes - 1)
  }

  var nodes: [ObjectLabel] { (0..<nodeCount).map { ObjectLabel($0) } }
}

/// Some of the nodes, one bit each.
struct NodeSet: Hashable, Sendable {
  var bits: Int

  var isEmpty: Bool { bits == 0 }

  /// In the order of their names.
  var labels: [ObjectLabel] {
    (0..<Int.bitWidth).filter { bits &>> $0 & 1 != 0 }.map { ObjectLabel($0) }
  }

  @inline(__always)
  func contains(_ node: ObjectLabel) -> Bool { bits &>> node.index & 1 != 0 }
}

/// A store that a mutator chooses.
struct NodeStore: Hashable, Sendable, CustomStringConvertible {
  let source: ObjectLabel
  let slot: Int
  let target: ObjectLabel?

  var description: String {
    "\(source).\(slot) := \(target.map(\.description) ?? "nil")"
  }
}

// MARK: - Slots

extension NodeHeap {
  @inline(__always)
  func target(of slot: Int, in node: ObjectLabel, _ state: SmallState) -> Int {
    state[slots, node.index &* slotCount &+ slot]
  }

  @inline(__always)
  func set(_ slot: Int, of node: ObjectLabel, to target: Int, in state: inout SmallState) {
    state[slots, node.index &* slotCount &+ slot] = target
  }

  @inline(__always)
  func perform(_ store: NodeStore, in state: inout SmallState) {
    set(store.slot, of: store.source, to: store.target?.index ?? nodeCount, in: &state)
  }

  /// Calls `visit` with `start` and every other filling of the slots, until it answers false.
  func forEachFilling(of start: SmallState, _ visit: (SmallState) -> Bool) {
    var state = start
    while visit(state) {
      // Counts up, one digit a slot.
      var position = 0
      while position < nodeCount * slotCount, state[slots, position] == nodeCount {
        state[slots, position] = 0
        position += 1
      }
      guard position < nodeCount * slotCount else { return }
      state[slots, position] += 1
    }
  }
}

// MARK: - Reachability

extension NodeHeap {
  /// All nodes.
  @inline(__always)
  var all: NodeSet { NodeSet(bits: 1 &<< nodeCount &- 1) }

  /// What the roots reach, themselves included.
  func reachable(in state: SmallState) -> NodeSet {
    var reached = 1 &<< rootCount &- 1
    var waiting = reached
    while waiting != 0 {
      let node = ObjectLabel(waiting.trailingZeroBitCount)
      waiting &= waiting &- 1
      for slot in 0..<slotCount {
        let found = 1 &<< target(of: slot, in: node, state) & all.bits & ~reached
        reached |= found
        waiting |= found
      }
    }
    return NodeSet(bits: reached)
  }
}

// MARK: - Words

extension NodeHeap {
  /// The roots, and every reference: `A is a root`, `A.0 = B`.
  func lines(of state: SmallState) -> [String] {
    let roots = nodes.prefix(rootCount).map { "\($0) is a root" }
    let edges = nodes.flatMap { node in
      (0..<slotCount).compactMap { slot in
        let target = target(of: slot, in: node, state)
        return target < nodeCount ? "\(node).\(slot) = \(ObjectLabel(target))" : nil
      }
    }
    return roots + edges
  }
}
