import GarbageCollection

extension MarkCompletion {
  func sentence(of worker: MarkingWorker, in state: SmallState) -> String {
    "\(worker) \(clause(of: worker, state))"
  }

  private func clause(of worker: MarkingWorker, _ state: SmallState) -> String {
    switch worker.place(in: state) {
    case .start: "start, which makes \((state[active] + 1).spelled("active worker"))"
    case .take: taking(from: state[grey])
    case .putBack: puttingBack(state)
    case .read: "read that the pool holds \(state[grey].spelled("grey object"))"
    case .leave: "stop, which leaves \((state[active] - 1).spelled("active worker"))"
    case .test:
      "\(verdict(of: worker, state)), having seen \(state[worker.seenGrey].spelled("grey object")) "
        + "and \(state[worker.seenActive].spelled("active worker"))"
    case .look: looking(state)
    case .idle, .exit: preconditionFailure("a worker that does nothing takes no step")
    }
  }

  private func taking(from count: Int) -> String {
    switch count {
    case 0: "find the pool empty"
    case 1: "take the last grey object and scan it"
    default: "take 2 of \(count) grey objects and scan one"
    }
  }

  private func puttingBack(_ state: SmallState) -> String {
    let names = idleWorkers(in: state).map(\.description)
    let act = "put the other back, which makes \((state[grey] + 1).spelled("grey object"))"
    guard settings.order == .locked else { return act }
    let waking = names.isEmpty ? "" : ", and wake \(names.joined(separator: " and "))"
    return "take the lock, \(act)\(waking)"
  }

  private func verdict(of worker: MarkingWorker, _ state: SmallState) -> String {
    hasSeenCompletion(worker, state) ? "declare marking complete" : "go on"
  }

  private func looking(_ state: SmallState) -> String {
    guard state[grey] == 0 else {
      return "take the lock, see \(state[grey].spelled("grey object")) and go on"
    }
    return state[active] == 1
      ? "take the lock, see an empty pool and nobody else active, and declare marking complete"
      : "take the lock, see an empty pool and wait, which leaves "
        + (state[active] - 1).spelled("active worker")
  }
}

extension EarlyCompletion: PublishedFailure {
  var lost: [ObjectLabel] { [] }

  var description: String {
    "marking is complete, and \(grey.spelled("object")) \(grey == 1 ? "is" : "are") grey"
  }
}

extension Int {
  /// `no objects`, `1 object`, `2 objects`.
  func spelled(_ noun: String) -> String {
    "\(self == 0 ? "no" : "\(self)") \(noun)\(self == 1 ? "" : "s")"
  }
}
