public import GarbageCollection

/// One indivisible action of a run, without addresses: what the checker tries at every moment.
///
/// All of them are lawful: the program reaches objects through its own variables only.
public enum Turn: Hashable, Sendable {
  case load(into: Register, slot: Int, of: Register)
  case copy(into: Register, from: Register)
  case clear(Register)
  /// Stores the value of a variable, or nil, through the barrier.
  case store(slot: Int, of: Register, from: Register?)
  /// Allocates an object and keeps it in a variable.
  case allocate(into: Register)
  /// Goes on with the half-done store of a mutator.
  case resume(MutatorID)
  case start
  case scanStack(MutatorID)
  /// Scans a grey object, or the next slot of the one that is being scanned.
  case scanObject(ObjectLabel)
  /// Ends marking, any second scan of the stacks included, and sweeps.
  case finish
}

/// A variable of a mutator's only frame.
public struct Register: Hashable, Sendable {
  public let mutator: MutatorID
  /// Position in the frame, 0-based.
  public let index: Int

  public init(_ index: Int, of mutator: MutatorID = .main) {
    self.index = index
    self.mutator = mutator
  }

  /// The variable's name, the same in the frame of each mutator.
  public var name: String { "r\(index)" }

  var place: Location<Reference> { .variable(index, frame: 0, of: mutator) }
}

/// The name of an object, which stays its own whatever happens to others.
public struct ObjectLabel: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 0-based; 0 is called A.
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public var description: String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))) }

  public static func < (left: ObjectLabel, right: ObjectLabel) -> Bool {
    left.index < right.index
  }
}

extension Turn {
  /// Whether the program acts, not the collector.
  var isMutator: Bool {
    switch self {
    case .load, .copy, .clear, .store, .allocate, .resume: true
    case .start, .scanStack, .scanObject, .finish: false
    }
  }

  /// Everything that may ever happen within `bounds`, in the order in which it is tried.
  static func all(within bounds: Bounds, mutatorCount: Int) -> [Turn] {
    var turns: [Turn] = []
    for mutator in (0..<mutatorCount).map({ MutatorID($0) }) {
      turns += ownTurns(of: mutator, within: bounds)
    }
    if bounds.cycles == .many { turns.append(.start) }
    turns += (0..<mutatorCount).map { .scanStack(MutatorID($0)) }
    turns += (0..<bounds.objects).map { .scanObject(ObjectLabel($0)) }
    return turns + [.finish]
  }

  private static func ownTurns(of mutator: MutatorID, within bounds: Bounds) -> [Turn] {
    let registers = (0..<bounds.registers).map { Register($0, of: mutator) }
    var turns: [Turn] = []
    for target in registers {
      for base in registers {
        turns += (0..<bounds.slots).map { .load(into: target, slot: $0, of: base) }
        if base != target { turns.append(.copy(into: target, from: base)) }
      }
      turns.append(.clear(target))
      if bounds.allocates { turns.append(.allocate(into: target)) }
    }
    for base in registers {
      for slot in 0..<bounds.slots {
        turns.append(.store(slot: slot, of: base, from: nil))
        turns += registers.map { .store(slot: slot, of: base, from: $0) }
      }
    }
    return turns + [.resume(mutator)]
  }
}
