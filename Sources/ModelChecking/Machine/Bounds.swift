public import GarbageCollection

/// How large the heaps are that a check tries, all of them.
public struct Bounds: Hashable, Sendable {
  /// Objects that stand at the same time, at most.
  public var objects: Int
  /// Slots of each object.
  public var slots: Int
  /// Variables of each mutator.
  public var registers: Int
  public var mutators: Int
  /// Whether the program allocates; runs then start with any number of objects up to `objects`.
  public var allocates: Bool
  public var cycles: CycleBound
  /// Whether programs copy whole objects.
  public var copies = false
  /// Whether mutators send each other references, from stack to stack.
  public var sends = false
  /// Whether runs start before marking does; those of many cycles do if nothing else is said.
  public var startsIdle: Bool

  public init(
    objects: Int = 2, slots: Int = 1, registers: Int = 2, mutators: Int = 1,
    allocates: Bool = false, cycles: CycleBound = .one
  ) {
    self.mutators = mutators
    startsIdle = cycles == .many
    self.objects = objects
    self.slots = slots
    self.registers = registers
    self.allocates = allocates
    self.cycles = cycles
  }
}

/// How long a run goes on.
public enum CycleBound: String, Hashable, Sendable, CaseIterable {
  /// From the start of marking to the end of the sweep.
  case one
  /// For ever: after a sweep the program runs on until the next cycle starts.
  case many
}

/// Why a check cannot be made.
public enum CheckError: Error, Hashable, Sendable {
  case outOfRange(String, value: Int, range: ClosedRange<Int>)
  /// A state would not fit in the bits that the search keeps of it.
  case stateTooLarge(bits: Int, limit: Int)
  /// Settings that mean nothing together.
  case conflict(SettingConflict)
  /// Searches of this collector cannot be kept in a file.
  case notKept(CollectorKind)
}

extension CheckError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfRange(let name, let value, let range):
      "\(name) is \(value); expected \(range.lowerBound) to \(range.upperBound)"
    case .stateTooLarge(let bits, let limit):
      "a state of these bounds needs \(bits) bits; expected at most \(limit), so choose smaller ones"
    case .conflict(let conflict): conflict.description
    case .notKept(let kind):
      "a search of the \(kind.rawValue) collector cannot be kept; expected no '--checkpoint'"
    }
  }
}

extension Bounds {
  static let objectRange = 1...7
  static let slotRange = 0...7
  static let registerRange = 1...7
  static let mutatorRange = 1...4

  func validate() throws(CheckError) {
    for (name, value, range) in [
      ("objects", objects, Bounds.objectRange), ("slots", slots, Bounds.slotRange),
      ("registers", registers, Bounds.registerRange),
      ("mutators", mutators, Bounds.mutatorRange),
    ] {
      guard range.contains(value) else {
        throw .outOfRange(name, value: value, range: range)
      }
    }
  }
}
