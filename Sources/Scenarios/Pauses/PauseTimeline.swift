/// A run on a clock that counts units of work: when the program ran, and when it waited.
///
/// A mutator's action is one unit; what the collector does takes its own units, during which no
/// mutator runs. Time is work, so that the same run always gives the same picture.
public struct PauseTimeline: Hashable, Sendable {
  /// A stretch of time in which one of them ran.
  public struct Slice: Hashable, Sendable {
    public enum Runner: Hashable, Sendable {
      case mutator
      case collector
      /// The collector, on the time of an allocation that had to do more than its share.
      case assist
    }

    public let runner: Runner
    /// Units since the start of the run.
    public let start: Int
    public internal(set) var length: Int
    /// The first step of the run that belongs to it, 0-based.
    public let step: Int

    public var end: Int { start + length }
  }

  /// In order, without gaps; neighbours of one runner are joined.
  public private(set) var slices: [Slice] = []
  /// Stretches in which no mutator ran.
  public private(set) var pauses: [Range<Int>] = []
  /// Units of the mutators before each pause, and at the end.
  private var mutatorUnitsBefore: [Int] = []

  public init(_ moments: some Sequence<Moment>) {
    var step = 0
    for moment in moments {
      let cost = moment.cost
      append(.mutator, cost.mutatorUnits, step)
      append(.collector, cost.collectorUnits - cost.assistUnits, step)
      append(.assist, cost.assistUnits, step)
      step += 1
    }
    findPauses()
  }

  public init(_ session: borrowing Session) { self.init(session.moments) }

  private mutating func append(_ runner: Slice.Runner, _ length: Int, _ step: Int) {
    guard length > 0 else { return }
    if let last = slices.last, last.runner == runner {
      slices[slices.count - 1].length += length
    } else {
      slices.append(
        Slice(runner: runner, start: slices.last?.end ?? 0, length: length, step: step))
    }
  }

  private mutating func findPauses() {
    var mutatorUnits = 0
    for slice in slices {
      if slice.runner == .mutator {
        mutatorUnits += slice.length
      } else if let last = pauses.last, last.upperBound == slice.start {
        pauses[pauses.count - 1] = last.lowerBound..<slice.end
      } else {
        pauses.append(slice.start..<slice.end)
        mutatorUnitsBefore.append(mutatorUnits)
      }
    }
    mutatorUnitsBefore.append(mutatorUnits)
  }
}

extension Session {
  /// Units of work from the start to the present position.
  public var time: Int {
    moments.prefix(position).reduce(0) { $0 + $1.cost.mutatorUnits + $1.cost.collectorUnits }
  }
}

extension PauseTimeline {
  /// Units of the whole run.
  public var duration: Int { slices.last?.end ?? 0 }
  /// Units in which mutators ran.
  public var mutatorUnits: Int { mutatorUnitsBefore.last ?? 0 }
  public var longestPause: Int { pauses.map(\.count).max() ?? 0 }
  public var assistUnits: Int {
    slices.reduce(0) { $0 + ($1.runner == .assist ? $1.length : 0) }
  }
  /// Of all time, what the mutators had, from 0 to 1.
  public var throughput: Double {
    duration == 0 ? 1 : Double(mutatorUnits) / Double(duration)
  }

  /// The pause that so many of a hundred pauses are no longer than; 0 without pauses.
  public func pause(percentile: Double) -> Int {
    let sorted = pauses.map(\.count).sorted()
    guard !sorted.isEmpty else { return 0 }
    let rank = (percentile / 100 * Double(sorted.count)).rounded(.up)
    return sorted[min(sorted.count - 1, max(0, Int(rank) - 1))]
  }

  /// Pauses by length: of 1 unit, of 2 and 3, of 4 to 7, and so on up to the longest.
  public var histogram: [(lengths: ClosedRange<Int>, count: Int)] {
    guard longestPause > 0 else { return [] }
    var bins: [(lengths: ClosedRange<Int>, count: Int)] = []
    var low = 1
    while low <= longestPause {
      bins.append((low...(2 * low - 1), 0))
      low *= 2
    }
    for pause in pauses {
      bins[Int.bitWidth - 1 - pause.count.leadingZeroBitCount].count += 1
    }
    return bins
  }
}

// MARK: - Utilisation

extension PauseTimeline {
  /// Minimum mutator utilisation: of every window of that many units, the least share that mutators
  /// had, from 0 to 1 (Cheng and Blelloch, PLDI 2001).
  ///
  /// The minimum is found at a window that begins with a pause or ends with one; O(pauses log pauses).
  /// A window as long as the run or longer gives the throughput.
  public func minimumUtilization(window: Int) -> Double {
    precondition(window > 0, "a window has a length")
    guard window < duration else { return throughput }
    var least = window
    for pause in pauses {
      for start in [pause.lowerBound, pause.upperBound - window]
      where start >= 0 && start + window <= duration {
        least = min(least, mutatorUnits(before: start + window) - mutatorUnits(before: start))
      }
    }
    // A window at an end of the run, where a pause may reach over it.
    for start in [0, duration - window] {
      least = min(least, mutatorUnits(before: start + window) - mutatorUnits(before: start))
    }
    return Double(least) / Double(window)
  }

  /// Units that mutators had before a moment.
  private func mutatorUnits(before time: Int) -> Int {
    // The first pause that has not begun by then.
    var (low, high) = (0, pauses.count)
    while low < high {
      let middle = (low + high) / 2
      if pauses[middle].lowerBound < time { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return time }
    let pause = pauses[low - 1]
    return mutatorUnitsBefore[low - 1] + max(0, time - pause.upperBound)
  }

  /// Windows for a curve: powers of two from 1 on, and the whole run.
  public var windows: [Int] {
    var windows: [Int] = []
    var window = 1
    while window < duration {
      windows.append(window)
      window *= 2
    }
    return windows + (duration > 0 ? [duration] : [])
  }
}
