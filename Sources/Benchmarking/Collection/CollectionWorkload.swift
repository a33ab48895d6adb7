/// What the collector and the barriers are measured with.
///
/// Workloads, object shape and random numbers are those with which other collectors are measured: four
/// references and sixteen bytes. Observers are silent.
enum CollectionWorkload: Hashable, Sendable {
  case mark(GraphShape, objectCount: Int)
  case sweepHalf(objectCount: Int)
  case grow
  case trees(TreeKind, depth: Int)
  case store(objectCount: Int)
  case pause(objectCount: Int)
  case occupy
}

extension CollectionWorkload {
  static let all: [CollectionWorkload] =
    [100_000, 1_000_000, 10_000_000].flatMap { count in
      GraphShape.allCases.map { .mark($0, objectCount: count) }
    } + [
      .sweepHalf(objectCount: 1_000_000), .sweepHalf(objectCount: 10_000_000),
      .grow, .trees(.binary, depth: 16), .trees(.binary, depth: 18), .trees(.classic, depth: 16),
      .store(objectCount: 4096), .store(objectCount: 1_000_000), .pause(objectCount: 1_000_000),
      .occupy,
    ]

  var name: String {
    switch self {
    case .mark(let shape, let objectCount): "mark.\(shape.rawValue).\(objectCount)"
    case .sweepHalf(let objectCount): "sweep.half.\(objectCount)"
    case .grow: "cycle.linear"
    case .trees(let kind, let depth): "trees.\(kind.rawValue).\(depth)"
    case .store(let objectCount): "barrier.\(objectCount)"
    case .pause(let objectCount): "pause.\(objectCount)"
    case .occupy: "memory"
    }
  }

  /// The ways in which our collector takes part, the one that is compared with others first.
  var variants: [Variant] {
    switch self {
    case .mark, .sweepHalf, .grow, .store, .occupy: [.usual]
    case .trees: [.usual, .stopTheWorld, .generational, .generationalStopped]
    case .pause: [.usual, .incremental]
    }
  }

  /// Whether one process does all rounds, because what they share is dear to build.
  var roundsShareProcess: Bool {
    switch self {
    case .mark, .sweepHalf, .grow, .store: true
    case .trees, .pause, .occupy: false
    }
  }
}

// MARK: - Measuring

extension CollectionWorkload {
  private static let grownCounts = [10_000, 100_000, 1_000_000, 10_000_000]
  private static let occupyingCount = 1_000_000
  private static let pausingNanoseconds = 8_000_000_000
  private static let actionCount = 200_000
  private static let storeCount = 20_000_000
  private static let numberCount = 4_000_000

  /// - Parameter operationCount: the most objects and stores there may be; nil for as many as the
  ///   workload's name says.
  func measure(operationCount: Int?, roundCount: Int, _ variant: Variant) -> [Figure] {
    func limited(_ count: Int) -> Int { min(count, max(operationCount ?? count, 2)) }
    switch self {
    case .mark(let shape, let objectCount):
      return Marking.measure(
        shape, objectCount: limited(objectCount), roundCount: roundCount,
        comparesOrders: objectCount == 1_000_000 && [.random, .shuffledTree].contains(shape))
    case .sweepHalf(let objectCount):
      // An even number, so that half of it dies.
      return Sweeping(
        objectCount: limited(objectCount) & ~1, roundCount: roundCount
      ).measure()
    case .grow:
      let counts = CollectionWorkload.grownCounts.filter { limited($0) == $0 }
      return Growing(
        objectCounts: counts.isEmpty ? [limited(.max)] : counts, roundCount: roundCount
      )
      .measure()
    case .trees(let kind, let depth):
      return Trees.measure(
        kind, depth: limited(1 << depth).bitWidth - limited(1 << depth).leadingZeroBitCount - 1,
        numberCount: limited(CollectionWorkload.numberCount), variant)
    case .store(let objectCount):
      let storing = Storing(
        objectCount: limited(objectCount), storeCount: limited(CollectionWorkload.actionCount),
        roundCount: roundCount)
      let threadStoring = ThreadStoring(
        objectCount: limited(objectCount), storeCount: limited(CollectionWorkload.storeCount),
        roundCount: roundCount)
      return threadStoring.measure() + storing.measure()
    case .pause(let objectCount):
      return Pausing(
        objectCount: limited(objectCount), nanoseconds: CollectionWorkload.pausingNanoseconds,
        stepCount: operationCount ?? .max
      ).measure(variant)
    case .occupy:
      return Occupying.measure(objectCount: limited(CollectionWorkload.occupyingCount))
    }
  }
}
