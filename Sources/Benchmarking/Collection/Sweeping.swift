import GarbageCollection

/// Every other object dies: what the collector pays for the dead, and the program for their cells.
struct Sweeping {
  let objectCount: Int
  let roundCount: Int

  func measure() -> [Figure] { figures(.eager, "") + figures(.lazy, "lazy_") }

  private func figures(_ sweep: SweepPolicy, _ prefix: String) -> [Figure] {
    var (dead, live, reuse) = (Series(), Series(), Series())
    var rig = Rig(sweep: sweep)
    let array = rig.fillArray(objectCount: objectCount).array
    let cells = CellTable<Reference>(count: objectCount / 2)
    for round in 0...roundCount {
      dropHalf(&rig, array)
      let half = collect(&rig)
      let none = collect(&rig)
      var refill = refill(&rig, array, cells)
      if sweep == .lazy {
        // Now whoever wants a cell sweeps for it.
        dropHalf(&rig, array)
        mark(&rig)
        refill = self.refill(&rig, array, cells)
        rig.finish()
      }
      // The first round warms up.
      guard round > 0 else { continue }
      dead.add(half - none, per: objectCount / 2)
      live.add(none, per: objectCount / 2)
      reuse.add(refill, per: objectCount / 2)
    }
    return [
      Figure("\(prefix)dead_ns_obj", dead), Figure("\(prefix)live_ns_obj", live),
      Figure("\(prefix)reuse_ns_obj", reuse),
    ]
  }

  private func dropHalf(_ rig: inout Rig, _ array: Reference) {
    for index in stride(from: 1, to: objectCount, by: 2) {
      rig.store(nil, in: index, of: array)
    }
  }

  private func mark(_ rig: inout Rig) {
    rig.start()
    rig.mark(workUnits: objectCount / 2 * (Rig.slotCount + 1) + objectCount + 1)
  }

  /// How long the sweep of one cycle takes.
  private func collect(_ rig: inout Rig) -> Duration {
    mark(&rig)
    return ContinuousClock().measure { rig.sweep() }
  }

  /// How long it takes to allocate what has died anew.
  private func refill(
    _ rig: inout Rig, _ array: Reference, _ cells: CellTable<Reference>
  ) -> Duration {
    let duration = ContinuousClock().measure {
      for place in 0..<cells.count { cells[place] = rig.allocate() }
    }
    for place in 0..<cells.count { rig.store(cells[place], in: 2 * place + 1, of: array) }
    return duration
  }
}
