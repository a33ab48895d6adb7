import GarbageCollection

/// What the cells of each span class are used for, and what is wasted.
struct AllocatorTable {
  let report: AllocatorReport
  /// The class that this step is about.
  let focus: SpanClass?
  let theme: Theme

  /// A heading and a row for each class, exactly `height` rows.
  func lines(height: Int) -> [TextLine] {
    guard height > 1 else { return [] }
    let heading = TextLine(
      "  class        spans   used cached   free  rounding     tail  hits", .faint)
    let row = report.classes.firstIndex { $0.spanClass == focus } ?? 0
    return [heading]
      + TextLine.window(
        report.classes.map(line), around: row, height: height - 1, what: "class", theme.glyphs)
  }

  private func line(of line: AllocatorReport.ClassLine) -> TextLine {
    let counts =
      line.spanCount.aligned(to: 6) + line.usedCellCount.aligned(to: 7)
      + line.cachedCellCount.aligned(to: 7) + line.freeCellCount.aligned(to: 7)
    let waste = "\(line.roundingBytes) B".aligned(to: 10) + "\(line.tailBytes) B".aligned(to: 9)
    let hits = line.hitRate.map { FilledBar($0).percentText } ?? "  - "
    return TextLine(line.spanClass.name, line.spanClass == focus ? .changed : .strong)
      .then(counts + waste + hits.aligned(to: 6))
  }
}

/// How much of the memory is of no use: within the spans in use, and between them.
struct FragmentationBars {
  let report: AllocatorReport
  /// Bytes that are taken up in the spaces of collectors, where nothing is rounded.
  var spaceBytes = 0
  let theme: Theme

  /// One row has the bars, two also what the system has been asked for; three explain.
  func lines(width: Int, height: Int) -> [TextLine] {
    guard height > 0 else { return [] }
    guard height < 3 else {
      let note = "rounding, tails, ends of large objects"
      return [
        bar("internal", report.internalFragmentation, width: 24).then("  \(note)", .faint),
        bar("external", report.externalFragmentation, width: 24)
          .then("  free pages outside the largest span", .faint),
        commitment,
      ]
    }
    let barWidth = min(24, max(3, (width - 31) / 2))
    let bars = bar("internal", report.internalFragmentation, width: barWidth)
      .then("   ").then(bar("external", report.externalFragmentation, width: barWidth))
    return Array([bars, commitment].prefix(height))
  }

  private func bar(_ word: String, _ fraction: Double, width: Int) -> TextLine {
    let bar = FilledBar(fraction)
    return TextLine("\(word) ", .faint).then(bar.text(width: width, theme.glyphs))
      .then(" \(bar.percentText)", .strong)
  }

  private var commitment: TextLine {
    guard spaceBytes == 0 else {
      return TextLine("committed ", .faint).then(ByteSize.describe(report.committedBytes), .strong)
        .then("; what stands in spaces takes ", .faint)
        .then(ByteSize.round(spaceBytes), .strong)
    }
    let (committed, requested) = (report.committedBytes, report.requestedBytes)
    return TextLine("committed ", .faint).then(ByteSize.describe(committed), .strong)
      .then(" for ", .faint).then("\(requested) B", .strong).then(" requested: ", .faint)
      .then(ratio(committed, requested), .strong)
  }

  /// To one decimal place, as `2340.6 times`.
  private func ratio(_ whole: Int, _ part: Int) -> String {
    guard part > 0 else { return "-" }
    let tenths = (whole * 10 + part / 2) / part
    return "\(tenths / 10).\(tenths % 10) times"
  }
}

/// What each tier has answered and passed on since the start.
struct TierCounts {
  static let rowCount = 5

  let report: AllocatorReport

  var lines: [TextLine] {
    [
      TextLine("  requests           hits   misses", .faint),
      line("thread caches", .cacheHits, .cacheMisses),
      line("central lists", .centralHits, .centralMisses),
      line("page heap", .pageHeapHits, .pageHeapMisses),
      TextLine("  ").then("\(counted(self[.locks], "lock")), ")
        .then("\(counted(self[.systemCalls], "system call")), ")
        .then(counted(self[.largeObjects], "large object")),
    ]
  }

  private func line(
    _ name: String, _ hits: AllocatorCounter, _ misses: AllocatorCounter
  ) -> TextLine {
    TextLine("  ").then(name.padded(to: 14), .strong)
      .then(self[hits].aligned(to: 9) + self[misses].aligned(to: 9))
  }

  private subscript(counter: AllocatorCounter) -> Int { report.counters[counter] ?? 0 }
}
