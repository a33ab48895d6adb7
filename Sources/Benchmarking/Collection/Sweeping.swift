/// Every other object dies: what the collector pays for the dead, and the program for their cells.
enum Sweeping {
  static func measure(objectCount: Int, roundCount: Int) -> [Figure] {
    var rig = Rig()
    let array = rig.fillArray(objectCount: objectCount).array
    let clock = ContinuousClock()
    var dead = Series()
    var swept = Series()
    var reuse = Series()
    for round in 0...roundCount {
      for index in stride(from: 1, to: objectCount, by: 2) {
        rig.store(nil, in: index, of: array)
      }
      let half = sweep(&rig, objectCount / 2 * (Rig.slotCount + 1) + objectCount + 1)
      let none = sweep(&rig, objectCount / 2 * (Rig.slotCount + 1) + objectCount + 1)
      let refill = clock.measure {
        for index in stride(from: 1, to: objectCount, by: 2) {
          rig.store(rig.allocate(), in: index, of: array)
        }
      }
      // The first round warms up.
      guard round > 0 else { continue }
      dead.add(half - none, per: objectCount / 2)
      swept.add(none, per: objectCount / 2)
      reuse.add(refill, per: objectCount / 2)
    }
    return [
      Figure("dead_ns_obj", dead), Figure("live_ns_obj", swept), Figure("reuse_ns_obj", reuse),
    ]
  }

  /// How long the sweep of one cycle takes.
  private static func sweep(_ rig: inout Rig, _ workUnits: Int) -> Duration {
    rig.start()
    rig.mark(workUnits: workUnits)
    return ContinuousClock().measure { rig.sweep() }
  }
}
