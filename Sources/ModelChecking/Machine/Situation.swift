public import GarbageCollection

/// A machine's settings and shape, and everything that may ever happen to it.
struct Situation: Sendable {
  let settings: Settings
  let layout: MachineLayout
  let turns: [Turn]
  let cycles: CycleBound
  let promise: Promise
  /// The only object whose loss counts, where it is not any.
  var target: Int?
  /// By thread: what it does, one statement after the other.
  var programs: [[ProgramStep]] = []
  /// Whether states that differ only in the names of their objects are one state.
  let mergesHeaps: Bool
}

/// A statement of a thread's program.
public struct ProgramStep: Sendable {
  /// The machine's action, given where each label's object stands.
  public let action: @Sendable ([Reference]) -> Action
  /// The label that the statement gives to the object it allocates.
  public let newborn: Int?

  public init(newborn: Int? = nil, action: @escaping @Sendable ([Reference]) -> Action) {
    self.action = action
    self.newborn = newborn
  }
}

/// What must be true of a state for a turn to do anything.
struct TurnFilter: Sendable {
  enum Kind {
    case mutate
    case statement
    case allocate
    case resume
    case start
    case scanStack
    case scanGlobal
    case scanObject
    case finish
  }

  let kind: Kind
  /// The thread, global or label that it is about.
  let number: Int
  /// A bit for each variable that must refer to something.
  let dereferenced: UInt64

  init(_ turn: Turn, _ layout: MachineLayout) {
    var number = turn.actingMutator?.index ?? 0
    switch turn {
    case .load, .copy, .clear, .store, .copyObject, .send: kind = .mutate
    case .allocate: kind = .allocate
    case .statement: kind = .statement
    case .resume: kind = .resume
    case .start, .startMinor: kind = .start
    case .scanStack(let stack):
      kind = .scanStack
      number = stack.index
    case .scanGlobal(let global):
      kind = .scanGlobal
      number = global
    case .scanObject(let label):
      kind = .scanObject
      number = label.index
    case .finish: kind = .finish
    }
    self.number = number
    dereferenced = turn.dereferenced.reduce(0) { $0 | 1 << UInt64(layout.bit(of: $1)) }
  }

  /// Whether the turn can do anything in such a state; the machine may still refuse it.
  @inline(__always)
  func admits(_ outline: StateOutline, labelCount: Int) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: number)
    switch kind {
    case .mutate, .statement:
      return outline.halfDoneStores & bit == 0
        && outline.filledPlaces & dereferenced == dereferenced
    case .allocate:
      return outline.halfDoneStores & bit == 0
        && outline.existing != 1 &<< UInt64(truncatingIfNeeded: labelCount) &- 1
    case .resume: return outline.halfDoneStores & bit != 0
    case .start: return outline.phase == .idle
    case .scanStack: return outline.phase.scansRoots && outline.scannedStacks & bit == 0
    case .scanGlobal: return outline.phase.scansRoots && outline.scannedGlobals & bit == 0
    case .scanObject:
      return outline.scanned == 0 ? outline.grey & bit != 0 : outline.scanned == number &+ 1
    case .finish: return outline.phase == .marking && outline.isExhausted
    }
  }
}

extension Phase {
  /// Whether a root may be scanned; while marking one that a barrier has made grey again.
  fileprivate var scansRoots: Bool { self == .roots || self == .marking }
}

extension MachineLayout {
  /// The bit of a variable or global in `StateOutline.filledPlaces`.
  func bit(of register: Register) -> Int {
    switch register.place {
    case .variable(let index, let frame):
      let before = threads[..<register.mutator.index].reduce(0) { $0 + $1.variableCount }
      let frames = threads[register.mutator.index].positions[0]
      return before + frames[..<frame].reduce(0) { $0 + $1.variables.count } + index
    case .global(let index):
      return threads.reduce(0) { $0 + $1.variableCount } + index
    }
  }
}
