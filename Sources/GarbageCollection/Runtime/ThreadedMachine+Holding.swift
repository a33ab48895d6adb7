/// Marking that lasts as long as somebody wants, and how long marking takes: for measurements.
extension ThreadedMachine {
  /// Nanoseconds of the clock in which objects have been marked beside the mutators, the stops that ended
  /// it included; 0 without a clock.
  public var markingNanoseconds: UInt64 { monitor.withLock { markingTime } }

  func timeMarking(_ mark: () -> Void) {
    guard let clock else { return mark() }
    let begin = clock()
    mark()
    monitor.withLock { markingTime += clock() - begin }
  }

  /// Lets a cycle begin, and returns when its roots are scanned and nobody marks on.
  func holdMarking(for record: MutatorRecord) {
    monitor.enter()
    defer { monitor.leave() }
    leaveHeap(record)
    hold = .wanted
    while hold != .reached, !isClosing {
      askForCycle()
      monitor.wait()
    }
    enterHeap(record)
  }

  func letGoOfMarking() {
    monitor.withLock {
      hold = .off
      monitor.notify()
    }
  }
}

/// Whether marking is to wait before its first object; guarded by the monitor.
enum MarkingHold: Hashable, Sendable {
  case off, wanted, reached
}

extension ThreadedMutator {
  /// Runs `body` while objects are being marked.
  ///
  /// A cycle has begun, all roots are scanned, barriers act, and no marker goes on before `body` ends;
  /// then the cycle goes on to its end. For measurements; one mutator at a time.
  public func whileMarking<Result>(_ body: () -> Result) -> Result {
    shared.holdMarking(for: record)
    let result = body()
    shared.letGoOfMarking()
    collect()
    return result
  }
}
