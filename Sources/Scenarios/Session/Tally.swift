import GarbageCollection

/// What a run has done from its beginning to some step, counted.
public struct Tally: Hashable, Sendable {
  private var cycles = 0
  private var freed = 0
  private var shades = 0
  private var rescans = 0
  private var floating = 0
  private var doubleFrees = 0
  private var usesAfterFree = 0
  /// References that the collector has read out of slots and roots.
  public private(set) var scannedReferenceCount = 0

  public init() {}

  public subscript(counter: RunCounter) -> Int {
    switch counter {
    case .cycles: cycles
    case .freed: freed
    case .shades: shades
    case .rescans: rescans
    case .floating: floating
    case .doubleFrees: doubleFrees
    case .usesAfterFree: usesAfterFree
    }
  }
}

extension Tally {
  /// Adds what the last step of `observed` did.
  mutating func add(_ observed: borrowing ObservedMachine, _ judgement: Judgement) {
    for event in observed.chronicle.events {
      if let count = observed.referencesRead(by: event) { scannedReferenceCount += count }
      switch event {
      case .phaseChanged(from: .idle, _): cycles += 1
      case .freed, .reclaimed: freed += 1
      case .shaded(_, .barrier), .marked(_, .barrier), .shaded(_, .buffer), .marked(_, .buffer):
        shades += 1
      case .scannedRoot(_, isRescan: true): rescans += 1
      case .kept(let id):
        if !judgement.isReachable(observed.chronicle[id].reference) { floating += 1 }
      case .refusedFree: doubleFrees += 1
      case .usedDangling: usesAfterFree += 1
      default: break
      }
    }
  }
}

extension ObservedMachine {
  /// How many references a step of the collector looked at; nil if it looked at none.
  fileprivate func referencesRead(by event: Event<ObjectID>) -> Int? {
    switch event {
    case .examinedSlot, .scannedRoot(.global, _): 1
    case .scannedRoot(.stack(let mutator), _):
      machine.roots.stacks[mutator.index].frames.reduce(0) { $0 + $1.variables.count }
    default: nil
    }
  }
}
