/// Places everything that pointers connect, in layers from left to right.
///
/// Sugiyama's method in small (IEEE Trans. SMC 11(2), 1981): cut cycles, layer by longest path, order
/// each layer by the medians of its neighbours, then straighten. Every choice follows the order of
/// first appearance, so equal stories give equal places.
struct LayeredPlacement {
  private(set) var placed: [(GraphStory.Object, GraphLayout.Place)] = []

  private let successors: [[Int]]
  private let predecessors: [[Int]]
  /// Objects of each layer from top to bottom.
  private var layers: [[Int]] = []

  init(_ story: GraphStory, columnLimit: Int) {
    let layering = Layering(story, layerLimit: columnLimit)
    successors = layering.successors
    predecessors = layering.predecessors
    layers = layering.layers
    order()
    place(story.objects)
  }
}

// MARK: Order within layers

extension LayeredPlacement {
  private static let sweepCount = 6

  private mutating func order() {
    var best = layers
    var fewest = crossingCount()
    for sweep in 0..<Self.sweepCount where fewest > 0 {
      if sweep.isMultiple(of: 2) {
        for layer in layers.indices.dropFirst() { sort(layer, by: predecessors) }
      } else {
        for layer in layers.indices.dropLast().reversed() { sort(layer, by: successors) }
      }
      let crossings = crossingCount()
      if crossings < fewest { (fewest, best) = (crossings, layers) }
    }
    layers = best
  }

  private mutating func sort(_ layer: Int, by neighbors: [[Int]]) {
    let positions = relativePositions()
    let keyed = layers[layer].enumerated().map { index, object in
      let around = neighbors[object].map { positions[$0] }.sorted()
      let own = positions[object]
      return (object: object, key: around.isEmpty ? own : around[around.count / 2], index: index)
    }
    layers[layer] = keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.object)
  }

  /// Where each object stands in its layer, in thousandths.
  private func relativePositions() -> [Int] {
    var positions = Array(repeating: 0, count: successors.count)
    let tallest = layers.reduce(1) { max($0, $1.count) }
    for layer in layers {
      for (index, object) in layer.enumerated() {
        positions[object] = 1000 * index / tallest
      }
    }
    return positions
  }

  /// Pairs of edges between neighbouring layers that cross; 0 when there are too many to count.
  private func crossingCount() -> Int {
    var positions = Array(repeating: -1, count: successors.count)
    for layer in layers { for (index, object) in layer.enumerated() { positions[object] = index } }
    var crossings = 0
    for (layer, next) in zip(layers, layers.dropFirst()) where layer.count < 200 {
      let near = Set(next)
      let edges = layer.flatMap { source in
        successors[source].filter(near.contains).map { (positions[source], positions[$0]) }
      }
      guard edges.count < 400 else { continue }
      for (index, edge) in edges.enumerated() {
        crossings += edges[..<index].count { ($0.0 - edge.0) * ($0.1 - edge.1) < 0 }
      }
    }
    return crossings
  }
}

// MARK: Lanes

extension LayeredPlacement {
  private mutating func place(_ objects: [GraphStory.Object]) {
    var lanes: [Int?] = Array(repeating: nil, count: objects.count)
    let laneCount = layers.reduce(0) { max($0, $1.count) }
    for (column, layer) in layers.enumerated() {
      let straight = straightened(layer, laneCount: laneCount) { object in
        predecessors[object].compactMap { lanes[$0] }
      }
      for (object, lane) in zip(layer, straight) {
        lanes[object] = lane
        placed.append((objects[object], GraphLayout.Place(column: column, lane: lane)))
      }
    }
  }

  /// Lanes for a layer in its order, each as near as possible to where its edges come from.
  private func straightened(
    _ layer: [Int], laneCount: Int, wishes: (Int) -> [Int]
  ) -> [Int] {
    var lanes: [Int] = []
    for (index, object) in layer.enumerated() {
      let lowest = (lanes.last ?? -1) + 1
      let highest = laneCount - (layer.count - index)
      let around = wishes(object).sorted()
      let wish = around.isEmpty ? lowest : around[(around.count - 1) / 2]
      lanes.append(min(max(wish, lowest), highest))
    }
    return lanes
  }
}
