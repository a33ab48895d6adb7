import GarbageCollection

/// A system of guarded rules, as in Murphi: a rule may fire wherever its guard holds.
protocol RuleSystem: Sendable {
  associatedtype Rule: Sendable
  /// What rules need to know of a state and is worked out once for all of them.
  associatedtype Knowledge
  associatedtype Failure: PublishedFailure

  /// Every rule with every choice of its parameters; positions are the numbers of steps.
  var rules: [Rule] { get }
  /// What is searched, in words: two systems of the same title have the same states.
  var title: String { get }
  /// Bits of a state.
  var bitCount: Int { get }

  /// Calls `visit` with every state a run may start in, until it answers false.
  func forEachInitialState(_ visit: (SmallState) -> Bool)

  func survey(_ state: SmallState) -> Knowledge

  /// - Parameter knowledge: what `survey` says of `state`.
  func fire(_ rule: Rule, in state: SmallState, knowing knowledge: Knowledge) -> Firing<Failure>

  /// What a run starts with, a fact a line.
  func facts(of start: SmallState) -> [String]

  /// What `rule` does in `state`: who acts, then a clause without a full stop.
  func sentence(of rule: Rule, in state: SmallState) -> String
}

/// A system of rules that work on nodes and sweep some of them.
protocol NodeSystem: RuleSystem where Knowledge == NodeSet, Failure == LostNodes {
  var heap: NodeHeap { get }
}

extension NodeSystem {
  /// What the roots reach.
  @inline(__always)
  func survey(_ state: SmallState) -> NodeSet { heap.reachable(in: state) }

  func facts(of start: SmallState) -> [String] { heap.lines(of: start) }
}

/// What comes of a rule.
enum Firing<Failure> {
  /// The guard does not hold.
  case disabled
  case leads(to: SmallState)
  case loses(Failure)
}

/// What is wrong at the end of a run, in words that follow its last sentence.
protocol PublishedFailure: Hashable, Sendable, CustomStringConvertible {
  /// The nodes that are lost, if it is that.
  var lost: [ObjectLabel] { get }
}

/// The nodes that a sweep takes for garbage though the roots reach them.
struct LostNodes: Hashable, Sendable {
  let nodes: NodeSet
}

extension LostNodes: PublishedFailure {
  var lost: [ObjectLabel] { nodes.labels }

  var description: String {
    let names = lost.map(\.description)
    return
      "\(names.joined(separator: " and ")) \(names.count == 1 ? "is" : "are") reachable and white"
  }
}
