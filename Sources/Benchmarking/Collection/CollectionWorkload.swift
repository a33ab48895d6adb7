/// What the collector and the barriers are measured with; our machine alone takes part.
///
/// Object shape and random numbers are those with which other collectors are measured: four references
/// and sixteen bytes. Everything runs on one machine with a silent observer.
enum CollectionWorkload: Hashable, Sendable {
  case mark(GraphShape, objectCount: Int)
  case sweepHalf(objectCount: Int)
  case store(objectCount: Int)
}

extension CollectionWorkload {
  static let all: [CollectionWorkload] =
    [100_000, 1_000_000, 10_000_000].flatMap { count in
      GraphShape.allCases.map { .mark($0, objectCount: count) }
    } + [
      .sweepHalf(objectCount: 1_000_000), .store(objectCount: 1_000),
      .store(objectCount: 1_000_000),
    ]

  var name: String {
    switch self {
    case .mark(let shape, let objectCount): "mark.\(shape.rawValue).\(objectCount)"
    case .sweepHalf(let objectCount): "sweep.half.\(objectCount)"
    case .store(let objectCount): "barrier.\(objectCount)"
    }
  }

  private static let storeCount = 1_000_000

  /// - Parameter operationCount: the most objects and stores there may be; nil for as many as the
  ///   workload's name says.
  func measure(operationCount: Int?, roundCount: Int) -> [Figure] {
    func limited(_ count: Int) -> Int { min(count, max(operationCount ?? count, 2)) }
    switch self {
    case .mark(let shape, let objectCount):
      return Marking.measure(
        shape, objectCount: limited(objectCount), roundCount: roundCount)
    case .sweepHalf(let objectCount):
      // An even number, so that half of it dies.
      return Sweeping.measure(
        objectCount: limited(objectCount) & ~1, roundCount: roundCount)
    case .store(let objectCount):
      let storing = Storing(
        objectCount: limited(objectCount), storeCount: limited(CollectionWorkload.storeCount),
        roundCount: roundCount)
      return storing.measure()
    }
  }
}
