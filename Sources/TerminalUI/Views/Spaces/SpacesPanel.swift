import GarbageCollection

/// The spaces of the heap, a lane each, with the pointers that collectors move through them.
///
/// While objects are compacted there are two lanes for the one space, where they stand and where they
/// are going to stand, and lines or words from the one to the other. Cells, where there are any
/// besides, have their rows below.
struct SpacesPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int, height: Int) -> [TextLine] {
    let isCompacting = observed.machine.phase.isCompacting
    let places =
      rememberedLines(observed, width: width)
      + (isCompacting ? placeLines(observed, width: width) : shellLines(observed, width: width))
    let cells = HeapPanel(scene: scene, theme: theme)
    let rest = cells.hasCells(observed)
    let count = isCompacting ? 2 : observed.machine.heap.spaces.count
    // Where there is little room, the pointers are more than the rows below.
    let reserve = (rest ? 2 : 0) + min(height < 8 ? 1 : 2, places.count)
    let isBeside = standBeside(observed, width: width)
    let rowCount = isBeside ? 1 : count
    let style = LaneStyle(height: max(height - reserve, min(height, rowCount)), laneCount: rowCount)
    let prefix = style.hasHeads ? 0 : LaneStyle.prefixWidth
    var lines =
      isCompacting
      ? compactionLines(observed, style, width: width - prefix, height: height - reserve)
      : isBeside
        ? besideLines(observed, style, width: width)
        : laneLines(observed, style, width: width - prefix).flatMap { $0 }
    lines += places.prefix(max(0, height - lines.count))
    let room = height - lines.count
    guard room > 0 else { return lines }
    return lines
      + (rest
        ? cells.lines(observed, width: width, height: room)
        : [cells.committedLine(observed)])
  }

  /// The places in old objects that may refer to young ones, those first that are still to be looked at.
  private func rememberedLines(
    _ observed: borrowing ObservedMachine, width: Int
  ) -> [TextLine] {
    guard observed.machine.settings.collector == .generational else { return [] }
    let names = observed.machine.heap.remembered.slots.compactMap { slot -> String? in
      observed.chronicle.tenant(of: slot.object).map {
        "\(observed.label(of: $0)).\(slot.number)"
      }
    }
    let line = TextLine("remembered ", .faint)
      .then(names.isEmpty ? "nothing" : names.joined(separator: " "), .strong)
    return [
      line.columnCount <= width ? line : TextLine(line.text.prefixed(by: width, theme.glyphs))
    ]
  }

  /// What is said of a lane besides itself, which depends on how many rows there are.
  struct LaneStyle {
    let hasHeads: Bool
    let hasPointers: Bool

    init(height: Int, laneCount: Int) {
      hasHeads = height >= 3 * laneCount
      hasPointers = height >= 2 * laneCount
    }

    /// Columns for a lane's short name where it has no row of its own.
    static let prefixWidth = 8
  }
}

// MARK: - Lanes

extension SpacesPanel {
  func laneLines(
    _ observed: borrowing ObservedMachine, _ style: LaneStyle, width: Int
  ) -> [[TextLine]] {
    let spaces = observed.machine.heap.spaces
    let lanes = contents(observed)
    let scale = LaneScale(lanes, width: width)
    var blocks: [[TextLine]] = []
    for (space, (bounds, items)) in zip(spaces, lanes) {
      let lane = SpaceLane(
        space: bounds, items: items, pointers: pointers(of: space, observed), scale: scale,
        theme: theme, width: width)
      var lines: [TextLine] = []
      if style.hasHeads { lines.append(head(of: lane, space, space.role.rawValue)) }
      lines.append(named(lane.line, space.role.shortName, style))
      if style.hasPointers {
        lines.append(named(lane.pointerLine(arrow: theme.glyphs.arrowUp), "", style))
      }
      blocks.append(lines)
    }
    return blocks
  }

  func contents(
    _ observed: borrowing ObservedMachine
  ) -> [(space: LaneBounds, items: [LaneItem])] {
    var lanes: [(space: LaneBounds, items: [LaneItem])] = []
    for (number, space) in observed.machine.heap.spaces.enumerated() {
      lanes.append((LaneBounds(space), items(in: number, observed)))
    }
    return lanes
  }

  func named(_ line: TextLine, _ name: String, _ style: LaneStyle) -> TextLine {
    style.hasHeads ? line : TextLine(name.padded(to: LaneStyle.prefixWidth), .faint).then(line)
  }

