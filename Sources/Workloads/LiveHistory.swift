public import GarbageCollection

/// What a series of samples tells of the last seconds: rates, pauses, utilisation.
///
/// A fold over samples; it reads no clock.
public struct LiveHistory: Sendable {
  public private(set) var latest = ThreadSample()
  /// Nanoseconds from the first sample to the latest.
  public var elapsed: UInt64 { latest.time - (firstTime ?? latest.time) }
  /// Bytes a second that were allocated between samples, and bytes that lived and were allocated since;
  /// the oldest first, at most `limit`.
  public private(set) var rates: [Double] = []
  public private(set) var heapBytes: [Int] = []
  /// Pauses that ended within `window` before the latest sample; the oldest first.
  public private(set) var pauses: [ThreadPause] = []
  /// All pauses by length: below 10 µs, 100 µs, 1 ms, 10 ms, 100 ms, and longer ones.
  public private(set) var pauseCounts = Array(
    repeating: 0, count: LiveHistory.pauseBounds.count + 1)

  private var firstTime: UInt64?
  private var stamps: [Stamp] = []

  /// Where classes of pauses end, in nanoseconds.
  public static let pauseBounds: [UInt64] = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]
  /// Samples whose rates are kept.
  public static let limit = 512
  /// Nanoseconds for which pauses are kept one by one, and over which rates are taken.
  public static let window: UInt64 = 5_000_000_000
  private static let rateWindow: UInt64 = 1_000_000_000

  private struct Stamp {
    let time: UInt64
    let receivedBytes: Int
    let operationCount: Int
    let assistedUnits: Int
    let markedUnits: Int
  }

  public init() {}

  /// Takes note of a sample; those of a run come in order.
  public mutating func note(_ sample: ThreadSample, operationCount: Int) {
    if firstTime == nil { firstTime = sample.time }
    let stamp = Stamp(
      time: sample.time, receivedBytes: sample.receivedBytes, operationCount: operationCount,
      assistedUnits: sample.assistedUnits,
      markedUnits: sample.markers.reduce(0) { $0 + $1.units })
    if let last = stamps.last, stamp.time > last.time {
      let seconds = Double(stamp.time - last.time) / 1e9
      append(Double(stamp.receivedBytes - last.receivedBytes) / seconds, to: &rates)
      append(sample.liveBytes + sample.bytesSinceMarking, to: &heapBytes)
    }
    stamps.append(stamp)
    let old = sample.time - min(sample.time, LiveHistory.rateWindow)
    if let first = stamps.firstIndex(where: { $0.time >= old }), first > 1 {
      stamps.removeFirst(first - 1)
    }
    note(sample.newPauses, at: sample.time)
    latest = sample
  }

  /// Takes note of a sample of a run that stands still: no rate comes of it.
  public mutating func noteStanding(_ sample: ThreadSample) {
    stamps = []
    note(sample.newPauses, at: sample.time)
    latest = sample
  }

  private mutating func note(_ new: [ThreadPause], at time: UInt64) {
    for pause in new {
      pauseCounts[LiveHistory.pauseBounds.count { $0 <= pause.nanoseconds }] += 1
    }
    pauses += new
    let old = time - min(time, LiveHistory.window)
    pauses.removeAll { $0.end < old }
  }

  private func append<Value>(_ value: Value, to values: inout [Value]) {
    if values.count >= LiveHistory.limit { values.removeFirst(LiveHistory.limit / 4) }
    values.append(value)
  }
}

// MARK: - The last second

extension LiveHistory {
  /// Bytes allocated a second.
  public var allocationRate: Double { rate(\.receivedBytes) }
  public var operationRate: Double { rate(\.operationCount) }
  /// Units of marking a second: by mutators, for their allocations; by markers.
  public var assistRate: Double { rate(\.assistedUnits) }
  public var markingRate: Double { rate(\.markedUnits) }

  private func rate(_ value: KeyPath<Stamp, Int>) -> Double {
    guard let first = stamps.first, let last = stamps.last, last.time > first.time else { return 0 }
    let change = Double(last[keyPath: value] - first[keyPath: value])
    return change * 1e9 / Double(last.time - first.time)
  }
}

// MARK: - Utilisation

extension LiveHistory {
  /// The share of the last seconds in which the world did not stand still, from 0 to 1.
  ///
  /// Of `window`, or of all there is. What mutators do for the collector meanwhile is not counted.
  public var utilization: Double {
    let span = min(elapsed, LiveHistory.window)
    guard span > 0 else { return 1 }
    return 1 - min(1, Double(stopped(from: latest.time - span, to: latest.time)) / Double(span))
  }

  /// The least share in any window of so many nanoseconds (MMU; Cheng and Blelloch, PLDI 2001).
  ///
  /// Some window that begins where a pause begins, or ends where one ends, has the least. O(pauses of
  /// a window) for each pause.
  public func minimumUtilization(window: UInt64) -> Double {
    guard window > 0 else { return 1 }
    let most = pauses.indices.reduce(UInt64(0)) { most, index in
      max(most, stopped(forward: index, window), stopped(backward: index, window))
    }
    return 1 - min(1, Double(most) / Double(window))
  }

  /// Nanoseconds of pauses in the window that begins with a pause.
  private func stopped(forward index: Int, _ window: UInt64) -> UInt64 {
    let end = pauses[index].begin + window
    var sum: UInt64 = 0
    var index = index
    while index < pauses.count, pauses[index].begin < end {
      sum += min(pauses[index].end, end) - pauses[index].begin
      index += 1
    }
    return sum
  }

  /// Nanoseconds of pauses in the window that ends with a pause.
  private func stopped(backward index: Int, _ window: UInt64) -> UInt64 {
    let begin = pauses[index].end - min(pauses[index].end, window)
    var sum: UInt64 = 0
    var index = index
    while index >= 0, pauses[index].end > begin {
      sum += pauses[index].end - max(pauses[index].begin, begin)
      index -= 1
    }
    return sum
  }

  private func stopped(from begin: UInt64, to end: UInt64) -> UInt64 {
    pauses.reduce(0) { sum, pause in
      let (first, last) = (max(pause.begin, begin), min(pause.end, end))
      return sum + (last > first ? last - first : 0)
    }
  }
}
