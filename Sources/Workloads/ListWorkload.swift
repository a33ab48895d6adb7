import GarbageCollection

/// Linked lists: each step links a node to the end of one, and unlinks the first of it.
///
/// A list is what a marker likes least: it cannot be shared, and nothing can be fetched ahead.
///
/// Variables: 0 holds the first nodes of all lists in its slots, 1 the last ones.
struct ListWorkload: Workload, ~Copyable {
  private var mutator: ThreadedMutator
  private var random: WorkloadRandom
  private let listCount: Int

  private static let lists = 16
  /// Bytes of a node's cell: a header, one slot, and a payload.
  private static let nodeBytes = 32
  private static let payloadBytes = 20

  init(
    _ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int
  ) throws(ThreadError) {
    self.mutator = mutator
    random = WorkloadRandom(seed: seed)
    listCount = ListWorkload.lists
    for _ in 0..<2 {
      self.mutator.push(try self.mutator.allocate(slotCount: listCount, payloadBytes: 0))
    }
    for _ in 0..<max(2, liveBytes / ListWorkload.nodeBytes / listCount) {
      for list in 0..<listCount { try append(to: list) }
    }
  }

  mutating func step() throws(ThreadError) {
    let list = random.below(listCount)
    try append(to: list)
    dropFirst(of: list)
  }

  private mutating func append(to list: Int) throws(ThreadError) {
    let node = try mutator.allocate(slotCount: 1, payloadBytes: ListWorkload.payloadBytes)
    guard let heads = mutator[0], let tails = mutator[1] else { return }
    if let last = mutator.load(list, of: tails) {
      mutator.store(node, in: 0, of: last)
    } else {
      mutator.store(node, in: list, of: heads)
    }
    mutator.store(node, in: list, of: tails)
  }

  private mutating func dropFirst(of list: Int) {
    guard let heads = mutator[0], let first = mutator.load(list, of: heads) else { return }
    mutator.store(mutator.load(0, of: first), in: list, of: heads)
  }
}
