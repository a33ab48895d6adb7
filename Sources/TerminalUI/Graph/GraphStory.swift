/// Everything a run ever shows in its graph, so that each object gets one place for good.
///
/// Lists are in order of first appearance. What names an unknown object is ignored.
public struct GraphStory: Hashable, Sendable {
  public struct Object: Hashable, Sendable {
    public var id: GraphNodeID
    public var label: String
    public var slotCount: Int

    public init(id: GraphNodeID, label: String, slotCount: Int) {
      self.id = id
      self.label = label
      self.slotCount = max(0, slotCount)
    }
  }

  public struct Edge: Hashable, Sendable {
    public var source: GraphNodeID
    public var target: GraphNodeID

    public init(_ source: GraphNodeID, _ target: GraphNodeID) {
      self.source = source
      self.target = target
    }
  }

  public var objects: [Object]
  /// From object to object.
  public var edges: [Edge]
  /// Objects that some root ever referred to.
  public var rootTargets: [GraphNodeID]
  /// Names of roots and titles of their groups; the widest decides the width kept for roots.
  public var rootNames: [String]
  /// Rows needed for roots at the fullest moment: one a root, one a group.
  public var rootRowCount: Int

  public init(
    objects: [Object] = [], edges: [Edge] = [], rootTargets: [GraphNodeID] = [],
    rootNames: [String] = [], rootRowCount: Int = 0
  ) {
    self.objects = objects
    self.edges = edges
    self.rootTargets = rootTargets
    self.rootNames = rootNames
    self.rootRowCount = rootRowCount
  }
}

extension GraphStory {
  /// The story told by one picture.
  public init(_ picture: GraphPicture) {
    self.init([picture])
  }

  /// The story told by pictures in a row.
  public init(_ pictures: [GraphPicture]) {
    self.init()
    var recorder = GraphStoryRecorder()
    for picture in pictures { recorder.record(picture) }
    self = recorder.story
  }
}

/// Gathers a story picture by picture, keeping each fact once.
public struct GraphStoryRecorder: Hashable, Sendable {
  public private(set) var story = GraphStory()
  private var indexByID: [GraphNodeID: Int] = [:]
  private var edges: Set<GraphStory.Edge> = []
  private var targets: Set<GraphNodeID> = []
  private var names: Set<String> = []

  public init() {}

  public mutating func record(_ picture: GraphPicture) {
    for group in picture.rootGroups {
      note(name: group.title)
      for root in group.roots {
        note(name: root.name)
        if let target = root.pointer.link.target, targets.insert(target).inserted {
          story.rootTargets.append(target)
        }
      }
    }
    let rows = picture.rootGroups.reduce(0) { $0 + 1 + $1.roots.count }
    story.rootRowCount = max(story.rootRowCount, rows)
    for node in picture.nodes { record(node) }
  }

  private mutating func record(_ node: GraphPicture.Node) {
    if let index = indexByID[node.id] {
      let known = story.objects[index]
      story.objects[index].slotCount = max(known.slotCount, node.slots.count)
      if node.label.columnCount > known.label.columnCount {
        story.objects[index].label = node.label
      }
    } else {
      indexByID[node.id] = story.objects.count
      story.objects.append(
        GraphStory.Object(id: node.id, label: node.label, slotCount: node.slots.count))
    }
    for target in node.slots.compactMap(\.link.target) {
      let edge = GraphStory.Edge(node.id, target)
      if edges.insert(edge).inserted { story.edges.append(edge) }
    }
  }

  private mutating func note(name: String) {
    if names.insert(name).inserted { story.rootNames.append(name) }
  }
}

extension GraphPicture.Link {
  /// The object at the other end, alive or not.
  public var target: GraphNodeID? {
    switch self {
    case .empty: nil
    case .node(let id), .dangling(to: let id): id
    }
  }
}
