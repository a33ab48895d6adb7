/// Where each object stands: a grid of columns (how far from the roots) and lanes (rows of boxes).
///
/// Computed once from a whole story, so an object keeps its place from birth to ghost, whichever
/// way time runs. It grows, and never moves what is placed. Cells of the grid become cells of the
/// screen only when a `GraphView` fits them into a panel.
public struct GraphLayout: Hashable, Sendable {
  /// A place in the grid; both 0-based, from the left and from the top.
  public struct Place: Hashable, Sendable {
    public var column: Int
    public var lane: Int

    public init(column: Int, lane: Int) {
      self.column = column
      self.lane = lane
    }
  }

  /// In order of placement; `places` has as many.
  public private(set) var objects: [GraphStory.Object] = []
  public private(set) var places: [Place] = []
  public private(set) var columnCount = 0
  public private(set) var laneCount = 0
  /// A chain of more objects than this goes on below, as text does.
  public let columnLimit: Int
  /// Columns of text the widest root name takes.
  public private(set) var rootNameWidth = 0
  public private(set) var rootRowCount = 0

  private var indexByID: [GraphNodeID: Int] = [:]
  private var idByPlace: [Place: GraphNodeID] = [:]
  /// Objects in each column.
  private var crowd: [Int] = []

  public init(_ story: GraphStory = GraphStory(), columnLimit: Int = 5) {
    self.columnLimit = max(1, columnLimit)
    noteRoots(of: story)
    for (object, place) in LayeredPlacement(story, columnLimit: self.columnLimit).placed {
      put(object, at: place)
    }
    placeRest(of: story)
  }

  public subscript(id: GraphNodeID) -> Place? { indexByID[id].map { places[$0] } }

  /// Finds places for the objects of `story` that have none, near those that refer to them.
  public mutating func extend(with story: GraphStory) {
    noteRoots(of: story)
    placeRest(of: story)
  }
}

// MARK: Placing

extension GraphLayout {
  private mutating func noteRoots(of story: GraphStory) {
    rootNameWidth = story.rootNames.reduce(rootNameWidth) { max($0, $1.columnCount) }
    rootRowCount = max(rootRowCount, story.rootRowCount)
  }

  private mutating func placeRest(of story: GraphStory) {
    var sources: [GraphNodeID: [GraphNodeID]] = [:]
    for edge in story.edges where edge.source != edge.target {
      sources[edge.target, default: []].append(edge.source)
    }
    let rooted = Set(story.rootTargets)
    for object in story.objects where indexByID[object.id] == nil {
      let source = sources[object.id, default: []].compactMap { self[$0] }.first
      put(object, at: place(after: source, isRooted: rooted.contains(object.id)))
    }
  }

  private mutating func put(_ object: GraphStory.Object, at place: Place) {
    guard indexByID[object.id] == nil else { return }
    indexByID[object.id] = objects.count
    idByPlace[place] = object.id
    objects.append(object)
    places.append(place)
    columnCount = max(columnCount, place.column + 1)
    while crowd.count < columnCount { crowd.append(0) }
    crowd[place.column] += 1
    laneCount = max(laneCount, place.lane + 1)
  }

  /// A free place beside `source`; in the first column for what only roots refer to, and far from
  /// the roots for what nothing refers to.
  private func place(after source: Place?, isRooted: Bool) -> Place {
    guard let source = source ?? (isRooted ? Place(column: -1, lane: 0) : nil) else {
      return loosePlace()
    }
    let column = source.column + 1 < columnLimit ? source.column + 1 : 0
    return Place(column: column, lane: freeLane(in: column, near: source.lane))
  }

  private func freeLane(in column: Int, near lane: Int) -> Int {
    for distance in 0..<max(1, laneCount) {
      for candidate in [lane - distance, lane + distance]
      where (0..<laneCount).contains(candidate) && isFree(column, candidate) {
        return candidate
      }
    }
    return laneCount
  }

  private func isFree(_ column: Int, _ lane: Int) -> Bool {
    idByPlace[Place(column: column, lane: lane)] == nil
  }

  private func loosePlace() -> Place {
    for column in (0..<columnCount).reversed() where crowd[column] < laneCount {
      for lane in (0..<laneCount).reversed() where isFree(column, lane) {
        return Place(column: column, lane: lane)
      }
    }
    // The grid is full: it grows towards a square.
    if laneCount < columnCount || columnCount >= columnLimit {
      return Place(column: columnCount - 1, lane: laneCount)
    }
    return Place(column: columnCount, lane: max(0, laneCount - 1))
  }
}

// MARK: Walking

extension GraphLayout {
  /// The object to select when going from `id` towards a side, among `candidates`.
  ///
  /// The nearest one on that side; being in line counts more than being near.
  public func neighbor(
    of id: GraphNodeID, towards side: GraphSide, among candidates: [GraphNodeID]
  ) -> GraphNodeID? {
    guard let here = self[id] else { return candidates.first }
    let ranked = candidates.compactMap { candidate -> (id: GraphNodeID, distance: Int)? in
      guard candidate != id, let there = self[candidate] else { return nil }
      let columns = there.column - here.column
      let lanes = there.lane - here.lane
      let (ahead, aside) =
        switch side {
        case .left: (-columns, lanes)
        case .right: (columns, lanes)
        case .up: (-lanes, columns)
        case .down: (lanes, columns)
        }
      return ahead > 0 ? (candidate, ahead + 3 * abs(aside)) : nil
    }
    return ranked.min { ($0.distance, $0.id) < ($1.distance, $1.id) }?.id
  }
}

/// A side of the screen.
public enum GraphSide: Hashable, Sendable, CaseIterable {
  case left, right, up, down
}
