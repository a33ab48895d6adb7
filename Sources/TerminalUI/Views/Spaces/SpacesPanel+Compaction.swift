import GarbageCollection

/// Compaction: two lanes for one space, and what goes from the one to the other.
extension SpacesPanel {
  func compactionLines(
    _ observed: borrowing ObservedMachine, _ style: LaneStyle, width: Int, height: Int
  ) -> [TextLine] {
    let space = observed.machine.heap.spaces[0]
    let now = items(in: 0, observed)
    let moves = self.moves(observed)
    let end = moves.last.map { $0.item.bytes.upperBound } ?? space.start
    var future = LaneBounds(space)
    let cursor = observed.machine.collector.compaction
    future.free = observed.machine.phase == .forwarding ? cursor.target : end
    let then = moves.map(\.item)
    let scale = LaneScale([(LaneBounds(space), now), (future, then)], width: width)
    func lane(_ space: LaneBounds, _ items: [LaneItem], _ pointers: [LanePointer]) -> SpaceLane {
      SpaceLane(
        space: space, items: items, pointers: pointers, scale: scale, theme: theme, width: width)
    }
    let word = observed.machine.phase == .forwarding ? "next place" : "free then"
    let upper = lane(
      LaneBounds(space), now,
      [
        LanePointer(name: "looks here", offset: cursor.offset, role: .changed),
        LanePointer(name: "free", offset: space.free),
      ])
    let lower = lane(
      future, then, [LanePointer(name: word, offset: future.free, role: .changed)])
    var lines: [TextLine] = []
    if style.hasHeads { lines.append(head(of: upper, space, "where objects stand")) }
    if style.hasPointers {
      lines.append(named(upper.pointerLine(arrow: theme.glyphs.arrowDown), "", style))
    }
    lines.append(named(upper.line, "now", style))
    lines += wires(moves, from: upper, to: lower, height: height - lines.count - 2).map {
      named($0, "", style)
    }
    lines.append(named(lower.line, "then", style))
    if style.hasPointers {
      lines.append(named(lower.pointerLine(arrow: theme.glyphs.arrowUp), "", style))
    }
    if style.hasHeads, lines.count < height {
      lines.append(TextLine("where they will stand", .strong))
    }
    return lines
  }

  /// An object of the second lane, and where it stands now.
  private struct Move {
    let object: Reference
    /// At its place to come.
    let item: LaneItem
    let isDone: Bool
  }

  /// Objects with a place, and those that have moved there, by address.
  private func moves(_ observed: borrowing ObservedMachine) -> [Move] {
    var moves: [Move] = []
    let isMoving = observed.machine.phase == .moving
    observed.machine.heap.forEachObject(inSpace: 0) { object in
      let next = observed.machine.nextPlace(of: object)
      guard let target = next ?? (isMoving ? object : nil) else { return }
      let byteCount = observed.machine.heap.cellBytes(of: object)
      moves.append(
        Move(
          object: object, item: item(object, at: target.offset, byteCount, observed),
          isDone: next == nil))
    }
    return moves
  }

  private func wires(
    _ moves: [Move], from upper: SpaceLane, to lower: SpaceLane, height: Int
  ) -> [TextLine] {
    guard upper.map != nil, lower.map != nil, height > 0 else { return [] }
    // In the second column, where the glyph of an object stands.
    let wires = moves.map { move in
      (
        from: min(upper.width - 1, upper.column(of: move.object.offset) + 1),
        to: min(lower.width - 1, lower.column(of: move.item.bytes.lowerBound) + 1)
      )
    }
    let wiring = LaneWires(wires: wires, width: upper.width, theme: theme)
    return (1...height).lazy.compactMap { wiring.lines(height: $0) }.first ?? []
  }

  /// `A stays  B -> +0x20a0`: the forwarding addresses, as many as there are rows for.
  func placeLines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    var words: [TextLine] = []
    for move in moves(observed) {
      guard let id = observed.chronicle.tenant(of: move.object), !move.isDone else { continue }
      let target = move.item.bytes.lowerBound
      let place =
        target == move.object.offset ? " stays" : " -> +0x" + String(target, radix: 16)
      words.append(
        TextLine(observed.label(of: id), scene.role(of: id, otherwise: .strong))
          .then(place + "  ", scene.touched.contains(id) ? .changed : .text))
    }
    return TextLine.filled(words, width: width)
  }
}

extension TextLine {
  /// As many of the words in each line as fit.
  static func filled(_ words: [TextLine], width: Int) -> [TextLine] {
    words.reduce(into: []) { lines, word in
      if let last = lines.last, last.columnCount + word.columnCount <= width {
        lines[lines.count - 1] = last.then(word)
      } else {
        lines.append(word)
      }
    }
  }
}
