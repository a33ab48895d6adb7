/// How much of its time a program had for itself, window by window.
///
/// Minimum mutator utilisation (Cheng and Blelloch, "A parallel, real-time garbage collector", PLDI 2001):
/// the least share of any window of a length that is not spent in pauses.
struct Utilisation: Hashable, Sendable {
  /// In the order of time; they do not overlap.
  private var pauses: [Range<Int>] = []
  /// Nanoseconds of all pauses before each.
  private var pausedBefore: [Int] = []
  private(set) var pausedNanoseconds = 0
  private(set) var longestPause = 0

  /// - Parameter pause: nanoseconds, after all pauses so far.
  mutating func addPause(_ pause: Range<Int>) {
    precondition(pause.lowerBound >= pauses.last?.upperBound ?? .min, "pauses come in order")
    pauses.append(pause)
    pausedBefore.append(pausedNanoseconds)
    pausedNanoseconds += pause.count
    longestPause = max(longestPause, pause.count)
  }

  /// The least utilisation of any window of so many nanoseconds, from 0 to 1.
  ///
  /// The worst window begins where a pause begins, or ends where one ends: any other can be moved without
  /// losing pause time. O(pauses × log pauses).
  func least(inWindow nanoseconds: Int) -> Double {
    var worst = 0
    for pause in pauses {
      let (begin, end) = (pause.lowerBound, pause.upperBound)
      worst = max(
        worst, paused(until: begin + nanoseconds) - paused(until: begin),
        paused(until: end) - paused(until: end - nanoseconds))
    }
    return 1 - Double(worst) / Double(nanoseconds)
  }

  /// Nanoseconds of pauses up to some time.
  private func paused(until time: Int) -> Int {
    // The first pause that begins at that time or later.
    var (low, high) = (0, pauses.count)
    while low < high {
      let middle = (low + high) / 2
      if pauses[middle].lowerBound < time { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    return pausedBefore[low - 1] + min(pauses[low - 1].count, time - pauses[low - 1].lowerBound)
  }
}
