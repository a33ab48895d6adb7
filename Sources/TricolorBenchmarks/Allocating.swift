import GarbageCollection

/// Objects that nobody ever refers to: allocated, and collected whenever 4 MiB have been.
enum Allocating {
  private static let bytesPerCycle = 4 << 20

  static func run(_ name: String, objectBytes: Int) {
    var rig = Rig()
    let count = bytesPerCycle / objectBytes
    let payloadBytes = objectBytes - ObjectHeader.byteCount
    let clock = ContinuousClock()
    var allocate = Series()
    var pair = Series()
    for round in 0..<20 {
      let start = clock.now
      for _ in 0..<count { _ = rig.allocate(slotCount: 0, payloadBytes: payloadBytes) }
      let allocated = clock.now
      rig.start()
      rig.finish()
      guard round > 0 else { continue }
      allocate.add(allocated - start, per: count)
      pair.add(clock.now - start, per: count)
    }
    allocate.report(name, "allocate_ns_op")
    pair.report(name, "ns_op")
  }
}
