/// Marking all of a heap in which nothing is dead.
enum Marking {
  static func measure(_ shape: GraphShape, objectCount: Int, roundCount: Int) -> [Figure] {
    var rig = Rig()
    let graph = rig.build(shape, objectCount: objectCount)
    rig.start()
    rig.finish()

    var mark = Series()
    var full = Series()
    let clock = ContinuousClock()
    for _ in 0..<roundCount {
      let start = clock.now
      rig.start()
      rig.mark(workUnits: graph.workUnits)
      let marked = clock.now
      rig.sweep()
      mark.add(marked - start, per: objectCount)
      full.add(clock.now - start, per: objectCount)
    }
    return [Figure("mark_ns_obj", mark), Figure("full_ns_obj", full)]
  }
}
