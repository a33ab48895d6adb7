public import GarbageCollection

/// An observed machine under a random program, for tests that need not know what a machine is.
public struct RandomRun: ~Copyable {
  public private(set) var observed: ObservedMachine

  public struct Step: Sendable {
    let action: Action
  }

  /// The action was refused.
  public struct Refusal: Error {}

  public init(_ setup: Setup) throws {
    var fresh = try ObservedMachine(setup.settings)
    try fresh.perform(.mutate(.pushFrame("f0")))
    observed = fresh
  }

  private init(observed: consuming ObservedMachine) { self.observed = observed }

  public mutating func perform(_ step: Step) throws(Refusal) {
    do throws(MachineError) {
      try observed.perform(step.action)
    } catch { throw Refusal() }
  }

  /// Nil when there is no memory for a copy.
  public borrowing func copy() -> RandomRun? {
    do {
      return RandomRun(observed: try observed.copy())
    } catch {
      return nil
    }
  }

  public var digest: UInt64 { observed.digest }

  /// What the last action did, in words.
  public var lastEvents: String { "\(observed.chronicle.events)" }

  /// Machines of different kinds, with all that a state can hold.
  public static let setups = [
    Setup("none, no handshake, store-first") {
      $0.chosenHandshake = false
      $0.atomicity = .storeFirst
    },
    Setup("dijkstra, fifo") {
      $0.barrier = .dijkstra
      $0.worklistOrder = .firstInFirstOut
    },
    Setup("boehm-dirty, span") {
      $0.barrier = .boehmDirty
      $0.worklistOrder = .bySpan
    },
    Setup("go, span, slot-first, store-first") {
      $0.barrier = .go
      $0.worklistOrder = .bySpan
      $0.scan = .slotFirst
      $0.atomicity = .storeFirst
    },
    Setup("hybrid, slot-last, read-first") {
      $0.barrier = .hybrid
      $0.scan = .slotLast
      $0.atomicity = .readFirst
    },
    Setup("copying, baker") {
      $0.collector = .copying
      $0.barrier = .baker
    },
    Setup("copying, none") { $0.collector = .copying },
    Setup("generational, yuasa, store-first") {
      $0.collector = .generational
      $0.nurseryBytes = 96
      $0.barrier = .yuasa
      $0.atomicity = .storeFirst
    },
    Setup("generational, nothing remembered") {
      $0.collector = .generational
      $0.nurseryBytes = 64
      $0.remembersStores = false
    },
    Setup("mark-compact, none") { $0.collector = .markCompact },
    Setup("mark-compact, steele, store-first") {
      $0.collector = .markCompact
      $0.barrier = .steele
      $0.atomicity = .storeFirst
    },
    Setup("reference-counting, deferred") {
      $0.collector = .referenceCounting
      $0.counting = .deferred
    },
  ]
}

extension RandomProgram {
  public mutating func next(for run: borrowing RandomRun) -> RandomRun.Step {
    RandomRun.Step(action: next(for: run.observed))
  }
}
