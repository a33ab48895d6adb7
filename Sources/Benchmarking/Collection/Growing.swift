import GarbageCollection

/// Full cycles over heaps that grow tenfold: what an object costs must not depend on how many there are.
///
/// As many objects live as are dead, a tree in the order of allocation; caches hold the smallest heap and
/// not the largest, so the shape is one that is read in sequence.
struct Growing {
  let objectCounts: [Int]
  let roundCount: Int

  func measure() -> [Figure] { objectCounts.flatMap { figures(objectCount: $0) } }

  private func figures(objectCount: Int) -> [Figure] {
    var (mark, sweep) = (Series(), Series())
    var rig = Rig()
    let graph = rig.build(.tree, objectCount: objectCount)
    let clock = ContinuousClock()
    for round in 0...roundCount {
      for _ in 0..<objectCount { _ = rig.allocate() }
      let start = clock.now
      rig.start()
      rig.mark(workUnits: graph.workUnits)
      let marked = clock.now
      rig.sweep()
      // The first round warms up.
      guard round > 0 else { continue }
      mark.add(marked - start, per: objectCount)
      sweep.add(clock.now - marked, per: 2 * objectCount)
    }
    return [
      Figure("mark_\(objectCount)_ns_obj", mark), Figure("sweep_\(objectCount)_ns_obj", sweep),
    ]
  }
}
