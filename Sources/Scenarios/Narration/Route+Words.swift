import GarbageCollection

/// How the way of a cell through the tiers is told.
extension Route {
  /// Who answered a request, and what had to be fetched for it.
  var answer: String {
    guard tier != .space else { return "the pointer of its space moved on" }
    guard spanClass != nil else {
      return tier == .system
        ? "the heap grew by \(systemSize) for its \(pages)" : "the page heap gave it \(pages)"
    }
    switch tier {
    case .threadCache: return "the thread cache had a free cell"
    case .centralList where sweptCellCount > 0:
      return "the cache was empty: the central list gave it \(cells) after a sweep"
    case .centralList: return "the cache was empty: the central list gave it \(cells)"
    case .pageHeap: return "the central list had none: the page heap gave a span of \(pages)"
    case .space: preconditionFailure("spaces have no cells")
    case .system: return "the heap grew by \(systemSize) for a span of \(pages)"
    }
  }

  /// Where the cell of a freed object went, and what went further with it.
  var homecoming: String {
    var stops: [String] = []
    if spanClass == nil {
      stops.append("its \(pages) go\(movedPageCount == 1 ? "es" : "") to the page heap")
    } else if tier == .threadCache {
      stops.append("its cell goes to the thread cache")
    } else if movedCellCount > 0 {
      stops.append(
        "its cell goes to the thread cache, which was full: \(cells) go on to the central list")
    } else {
      stops.append("its cell goes back to its span")
    }
    return (stops + surplus(isOne: movedCellCount == 0)).joined(separator: ", and ")
  }

  /// Where the cells of a cache went that is no more.
  var closing: String {
    guard movedCellCount > 0 else { return "its cache was empty" }
    let cells =
      movedCellCount == 1
      ? "the cell of its cache goes back to its span"
      : "the \(cells) of its cache go back to their spans"
    return ([cells] + surplus(isOne: movedCellCount == 1)).joined(separator: ", and ")
  }

  /// What of the cells that came back a span had no use for.
  private func surplus(isOne: Bool) -> [String] {
    var stops: [String] = []
    if spanClass != nil || movedCellCount > 0, movedPageCount > 0 {
      stops.append(
        "\(isOne ? "the empty span" : "\(pages) of empty spans") to the page heap")
    }
    if tier == .system { stops.append("\(systemSize) to the system") }
    return stops
  }

  private var cells: String { movedCellCount == 1 ? "1 cell" : "\(movedCellCount) cells" }
  private var pages: String { movedPageCount == 1 ? "1 page" : "\(movedPageCount) pages" }
  private var systemSize: String { ByteSize.describe(systemBytes) }
}
