import GarbageCollection

/// A graph rewired at random: each step hangs a new node somewhere, moves an edge, or cuts one.
///
/// Variables: 0 holds the anchors in its slots, from which everything is reached.
struct GraphWorkload: Workload, ~Copyable {
  private var mutator: ThreadedMutator
  private var random: WorkloadRandom
  private let anchorCount: Int

  private static let slotCount = 4
  private static let payloadBytes = 8
  /// Bytes of a node's cell, and nodes that hang on an anchor, about, when births and cuts balance.
  private static let nodeBytes = 32
  private static let nodesPerAnchor = 4

  init(
    _ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int
  ) throws(ThreadError) {
    self.mutator = mutator
    random = WorkloadRandom(seed: seed)
    anchorCount = max(16, liveBytes / (GraphWorkload.nodeBytes * GraphWorkload.nodesPerAnchor))
    self.mutator.push(try self.mutator.allocate(slotCount: anchorCount, payloadBytes: 0))
    for anchor in 0..<anchorCount {
      let node = try makeNode()
      self.mutator.store(node, in: anchor, of: anchors)
    }
  }

  mutating func step() throws(ThreadError) {
    switch random.below(8) {
    case 0, 1, 2:
      let node = try makeNode()
      let anchor = pickAnchor()
      mutator.store(mutator.load(0, of: anchor), in: 1, of: node)
      mutator.store(node, in: random.below(GraphWorkload.slotCount), of: anchor)
    case 3:
      mutator.safepoint()
      mutator.store(nil, in: random.below(GraphWorkload.slotCount), of: pick())
    case 4:
      mutator.safepoint()
      mutator.store(pick(), in: random.below(anchorCount), of: anchors)
    default:
      mutator.safepoint()
      let source = pick()
      mutator.store(pick(), in: random.below(GraphWorkload.slotCount), of: source)
    }
  }

  private var anchors: Reference {
    guard let anchors = mutator[0] else { preconditionFailure("the anchors were pushed first") }
    return anchors
  }

  private mutating func makeNode() throws(ThreadError) -> Reference {
    try mutator.allocate(
      slotCount: GraphWorkload.slotCount, payloadBytes: GraphWorkload.payloadBytes)
  }

  private mutating func pickAnchor() -> Reference {
    guard let anchor = mutator.load(random.below(anchorCount), of: anchors) else {
      preconditionFailure("anchors are replaced, not cut")
    }
    return anchor
  }

  /// A node some edges away from a random anchor.
  private mutating func pick() -> Reference {
    var node = pickAnchor()
    for _ in 0..<random.below(6) {
      guard let next = mutator.load(random.below(GraphWorkload.slotCount), of: node) else { break }
      node = next
    }
    return node
  }
}
