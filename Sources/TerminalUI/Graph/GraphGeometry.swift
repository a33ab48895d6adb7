/// How far a graph is scrolled: the first column and the first lane of the layout in sight.
public struct GraphScroll: Hashable, Sendable {
  public var column: Int
  public var lane: Int

  public init(column: Int = 0, lane: Int = 0) {
    self.column = column
    self.lane = lane
  }
}

/// A layout fitted into a panel; all positions are counted from the panel's top left corner.
///
/// Depends on the layout, the panel and the scroll only, never on the moment shown, so boxes stay
/// where they are from step to step.
struct GraphGeometry: Hashable {
  let width: Int
  /// Rows for boxes and edges; one less than the panel's when a line of counts is needed.
  let height: Int
  let sizes: BoxSizes
  let columns: AxisFit
  let lanes: AxisFit
  /// Columns taken by the names of roots, at `columns.origin`; 0 when there is no room for them.
  let rootWidth: Int
  /// The panel is too small for the whole layout.
  let isPartial: Bool

  init(
    _ layout: GraphLayout, width: Int, height: Int, words: GraphWords, scroll: GraphScroll,
    focus: [GraphNodeID]
  ) {
    let rootWidth = Self.rootWidth(layout, width: width, words: words)
    let places = focus.compactMap { layout[$0] }
    let letterWidth = [words.white, words.grey, words.black].reduce(1) { max($0, $1.columnCount) }
    let choices = [GraphDensity.roomy, .framed, .compact].map { density in
      // Rather small boxes than large ones that hide slots.
      let limit = density == .compact ? max(1, height - 1) : Int.max
      let sizes = BoxSizes(density: density, letterWidth: letterWidth, heightLimit: limit)
      return (sizes: sizes, demand: Self.demand(of: layout, sizes, lead: rootWidth))
    }
    let fitting = choices.first {
      $0.demand.columns.length <= width && $0.demand.lanes.length <= height
    }
    isPartial = fitting == nil
    var chosen = fitting ?? choices[2]
    if isPartial { chosen.demand.columns.makeRoomForNames() }
    self.width = width
    self.height = isPartial ? max(0, height - 1) : height
    self.rootWidth = rootWidth
    sizes = chosen.sizes
    columns = AxisFit(
      chosen.demand.columns, into: width, first: scroll.column, focus: places.map(\.column))
    lanes = AxisFit(
      chosen.demand.lanes, into: self.height, first: scroll.lane, focus: places.map(\.lane))
  }

  private static func rootWidth(_ layout: GraphLayout, width: Int, words: GraphWords) -> Int {
    guard layout.rootRowCount > 0 else { return 0 }
    let word = width >= 100 ? words.scanned.columnCount + 1 : 0
    let wanted = layout.rootNameWidth + 3 + word
    let limit = width / 3
    return limit < 6 ? 0 : min(wanted, limit)
  }

  private static func demand(
    of layout: GraphLayout, _ sizes: BoxSizes, lead: Int
  ) -> (columns: AxisFit.Demand, lanes: AxisFit.Demand) {
    var widths = Array(repeating: 1, count: layout.columnCount)
    var heights = Array(repeating: 1, count: layout.laneCount)
    var longestLabel = 1
    for (object, place) in zip(layout.objects, layout.places) {
      let width = sizes.width(label: object.label, slotCount: object.slotCount)
      widths[place.column] = max(widths[place.column], width)
      heights[place.lane] = max(heights[place.lane], sizes.height(slotCount: object.slotCount))
      longestLabel = max(longestLabel, object.label.columnCount)
    }
    let columns = AxisFit.Demand(
      sizes: widths, gaps: sizes.density.columnGaps, lead: lead, tail: min(7, longestLabel + 2))
    // A row above the first box, for the title above the first root.
    let lanes = AxisFit.Demand(sizes: heights, gaps: sizes.density.laneGaps, margin: 1)
    return (columns, lanes)
  }
}

extension AxisFit.Demand {
  /// Widens the gaps, because pointers to what is out of sight are shown as names in them.
  fileprivate mutating func makeRoomForNames() {
    let wanted = min(tail + 1, Self.nameGapLimit)
    gaps = max(gaps.lowerBound, wanted)...max(gaps.upperBound, wanted)
  }

  private static let nameGapLimit = 8
}

extension GraphGeometry {
  var scroll: GraphScroll {
    GraphScroll(column: columns.visible.lowerBound, lane: lanes.visible.lowerBound)
  }

  /// The box of an object, or nil when it is out of sight.
  func box(of object: GraphStory.Object, at place: GraphLayout.Place) -> Rect? {
    guard let column = columns.start(of: place.column), let row = lanes.start(of: place.lane) else {
      return nil
    }
    return Rect(
      column: column, row: row,
      width: sizes.width(label: object.label, slotCount: object.slotCount),
      height: sizes.height(slotCount: object.slotCount))
  }

  /// The row of the first root's name: in line with the first box, if there is room above it.
  func firstRootRow(rowCount: Int) -> Int {
    let entry = (lanes.starts.first ?? 1) + (sizes.density.isFramed ? sizes.row(ofShown: 0) : 0)
    return max(0, min(entry - 1, height - rowCount))
  }
}

extension GraphLayout {
  /// A `columnLimit` with which a story fits the width of a panel, at best.
  public static func columnLimit(for story: GraphStory, width: Int) -> Int {
    let sizes = BoxSizes(density: .compact, letterWidth: 1, heightLimit: .max)
    let widest = story.objects.reduce(1) {
      max($0, sizes.width(label: $1.label, slotCount: $1.slotCount))
    }
    let names = story.rootNames.reduce(0) { max($0, $1.columnCount) }
    let room = width - min(names + 3, width / 3) - 3
    return min(max(2, room / (widest + sizes.density.columnGaps.lowerBound)), 8)
  }
}
