/// A pointer on its way from its slot or root to the box it refers to.
struct Wire: Hashable {
  /// How it ends.
  enum Course: Hashable {
    /// Nothing to draw but that the slot is empty.
    case empty
    /// To its own object.
    case loop
    case route([RouteStep])
    /// The target is out of sight or out of reach: its name stands at the slot.
    case label
  }

  let spot: GraphSpot
  let pointer: GraphPicture.Pointer
  /// The first cell right of its slot or of the pane of roots.
  let column: Int
  let row: Int
  /// Names the target where no line does.
  let label: String
  /// Its label has a place of its own inside a box.
  let isFramed: Bool
  var course: Course
}

/// Routes the wires of one picture around its boxes.
///
/// Short wires first, so that what is simple stays straight. A wire that finds no way is tried first
/// in a second round; if that fails too its target is named at the slot instead, and the others are
/// routed again around the name. So each round settles at least one, and no picture is wrong.
struct Wiring {
  private(set) var wires: [Wire]
  private(set) var grid: RouteGrid
  private let boxes: [NodeBox]
  private let boxIndexByID: [GraphNodeID: Int]
  private let open: RouteGrid
  private var search: RouteSearch

  /// - Parameter obstacles: rectangles no edge may enter, beside boxes and exits.
  init(
    _ wires: [Wire], boxes: [NodeBox], unborn: [Rect], obstacles: [Rect], width: Int, height: Int
  ) {
    self.wires = wires
    self.boxes = boxes
    boxIndexByID = Dictionary(
      boxes.enumerated().map { ($1.node.id, $0) }, uniquingKeysWith: { first, _ in first })
    var open = RouteGrid(width: width, height: height)
    for rect in obstacles { open.block(rect) }
    // Lines keep off places where objects will be born, so they need not move then.
    for rect in unborn { open.weigh(rect, by: 4) }
    for (net, box) in boxes.enumerated() { open.add(box, net: RouteGrid.Net(net)) }
    for wire in wires { open.block(Rect(column: wire.column, row: wire.row, width: 1, height: 1)) }
    self.open = open
    grid = open
    search = RouteSearch(cellCount: width * height)
    route()
  }
}

extension Wiring {
  private mutating func route() {
    var order = routable()
    var failed = tryAll(in: order)
    if failed.isEmpty { return }
    order = failed + order.filter { !failed.contains($0) }
    failed = tryAll(in: order)
    while !failed.isEmpty {
      for index in failed { wires[index].course = .label }
      order.removeAll { failed.contains($0) }
      failed = tryAll(in: order)
    }
  }

  /// Wires that have somewhere to go, the shortest first.
  private func routable() -> [Int] {
    let lengths = wires.indices.compactMap { index -> (index: Int, length: Int)? in
      guard case .route = wires[index].course, let box = target(of: wires[index]) else {
        return nil
      }
      let wire = wires[index]
      let columns = abs(box.rect.column - wire.column)
      return (index, columns + 3 * abs(box.entryRow - wire.row))
    }
    return lengths.sorted { ($0.length, $0.index) < ($1.length, $1.index) }.map(\.index)
  }

  private func target(of wire: Wire) -> NodeBox? {
    wire.pointer.link.target.flatMap { boxIndexByID[$0] }.map { boxes[$0] }
  }

  /// Routes all of `order` on an empty grid.
  ///
  /// - Returns: those that found no way.
  private mutating func tryAll(in order: [Int]) -> [Int] {
    grid = open
    for wire in wires where !wire.isFramed {
      guard case .label = wire.course else { continue }
      grid.block(Rect(column: wire.column, row: wire.row, width: wire.label.columnCount, height: 1))
    }
    var failed: [Int] = []
    for index in order {
      guard let steps = route(of: wires[index]) else {
        failed.append(index)
        continue
      }
      wires[index].course = .route(steps)
    }
    return failed
  }

  private mutating func route(of wire: Wire) -> [RouteStep]? {
    guard let start = grid.cell(column: wire.column, row: wire.row),
      let index = wire.pointer.link.target.flatMap({ boxIndexByID[$0] })
    else { return nil }
    let net = RouteGrid.Net(index)
    let found = search.route(
      from: start, to: grid.goals(around: boxes[index]), around: boxes[index].rect, net: net,
      on: grid)
    guard let found, Set(found.map(\.cell)).count == found.count else { return nil }
    grid.lay(found, net: net)
    return found
  }
}

extension RouteGrid {
  /// Makes a box an obstacle, and keeps the cells left of it for the edges that lead to it.
  fileprivate mutating func add(_ box: NodeBox, net: Net) {
    block(box.rect)
    let around = Rect(
      column: box.rect.column - 2, row: box.rect.row - 1, width: box.rect.width + 4,
      height: box.rect.height + 2)
    weigh(around, by: 1)
    weigh(box.rect.inset(by: -1), by: 2)
    for row in box.leftEntries { reserve(column: box.rect.column - 1, row: row, for: net) }
  }

  /// Where an arrowhead may touch `box`: best in its first row from the left.
  fileprivate func goals(around box: NodeBox) -> [RouteSearch.Goal] {
    var goals: [RouteSearch.Goal] = []
    func add(column: Int, row: Int, _ heading: Heading, cost: Int32) {
      guard let cell = cell(column: column, row: row) else { return }
      goals.append(RouteSearch.Goal(cell: cell, heading: heading, cost: cost))
    }
    for row in box.leftEntries {
      add(column: box.rect.column - 1, row: row, .right, cost: row == box.entryRow ? 0 : 4)
    }
    for column in box.topEntries {
      add(column: column, row: box.rect.row - 1, .down, cost: 12)
      if box.density.isFramed { add(column: column, row: box.rect.endRow, .up, cost: 12) }
    }
    return goals
  }
}
