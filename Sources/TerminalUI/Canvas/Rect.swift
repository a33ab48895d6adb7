/// A rectangle of cells; columns and rows are 0-based, sizes never negative.
public struct Rect: Hashable, Sendable {
  public var column: Int
  public var row: Int
  public var width: Int
  public var height: Int

  public init(column: Int, row: Int, width: Int, height: Int) {
    self.column = column
    self.row = row
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// One past the last column.
  public var endColumn: Int { column + width }
  /// One past the last row.
  public var endRow: Int { row + height }
  public var isEmpty: Bool { width == 0 || height == 0 }

  public func contains(column: Int, row: Int) -> Bool {
    (self.column..<endColumn).contains(column) && (self.row..<endRow).contains(row)
  }

  /// The rectangle left when `margin` cells are taken off each side.
  public func inset(by margin: Int) -> Rect {
    Rect(
      column: column + margin, row: row + margin, width: width - 2 * margin,
      height: height - 2 * margin)
  }

  /// What both rectangles cover; empty when they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let column = max(self.column, other.column)
    let row = max(self.row, other.row)
    return Rect(
      column: column, row: row, width: min(endColumn, other.endColumn) - column,
      height: min(endRow, other.endRow) - row)
  }
}
