/// Fits a row of sizes into a length: columns into a width, lanes into a height.
///
/// When all fit, what is left over widens the gaps and then both margins; when they do not, a part
/// is shown that starts at `first` and follows the focus.
struct AxisFit: Hashable {
  /// What an axis asks for.
  struct Demand: Hashable {
    var sizes: [Int]
    var gaps: ClosedRange<Int>
    /// Taken at the start whatever is shown, followed by a gap; 0 for nothing.
    var lead: Int = 0
    /// Kept free at the end.
    var tail: Int = 0
    /// Kept free at the start as soon as there is anything to spare.
    var margin: Int = 0
  }

  /// Where the lead begins, or the first size when there is no lead.
  let origin: Int
  let visible: Range<Int>
  /// One start for each of `visible`.
  let starts: [Int]
  let gap: Int

  /// - Parameter focus: positions in `sizes` to be kept in sight, the most important last.
  init(_ demand: Demand, into length: Int, first: Int, focus: [Int]) {
    let window = demand.window(length: length, first: first, focus: focus)
    let shown = demand.sizes[window]
    let gapCount = max(0, shown.count - (demand.lead > 0 ? 0 : 1))
    let slack = max(0, length - demand.length(of: window))
    let margin = min(slack, demand.margin)
    let spare = slack - margin
    gap =
      gapCount == 0
      ? demand.gaps.lowerBound
      : min(demand.gaps.upperBound, demand.gaps.lowerBound + spare / gapCount)
    let isWhole = window.count == demand.sizes.count
    let rest = spare - (gap - demand.gaps.lowerBound) * gapCount
    origin = margin + (isWhole ? rest / 2 : 0)
    var position = origin + (demand.lead > 0 ? demand.lead + gap : 0)
    var starts: [Int] = []
    for size in shown {
      starts.append(position)
      position += size + gap
    }
    self.starts = starts
    visible = window
  }

  func start(of index: Int) -> Int? {
    visible.contains(index) ? starts[index - visible.lowerBound] : nil
  }
}

extension AxisFit.Demand {
  /// What the part `range` needs at least.
  func length(of range: Range<Int>) -> Int {
    let gapCount = max(0, range.count - (lead > 0 ? 0 : 1))
    return lead + sizes[range].reduce(0, +) + gapCount * gaps.lowerBound + tail
  }

  var length: Int { length(of: sizes.indices) }

  fileprivate func window(length: Int, first: Int, focus: [Int]) -> Range<Int> {
    guard self.length > length, !sizes.isEmpty else { return sizes.indices }
    var first = min(max(0, first), sizes.count - 1)
    for index in focus where sizes.indices.contains(index) {
      first = min(first, index)
      while end(from: first, length: length) <= index { first += 1 }
    }
    while first > 0, end(from: first - 1, length: length) == sizes.count { first -= 1 }
    return first..<end(from: first, length: length)
  }

  /// One past the last of what fits from `first` on; at least one is shown, if only in part.
  private func end(from first: Int, length: Int) -> Int {
    var end = first + 1
    while end < sizes.count, self.length(of: first..<end + 1) <= length { end += 1 }
    return end
  }
}
