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
    let entries = blame.entries.map { lines(of: $0, width: width) }
    let here = blame.entries.firstIndex { $0.step == position } ?? 0
    let head = headline(blame, width: width)
    let room = max(1, height - head.count)
    let first = entries[..<here].joined().count
    return head
      + TextLine.window(
        Array(entries.joined()), around: first + max(0, min(entries[here].count, room - 1) - 1),
        height: room, what: "line", theme.glyphs)
  }

  /// How many there are when all are shown.
  func lineCount(width: Int) -> Int {
    guard let blame else { return 1 }
    return headline(blame, width: width).count
      + blame.entries.reduce(0) { $0 + lines(of: $1, width: width).count }
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
