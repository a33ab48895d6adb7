public import GarbageCollection

/// Many short random programs under the same settings, and the first promise one of them broke.
public struct Exploration: Sendable {
  /// Actions performed.
  public private(set) var actionCount = 0
  /// The first loss or broken invariant, with the seed of its program; nil while all is well.
  public private(set) var conviction: String?
  /// The first promise broken that no barrier is needed for.
  public private(set) var fault: String?
  /// Objects that died, over all programs.
  public private(set) var deathCount = 0
  /// Actions after which some black object, or global, referred to a white object.
  public private(set) var strongBreachCount = 0

  /// Stops at the first conviction or fault, or after `budget` actions.
  public init(_ settings: Settings, seed: UInt64 = 1, budget: Int, programLength: Int = 60) {
    var seed = seed
    while actionCount < budget, conviction == nil, fault == nil {
      run(settings, seed: seed, length: programLength)
      seed += 1
    }
  }

  private mutating func run(_ settings: Settings, seed: UInt64, length: Int) {
    do {
      var observed = try ObservedMachine(settings)
      try observed.perform(.mutate(.pushFrame("f0")))
      var program = RandomProgram(seed: seed)
      for number in 1...length where conviction == nil && fault == nil {
        try observed.perform(program.next(for: observed))
        actionCount += 1
        judge(observed, "seed \(seed), action \(number)")
      }
      guard conviction == nil, fault == nil else { return }
      try collectTwice(&observed)
      judgeEnd(observed, "seed \(seed), at the end")
    } catch {
      fault = "seed \(seed): \(error)"
    }
  }

  private mutating func judge(_ observed: borrowing ObservedMachine, _ when: String) {
    if let broken = observed.firstFault() { fault = "\(when): \(broken)" }
    let judgement = observed.judgement
    if let broken = observed.firstBrokenClaim(judgement) { conviction = "\(when): \(broken)" }
    if case .broken = judgement.strong { strongBreachCount += 1 }
  }

  private mutating func judgeEnd(_ observed: borrowing ObservedMachine, _ when: String) {
    judge(observed, when)
    deathCount += observed.chronicle.records.count { $0.death != nil }
    let judgement = observed.judgement
    let leaks =
      observed.machine.settings.collector == .referenceCounting
      && observed.machine.settings.cycleDetection == .off
    observed.machine.heap.forEachObject { object in
      guard !judgement.isReachable(object) else { return }
      if !(leaks && judgement.leaked.contains(object)) {
        fault = "\(when): garbage survived two cycles"
      }
    }
  }

  /// Lets the mutator finish its store, ends the cycle under way and collects twice more.
  private func collectTwice(_ observed: inout ObservedMachine) throws(MachineError) {
    for _ in 0..<3 {
      repeat {
        if observed.machine.pendingStore != nil, !observed.machine.isWorldStopped {
          try observed.perform(.mutate(.resume))
        }
        try observed.perform(.collect(.step))
      } while observed.machine.phase != .idle
    }
  }
}

extension ObservedMachine {
  /// The first thing that a sound collector never lets happen and this one did.
  public func firstBrokenClaim(_ judgement: Judgement) -> String? {
    if let lost = chronicle.records.first(where: { $0.death?.wasReachable == true }) {
      return "\(lost.label) was freed while reachable"
    }
    if let dangling = judgement.dangling.first { return "\(dangling) dangles" }
    guard machine.settings.atomicity == .whole else { return nil }
    if !judgement.doomed.isEmpty { return "\(judgement.doomed) are doomed" }
    guard case .incremental = machine.settings.schedule else { return nil }
    switch machine.settings.barrier.facts.invariant {
    case .strong: if case .broken(let edge) = judgement.strong { return "strong: \(edge)" }
    case .weak: break
    case nil: return nil
    }
    if case .broken(let edge) = judgement.weak { return "weak: \(edge)" }
    return nil
  }
}
