import GarbageCollection

/// One random object, one random slot, one random target: the store, with the barrier it runs.
///
/// Each store is a whole `Action`, checks included, as a script or the checker performs it.
struct Storing {
  let objectCount: Int
  let storeCount: Int
  let roundCount: Int

  func measure() -> [Figure] {
    [Figure("idle_ns_action", series(.none, isMarking: false))]
      + Barrier.allCases.filter { !$0.facts.isMistake }.map { barrier in
        Figure("marking_\(barrier.rawValue)_ns_action", series(barrier, isMarking: true))
      }
  }

  private func series(_ barrier: Barrier, isMarking: Bool) -> Series {
    var rig = Rig(barrier)
    let objects = rig.fillArray(objectCount: objectCount).objects
    if isMarking { rig.start() }
    var random = XorShift()
    var series = Series()
    for round in 0...roundCount {
      let duration = ContinuousClock().measure { storeAtRandom(&rig, objects, &random) }
      // The first round warms up.
      if round > 0 { series.add(duration, per: storeCount) }
    }
    return series
  }

  private func storeAtRandom(
    _ rig: inout Rig, _ objects: [Reference], _ random: inout XorShift
  ) {
    for _ in 0..<storeCount {
      let number = random.next()
      let object = objects[XorShift.scale(number, below: objects.count)]
      let target = objects[random.next(below: objects.count)]
      rig.store(target, in: Int(number & 3), of: object)
    }
  }
}
