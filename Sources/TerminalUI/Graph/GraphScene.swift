/// How many nodes are out of sight on each side.
struct HiddenCounts: Hashable {
  var left = 0
  var right = 0
  var above = 0
  var below = 0
}

/// The nodes of a picture, put where the geometry says.
struct GraphScene {
  private(set) var boxes: [NodeBox] = []
  private(set) var hidden = HiddenCounts()
  /// Places in sight whose objects are not in the picture.
  private(set) var unborn: [Rect] = []
  private(set) var names: [GraphNodeID: String] = [:]
  private let geometry: GraphGeometry
  private let glyphs: Glyphs

  init(
    _ nodes: [GraphPicture.Node], layout: GraphLayout, geometry: GraphGeometry, glyphs: Glyphs
  ) {
    self.geometry = geometry
    self.glyphs = glyphs
    let nodeByID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (object, place) in zip(layout.objects, layout.places) {
      names[object.id] = object.label
      let rect = geometry.box(of: object, at: place)
      guard let node = nodeByID[object.id] else {
        if let rect { unborn.append(rect) }
        continue
      }
      names[object.id] = node.label
      if let rect {
        boxes.append(NodeBox(node, rect: rect, sizes: geometry.sizes, ellipsis: glyphs.ellipsis))
      } else {
        countHidden(at: place)
      }
    }
  }

  private mutating func countHidden(at place: GraphLayout.Place) {
    if place.column < geometry.columns.visible.lowerBound {
      hidden.left += 1
    } else if place.column >= geometry.columns.visible.upperBound {
      hidden.right += 1
    } else if place.lane < geometry.lanes.visible.lowerBound {
      hidden.above += 1
    } else {
      hidden.below += 1
    }
  }
}

// MARK: Wires

extension GraphScene {
  /// All pointers in sight; those that can be routed have an empty route still.
  func wires(groups: [GraphPicture.RootGroup], pane: RootPane) -> [Wire] {
    let visible = Set(boxes.map(\.node.id))
    var wires: [Wire] = []
    for placed in pane.rows {
      guard case .root(let group, let index) = placed.content else { continue }
      let pointer = groups[group].roots[index].pointer
      wires.append(
        Wire(
          spot: .root(group: group, index: index), pointer: pointer, column: pane.exitColumn,
          row: placed.row, label: label(of: pointer, at: pane.exitColumn), isFramed: false,
          course: course(of: pointer, from: nil, visible)))
    }
    for box in boxes {
      for slot in box.slotRows {
        let pointer = box.node.slots[slot.index]
        wires.append(
          Wire(
            spot: .slot(of: box.node.id, index: slot.index), pointer: pointer,
            column: box.exitColumn, row: slot.row, label: label(of: pointer, at: box.exitColumn),
            isFramed: box.density.isFramed, course: course(of: pointer, from: box.node.id, visible))
        )
      }
    }
    return wires
  }

  private func course(
    of pointer: GraphPicture.Pointer, from source: GraphNodeID?, _ visible: Set<GraphNodeID>
  ) -> Wire.Course {
    guard let target = pointer.link.target else { return .empty }
    if target == source { return .loop }
    return visible.contains(target) ? .route([]) : .label
  }

  /// As in `▶E`; with a warning when it dangles.
  private func label(of pointer: GraphPicture.Pointer, at column: Int) -> String {
    guard let target = pointer.link.target else { return "" }
    let warning = if case .dangling = pointer.link { "!" } else { "" }
    let text = glyphs.arrowRight + warning + (names[target] ?? "#\(target.number)")
    let room = min(geometry.columns.gap - 1, geometry.width - column)
    return text.cut(to: room, ellipsis: glyphs.ellipsis)
  }
}
