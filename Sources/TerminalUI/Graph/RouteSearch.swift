/// Finds cheapest routes on a grid: A* over cells and headings, with buckets for a queue.
///
/// Deterministic: costs are small integers, and equals come out in the order last in, first out.
struct RouteSearch {
  /// A cell an arrowhead may stand in, and the way it points.
  struct Goal: Hashable {
    var cell: Int
    var heading: Heading
    /// What ending here costs beyond getting here.
    var cost: Int32
  }

  private static let columnCost: Int32 = 2
  private static let rowCost: Int32 = 3
  private static let bendCost: Int32 = 5
  private static let crowdingCost: Int32 = 1
  /// A bend beside a stranger's line looks joined to it where corners are drawn `+`.
  private static let crowdedBendCost: Int32 = 6

  /// Cheapest known cost of each state (cell × 4 + heading), valid where `stamps` is `stamp`.
  private var costs: [Int32]
  private var parents: [Int32]
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0
  private var buckets: [[Int32]] = []

  init(cellCount: Int) {
    costs = Array(repeating: 0, count: cellCount * 4)
    parents = costs
    stamps = Array(repeating: 0, count: cellCount * 4)
  }

  /// The cheapest route that starts in `start`, going right, and ends in one of `goals`.
  ///
  /// `target` is the rectangle the goals lie around.
  mutating func route(
    from start: Int, to goals: [Goal], around target: Rect, net: RouteGrid.Net, on grid: RouteGrid
  ) -> [RouteStep]? {
    stamp += 1
    for index in buckets.indices { buckets[index].removeAll(keepingCapacity: true) }
    let heuristic = Heuristic(target: target, width: grid.width)
    reach(start * 4 + Heading.right.rawValue, cost: 0, from: -1, remaining: heuristic(start))
    var cursor = 0
    while cursor < buckets.count {
      guard let code = buckets[cursor].popLast() else {
        cursor += 1
        continue
      }
      if code < 0 { return path(to: Int(~code)) }
      let state = Int(code)
      let cell = state / 4
      let heading = Heading.allCases[state % 4]
      guard costs[state] + heuristic(cell) == Int32(cursor) else { continue }
      for goal in goals where goal.cell == cell && goal.heading == heading {
        if cell == start || grid.canEnd(net, in: cell, heading) {
          push(~code, priority: costs[state] + goal.cost)
        }
      }
      expand(state, cell, heading, isStart: cell == start, net, grid, heuristic)
    }
    return nil
  }

  private mutating func expand(
    _ state: Int, _ cell: Int, _ heading: Heading, isStart: Bool, _ net: RouteGrid.Net,
    _ grid: RouteGrid, _ heuristic: Heuristic
  ) {
    let passage = isStart ? RouteGrid.Passage(cost: 0) : grid.passage(of: net, into: cell, heading)
    guard let passage else { return }
    let isCrowded = grid.hasStranger(beside: cell, heading, net: net)
    let isTight = isCrowded || grid.hasStranger(beforeOrBehind: cell, heading, net: net)
    for leaving in Heading.allCases where leaving != heading.reversed {
      if let forced = passage.forced, forced != leaving { continue }
      guard let next = grid.neighbor(of: cell, leaving), !grid.isBlocked[next] else { continue }
      var cost = costs[state] + passage.cost + grid.weight[next]
      cost += leaving.isHorizontal ? Self.columnCost : Self.rowCost
      if leaving != heading && passage.forced == nil {
        cost += Self.bendCost + grid.weight[cell] + (isTight ? Self.crowdedBendCost : 0)
      } else if isCrowded && passage.forced == nil {
        cost += Self.crowdingCost
      }
      reach(next * 4 + leaving.rawValue, cost: cost, from: state, remaining: heuristic(next))
    }
  }

  private mutating func reach(_ state: Int, cost: Int32, from parent: Int, remaining: Int32) {
    if stamps[state] == stamp && costs[state] <= cost { return }
    stamps[state] = stamp
    costs[state] = cost
    parents[state] = Int32(parent)
    push(Int32(state), priority: cost + remaining)
  }

  private mutating func push(_ code: Int32, priority: Int32) {
    while buckets.count <= Int(priority) { buckets.append([]) }
    buckets[Int(priority)].append(code)
  }

  private func path(to end: Int) -> [RouteStep] {
    var steps: [RouteStep] = []
    var state = end
    var leaving = Heading.allCases[end % 4]
    while state >= 0 {
      let entering = Heading.allCases[state % 4]
      steps.append(RouteStep(cell: state / 4, entering: entering, leaving: leaving))
      leaving = entering
      state = Int(parents[state])
    }
    return steps.reversed()
  }
}

extension RouteSearch {
  /// A lower bound for the cost from a cell to the cells around `target`.
  private struct Heuristic {
    let target: Rect
    let width: Int

    func callAsFunction(_ cell: Int) -> Int32 {
      let column = cell % width
      let row = cell / width
      let columns = max(target.column - 1 - column, column - target.endColumn, 0)
      let rows = max(target.row - 1 - row, row - target.endRow, 0)
      return Int32(columns) * columnCost + Int32(rows) * rowCost
    }
  }
}
