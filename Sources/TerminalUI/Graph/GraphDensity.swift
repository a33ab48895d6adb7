/// How large boxes are drawn.
///
///     compact               framed                 roomy
///
///     [● A B]0──▶           ┌[● A B]──┐            ┌[● A B]────────┐
///           └1·             │ 0 B     ├──▶         │               │
///                           │ 1 ·     │            │  0 B          ├──▶
///                           └ doomed ─┘            │               │
///                                                  │  1 ·          │
///                                                  │               │
///                                                  └ doomed ───────┘
enum GraphDensity: Hashable, CaseIterable {
  case compact, framed, roomy

  var isFramed: Bool { self != .compact }

  /// Rows from one slot to the next.
  var slotPitch: Int { self == .roomy ? 2 : 1 }

  /// Space between columns of boxes: a way out, tracks for edges, a way in.
  var columnGaps: ClosedRange<Int> {
    switch self {
    case .compact: 4...16
    case .framed: 6...18
    case .roomy: 10...30
    }
  }

  var laneGaps: ClosedRange<Int> {
    switch self {
    case .compact, .framed: 1...3
    case .roomy: 3...6
    }
  }

  /// Slots drawn at most; the rest is counted.
  var slotLimit: Int { self == .compact ? 6 : 10 }

  /// What a frame is wider than its badge.
  var frameExtra: Int {
    switch self {
    case .compact: 0
    case .framed: 4
    case .roomy: 10
    }
  }
}

/// Sizes of the boxes of one density in one language.
struct BoxSizes: Hashable {
  var density: GraphDensity
  /// Columns of the widest letter in a badge.
  var letterWidth: Int
  /// Rows a box may have at most.
  var heightLimit: Int

  static let labelLimit = 12

  func badgeWidth(label: String) -> Int {
    min(label.columnCount, Self.labelLimit) + letterWidth + 5
  }

  func width(label: String, slotCount: Int) -> Int {
    let badge = badgeWidth(label: label)
    if density.isFramed { return badge + density.frameExtra }
    return badge + (slotCount == 0 ? 0 : String(slotCount - 1).utf8.count)
  }

  func shownSlotCount(_ slotCount: Int) -> Int {
    let room =
      density.isFramed ? (heightLimit - 1 - density.slotPitch) / density.slotPitch : heightLimit
    return max(0, min(slotCount, density.slotLimit, room))
  }

  func height(slotCount: Int) -> Int {
    let shown = shownSlotCount(slotCount)
    // The row under a badge is kept for the words "doomed" and "freed".
    guard density.isFramed else { return min(max(2, shown), max(1, heightLimit)) }
    return max(1, shown) * density.slotPitch + density.slotPitch + 1
  }

  /// The row of a slot, counted from the top of its box.
  func row(ofShown position: Int) -> Int {
    density.isFramed ? (position + 1) * density.slotPitch : position
  }
}
