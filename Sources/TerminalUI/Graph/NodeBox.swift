/// A node where it stands in the panel, and which of its slots are drawn.
struct NodeBox {
  let node: GraphPicture.Node
  /// Cut off where the object's label is too long.
  let label: String
  /// Counted from the panel's top left corner.
  let rect: Rect
  let badgeWidth: Int
  let density: GraphDensity
  /// Slots drawn, with their rows.
  let slotRows: [SlotRow]
  /// Slots not drawn for lack of room, and the row that says so.
  let hiddenSlots: (count: Int, row: Int)?

  struct SlotRow {
    var index: Int
    var row: Int
  }

  init(_ node: GraphPicture.Node, rect: Rect, sizes: BoxSizes, ellipsis: String) {
    self.node = node
    self.rect = rect
    density = sizes.density
    let pins = sizes.width(label: "", slotCount: node.slots.count) - sizes.badgeWidth(label: "")
    let room = rect.width - pins - sizes.badgeWidth(label: "")
    label = node.label.cut(to: min(room, BoxSizes.labelLimit), ellipsis: ellipsis)
    badgeWidth = sizes.badgeWidth(label: label)
    // A ghost has no slots left to show.
    let slotCount = node.shade == .freed ? 0 : node.slots.count
    let foot = sizes.density.isFramed ? 1 : 0
    let rows = (0..<sizes.shownSlotCount(slotCount)).map { rect.row + sizes.row(ofShown: $0) }
      .filter { $0 < rect.endRow - foot }
    let rowCount = rows.count
    guard slotCount > rowCount, let last = rows.last else {
      slotRows = zip(node.slots.indices, rows).map(SlotRow.init)
      hiddenSlots = slotCount > rowCount ? (slotCount, rect.row + 1) : nil
      return
    }
    let shown = rowCount - 1
    let wanted = node.slots.firstIndex { $0.isSelected || $0.look != .plain } ?? 0
    let first = max(0, wanted - max(0, shown - 1))
    slotRows = (0..<shown).map { SlotRow(index: first + $0, row: rows[$0]) }
    hiddenSlots = (slotCount - shown, last)
  }
}

extension NodeBox {
  /// The column right of the box, where the edges of its slots begin.
  var exitColumn: Int { rect.endColumn }

  /// The row an edge enters from the left without costing extra.
  var entryRow: Int { density.isFramed ? rect.row + density.slotPitch : rect.row }

  /// Rows in which an arrow from the left meets something solid.
  var leftEntries: Range<Int> {
    density.isFramed ? rect.row + 1..<rect.endRow - 1 : rect.row..<rect.row + 1
  }

  /// Columns in which an arrow from above meets something solid.
  var topEntries: Range<Int> {
    let width = density.isFramed ? rect.width : badgeWidth
    return rect.column + 1..<rect.column + max(2, width - 1)
  }

  /// What stands under or in the foot of the box.
  func status(_ words: GraphWords) -> String {
    if let note = node.note { return note }
    if node.marks.contains(.lost) { return words.lost }
    if node.marks.contains(.doomed) { return words.doomed }
    return node.shade == .freed ? words.freed : ""
  }
}

extension String {
  /// At most `columns` columns of this text, ending in `ellipsis` when something is missing.
  func cut(to columns: Int, ellipsis: String) -> String {
    guard columnCount > columns else { return self }
    let room = columns - ellipsis.columnCount
    guard room >= 0 else { return "" }
    var kept = ""
    var width = 0
    for character in self {
      width += String(character).columnCount
      if width > room { break }
      kept.append(character)
    }
    return kept + ellipsis
  }
}
