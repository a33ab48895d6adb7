import GarbageCollection

/// The heap as a map: a sign for each stretch of pages, by what was seen there.
struct LiveMapPanel {
  let sample: ThreadSample
  let theme: Theme

  /// At most `height` lines of signs.
  func lines(width: Int, height: Int) -> [TextLine] {
    guard !sample.map.isEmpty else { return [TextLine("nothing has been sampled yet", .faint)] }
    var lines: [TextLine] = []
    var start = 0
    while start < sample.map.count, lines.count < height {
      let end = min(sample.map.count, start + width)
      lines.append(line(sample.map[start..<end]))
      start = end
    }
    return lines
  }

  /// Signs of one look are written together.
  private func line(_ cells: ArraySlice<ThreadSample.MapCell>) -> TextLine {
    var line = TextLine()
    for cell in cells {
      let (text, role) = sign(of: cell)
      if line.pieces.last?.role == role {
        line.pieces[line.pieces.count - 1].text += text
      } else {
        line = line.then(text, role)
      }
    }
    return line
  }

  func sign(of cell: ThreadSample.MapCell) -> (text: String, role: Role) {
    if cell.usedPageCount == 0 { return (" ", .text) }
    if cell.grey > 0 { return (theme.glyphs.grey, .changed) }
    switch (cell.white, cell.black) {
    case (0, 0): return ("-", .faint)
    case (_, 0): return (theme.glyphs.white, .whiteBadge)
    case (0, _): return (theme.glyphs.black, .blackBadge)
    default:
      let tenths = Int(cell.black) * 10 / cell.objectCount
      return ("\(max(1, min(9, tenths)))", .greyBadge)
    }
  }

  var legend: TextLine {
    TextLine(theme.glyphs.white, .whiteBadge).then(" white ", .faint)
      .then("1-9", .greyBadge).then(" tenths black ", .faint)
      .then(theme.glyphs.black, .blackBadge).then(" black ", .faint)
      .then(theme.glyphs.grey, .changed).then(" grey", .faint)
  }

  /// How much a sign stands for.
  var scale: String {
    guard !sample.map.isEmpty else { return "" }
    let bytes = sample.committedBytes / sample.map.count
    return "a sign is \(LiveFigures.size(bytes))"
  }
}
