import GarbageCollection

/// Objects that nobody ever refers to: allocated, and collected whenever 4 MiB have been.
enum Dropping {
  private static let bytesPerCycle = 4 << 20

  /// - Parameter byteCount: of an object, header included.
  static func measure(byteCount: Int, operationCount: Int) -> [Figure] {
    // Whoever wants a cell sweeps a span: the cost of freeing falls where the cells are used.
    var rig = Rig(sweep: .lazy)
    _ = run(&rig, byteCount, (operationCount + 9) / 10)
    let times = run(&rig, byteCount, operationCount)
    return [
      Figure("ns_op", times.all / Double(operationCount)),
      Figure("allocate_ns_op", times.allocating / Double(operationCount)),
    ]
  }

  /// Nanoseconds in all, and those without collecting.
  private static func run(
    _ rig: inout Rig, _ byteCount: Int, _ operationCount: Int
  ) -> (all: Double, allocating: Double) {
    let payloadBytes = byteCount - ObjectHeader.byteCount
    var rest = operationCount
    var allocating = 0.0
    let all = Clock.measure {
      while rest > 0 {
        let count = min(rest, bytesPerCycle / byteCount)
        allocating += Clock.measure {
          for _ in 0..<count { _ = rig.allocate(slotCount: 0, payloadBytes: payloadBytes) }
        }
        rig.markNothing()
        rest -= count
      }
    }
    return (all, allocating)
  }
}
