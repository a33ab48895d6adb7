import Synchronization

/// Sweeping beside the mutators: each span by whoever comes first.
extension ThreadedMachine {
  /// The coordinator sweeps what mutators have not, a span after the other.
  func sweepToTheEnd() {
    monitor.enter()
    defer { monitor.leave() }
    guard !isStopped, machine.phase == .sweeping else { return }
    activeCount += 1
    monitor.leave()
    var tally = SweptBytes()
    for kind in CellKind.allKinds {
      while !signals.haltsMarkers, sweep(kind, &tally) {}
    }
    let isDone = !signals.haltsMarkers
    monitor.enter()
    pacing.noteSwept(tally)
    activeCount -= 1
    monitor.notify()
    // No span is left on a list, but mutators may have taken some.
    while isDone, !isStopped, sweeperCount.load(ordering: .relaxed) > 0 {
      awaitsSweepers = true
      monitor.wait()
    }
    awaitsSweepers = false
    guard isDone, !isStopped else { return }
    machine.endSweep()
    signals.isSweeping = false
    pacing.endSweep()
  }

  /// Sweeps a span of a kind; false when none is left.
  private func sweep(_ kind: CellKind, _ tally: inout SweptBytes) -> Bool {
    guard let swept = machine.heap.sweepNext(of: kind) else { return false }
    tally.add(swept)
    return true
  }

  /// Sweeps spans for a mutator whose cache has no cell of a kind left, until there is one.
  ///
  /// Not more than a few: where those are full of live objects, new pages cost the program less than the
  /// wait. The coordinator sweeps on.
  func sweep(for kind: CellKind) {
    // Before a span is taken: who then finds none left finds the count.
    sweeperCount.wrappingAdd(1, ordering: .relaxed)
    var tally = SweptBytes()
    for _ in 0..<ThreadedMachine.spansPerRefill {
      guard let swept = machine.heap.sweepNext(of: kind, wantsCell: true) else { break }
      tally.add(swept)
    }
    monitor.withLock {
      pacing.noteSwept(tally)
      let rest = sweeperCount.wrappingSubtract(1, ordering: .relaxed).newValue
      if rest == 0, awaitsSweepers { monitor.notify() }
    }
  }

  private static let spansPerRefill = 16
}

extension Machine {
  /// Ends a cycle whose spans have all been swept.
  mutating func endSweep() {
    var silent = SilentObserver()
    collector.enter(.idle, observer: &silent)
  }
}
