import GarbageCollection

/// The four tiers, one under the other, with what they hold and the walk of this step through them.
///
/// ```
///    E asks for 24 B: 24 B scan                        cell base+0x4000; 2 locks, 0 system calls
/// ▼▲ Thread cache   miss   gets 256 cells, gives the cell                 no lock
/// ││    main    24 B scan   █████░░░░░  255/512 cells next base+0x4018
/// ▼▲ Central list   miss   gets 1 page, gives 256 cells                   1 lock
/// ││            24 B scan   spans   1 partial   1 full   0 free    85
/// └┘ Page heap      hit    gives 1 page                                   1 lock
/// ```
struct AllocatorLevels {
  /// Rows under the name of each tier.
  struct Rows: Hashable {
    var caches = 1
    var central = 1
    var pages = 1
    var system = 1

    /// Rows of everything, names and head included.
    var total: Int { 5 + caches + central + pages + system }

    /// As much as fits into `height`; nil where a tier has its name's row only.
    init?(height: Int) {
      var spare = height - 9
      guard spare >= 0 else { return nil }
      pages += min(2, spare / 4)
      spare -= pages - 1
      caches += min(11, (spare + 1) / 2)
      central += min(11, spare / 2)
    }
  }

  let report: AllocatorReport
  /// Pages that collectors have for their spaces.
  var spacePages = 0
  /// By mutator.
  let threadNames: [String]
  let walk: AllocatorWalk?
  /// Stops of the walk that are shown.
  let shownCount: Int
  /// The class that must be in sight.
  let focus: SpanClass?
  let theme: Theme
  let addresses: AddressStyle

  /// - Parameter head: what is asked, and where the cell is.
  func lines(_ rows: Rows?, head: TextLine, width: Int) -> [TextLine] {
    Tier.allCases.reduce(into: [head]) { lines, tier in
      let contents = rows.map { self.contents(of: tier, $0, width: width) } ?? []
      lines.append(name(of: tier, width: width, says: rows == nil))
      lines += contents.map { rail(below: tier).then($0) }
    }
  }

  /// The stops of the walk that are shown.
  private var shown: ArraySlice<Tier> { walk?.stops.prefix(shownCount) ?? [] }
  private var isWhole: Bool { shownCount >= walk?.stops.count ?? 0 }
}

// MARK: - The walk

extension AllocatorLevels {
  /// - Parameter says: whether a tier that the walk does not come to tells its contents here.
  private func name(of tier: Tier, width: Int, says: Bool) -> TextLine {
    let line = arrows(at: tier).then(tier.title.padded(to: 15), .heading)
    guard let walk, shown.contains(tier) else {
      return says ? line.then(gist(of: tier, isShort: width < 60), .faint) : line
    }
    let isLast = tier == walk.route.tier
    let isShort = width < 60
    let deed =
      isWhole
      ? walk.deed(at: tier, isShort: isShort) : isShort ? "" : walk.question(at: tier)
    let cost = walk.cost(at: tier)
    let tail = line.then(walk.verdict(at: tier).padded(to: 7), isLast ? .good : .changed)
    return width < 76
      ? tail.then(deed)
      : tail.then(deed.padded(to: width - 39)).then(cost.aligned(to: 14), .strong)
  }

  /// Down at the left, the answer up at the right; they turn where the answer is found.
  private func arrows(at tier: Tier) -> TextLine {
    guard let walk, shown.contains(tier) else { return TextLine("   ") }
    let glyphs = theme.glyphs
    guard tier == walk.route.tier else {
      let up = walk.isRequest && isWhole ? glyphs.arrowUp : " "
      return TextLine("\(glyphs.arrowDown)\(up) ", .changed)
    }
    return TextLine(
      glyphs.lines[3] + (walk.isRequest ? glyphs.lines[9] : glyphs.arrowRight) + " ", .changed)
  }

  /// What runs through the rows under a tier's name.
  private func rail(below tier: Tier) -> TextLine {
    guard let walk, shown.contains(tier), tier != walk.route.tier else { return TextLine("   ") }
    let up = walk.isRequest && isWhole ? theme.glyphs.lines[5] : " "
    return TextLine("\(theme.glyphs.lines[5])\(up) ", .changed)
  }
}

// MARK: - Contents

extension AllocatorLevels {
  private func contents(of tier: Tier, _ rows: Rows, width: Int) -> [TextLine] {
    switch tier {
    case .threadCache:
      clipped(
        bins.map { ($0.bin.spanClass, line(of: $0.bin, $0.mutator, width: width)) },
        to: rows.caches)
    case .centralList:
      clipped(
        report.classes.map { ($0.spanClass, line(of: $0, width: width)) }, to: rows.central)
    case .pageHeap: pageLines(width: width - 3, height: rows.pages)
    case .system: [TextLine("   \(gist(of: .system))")]
    case .space: []
    }
  }

