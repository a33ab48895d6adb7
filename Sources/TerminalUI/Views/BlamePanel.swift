import Scenarios

/// Why an object was lost: the fatal acts step by step, and which barriers would have saved it.
struct BlamePanel {
  /// Nil where nothing is lost or doomed.
  let blame: Blame?
  /// The present step.
  let position: Int
  /// Labels of victims that are not told of here.
  let others: [String]
  let theme: Theme

  /// The present step is kept in sight.
  func lines(width: Int, height: Int) -> [TextLine] {
    guard let blame else {
      return TextLine.wrapped(
        "Nobody is to blame: nothing is lost or doomed in this run.", width: width, .good)
    }
    var lines: [TextLine] = []
    var focus: Int?
    for entry in blame.entries {
      if entry.step == position, focus == nil { focus = lines.count }
      lines += self.lines(of: entry, width: width)
    }
    let head = headline(blame, width: width)
    return head
      + TextLine.window(
        lines, around: focus ?? 0, height: max(1, height - head.count), what: "line", theme.glyphs)
  }

  private func headline(_ blame: Blame, width: Int) -> [TextLine] {
    let other =
      others.isEmpty ? "" : " Also \(others.joined(separator: ", ")): Tab selects."
    return TextLine.wrapped(blame.headline + other, width: width, .strong)
  }

  private func lines(of entry: Blame.Entry, width: Int) -> [TextLine] {
    let isHere = entry.step == position
    let pointer = isHere ? "\(theme.glyphs.root) " : "  "
    let step = entry.step.map { String($0) } ?? ""
    let head = TextLine(pointer, .strong).then(step.padded(to: 5), isHere ? .strong : .text)
      .then(entry.word.padded(to: 8), entry.role.look)
    let indent = head.columnCount
    let text = TextLine.wrapped(entry.text, width: width - indent, isHere ? .strong : .text)
    return text.enumerated().map { index, line in
      index == 0 ? head.then(line) : line.indented(by: indent)
    }
  }
}

extension Blame.Entry.Role {
  /// How the word of the entry looks.
  var look: Role {
    switch self {
    case .insertion, .deletion, .doomed: .doomed
    case .lost: .danger
    case .rescue: .good
    case .failure, .remark: .faint
    }
  }
}
