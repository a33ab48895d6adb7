/// The variants of Ben-Ari's collector that can be searched.
///
/// The published one blackens after it redirects: M. Ben-Ari, Algorithms for on-the-fly garbage
/// collection, ACM TOPLAS 6(3), 1984.
public struct BenAriSettings: Hashable, Sendable {
  public var nodes: Int
  /// Slots of each node.
  public var sons: Int
  /// How many of the nodes are roots, the first ones.
  public var roots: Int
  public var mutators: Int
  public var order: Order

  /// The two actions of a mutator, between which others may act.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// Redirects a slot, then blackens what it points to.
    case redirectFirst = "redirect-first"
    /// Blackens a node, then redirects a slot to it: thought to be as good, and wrong with four nodes.
    case colourFirst = "colour-first"
    /// Redirects, and blackens nothing.
    case noShading = "no-shading"
  }

  public init(
    nodes: Int = 3, sons: Int = 2, roots: Int = 1, mutators: Int = 1, order: Order = .redirectFirst
  ) {
    self.nodes = nodes
    self.sons = sons
    self.roots = roots
    self.mutators = mutators
    self.order = order
  }
}

extension BenAriSettings {
  func validate() throws(CheckError) {
    try PublishedCheck.validate([
      ("nodes", nodes, PublishedCheck.nodeRange), ("sons", sons, PublishedCheck.slotRange),
      ("roots", roots, 1...max(1, nodes)), ("mutators", mutators, PublishedCheck.mutatorRange),
    ])
  }
}
