import GarbageCollection

/// One random object, one random slot, one random target: the store, with the barrier it runs.
///
/// Each store is a whole `Action`, checks included, as a script or the checker performs it.
enum Storing {
  private static let storeCount = 1_000_000

  static func run(_ name: String, objectCount: Int) {
    report(name, "idle_ns_store", .none, objectCount, isMarking: false)
    for barrier in Barrier.allCases {
      report(name, "marking_\(barrier.rawValue)_ns_store", barrier, objectCount, isMarking: true)
    }
  }

  private static func report(
    _ name: String, _ metric: String, _ barrier: Barrier, _ objectCount: Int, isMarking: Bool
  ) {
    var rig = Rig(barrier)
    let objects = rig.fillArray(objectCount: objectCount).objects
    if isMarking { rig.start() }
    var random = XorShift()
    var series = Series()
    for round in 0..<4 {
      let duration = ContinuousClock().measure { storeAtRandom(&rig, objects, &random) }
      if round > 0 { series.add(duration, per: storeCount) }
    }
    series.report(name, metric)
  }

  private static func storeAtRandom(
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
