import Synchronization

/// Stopping the world, and what mutators do at their safepoints.
extension ThreadedMachine {
  /// Runs `body` while no mutator and no marker runs: what it sees is all there is.
  ///
  /// Waits for every running mutator to reach a safepoint. Not to be called by a mutator's thread while
  /// that runs.
  public func withWorldStopped<Result, Failure: Error>(
    _ body: (inout Machine) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    monitor.enter()
    defer { monitor.leave() }
    stopWorld()
    let begin = clock?() ?? 0
    defer {
      startWorld()
      if let clock { census.note(ThreadPause(begin: begin, end: clock())) }
    }
    return try body(&machine)
  }

  /// Returns when no mutator and no marker runs; under the monitor, which it lets go of meanwhile.
  func stopWorld() {
    waitForWorld()
    isStopped = true
    for mutator in mutators { mutator.isWanted.store(true, ordering: .relaxed) }
    signals.haltsMarkers = true
    // Markers that wait for work have to come out of it.
    if activeCount > 0 { monitor.notify() }
    while runningCount > 0 || activeCount > 0 { monitor.wait() }
    gatherYoung()
  }

  /// Returns when the world is not stopped; under the monitor, which it lets go of meanwhile.
  func waitForWorld() {
    stopWaiterCount += 1
    while isStopped { monitor.wait() }
    stopWaiterCount -= 1
  }

  /// Lets all threads go on; under the monitor.
  ///
  /// - Parameter hasNews: whether the coordinator has to look what is to be done now.
  func startWorld(hasNews: Bool = true) {
    isStopped = false
    signals.haltsMarkers = false
    mirrorPhase()
    for mutator in mutators {
      mutator.isWanted.store(mutator.request != nil, ordering: .relaxed)
    }
    if hasNews || stopWaiterCount > 0 { monitor.notify() }
  }

  /// Lets the threads know of the machine's phase; while the world is stopped.
  private func mirrorPhase() {
    signals.isMarking = machine.phase.isMarking
    signals.isSweeping = machine.phase == .sweeping
    signals.isNursing = settings.nurseryBytes > 0 && !machine.phase.isMarking
    signals.plain =
      machine.phase.isMarking ? .none : settings.nurseryBytes > 0 ? young : .everywhere
    signals.birthColor = machine.phase.isMarking ? ColorByte.black : ColorByte.white
    for mutator in mutators {
      mutator.isScanned = machine.roots.stacks[mutator.id.index].isScanned
    }
  }
}

// MARK: - Safepoints

extension ThreadedMachine {
  /// What a mutator does whose thread is wanted: answers the collector, and stands still while the world
  /// is stopped.
  @usableFromInline func answer(_ record: MutatorRecord) {
    monitor.enter()
    defer { monitor.leave() }
    comply(record)
    record.isWanted.store(false, ordering: .relaxed)
    guard isStopped else { return }
    leaveHeap(record)
    enterHeap(record)
  }

  /// The thread will not touch the heap; under the monitor.
  func leaveHeap(_ record: MutatorRecord) {
    precondition(record.isRunning, "a mutator that runs can leave")
    record.isRunning = false
    runningCount -= 1
    monitor.notify()
  }

  /// The thread touches the heap again, when the world is not stopped; under the monitor.
  func enterHeap(_ record: MutatorRecord) {
    waitForWorld()
    comply(record)
    // Whatever it was wanted for while it was away is done.
    record.isWanted.store(false, ordering: .relaxed)
    record.isRunning = true
    runningCount += 1
  }

  /// Does what the collector has asked of a mutator; under the monitor, for one that stands still.
  private func comply(_ record: MutatorRecord) {
    guard let request = record.request else { return }
    record.request = nil
    if request == .scanStack, machine.phase == .roots,
      !machine.roots.isScanned(.stack(record.id))
    {
      var silent = SilentObserver()
      do throws(MachineError) {
        try machine.perform(.collect(.scanRoot(.stack(record.id))), observer: &silent)
      } catch { preconditionFailure("a stack is scanned once: \(error)") }
    }
    record.isScanned = machine.roots.isScanned(.stack(record.id))
    record.wavefront.giveAll(to: &machine.wavefront, ground)
    monitor.notify()
  }

  /// Asks every mutator for something, and returns when all have done it, each at its own safepoint.
  func handshake(_ request: HandshakeRequest) {
    monitor.enter()
    defer { monitor.leave() }
    for mutator in mutators {
      mutator.request = request
      mutator.isWanted.store(true, ordering: .relaxed)
    }
    while true {
      while isPaused { monitor.wait() }
      for mutator in mutators where !mutator.isRunning { comply(mutator) }
      if mutators.allSatisfy({ $0.request == nil }) { return }
      monitor.wait()
    }
  }
}
