/// One piece of work that is measured, in a process of its own.
enum Benchmark: Hashable, Sendable {
  case allocation(AllocationWorkload, byteCount: Int)
  case collection(CollectionWorkload)
}

extension Benchmark {
  /// All of them, allocation with cells of `byteCounts`, or of each workload's own sizes.
  static func all(byteCounts: [Int] = []) -> [Benchmark] {
    AllocationWorkload.allCases.flatMap { workload in
      (byteCounts.isEmpty ? workload.byteCounts : byteCounts)
        .map { .allocation(workload, byteCount: $0) }
    } + CollectionWorkload.all.map { .collection($0) }
  }

  /// Bytes that a cell of a measurement may have.
  static let byteCounts = 8...32_768

  /// As in `alloc.rand.64` and `mark.list.100000`.
  var name: String {
    switch self {
    case .allocation(let workload, let byteCount): "alloc.\(workload.rawValue).\(byteCount)"
    case .collection(let workload): workload.name
    }
  }

  init?(named name: String) {
    let parts = name.split(separator: ".").map(String.init)
    if parts.count == 3, parts[0] == "alloc", let byteCount = Int(parts[2]),
      Benchmark.byteCounts.contains(byteCount),
      let workload = AllocationWorkload(rawValue: parts[1])
    {
      self = .allocation(workload, byteCount: byteCount)
    } else if let workload = CollectionWorkload.all.first(where: { $0.name == name }) {
      self = .collection(workload)
    } else {
      return nil
    }
  }

  var hasPeers: Bool {
    switch self {
    case .allocation(let workload, _): workload.hasPeers
    case .collection: false
    }
  }

  /// Whether one process does all rounds, because what they share is dear to build.
  var roundsShareProcess: Bool {
    switch self {
    case .allocation: false
    case .collection: true
    }
  }
}

extension Benchmark {
  /// Measures our machine, or our allocator.
  func measure(operationCount: Int?, roundCount: Int) -> [Figure] {
    switch self {
    case .allocation(let workload, let byteCount):
      let count = operationCount ?? AllocationWorkload.operationCount(byteCount: byteCount)
      if workload == .drop {
        return Dropping.measure(byteCount: byteCount, operationCount: count)
      }
      let figures = workload.measure(
        SharedHeapCells.self, byteCount: byteCount, operationCount: count)
      guard workload == .random else { return figures }
      let overhead = SharedHeapCells.overhead(
        byteCount: byteCount, operationCount: min(count, 1_000_000))
      return figures + [Figure("heap_overhead", overhead)]
    case .collection(let workload):
      return workload.measure(operationCount: operationCount, roundCount: roundCount)
    }
  }

  /// Measures the `malloc` of this process; nil where only a collector can take part.
  func measureMalloc(operationCount: Int?) -> [Figure]? {
    guard case .allocation(let workload, let byteCount) = self, workload.hasPeers else {
      return nil
    }
    return workload.measure(
      MallocCells.self, byteCount: byteCount,
      operationCount: operationCount ?? AllocationWorkload.operationCount(byteCount: byteCount))
  }
}
