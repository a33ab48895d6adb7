/// The variants of the on-the-fly collector with three colours that can be searched.
///
/// E. W. Dijkstra, L. Lamport, A. J. Martin, C. S. Scholten, E. F. M. Steffens, On-the-fly garbage
/// collection: an exercise in cooperation, CACM 21(11), 1978.
public struct DijkstraLamportSettings: Hashable, Sendable {
  public var nodes: Int
  public var slots: Int
  /// How many of the nodes are roots, the first ones.
  public var roots: Int
  public var mutators: Int
  public var order: Order

  /// What a mutator does when it stores a node in a slot.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// Writes, and shades nothing.
    case noBarrier = "no-barrier"
    /// Writes and shades in one action.
    case atomic
    /// Shades, then writes; others may act between. This is how the authors first had it.
    case shadeFirst = "shade-first"
    /// Writes, then shades; others may act between. This is how it was published.
    case writeFirst = "write-first"
  }

  public init(
    nodes: Int = 3, slots: Int = 1, roots: Int = 1, mutators: Int = 1, order: Order = .writeFirst
  ) {
    self.nodes = nodes
    self.slots = slots
    self.roots = roots
    self.mutators = mutators
    self.order = order
  }
}

extension DijkstraLamportSettings {
  func validate() throws(CheckError) {
    try PublishedCheck.validate([
      ("nodes", nodes, PublishedCheck.nodeRange), ("slots", slots, PublishedCheck.slotRange),
      ("roots", roots, 1...max(1, nodes)), ("mutators", mutators, PublishedCheck.mutatorRange),
    ])
  }
}
