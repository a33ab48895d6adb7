import GarbageCollection

/// Binary trees: each step builds a short-lived one, and some steps replace a branch of a large one.
///
/// After H. Boehm's GCBench, in which most die young and a tree outlives them all; here that tree
/// changes, so that its stores go through the barrier.
///
/// Variables: 0 is the large tree; what stands above are roots of trees being built.
struct TreesWorkload: Workload, ~Copyable {
  private var mutator: ThreadedMutator
  private var random: WorkloadRandom
  /// Edges from the root of the large tree to its leaves.
  private let depth: Int

  /// Bytes of a node's cell: a header and two slots.
  private static let nodeBytes = 16
  private static let shortDepths = 3..<9

  init(
    _ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int
  ) throws(ThreadError) {
    self.mutator = mutator
    random = WorkloadRandom(seed: seed)
    let nodeCount = max(2, liveBytes / TreesWorkload.nodeBytes)
    depth = max(4, Int.bitWidth - 2 - nodeCount.leadingZeroBitCount)
    try grow(depth)
  }

  mutating func step() throws(ThreadError) {
    let shorts = TreesWorkload.shortDepths
    let size = shorts.lowerBound + random.below(shorts.count)
    try grow(size)
    if random.below(8) == 0 { replaceBranch(ofDepth: size) }
    mutator.pop(to: 1)
  }

  /// Builds a complete tree, from the leaves up; its root becomes the variable on top.
  private mutating func grow(_ depth: Int) throws(ThreadError) {
    guard depth > 0 else {
      mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 0))
      return
    }
    let base = mutator.variableCount
    try grow(depth - 1)
    try grow(depth - 1)
    let node = try mutator.allocate(slotCount: 2, payloadBytes: 0)
    mutator.store(mutator[base], in: 0, of: node)
    mutator.store(mutator[base + 1], in: 1, of: node)
    mutator.pop(to: base)
    mutator.push(node)
  }

  /// Hangs the tree on top into the large one, where a branch of its size is; no safepoint.
  private mutating func replaceBranch(ofDepth size: Int) {
    guard size < depth, var node = mutator[0] else { return }
    for _ in 0..<depth - size - 1 {
      guard let next = mutator.load(random.below(2), of: node) else { return }
      node = next
    }
    mutator.store(mutator[1], in: random.below(2), of: node)
  }
}