  /// A tier in one row.
  private func gist(of tier: Tier, isShort: Bool = false) -> String {
    switch tier {
    case .threadCache:
      "\(counted(bins.reduce(0) { $0 + $1.bin.cellCount }, "cell")) at hand"
    case .centralList:
      counted(report.classes.reduce(0) { $0 + $1.spanCount }, "span")
    case .pageHeap:
      isShort ? "\(report.usedPages + spacePages) used, \(report.freePages) free" : pageGist
    case .system where isShort:
      "\(ByteSize.describe(report.committedBytes)) of \(ByteSize.describe(report.limitBytes))"
    case .system:
      "committed \(ByteSize.describe(report.committedBytes)) of \(ByteSize.describe(report.limitBytes))"
        + ", reserved \(ByteSize.describe(report.reservedBytes)) at \(addresses.name(0))"
    case .space: ""
    }
  }

  private var bins: [(mutator: MutatorID, bin: AllocatorReport.CacheLine.Bin)] {
    report.caches.flatMap { cache in cache.bins.map { (cache.mutator, $0) } }
  }

  private func line(
    of bin: AllocatorReport.CacheLine.Bin, _ mutator: MutatorID, width: Int
  ) -> TextLine {
    let isNarrow = width < 76
    let owner = threadNames[mutator.index].prefixed(by: isNarrow ? 4 : 5, theme.glyphs)
    let bar = FilledBar(bin.cellCount, of: bin.capacity).text(
      width: isNarrow ? 6 : 10, theme.glyphs)
    let count = "\(bin.cellCount)/\(bin.capacity)".aligned(to: 9)
    return TextLine(isNarrow ? owner.padded(to: 5) : "   \(owner)".padded(to: 8))
      .then("\(bin.spanClass.name) ", .strong).then("\(bar)\(count)")
      .then(isNarrow ? " next " : " cells next ", .faint)
      .then(bin.next.map { addresses.name($0) } ?? "none")
  }

  private func line(of line: AllocatorReport.ClassLine, width: Int) -> TextLine {
    TextLine("".padded(to: width < 76 ? 5 : 8)).then("\(line.spanClass.name) ", .strong)
      .then("spans", .faint).then(line.spanCount.aligned(to: 4))
      .then(" partial", .faint).then(line.partialSpanCount.aligned(to: 4))
      .then(" full", .faint).then((line.spanCount - line.partialSpanCount).aligned(to: 4))
      .then(" free", .faint).then(line.freeCellCount.aligned(to: 6))
  }

  private var pageGist: String {
    let released = report.freeSpans.reduce(0) { $0 + $1.releasedPageCount }
    return
      "pages in use\((report.usedPages + spacePages).aligned(to: 5)), free\(report.freePages.aligned(to: 5))"
      + ", given back\(released.aligned(to: 5))"
  }

  /// The pages, and the free spans: by size in the same row, or with their addresses under it.
  private func pageLines(width: Int, height: Int) -> [TextLine] {
    let line = TextLine("   \(pageGist)")
    let spans = report.freeSpans
    guard height > 1 else {
      let sizes = spans.map { "\($0.pageCount)" }.joined(separator: " ")
      let room = width - line.columnCount
      return [
        line.then(
          (spans.isEmpty ? "" : "; spans of \(sizes)").prefixed(by: room, theme.glyphs), .faint)
      ]
    }
    var rows = ["free:"]
    for span in spans.prefix(width) {
      let word = " \(counted(span.pageCount, "page")) at \(addresses.name(span.firstPage.offset)),"
      if rows[rows.count - 1].columnCount + word.columnCount > width - 14 { rows.append("     ") }
      rows[rows.count - 1] += word
    }
    if spans.isEmpty { rows[0] += " none" } else { rows[rows.count - 1].removeLast() }
    if rows.count >= height { rows[height - 2] += " \(theme.glyphs.ellipsis)" }
    let lines = rows.prefix(height - 1).map { TextLine("   \($0)", .faint) }
    return [line] + lines + Array(repeating: TextLine(), count: height - 1 - lines.count)
  }

  /// Exactly `height` rows, with that of the class in focus among them, and a word on what is left out.
  private func clipped(_ lines: [(SpanClass, TextLine)], to height: Int) -> [TextLine] {
    let row = focus.flatMap { spanClass in lines.firstIndex { $0.0 == spanClass } }
    return TextLine.window(
      lines.map(\.1), around: row ?? 0, height: height, what: "class", theme.glyphs)
  }
}

extension AllocatorReport {
  /// Pages of spans that hold cells or large objects.
  var usedPages: Int {
    classes.reduce(largeObjectPages) { $0 + $1.spanCount * $1.spanClass.sizeClass.spanPages }
  }
}

extension SpanClass {
  /// `scan` where objects hold references, `noscan` where the marker has nothing to read.
  var kind: String { isTiny ? "tiny" : isPointerFree ? "noscan" : "scan" }

  /// Cell size and kind, 14 columns.
  var name: String { "\(sizeClass.cellBytes) B".aligned(to: 7) + " " + kind.padded(to: 6) }

  /// The same without blanks at the ends.
  var shortName: String { "\(sizeClass.cellBytes) B \(kind)" }
}

extension Tier {
  var title: String {
    switch self {
    case .threadCache: "Thread cache"
    case .centralList: "Central list"
    case .pageHeap: "Page heap"
    case .system: "System"
    case .space: "Space"
    }
  }
}