  func head(
    of lane: SpaceLane, _ space: Space, _ name: String
  ) -> TextLine {
    let start = "+0x" + String(space.start, radix: 16) + "  "
    let use = "\(ByteSize.round(space.usedBytes)) of \(ByteSize.describe(space.byteCount)) used"
    let name = TextLine("\(name) ", .strong)
    let isWide = name.columnCount + start.columnCount + use.columnCount <= lane.width
    let line = name.then((isWide ? start : "") + use, .faint)
    guard lane.map == nil else { return line }
    return line.then("  1 column = \(lane.columnBytes) B", .faint)
  }

  /// Every space has `free`; the others are named while they mean something.
  private func pointers(
    of space: Space, _ observed: borrowing ObservedMachine
  ) -> [LanePointer] {
    var pointers: [LanePointer] = []
    if observed.machine.phase != .idle, space.role != .fromSpace, space.role != .block,
      space.scan > space.start || space.free > space.start
    {
      pointers.append(LanePointer(name: "scan", offset: space.scan, role: .changed))
    }
    pointers.append(LanePointer(name: "free", offset: space.free))
    if space.top < space.end { pointers.append(LanePointer(name: "top", offset: space.top)) }
    return pointers
  }
}

// MARK: - What has left a space

extension SpacesPanel {
  /// `gone: A -> +0x4010`: the forwarding addresses that shells hold.
  private func shellLines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    var words: [TextLine] = []
    for (number, space) in observed.machine.heap.spaces.enumerated() where space.role != .block {
      observed.machine.heap.forEachShell(inSpace: number) { _, target in
        guard let id = observed.chronicle.tenant(of: target) else { return }
        words.append(
          TextLine(observed.label(of: id), scene.role(of: id, otherwise: .strong))
            .then(
              " -> +0x" + String(target.offset, radix: 16) + "  ",
              scene.touched.contains(id) ? .changed : .text))
      }
    }
    return words.isEmpty ? [] : TextLine.filled([TextLine("gone: ", .faint)] + words, width: width)
  }
}

// MARK: - What stands in a space

extension SpacesPanel {
  /// Objects, and the shells of those that have left for another space, by address.
  func items(in number: Int, _ observed: borrowing ObservedMachine) -> [LaneItem] {
    let space = observed.machine.heap.spaces[number]
    var items: [LaneItem] = []
    observed.machine.heap.forEachObject(inSpace: number) { object in
      let byteCount = observed.machine.heap.cellBytes(of: object)
      items.append(item(object, at: object.offset, byteCount, observed))
    }
    guard space.role != .block else { return items }
    observed.machine.heap.forEachShell(inSpace: number) { place, target in
      guard let id = observed.chronicle.tenant(of: target) else { return }
      let byteCount = observed.machine.heap.cellBytes(of: target)
      items.append(
        LaneItem(
          open: "", close: "", glyph: theme.glyphs.freed, label: observed.label(of: id),
          role: id == scene.selection ? .selection : .freedBadge,
          bytes: place.offset..<place.offset + byteCount))
    }
    return items.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  func item(
    _ object: Reference, at offset: Int, _ byteCount: Int, _ observed: borrowing ObservedMachine
  ) -> LaneItem {
    let color = observed.machine.heap.color(of: object)
    let id = observed.chronicle.tenant(of: object)
    let (open, close) =
      switch color {
      case .white: ("(", ")")
      case .grey: ("{", "}")
      case .black: ("[", "]")
      }
    return LaneItem(
      open: open, close: close, glyph: theme.glyphs[color],
      label: id.map { observed.label(of: $0) } ?? "?",
      role: id.map { role(of: $0, object) } ?? .text, bytes: offset..<offset + byteCount)
  }

  /// As in the heap by address; what nobody can reach is faint besides.
  private func role(of id: ObjectID, _ object: Reference) -> Role {
    if id == scene.selection { return .selection }
    if scene.judgement.doomed.contains(object) { return .doomed }
    if scene.touched.contains(id) { return .changed }
    return scene.judgement.isReachable(object) ? .strong : .faint
  }
}

extension Space.Role {
  /// In front of a lane, at most seven columns.
  var shortName: String {
    switch self {
    case .block: "heap"
    case .fromSpace: "from"
    case .toSpace: "to"
    case .nursery: "nursery"
    case .survivors: "surviv."
    }
  }
}
