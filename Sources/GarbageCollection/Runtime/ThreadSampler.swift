import Synchronization

/// Takes samples of a machine of threads without stopping any.
///
/// Colours are read as they are, at the same few places each time; numbers under the monitor, for an
/// instant. No two parts of a sample need be of exactly the same moment.
public struct ThreadSampler: Sendable {
  private let machine: ThreadedMachine
  private var last = ThreadSample()

  /// Pauses that a sample reports one by one.
  public static let pauseLimit = 256
  /// Lines of 64 granules that are looked at in all, about, and for a cell of the map at most.
  private static let lineLimit = 2048
  private static let linesPerCell = 8

  public init(_ machine: ThreadedMachine) { self.machine = machine }

  /// - Parameters:
  ///   - cellCount: cells of the map; 0 for none.
  ///   - waits: whether to wait for who holds the machine, as the collector does in a stop; if not,
  ///     `isHeld` may be set.
  public mutating func take(cellCount: Int, waits: Bool) -> ThreadSample {
    var sample = last
    sample.newPauses = []
    sample.isHeld = !machine.fill(&sample, waits: waits, since: last.pauseCount)
    sample.time = machine.clock?() ?? 0
    let pages = machine.pageGauge.read()
    sample.committedBytes = pages.committed * Page.bytes
    sample.residentBytes = pages.resident * Page.bytes
    sample.map = map(cellCount: cellCount, pageCount: pages.committed)
    last = sample
    return sample
  }

  private func map(cellCount: Int, pageCount: Int) -> [ThreadSample.MapCell] {
    let cellCount = min(cellCount, pageCount)
    guard cellCount > 0 else { return [] }
    let lineCount = max(1, min(Self.linesPerCell, Self.lineLimit / cellCount))
    return (0..<cellCount).map { index in
      // The guard page is none of ours.
      let first = 1 + index * pageCount / cellCount
      let end = 1 + (index + 1) * pageCount / cellCount
      return cell(of: first..<end, index, lineCount: lineCount)
    }
  }

  private func cell(
    of pages: Range<Int>, _ index: Int, lineCount: Int
  ) -> ThreadSample.MapCell {
    var count = HeapTables.ColorCount()
    var cell = ThreadSample.MapCell()
    for number in 0..<lineCount {
      let page = pages.lowerBound + number * pages.count / lineCount
      cell.pageCount += 1
      guard machine.ground.isInUse(page: page) else { continue }
      cell.usedPageCount += 1
      // Another line of each page, so that those of one cell differ.
      let line = (index * 5 + number) % HeapTables.linesPerPage
      machine.ground.count(line: line, ofPage: page, into: &count)
    }
    cell.white = UInt16(count.white)
    cell.grey = UInt16(count.grey)
    cell.black = UInt16(count.black)
    return cell
  }
}

extension ThreadedMachine {
  /// Reads the numbers; false when somebody holds the machine and nobody is to wait for him.
  fileprivate func fill(
    _ sample: inout ThreadSample, waits: Bool, since pauseCount: Int
  ) -> Bool {
    if waits { monitor.enter() } else if !monitor.tryEnter() { return false }
    defer { monitor.leave() }
    sample.phase = machine.phase
    sample.begunCycleCount = begunCycleCount
    sample.endedCycleCount = endedCycleCount
    sample.minorCount = minorCount
    sample.liveBytes = pacing.liveBytes
    sample.goalBytes = pacing.goalBytes
    sample.bytesSinceMarking = allocatedBytes.load(ordering: .relaxed)
    sample.listedCount = machine.wavefront.listedCount
    sample.pauseCount = census.pauseCount
    sample.longestPause = census.longest
    let newCount = min(census.pauseCount - pauseCount, ThreadSampler.pauseLimit)
    sample.newPauses = Array(census.pauses.suffix(newCount))
    sample.mutators = mutators.map { record in
      ThreadSample.MutatorSample(
        id: record.id, isRunning: record.isRunning,
        isScanned: machine.roots.isScanned(.stack(record.id)),
        receivedBytes: record.receivedBytes.load(ordering: .relaxed),
        assistedUnits: record.assistedUnits.load(ordering: .relaxed))
    }
    sample.markers = markers.map { marker in
      ThreadSample.MarkerSample(
        units: marker.units.load(ordering: .relaxed),
        steals: marker.steals.load(ordering: .relaxed), shelvedCount: marker.shelvedCount)
    }
    sample.receivedBytes =
      retired.receivedBytes + sample.mutators.reduce(0) { $0 + $1.receivedBytes }
    sample.assistedUnits =
      retired.assistedUnits + sample.mutators.reduce(0) { $0 + $1.assistedUnits }
    return true
  }
}
