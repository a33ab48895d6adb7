/// The roots at the left: groups with their titles, one row a root.
struct RootPane: Hashable {
  enum Row: Hashable {
    case title(group: Int)
    case root(group: Int, index: Int)
    /// So many rows do not fit above or below.
    case more(count: Int, isAbove: Bool)
  }

  struct PlacedRow: Hashable {
    var content: Row
    var row: Int
  }

  /// Counted from the panel's top left corner.
  let column: Int
  let width: Int
  let rows: [PlacedRow]

  init(_ groups: [GraphPicture.RootGroup], geometry: GraphGeometry, expectedRowCount: Int) {
    column = geometry.columns.origin
    width = geometry.rootWidth
    var contents: [Row] = []
    for (group, value) in groups.enumerated() {
      contents.append(.title(group: group))
      contents += value.roots.indices.map { .root(group: group, index: $0) }
    }
    guard width > 0, !contents.isEmpty, geometry.height > 0 else {
      rows = []
      return
    }
    guard contents.count <= geometry.height else {
      let focus = contents.lastIndex { Self.isInFocus($0, in: groups) } ?? 0
      rows = Self.window(of: contents, height: geometry.height, focus: focus)
      return
    }
    let expected = max(expectedRowCount, contents.count)
    let pitch = max(1, min(3, geometry.height / expected))
    let top = geometry.firstRootRow(rowCount: expected * pitch)
    rows = Self.spread(contents, from: min(top, geometry.height - contents.count), pitch: pitch)
  }

  /// Rows `pitch` apart, but for a title, which stands right above its first root.
  private static func spread(_ contents: [Row], from top: Int, pitch: Int) -> [PlacedRow] {
    var rows: [PlacedRow] = []
    for content in contents {
      let next = rows.last.map { last in
        if case .title = last.content { last.row + 1 } else { last.row + pitch }
      }
      rows.append(PlacedRow(content: content, row: next ?? top))
    }
    return rows
  }

  private static func window(of contents: [Row], height: Int, focus: Int) -> [PlacedRow] {
    let first = max(0, min(focus - height / 2, contents.count - height))
    var shown = Array(contents[first..<first + height])
    let below = contents.count - first - height
    if first > 0 { shown[0] = .more(count: first + 1, isAbove: true) }
    if below > 0 { shown[height - 1] = .more(count: below + 1, isAbove: false) }
    return shown.enumerated().map { PlacedRow(content: $1, row: $0) }
  }

  private static func isInFocus(_ row: Row, in groups: [GraphPicture.RootGroup]) -> Bool {
    guard case .root(let group, let index) = row else { return false }
    let pointer = groups[group].roots[index].pointer
    return pointer.isSelected || pointer.look != .plain
  }
}

extension RootPane {
  /// The column right of the pane, where the edges of roots leave it.
  var exitColumn: Int { column + width }

  /// Columns for the name of a root, after its mark.
  var nameColumn: Int { column + 2 }

  func name(of root: GraphPicture.Root, ellipsis: String) -> String {
    root.name.cut(to: max(0, width - 3), ellipsis: ellipsis)
  }
}
