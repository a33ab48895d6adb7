import GarbageCollection

/// A system of guarded rules, as in Murphi: a rule may fire wherever its guard holds.
protocol RuleSystem: Sendable {
  associatedtype Rule: Sendable

  var heap: NodeHeap { get }
  /// Every rule with every choice of its parameters; positions are the numbers of steps.
  var rules: [Rule] { get }
  /// What is searched, in words: two systems of the same title have the same states.
  var title: String { get }
  /// Bits of a state.
  var bitCount: Int { get }

  /// Calls `visit` with every state a run may start in, until it answers false.
  func forEachInitialState(_ visit: (SmallState) -> Bool)

  /// - Parameter reachable: what the roots reach in `state`.
  func fire(_ rule: Rule, in state: SmallState, reachable: NodeSet) -> Firing

  /// What `rule` does in `state`: who acts, then a clause without a full stop.
  func sentence(of rule: Rule, in state: SmallState) -> String
}

/// What comes of a rule.
enum Firing {
  /// The guard does not hold.
  case disabled
  case leads(to: SmallState)
  case loses(LostNodes)
}

/// The nodes that a sweep takes for garbage though the roots reach them.
struct LostNodes: Hashable, Sendable {
  let nodes: NodeSet
}
