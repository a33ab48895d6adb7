public import GarbageCollection

extension Barrier {
  /// What sentences call it: `The Dijkstra barrier shades C`.
  public var nameInSentence: String {
    switch self {
    case .none: "absent barrier"
    case .dijkstra: "Dijkstra barrier"
    case .dijkstraConditional: "conditional Dijkstra barrier"
    case .dijkstraEarly: "early Dijkstra barrier"
    case .steele: "Steele barrier"
    case .boehm: "Boehm barrier"
    case .boehmDirty: "dirtying Boehm barrier"
    case .yuasa: "Yuasa barrier"
    case .yuasaConditional: "conditional Yuasa barrier"
    case .hybrid: "hybrid barrier"
    case .hybridAny: "any-stack hybrid barrier"
    case .hybridInverted: "inverted hybrid barrier"
    case .go: "Go barrier"
    case .luaForward: "forward Lua barrier"
    case .luaBack: "backward Lua barrier"
    case .baker: "Baker barrier"
    case .bakerUnconditional: "unconditional Baker barrier"
    case .appel: "Appel barrier"
    }
  }
}

extension Location {
  /// Whether it is a variable on a stack, where barriers do not act unless asked to.
  var isStackVariable: Bool {
    switch self {
    case .variable: true
    case .global, .slot: false
    }
  }
}

extension [String] {
  /// `A`, `A and B`, `A, B and C`.
  var list: String {
    guard count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}

extension ObservedMachine {
  /// What people call a root: `the stack`, `the global g`.
  public func name(of root: RootID) -> String {
    switch root {
    case .stack(let mutator):
      hasThreads ? "the stack of \(machine.roots.stacks[mutator.index].thread)" : "the stack"
    case .global(let index): "the global \(machine.roots.globals[index].name)"
    }
  }

  /// Whether there is, or was, any mutator but the first.
  public var hasThreads: Bool { machine.roots.stacks.count > 1 }

  /// A mutator in the middle of a sentence: `the mutator`, or `thread T2` when there are several.
  public func name(of mutator: MutatorID) -> String {
    hasThreads ? "thread \(machine.roots.stacks[mutator.index].thread)" : "the mutator"
  }

  /// The places that still refer to a freed object, roots first.
  public func danglingPlaces(to id: ObjectID) -> [Location<ObjectID>] {
    chronicle.dangling.filter { $0.value == id }.map(\.key)
      .sorted { ($0.owner?.index ?? -1, name(of: $0)) < ($1.owner?.index ?? -1, name(of: $1)) }
  }
}
