/// One piece of work that is measured, in a process of its own.
enum Benchmark: Hashable, Sendable {
  /// Objects allocated, never freed, and collected: no allocator without a collector takes part.
  case dropping(byteCount: Int)
  case allocation(AllocationWorkload, byteCount: Int)
  case collection(CollectionWorkload)
}

extension Benchmark {
  /// All of them, allocation with cells of `byteCounts`, or of each workload's own sizes.
  static func all(byteCounts: [Int] = []) -> [Benchmark] {
    func sizes(_ usual: [Int]) -> [Int] { byteCounts.isEmpty ? usual : byteCounts }
    return sizes(AllocationWorkload.allByteCounts).map { .dropping(byteCount: $0) }
      + AllocationWorkload.allCases.flatMap { workload in
        sizes(workload.byteCounts).map { .allocation(workload, byteCount: $0) }
      } + CollectionWorkload.all.map { .collection($0) }
  }

  /// Bytes that a cell of a measurement may have.
  static let byteCounts = 8...32_768

  /// As in `alloc.rand.64` and `mark.list.100000`.
  var name: String {
    switch self {
    case .dropping(let byteCount): "alloc.drop.\(byteCount)"
    case .allocation(let workload, let byteCount): "alloc.\(workload.rawValue).\(byteCount)"
    case .collection(let workload): workload.name
    }
  }

  init?(named name: String) {
    let byteCount = name.split(separator: ".").last.flatMap { Int($0) } ?? 0
    let sizes = Benchmark.byteCounts.contains(byteCount) ? [byteCount] : []
    guard let benchmark = Benchmark.all(byteCounts: sizes).first(where: { $0.name == name }) else {
      return nil
    }
    self = benchmark
  }

  var hasPeers: Bool {
    switch self {
    case .allocation: true
    case .dropping, .collection: false
    }
  }

  /// Whether one process does all rounds, because what they share is dear to build.
  var roundsShareProcess: Bool {
    switch self {
    case .allocation, .dropping: false
    case .collection(let workload): workload.roundsShareProcess
    }
  }

  /// The ways in which our collector takes part, the one that is compared with others first.
  var variants: [Variant] {
    switch self {
    case .allocation, .dropping: [.usual]
    case .collection(let workload): workload.variants
    }
  }
}

extension Benchmark {
  /// Measures our machine, or our allocator.
  ///
  /// - Parameter operationCount: nil for as many as usual.
  func measure(
    operationCount: Int?, roundCount: Int, _ variant: Variant = .usual
  ) -> [Figure] {
    switch self {
    case .dropping(let byteCount):
      return Dropping.measure(
        byteCount: byteCount, operationCount: operationCount ?? usualOperationCount(byteCount))
    case .allocation(let workload, let byteCount):
      let count = operationCount ?? usualOperationCount(byteCount)
      let figures = workload.measure(
        SharedHeapCells.self, byteCount: byteCount, operationCount: count)
      guard workload == .random else { return figures }
      let overhead = SharedHeapCells.overhead(
        byteCount: byteCount, operationCount: min(count, 1_000_000))
      return figures + [Figure("heap_overhead", overhead)]
    case .collection(let workload):
      return workload.measure(operationCount: operationCount, roundCount: roundCount, variant)
    }
  }

  /// Measures the `malloc` of this process; nil where only a collector can take part.
  func measureMalloc(operationCount: Int?) -> [Figure]? {
    guard case .allocation(let workload, let byteCount) = self else { return nil }
    return workload.measure(
      MallocCells.self, byteCount: byteCount,
      operationCount: operationCount ?? usualOperationCount(byteCount))
  }

  private func usualOperationCount(_ byteCount: Int) -> Int {
    AllocationWorkload.operationCount(byteCount: byteCount)
  }
}
