import Synchronization

/// Markers at work: each drains its own wavefront, gives when others are hungry, and steals.
extension ThreadedMachine {
  /// Units of work between two looks at what others want.
  private static let sliceUnits = 1 << 14

  /// What a marker's thread does: helps with every round, until the machine is closed.
  func serve(_ marker: Marker) {
    monitor.enter()
    defer { monitor.leave() }
    while !isClosing {
      guard round.isOpen, !isStopped else {
        monitor.wait()
        continue
      }
      help(marker)
    }
  }

  /// A round of marking: until no marker and no list has anything left, or the world is to be stopped.
  func markTogether() {
    monitor.enter()
    defer { monitor.leave() }
    guard !isStopped, machine.phase.isMarking else { return }
    if settings.collection == .incremental {
      // Mutators do all of it, and tell when the list is empty; unless all of them wait.
      while !isStopped, !isClosing, machine.phase.isMarking, !machine.wavefront.isExhausted,
        waiterCount == 0, runningCount > 0
      {
        monitor.wait()
      }
      guard !isStopped, machine.phase.isMarking, !machine.wavefront.isExhausted else { return }
    }
    round.isOpen = true
    monitor.notify()
    help(markers[0])
    while round.isOpen, !isStopped { monitor.wait() }
    // Others that still hold something put it back before the world can stop.
  }

  /// Marks with others until the round is over or the world is to be stopped; under the monitor.
  private func help(_ marker: Marker) {
    activeCount += 1
    round.memberCount += 1
    while round.isOpen, !signals.haltsMarkers {
      if marker.wavefront.isExhausted, !takeShelved(marker), !findWork(marker) { continue }
      monitor.leave()
      while !signals.haltsMarkers, !marker.wavefront.isExhausted || takeShelved(marker) {
        work(marker)
      }
      monitor.enter()
    }
    if !marker.wavefront.isExhausted || marker.shelvedCount > 0 {
      while marker.take(from: marker, ground) {}
      marker.wavefront.giveAll(to: &machine.wavefront, ground)
    }
    round.memberCount -= 1
    activeCount -= 1
    monitor.notify()
  }

  private func work(_ marker: Marker) {
    var silent = SilentObserver()
    let done = marker.wavefront.advanceFar(
      budget: ThreadedMachine.sliceUnits, ground, observer: &silent)
    marker.units.wrappingAdd(done, ordering: .relaxed)
    guard hungryCount.load(ordering: .relaxed) > 0 else { return }
    if marker.shelve(ground) { monitor.withLock { monitor.notify() } }
  }

  /// What a marker finds on its own shelf or on another's, without the monitor.
  private func takeShelved(_ marker: Marker) -> Bool {
    if marker.take(from: marker, ground) { return true }
    for other in markers where other !== marker && marker.take(from: other, ground) {
      marker.steals.wrappingAdd(1, ordering: .relaxed)
      return true
    }
    return false
  }

  /// Takes some of what all share, or waits and is false; under the monitor.
  ///
  /// A marker that finds nothing counts itself as idle in the same breath in which it has seen that there
  /// is nothing: whoever is not idle may yet bring work, and whoever is idle has none, on its shelf
  /// neither. So when all are idle and the common list is empty, marking is complete. To count first and
  /// look then, or to look and then count, is Go's mark completion race (A. Clements, go-misc,
  /// `go-weave/models/markterm.go`): `check --model mark-completion` finds it.
  private func findWork(_ marker: Marker) -> Bool {
    let share = max(1, min(128, machine.wavefront.listedCount / (markers.count + 1)))
    if marker.wavefront.take(share, from: &machine.wavefront, ground) { return true }
    round.idleCount += 1
    hungryCount.store(round.idleCount, ordering: .relaxed)
    defer {
      round.idleCount -= 1
      hungryCount.store(round.idleCount, ordering: .relaxed)
    }
    if round.idleCount == round.memberCount {
      round.isOpen = false
      monitor.notify()
      return false
    }
    while round.isOpen, !signals.haltsMarkers, machine.wavefront.isExhausted,
      !markers.contains(where: { $0.shelvedCount > 0 })
    {
      monitor.wait()
    }
    return false
  }
}

/// A time in which markers work together; guarded by the monitor.
struct MarkingRound {
  var isOpen = false
  /// Markers that take part, and those of them that have found nothing to do.
  var memberCount = 0
  var idleCount = 0
}

// MARK: - Assists

extension ThreadedMachine {
  /// Units that are worth a slice.
  private static let leastDebt = 256
  /// Units of work between two looks at what is wanted of a mutator.
  private static let assistUnits = 1 << 12
  /// Units after which an allocation has marked enough, whatever it owes: what is left the next ones pay.
  private static let longestAssist = 1 << 14

  /// Lets a mutator do what its allocations owe, in a slice of its own.
  func assist(_ record: MutatorRecord, units: Int) {
    record.debt += units
    guard record.debt >= ThreadedMachine.leastDebt, let clock else { return payDebt(of: record) }
    let begin = clock()
    payDebt(of: record)
    let longest = record.longestAssist.load(ordering: .relaxed)
    record.longestAssist.store(max(longest, clock() - begin), ordering: .relaxed)
  }

  private func payDebt(of record: MutatorRecord) {
    var silent = SilentObserver()
    var units = 0
    while record.debt >= ThreadedMachine.leastDebt, units < ThreadedMachine.longestAssist {
      if record.wavefront.isExhausted, !fetchWork(record) { break }
      let done = record.wavefront.advanceFar(
        budget: min(record.debt, ThreadedMachine.assistUnits), ground, observer: &silent)
      record.assistedUnits.wrappingAdd(done, ordering: .relaxed)
      record.debt -= done
      units += done
      // What remains is everybody's.
      if record.isWanted.load(ordering: .relaxed) { break }
    }
    if settings.collection == .incremental || record.wavefront.listedCount > 64 { giveAway(record) }
  }

  private func fetchWork(_ record: MutatorRecord) -> Bool {
    monitor.withLock {
      guard machine.phase == .marking else { return false }
      if record.wavefront.take(64, from: &machine.wavefront, ground) { return true }
      record.debt = 0
      // Perhaps that was all.
      monitor.notify()
      return false
    }
  }

  private func giveAway(_ record: MutatorRecord) {
    monitor.withLock {
      record.wavefront.giveAll(to: &machine.wavefront, ground)
      monitor.notify()
    }
  }
}
