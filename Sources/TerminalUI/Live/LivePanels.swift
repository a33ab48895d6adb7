import GarbageCollection
import Workloads

/// What the figures of a live run say, panel by panel.
struct LivePanels {
  let history: LiveHistory
  let settings: LiveSettings
  let operationCount: Int
  let assistedBefore: [MutatorID: Int]
  let theme: Theme

  private var sample: ThreadSample { history.latest }

  /// Phase, cycle, and how many of the objects seen have which colour.
  func cycle(width: Int) -> [TextLine] {
    let held = sample.isHeld ? ", world stopped" : ""
    let phase = "\(sample.phase.rawValue)\(held)"
    let head = TextLine(phase, .strong)
      .then(cycleCounts(width: width - phase.columnCount), .faint)
    let all = sample.map.reduce(0) { $0 + $1.objectCount }
    func bar(_ sign: String, _ name: String, _ role: Role, _ count: KeyPath<Cell, UInt16>)
      -> TextLine
    {
      let part = sample.map.reduce(0) { $0 + Int($1[keyPath: count]) }
      let bar = FilledBar(part, of: all)
      return TextLine(sign, role).then(" \(name.padded(to: 6))")
        .then(bar.text(width: max(4, width - 14), theme.glyphs), .text)
        .then(" \(bar.percentText)")
    }
    return [
      head, bar(theme.glyphs.white, "white", .whiteBadge, \.white),
      bar(theme.glyphs.grey, "grey", .changed, \.grey),
      bar(theme.glyphs.black, "black", .blackBadge, \.black),
    ]
  }

  /// How many cycles there were, in as many words as there is room for.
  private func cycleCounts(width: Int) -> String {
    let cycle = "  cycle \(sample.begunCycleCount)"
    let done = ", \(sample.endedCycleCount) done"
    let minors = sample.minorCount > 0 ? ", \(counted(sample.minorCount, "minor"))" : ""
    return [cycle + done + minors, cycle + minors, cycle].first { $0.columnCount <= width } ?? ""
  }

  private typealias Cell = ThreadSample.MapCell

  func allocation(width: Int) -> [TextLine] {
    let rate = LiveFigures.size(Int(history.allocationRate))
    let live = sample.liveBytes + sample.bytesSinceMarking
    let operations = LiveFigures.count(Int(history.operationRate))
    return [
      TextLine("\(rate)/s", .strong)
        .then("  \(operations) \(settings.workload.operation)s/s", .faint),
      spark(history.rates, width),
      TextLine(LiveFigures.size(live), .strong)
        .then(" of \(LiveFigures.size(sample.residentBytes)); ", .faint)
        .then("lived \(LiveFigures.size(sample.liveBytes))", .faint),
      spark(history.heapBytes.map(Double.init), width),
    ]
  }

  private func spark(_ values: [Double], _ width: Int) -> TextLine {
    TextLine(LiveFigures.sparkline(values, width: width, theme.glyphs), .good)
  }

  /// Pauses and utilisation; the histogram as bars where there is room for them.
  func pauses(width: Int, height: Int) -> [TextLine] {
    let last = history.pauses.last.map { LiveFigures.time($0.nanoseconds) } ?? "none"
    var lines = [
      TextLine("\(LiveFigures.count(sample.pauseCount)) pauses", .strong)
        .then(", longest \(LiveFigures.time(sample.longestPause))")
    ]
    let utilization = LiveLine.fixed(history.utilization * 100, 1)
    lines.append(TextLine("last \(last)  utilisation \(utilization)%"))
    let windows: [(String, UInt64)] = [
      ("1ms", 1_000_000), ("10ms", 10_000_000), ("100ms", 100_000_000),
    ]
    let least = windows.map { name, window in
      "\(name) \(Int((history.minimumUtilization(window: window) * 100).rounded()))%"
    }
    lines.append(TextLine("MMU ", .faint).then(least.joined(separator: "  ")))
    let histogram = self.histogram(width: width)
    if height - lines.count >= histogram.count { return lines + histogram }
    let short = zip(LivePanels.pauseNames, history.pauseCounts).filter { $0.1 > 0 }
      .map { "\($0.0): \(LiveFigures.count($0.1))" }
    return lines + TextLine.wrapped(short.joined(separator: "  "), width: width, .faint)
  }

  private static let pauseNames = ["<10us", "<100us", "<1ms", "<10ms", "<100ms", "longer"]

  private func histogram(width: Int) -> [TextLine] {
    let most = max(1, history.pauseCounts.max() ?? 1)
    let room = max(1, width - 16)
    return zip(LivePanels.pauseNames, history.pauseCounts).map { name, count in
      let length = count == 0 ? 0 : max(1, count * room / most)
      return TextLine(name.aligned(to: 7) + " ", .faint)
        .then(String(repeating: theme.glyphs.usedCell, count: length), .strong)
        .then(length == 0 ? "0" : " \(LiveFigures.count(count))")
    }
  }

  /// Columns that the longest of the lines about threads takes.
  private static let roomyWidth = 48

  /// Each thread of the program, and each marker.
  func threads(width: Int) -> [TextLine] {
    let mutators = sample.mutators.map { mutator -> TextLine in
      let before = assistedBefore[mutator.id] ?? mutator.assistedUnits
      // The word for it is long.
      let waits = width < LivePanels.roomyWidth ? "stopped" : "at a safepoint"
      let doing =
        mutator.assistedUnits > before ? "assists" : mutator.isRunning ? "runs" : waits
      let stack =
        sample.phase.isMarking ? mutator.isScanned ? ", stack scanned" : ", stack not scanned" : ""
      return TextLine("T\(mutator.id.index) ", .strong).then((doing + stack).padded(to: 24))
        .then(" \(LiveFigures.size(mutator.receivedBytes))", .faint)
    }
    let markers = sample.markers.enumerated().map { number, marker -> TextLine in
      TextLine("marker \(number + 1) ", .strong)
        .then("\(LiveFigures.count(marker.units)) units, \(counted(marker.steals, "steal"))")
    }
    let assisted = TextLine(
      "\(LiveFigures.count(sample.assistedUnits)) units of marking by assists", .faint)
    return mutators + markers + [assisted, worklist]
  }

  /// The order of the worklist, and what waits there.
  private var worklist: TextLine {
    let order = settings.threads.order
    let noun = order == .bySpan ? "page" : "object"
    return TextLine("worklist \(order.rawValue)", .strong)
      .then(": \(LiveFigures.count(sample.listedCount)) \(noun)s in common", .faint)
  }
}
