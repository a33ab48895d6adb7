/// Where the panes of a comparison stand: one above the other in small windows, four in large ones.
///
/// All are equally large, so that objects have the same places in each.
struct PanePlan: Hashable, Sendable {
  let panes: [Rect]

  /// Panes that a window of this size has room for.
  static func capacity(width: Int, height: Int) -> Int { width >= 110 && height >= 34 ? 4 : 2 }

  init(_ count: Int, in area: Rect) {
    switch count {
    case ...1: panes = [area]
    case 2 where area.width >= 110:
      let half = (area.width - 1) / 2
      panes = [area.columns(0, half), area.columns(area.width - half, half)]
    case 2: panes = PanePlan.stacked(area)
    default:
      let half = (area.width - 1) / 2
      let left = PanePlan.stacked(area.columns(0, half))
      let right = PanePlan.stacked(area.columns(area.width - half, half))
      panes = Array([left[0], right[0], left[1], right[1]].prefix(count))
    }
  }

  private static func stacked(_ area: Rect) -> [Rect] {
    let half = area.height / 2
    return [area.rows(0, half), area.rows(half, half)]
  }
}
