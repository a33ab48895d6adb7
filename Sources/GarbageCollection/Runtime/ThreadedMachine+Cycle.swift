import Synchronization

/// The coordinator: one thread that takes the machine from phase to phase.
extension ThreadedMachine {
  /// Runs cycles until the machine is closed.
  ///
  /// It looks at the phase anew each time, for whoever stopped the world may have driven the machine on.
  func coordinate() {
    while let task = nextTask() {
      switch task {
      case .begin: begin()
      case .scanRoots: scanRoots()
      case .mark: timeMarking { markToTheEnd() }
      case .sweep: sweepToTheEnd()
      }
    }
  }

  private enum Task {
    case begin, scanRoots, mark, sweep
  }

  /// Waits until there is something to do; nil when the machine is closed.
  private func nextTask() -> Task? {
    monitor.enter()
    defer { monitor.leave() }
    while true {
      waitForWorld()
      switch machine.phase {
      case .idle:
        noteEndOfCycle()
        if isClosing { return nil }
        if wantsCycle { return .begin }
      case .roots: return isClosing ? nil : .scanRoots
      case .marking where hold != .off && !isClosing:
        hold = .reached
        monitor.notify()
      case .marking, .termination: return isClosing ? nil : .mark
      case .sweeping: return isClosing ? nil : .sweep
      case .forwarding, .updating, .moving, .flipping, .copying, .reconciling, .trialMarking,
        .trialScanning, .trialCollecting:
        preconditionFailure("threads mark and sweep")
      }
      monitor.wait()
    }
  }

  private func begin() {
    withWorldStopped { machine in
      // Whoever asked before now is answered by this one.
      wantsCycle = false
      guard machine.phase == .idle else { return }
      // Those for whom the old have no room are marked where they stand.
      promoteYoung(&machine)
      pacing.begin(allocatedBytes.load(ordering: .relaxed))
      var silent = SilentObserver()
      do throws(MachineError) {
        try machine.perform(.collect(.start), observer: &silent)
        finishCopying(&machine)
        for index in machine.roots.globals.indices where machine.phase == .roots {
          guard !machine.roots.globals[index].isScanned else { continue }
          try machine.perform(.collect(.scanRoot(.global(index))), observer: &silent)
        }
        // Nobody runs on the first stack.
        if machine.phase == .roots, !machine.roots.isScanned(.stack(.main)) {
          try machine.perform(.collect(.scanRoot(.stack(.main))), observer: &silent)
        }
      } catch { preconditionFailure("an idle machine can begin a cycle: \(error)") }
      if settings.collection == .stopTheWorld { finishMarking(&machine) }
    }
  }

  private func scanRoots() {
    handshake(.scanStack)
    monitor.withLock {
      // Whoever came or went meanwhile was born black.
      if machine.phase == .roots, !isStopped { scanStragglers() }
    }
  }

  /// Roots that have come since the cycle began.
  private func scanStragglers() {
    guard let root = machine.roots.firstUnscanned else { return }
    if case .stack(let id) = root, mutators.contains(where: { $0.id == id && $0.isRunning }) {
      return
    }
    var silent = SilentObserver()
    do throws(MachineError) {
      try machine.perform(.collect(.scanRoot(root)), observer: &silent)
    } catch { preconditionFailure("a root that is not scanned can be: \(error)") }
  }

  /// Marks until nothing is grey, and ends marking.
  ///
  /// Complete is not when the markers have run dry once: mutators' barriers may have shaded more, which
  /// they keep to themselves until they are asked. So all are asked, each at its safepoint, and only when
  /// nobody had anything, or it has been tried a few times, is the world stopped; what is left then is
  /// marked while it is stopped.
  private func markToTheEnd() {
    for _ in 0..<8 {
      markTogether()
      guard isMarking else { return }
      handshake(.giveAway)
      guard hasWork else { break }
    }
    withWorldStopped { machine in
      guard machine.phase.isMarking else { return }
      finishMarking(&machine)
    }
  }

  /// Marks what is left and begins the sweep, while the world is stopped.
  private func finishMarking(_ machine: inout Machine) {
    for mutator in mutators { mutator.wavefront.giveAll(to: &machine.wavefront, ground) }
    machine.finishMarking()
    if settings.judges { judge.judge(machine) }
    let bytes = allocatedBytes.exchange(0, ordering: .relaxed)
    pacing.endMarking(work: machine.collector.work, allocatedBytes: bytes)
  }

  private var isMarking: Bool { monitor.withLock { !isStopped && machine.phase.isMarking } }

  private var hasWork: Bool { monitor.withLock { !machine.wavefront.isExhausted } }

  private func noteEndOfCycle() {
    guard endedCycleCount < begunCycleCount else { return }
    endedCycleCount = begunCycleCount
    monitor.notify()
  }
}
