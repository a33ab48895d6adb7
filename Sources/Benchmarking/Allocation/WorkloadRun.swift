/// One run of a workload on one allocator: cells of one size, so many operations of each thread.
struct WorkloadRun<Cells: CellAllocator & ~Copyable>: Sendable {
  let source: Cells.Source
  let byteCount: Int
  let operationCount: Int
}

extension WorkloadRun where Cells: ~Copyable {
  /// - Parameter cells: the allocator of the calling thread.
  func measure(_ workload: AllocationWorkload, _ cells: inout Cells) -> [Figure] {
    let (byteCount, operationCount) = (byteCount, operationCount)
    switch workload {
    case .pair:
      return time { cells.allocateInPairs(byteCount: byteCount, operationCount: operationCount) }
    case .lifo:
      return time { cells.allocateInBatches(byteCount: byteCount, operationCount: operationCount) }
    case .fifo:
      return time { cells.replaceInOrder(byteCount: byteCount, operationCount: operationCount) }
    case .random:
      return time {
        cells.replaceAtRandom(
          byteCount: byteCount, operationCount: operationCount, seed: XorShift.usualSeed)
      }
    case .latency:
      return cells.recordLatency(byteCount: byteCount, operationCount: operationCount)
    case .local2:
      let alone = Clock.measure { runAlone(&cells) }
      let both = Clock.measure { runApart(&cells) }
      return [perOperation(both), Figure("speedup", 2 * alone / both)]
    case .prod2: return time { runProducer(&cells) }
    case .larson2: return time { runSwapping(&cells) }
    }
  }

  private func time(_ work: () -> Void) -> [Figure] { [perOperation(Clock.measure(work))] }

  private func perOperation(_ nanoseconds: Double) -> Figure {
    Figure("ns_op", nanoseconds / Double(operationCount))
  }
}
