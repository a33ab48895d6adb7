/// Puts what pointers connect into layers: each object right of those that refer to it.
///
/// Edges are taken in order of first appearance. One that would close a cycle, or would make more
/// layers than allowed, is left out of account and drawn backwards later; so a long list goes on in
/// the first layer again, as text goes on in the next line.
struct Layering {
  /// Over the positions of a story's objects; only the edges taken.
  private(set) var successors: [[Int]]
  private(set) var predecessors: [[Int]]
  /// Each from top to bottom, as a walk from the roots meets them; without what nothing connects.
  private(set) var layers: [[Int]] = []

  private var layerOf: [Int]
  private let layerLimit: Int

  init(_ story: GraphStory, layerLimit: Int) {
    self.layerLimit = layerLimit
    successors = Array(repeating: [], count: story.objects.count)
    predecessors = successors
    layerOf = Array(repeating: 0, count: story.objects.count)
    var indexByID: [GraphNodeID: Int] = [:]
    for (index, object) in story.objects.enumerated() where indexByID[object.id] == nil {
      indexByID[object.id] = index
    }
    let rootTargets = story.rootTargets.compactMap { indexByID[$0] }
    var isLinked = Array(repeating: false, count: story.objects.count)
    for target in rootTargets { isLinked[target] = true }
    for edge in story.edges where edge.source != edge.target {
      guard let source = indexByID[edge.source], let target = indexByID[edge.target] else {
        continue
      }
      isLinked[source] = true
      isLinked[target] = true
      take(source, target)
    }
    layers = Array(repeating: [], count: (layerOf.max() ?? -1) + 1)
    for object in preorder(from: rootTargets) where isLinked[object] {
      layers[layerOf[object]].append(object)
    }
    if layers.allSatisfy(\.isEmpty) { layers = [] }
  }

  /// Moves `target` and what follows it behind `source`, unless that cannot be.
  private mutating func take(_ source: Int, _ target: Int) {
    var moved: [Int: Int] = [:]
    var pending = [(target, layerOf[source] + 1)]
    while let (object, layer) = pending.popLast() {
      guard layer > moved[object] ?? layerOf[object] else { continue }
      guard object != source, layer < layerLimit else { return }
      moved[object] = layer
      for successor in successors[object] { pending.append((successor, layer + 1)) }
    }
    for (object, layer) in moved { layerOf[object] = layer }
    successors[source].append(target)
    predecessors[target].append(source)
  }

  /// Depth first from the roots, then from whatever is left in order of birth.
  private func preorder(from roots: [Int]) -> [Int] {
    var isSeen = Array(repeating: false, count: successors.count)
    var order: [Int] = []
    for start in roots + Array(successors.indices) {
      var pending = [start]
      while let object = pending.popLast() {
        guard !isSeen[object] else { continue }
        isSeen[object] = true
        order.append(object)
        pending += successors[object].reversed()
      }
    }
    return order
  }
}
