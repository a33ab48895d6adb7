/// The values of one metric, one a round, in the order of the rounds.
struct Series: Hashable, Sendable {
  private(set) var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }

  mutating func add(_ other: Series) { values += other.values }

  /// A duration shared by `count` pieces, in nanoseconds a piece.
  mutating func add(_ duration: Duration, per count: Int) {
    add(duration / .nanoseconds(1) / Double(count))
  }
}

extension Series {
  /// - Precondition: there was a round.
  var median: Double {
    precondition(!values.isEmpty, "a series has values")
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  var least: Double { values.min() ?? 0 }
  var most: Double { values.max() ?? 0 }

  /// The distance from the least to the most, in percent of the median; 0 where all are the same.
  var spreadPercent: Double { most == least ? 0 : (most - least) / median * 100 }

  /// This series divided by another, round by round: what both suffered in a round cancels out.
  func ratio(to other: Series) -> Series {
    Series(zip(values, other.values).map { $0 / $1 })
  }
}

extension Series {
  init(_ values: [Double]) { self.values = values }
}
