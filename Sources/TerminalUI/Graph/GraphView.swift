/// The graph panel: a picture laid out, fitted into a rectangle and routed, ready to be drawn.
///
/// Making one does all the work; drawing and hit testing are cheap. Equal arguments give equal
/// views, so a caller may keep one for as long as nothing changes.
public struct GraphView: Sendable {
  public let rect: Rect
  /// The scroll used: the one asked for, moved as little as it takes to see what matters.
  public let scroll: GraphScroll
  let theme: Theme
  let words: GraphWords
  let groups: [GraphPicture.RootGroup]
  let pane: RootPane
  let boxes: [NodeBox]
  let wires: [Wire]
  let grid: RouteGrid
  /// Nodes out of sight on each side, when the panel is too small for all.
  let hidden: HiddenCounts?

  public init(
    _ picture: GraphPicture, layout: GraphLayout, in rect: Rect, theme: Theme,
    scroll: GraphScroll = GraphScroll(), words: GraphWords = .english
  ) {
    let layout = layout.covering(picture)
    let nodes = picture.distinctNodes
    let geometry = GraphGeometry(
      layout, width: rect.width, height: rect.height, words: words, scroll: scroll,
      focus: picture.focus)
    self.rect = rect
    self.theme = theme
    self.words = words
    self.scroll = geometry.scroll
    groups = picture.rootGroups
    pane = RootPane(groups, geometry: geometry, expectedRowCount: layout.rootRowCount)
    let scene = GraphScene(nodes, layout: layout, geometry: geometry, glyphs: theme.glyphs)
    boxes = scene.boxes
    hidden = geometry.isPartial ? scene.hidden : nil
    let wiring = Wiring(
      scene.wires(groups: groups, pane: pane), boxes: boxes, unborn: scene.unborn,
      obstacles: [
        Rect(column: 0, row: 0, width: pane.rows.isEmpty ? 0 : pane.exitColumn, height: rect.height)
      ],
      width: geometry.width, height: geometry.height)
    grid = wiring.grid
    wires = wiring.wires
  }
}

extension GraphPicture {
  /// The nodes without repeated ids.
  fileprivate var distinctNodes: [Node] {
    var known: Set<GraphNodeID> = []
    return nodes.filter { known.insert($0.id).inserted }
  }

  /// What scrolling must keep in sight, the most important last.
  fileprivate var focus: [GraphNodeID] {
    func isTouched(_ node: Node) -> Bool {
      node.marks.contains(.changed) || node.slots.contains { $0.look != .plain }
    }
    func isSelected(_ node: Node) -> Bool {
      node.marks.contains(.selected) || node.slots.contains { $0.isSelected }
    }
    return nodes.filter(isTouched).map(\.id) + nodes.filter(isSelected).map(\.id)
  }
}

extension GraphLayout {
  /// This layout, with places for whatever in `picture` has none.
  fileprivate func covering(_ picture: GraphPicture) -> GraphLayout {
    let needsRoots = rootRowCount == 0 && !picture.rootGroups.isEmpty
    guard needsRoots || picture.nodes.contains(where: { self[$0.id] == nil }) else { return self }
    var layout = self
    layout.extend(with: GraphStory(picture))
    return layout
  }
}
