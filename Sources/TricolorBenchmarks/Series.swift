/// The times of one metric, one a round, in nanoseconds a piece.
struct Series {
  private var values: [Double] = []

  mutating func add(_ duration: Duration, per count: Int) {
    values.append(duration / .nanoseconds(1) / Double(count))
  }

  var median: Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The distance from the fastest to the slowest round, in percent of the median.
  var spreadPercent: Double {
    guard let least = values.min(), let most = values.max() else { return 0 }
    return (most - least) / median * 100
  }

  func report(_ workload: String, _ metric: String) {
    print(workload, "tricolor", metric, Series.describe(median))
    print(workload, "tricolor", metric + "_spread_percent", Series.describe(spreadPercent))
  }

  /// With one decimal.
  private static func describe(_ value: Double) -> String {
    "\((value * 10).rounded() / 10)"
  }
}

/// The random numbers that every program of the comparison uses: xorshift32 (Marsaglia, 2003).
struct XorShift {
  private var state: UInt32 = 0x9E37_79B9

  mutating func next() -> UInt32 {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return state
  }

  /// A number below `bound`.
  mutating func next(below bound: Int) -> Int { XorShift.scale(next(), below: bound) }

  static func scale(_ random: UInt32, below bound: Int) -> Int {
    Int(UInt64(random) * UInt64(bound) >> 32)
  }
}
