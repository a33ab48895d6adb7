public import GarbageCollection

extension Barrier {
  /// What sentences call it: `The Dijkstra barrier shades C`.
  public var nameInSentence: String {
    switch self {
    case .none: "absent barrier"
    case .dijkstra: "Dijkstra barrier"
    case .dijkstraConditional: "conditional Dijkstra barrier"
    case .yuasa: "Yuasa barrier"
    case .yuasaConditional: "conditional Yuasa barrier"
    case .hybrid: "hybrid barrier"
    case .go: "Go barrier"
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
    case .stack: "the stack"
    case .global(let index): "the global \(machine.roots.globals[index].name)"
    }
  }

  /// The places that still refer to a freed object, roots first.
  public func danglingPlaces(to id: ObjectID) -> [Location<ObjectID>] {
    chronicle.dangling.filter { $0.value == id }.map(\.key)
      .sorted { ($0.owner?.index ?? -1, name(of: $0)) < ($1.owner?.index ?? -1, name(of: $1)) }
  }
}
