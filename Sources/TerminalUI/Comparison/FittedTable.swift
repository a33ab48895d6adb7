/// Cells in columns that fit a width: names are cut first, then columns are left out; figures are never
/// cut.
struct FittedTable: Hashable, Sendable {
  /// The first is the head.
  let lines: [String]

  /// - Parameter dispensable: columns to do without, what matters least first.
  /// - Parameter textColumns: columns that start at the left; the first always does.
  /// - Parameter nameMinimum: columns of the names for which others are left out.
  init(
    _ cells: [[String]], width: Int, dispensable: [Int], textColumns: Set<Int> = [1],
    nameMinimum: Int = 8
  ) {
    func columnWidth(_ column: Int) -> Int { cells.map { $0[column].columnCount }.max() ?? 0 }
    func least(_ columns: [Int]) -> Int {
      columns.dropFirst().reduce(nameMinimum) { $0 + 1 + columnWidth($1) }
    }
    var columns = Array(cells[0].indices)
    for column in dispensable where least(columns) > width { columns.removeAll { $0 == column } }
    let rest = least(columns) - nameMinimum
    let nameWidth = max(nameMinimum, min(columnWidth(0), width - rest))
    lines = cells.map { row in
      columns.dropFirst().reduce(row[0].prefixed(by: nameWidth, .ascii).padded(to: nameWidth)) {
        let (cell, width) = (row[$1], columnWidth($1))
        let gap = String(repeating: " ", count: max(0, width - cell.columnCount))
        return $0 + " " + (textColumns.contains($1) ? cell + gap : gap + cell)
      }
    }
  }
}
