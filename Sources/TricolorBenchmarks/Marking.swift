/// Marking all of a heap in which nothing is dead.
enum Marking {
  static func run(_ name: String, _ shape: GraphShape, _ objectCount: Int) {
    var rig = Rig()
    let graph = rig.build(shape, objectCount: objectCount)
    rig.start()
    rig.finish()

    var mark = Series()
    var full = Series()
    let clock = ContinuousClock()
    for _ in 0..<5 {
      let start = clock.now
      rig.start()
      rig.mark(workUnits: graph.workUnits)
      let marked = clock.now
      rig.sweep()
      mark.add(marked - start, per: objectCount)
      full.add(clock.now - start, per: objectCount)
    }
    mark.report(name, "mark_ns_obj")
    full.report(name, "full_ns_obj")
  }
}
