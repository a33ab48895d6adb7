import GarbageCollection

/// The allocator: its four tiers with the walk of this step, what the cells of each class are used
/// for, and what is wasted.
///
/// Every part keeps its rows from step to step, so that numbers change and nothing moves.
struct AllocatorPanel {
  let scene: Scene
  let theme: Theme
  let addresses: AddressStyle
  /// Tiers of the walk that are shown; nil for all.
  let shownCount: Int?

  func draw(_ observed: borrowing ObservedMachine, in rect: Rect, on canvas: inout Canvas) {
    let report = observed.machine.heap.allocatorReport()
    let walk = AllocatorWalk(scene.events)
    let focus = walk?.route.spanClass ?? selectedClass(observed)
    let levels = AllocatorLevels(
      report: report,
      spacePages: observed.machine.heap.spaces.reduce(0) { $0 + $1.byteCount / Page.bytes },
      threadNames: observed.machine.roots.stacks.map(\.thread), walk: walk,
      shownCount: shownCount ?? walk?.stops.count ?? 0,
      focus: focus, theme: theme,
      addresses: addresses)
    let table = AllocatorTable(report: report, focus: focus, theme: theme)
    let bars = FragmentationBars(
      report: report,
      spaceBytes: observed.machine.heap.spaces.reduce(0) { $0 + $1.usedBytes }, theme: theme)
    let isWide = rect.width >= 150
    let left = isWide ? rect.columns(0, 80) : rect
    let plan = isWide ? Plan(beside: rect.height) : Plan(height: rect.height)
    let lines = levels.lines(
      plan.levels, head: head(walk, observed, width: left.width), width: left.width)
    canvas.write(lines, in: left.rows(0, lines.count), theme: theme)

    let lower =
      isWide
      ? rect.columns(82, rect.width - 82)
      : rect.rows(lines.count, max(0, rect.height - lines.count))
    let waste = bars.lines(width: lower.width, height: plan.bars)
    canvas.write(waste, in: lower.rows(0, waste.count), theme: theme)
    let first = waste.count + plan.gap
    canvas.write(
      table.lines(height: plan.table), in: lower.rows(first, plan.table), theme: theme)
    guard plan.showsCounts else { return }
    let counts = TierCounts(report: report).lines
    canvas.write(counts, in: lower.rows(first + plan.table + 1, counts.count), theme: theme)
  }

  /// The class of the selected object's cell, to be looked at while no cell is asked for.
  private func selectedClass(
    _ observed: borrowing ObservedMachine
  ) -> SpanClass? {
    guard let id = scene.selection else { return nil }
    return observed.machine.heap.span(of: observed.chronicle[id].reference)?.spanClass
  }

  /// How many rows each part gets.
  struct Plan: Hashable {
    var levels: AllocatorLevels.Rows?
    var bars: Int
    var gap = 0
    var table: Int
    /// Whether what the tiers have answered since the start stands under the table.
    var showsCounts = false

    /// Parts under each other.
    init(height: Int) {
      let spare = height - 9
      bars = height >= 28 ? 3 : min(2, max(0, spare))
      gap = height >= 28 ? 1 : 0
      let rest = max(0, spare - bars - gap)
      table = rest < 2 ? 0 : max(min(rest, 4), rest / 2)
      levels = AllocatorLevels.Rows(height: height - bars - gap - table)
    }

    /// The tiers at the left of the rest.
    init(beside height: Int) {
      levels = AllocatorLevels.Rows(height: height)
      bars = min(3, height)
      gap = height > 5 ? 1 : 0
      table = max(0, height - bars - gap)
      guard table >= 16 else { return }
      table -= TierCounts.rowCount + 1
      showsCounts = true
    }
  }
}

// MARK: - The head

extension AllocatorPanel {
  /// Who asks, and, when the walk has been shown, where the cell is and what it cost.
  private func head(
    _ walk: AllocatorWalk?, _ observed: borrowing ObservedMachine, width: Int
  ) -> TextLine {
    guard let walk else {
      return TextLine("   No request in this step.", .faint)
    }
    let isShort = width < 60
    let line = TextLine("   ").then(errand(walk, observed, isShort: isShort), .strong)
    if let shownCount, shownCount < walk.stops.count {
      let place = "tier \(shownCount)/\(walk.stops.count)"
      let asked = line.then("  ").then(isShort ? "" : "(cells as after the step)  ", .faint)
      return asked.then(place.aligned(to: width - asked.columnCount), .changed)
    }
    if let id = walk.object, walk.route.tier == .space {
      let words = pointer(afterBirthOf: id, observed, isShort: isShort)
      return line.then("  ").then(words.aligned(to: width - line.columnCount - 2), .changed)
    }
    let place = walk.object.map { id -> String in
      "\(isShort ? "" : "cell ")\(addresses.name(observed.chronicle[id].reference.offset))"
    }
    let result = [place, isShort ? nil : walk.totalCost].compactMap { $0 }.joined(separator: "; ")
    return line.then("  ").then(result.aligned(to: width - line.columnCount - 2), .changed)
  }

  /// An object was born in a space: all that happened is that a pointer moved on.
  private func pointer(
    afterBirthOf id: ObjectID, _ observed: borrowing ObservedMachine, isShort: Bool
  ) -> String {
    let object = observed.chronicle[id].reference
    guard let space = observed.space(of: id) else { return "" }
    let isAtTop = object.offset >= space.top
    let end = isAtTop ? object.offset : object.offset + observed.machine.heap.cellBytes(of: object)
    let name = isAtTop ? "top" : "free"
    return isShort
      ? "\(name) = \(addresses.name(end))"
      : "'\(name)' of the \(space.role.rawValue) moves on to \(addresses.name(end)); no lock"
  }

  private func errand(
    _ walk: AllocatorWalk, _ observed: borrowing ObservedMachine, isShort: Bool
  ) -> String {
    switch walk.errand {
    case .request(let id):
      "\(observed.label(of: id)) asks for \(size(of: id, walk, observed, isShort: isShort))"
    case .release(let id): "The program frees \(observed.label(of: id))"
    case .sweep(let id): "The sweep frees \(observed.label(of: id))"
    case .closing(let mutator):
      "\(observed.machine.roots.stacks[mutator.index].thread) ends with its cache"
    }
  }

  private func size(
    of id: ObjectID, _ walk: AllocatorWalk, _ observed: borrowing ObservedMachine, isShort: Bool
  ) -> String {
    let reference = observed.chronicle[id].reference
    let bytes = "\(observed.machine.heap.header(of: reference).requestedBytes) B"
    if isShort || walk.route.tier == .space { return bytes }
    guard let spanClass = walk.route.spanClass else { return "\(bytes), large" }
    return "\(bytes): \(spanClass.shortName)"
  }
}
