/// What is done with cells.
///
/// Names, sizes, counts and random numbers stay as they are, so that programs in other languages can do
/// exactly the same work.
enum AllocationWorkload: String, CaseIterable, Sendable {
  case pair
  case lifo
  case fifo
  case random = "rand"
  /// `rand`, each operation timed by itself.
  case latency
  case local2
  case prod2
  case larson2
}

extension AllocationWorkload {
  /// Bytes of the cells it is measured with.
  var byteCounts: [Int] {
    switch self {
    case .pair, .lifo, .fifo, .random: AllocationWorkload.allByteCounts
    case .latency: [64]
    case .local2, .prod2, .larson2: [32, 64, 256]
    }
  }

  static let allByteCounts = [16, 32, 64, 128, 256, 1024]

  /// Operations of each thread.
  static func operationCount(byteCount: Int) -> Int {
    byteCount <= 128 ? 10_000_000 : 4_000_000
  }

  /// Measures it on the allocator of this process, after a tenth of the work to warm up.
  func measure<Cells: CellAllocator & ~Copyable>(
    _: Cells.Type, byteCount: Int, operationCount: Int
  ) -> [Figure] {
    let source = Cells.makeSource()
    var cells = Cells(sharing: source)
    let warmUp = WorkloadRun<Cells>(
      source: source, byteCount: byteCount, operationCount: (operationCount + 9) / 10)
    _ = warmUp.measure(self, &cells)
    let run = WorkloadRun<Cells>(
      source: source, byteCount: byteCount, operationCount: operationCount)
    return run.measure(self, &cells)
  }
}
