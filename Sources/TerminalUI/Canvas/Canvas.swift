/// A grid of styled characters: what the program shows, as a value.
///
/// Everything visible is drawn here first; a `Screen` then shows it. So the whole interface is
/// tested, exported and read aloud without a terminal.
public struct Canvas: Hashable, Sendable {
  /// One column of one row.
  public struct Cell: Hashable, Sendable {
    /// The character; `wideTail` marks the right half of the wide one to its left.
    public var scalar: Unicode.Scalar
    public var style: Style

    public static let wideTail: Unicode.Scalar = "\0"
    public static let blank = Cell(scalar: " ", style: .plain)
  }

  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Row by row; `width * height` cells.
  public private(set) var cells: [Cell]

  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  /// The whole canvas.
  public var bounds: Rect { Rect(column: 0, row: 0, width: width, height: height) }

  public subscript(column column: Int, row row: Int) -> Cell { cells[row * width + column] }
}

extension Canvas {
  /// Writes `text` to the right of `column`, leaving out whatever falls outside `clip`.
  ///
  /// Control characters are dropped, so no text can steer the terminal; a wide character that
  /// would be cut in half is dropped too.
  ///
  /// - Returns: the column after the text, clipped or not.
  @discardableResult
  public mutating func write(
    _ text: String, column: Int, row: Int, style: Style = .plain, clip: Rect? = nil
  ) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    var column = column
    for scalar in text.unicodeScalars {
      let columns = columnCount(of: scalar)
      guard columns > 0 else { continue }
      if (area.row..<area.endRow).contains(row), column >= area.column,
        column + columns <= area.endColumn
      {
        put(scalar, columns: columns, column: column, row: row, style: style)
      }
      column += columns
    }
    return column
  }

  /// Fills `rect` with `scalar`, one column wide.
  public mutating func fill(_ rect: Rect, with scalar: Unicode.Scalar = " ", style: Style = .plain)
  {
    let area = bounds.intersection(rect)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        put(scalar, columns: 1, column: column, row: row, style: style)
      }
    }
  }

  /// Changes the style of what stands in `rect`, not the characters.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = bounds.intersection(rect)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn { change(&cells[row * width + column].style) }
    }
  }

  private mutating func put(
    _ scalar: Unicode.Scalar, columns: Int, column: Int, row: Int, style: Style
  ) {
    let index = row * width + column
    let end = index + columns
    // Overwriting half of a wide character blanks its other half.
    if cells[index].scalar == Cell.wideTail, column > 0 { cells[index - 1].scalar = " " }
    if column + columns < width, cells[end].scalar == Cell.wideTail { cells[end].scalar = " " }
    cells[index] = Cell(scalar: scalar, style: style)
    if columns == 2 { cells[index + 1] = Cell(scalar: Cell.wideTail, style: style) }
  }
}

extension Canvas {
  /// One string a row, without trailing blanks: the form of golden frames and text exports.
  public var lines: [String] {
    (0..<height).map { row in
      var scalars = String.UnicodeScalarView()
      for cell in cells[row * width..<(row + 1) * width] where cell.scalar != Cell.wideTail {
        scalars.append(cell.scalar)
      }
      while scalars.last == " " { scalars.removeLast() }
      return String(scalars)
    }
  }

  public var text: String { lines.joined(separator: "\n") + "\n" }
}
