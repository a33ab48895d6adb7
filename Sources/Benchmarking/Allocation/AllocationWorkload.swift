/// What is done with cells; the names and the numbers are those of the comparison's C program.
enum AllocationWorkload: String, CaseIterable, Sendable {
  /// Never freed, collected by our collector; no allocator without one takes part.
  case drop
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
  var hasPeers: Bool { self != .drop }

  /// Bytes of the cells it is measured with.
  var byteCounts: [Int] {
    switch self {
    case .drop, .pair, .lifo, .fifo, .random: [16, 32, 64, 128, 256, 1024]
    case .latency: [64]
    case .local2, .prod2, .larson2: [32, 64, 256]
    }
  }

  /// Operations of each thread.
  static func operationCount(byteCount: Int) -> Int {
    byteCount <= 128 ? 10_000_000 : 4_000_000
  }
}

extension AllocationWorkload {
  /// Measures it on the allocator of this process, after a tenth of the work to warm up.
  func measure<Cells: CellAllocator & ~Copyable>(
    _: Cells.Type, byteCount: Int, operationCount: Int
  ) -> [Figure] {
    let source = Cells.makeSource()
    var cells = Cells(sharing: source)
    let warmUp = ThreadedWork<Cells>(
      source: source, byteCount: byteCount, operationCount: (operationCount + 9) / 10)
    let work = ThreadedWork<Cells>(
      source: source, byteCount: byteCount, operationCount: operationCount)
    switch self {
    case .drop:
      preconditionFailure("only a collector can be measured with garbage")
    case .latency:
      _ = cells.recordLatency(byteCount: byteCount, operationCount: warmUp.operationCount)
      return cells.recordLatency(byteCount: byteCount, operationCount: operationCount)
    case .pair, .lifo, .fifo, .random, .prod2, .larson2:
      run(warmUp, &cells)
      return [Figure("ns_op", Clock.measure { run(work, &cells) } / Double(operationCount))]
    case .local2:
      run(warmUp, &cells)
      let alone = Clock.measure { work.runAlone(&cells) }
      let both = Clock.measure { run(work, &cells) }
      return [
        Figure("ns_op", both / Double(operationCount)),
        Figure("speedup", 2 * alone / both),
      ]
    }
  }

  private func run<Cells: CellAllocator & ~Copyable>(
    _ work: ThreadedWork<Cells>, _ cells: inout Cells
  ) {
    let (byteCount, operationCount) = (work.byteCount, work.operationCount)
    switch self {
    case .pair: cells.allocateInPairs(byteCount: byteCount, operationCount: operationCount)
    case .lifo: cells.allocateInBatches(byteCount: byteCount, operationCount: operationCount)
    case .fifo: cells.replaceInOrder(byteCount: byteCount, operationCount: operationCount)
    case .random:
      cells.replaceAtRandom(
        byteCount: byteCount, operationCount: operationCount, seed: 0x9E37_79B9)
    case .local2: work.runApart(&cells)
    case .prod2: work.runProducer(&cells)
    case .larson2: work.runSwapping(&cells)
    case .drop, .latency: preconditionFailure("measured in ways of their own")
    }
  }
}
