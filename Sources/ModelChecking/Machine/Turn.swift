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
  /// Copies all slots of one object into another.
  case copyObject(from: Register, to: Register)
  /// Gives a variable of another mutator the value of one's own.
  case send(Register, to: Register)
  /// Allocates an object and keeps it in a variable.
  case allocate(into: Register)
  /// The next statement of a mutator's program, by number.
  case statement(MutatorID, Int)
  /// Goes on with the half-done store of a mutator.
  case resume(MutatorID)
  case start
  /// Begins a collection of the young alone.
  case startMinor
  case scanStack(MutatorID)
  case scanGlobal(Int)
  /// Scans a grey object, or the next slot of the one that is being scanned.
  case scanObject(ObjectLabel)
  /// Ends marking, any second scan of the stacks included, and sweeps.
  case finish
}

/// A variable or global of the program, as one of its mutators uses it.
public struct Register: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// By number in a frame of the mutator's stack, all 0-based.
    case variable(Int, frame: Int)
    case global(Int)
  }

  public let place: Place
  /// Who uses it.
  public let mutator: MutatorID
  public let name: String

  public init(_ place: Place, of mutator: MutatorID, name: String) {
    self.place = place
    self.mutator = mutator
    self.name = name
  }

  /// A variable of a mutator's only frame, by position.
  public init(_ index: Int, of mutator: MutatorID = .main) {
    self.init(.variable(index, frame: 0), of: mutator, name: "r\(index)")
  }

  var location: Location<Reference> {
    switch place {
    case .variable(let index, let frame): .variable(index, frame: frame, of: mutator)
    case .global(let index): .global(index)
    }
  }
}

/// The name of an object, which stays its own whatever happens to others.
public struct ObjectLabel: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 0-based; 0 is called A.
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public var description: String {
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? letter : "\(letter)\(index / 26)"
  }

  public static func < (left: ObjectLabel, right: ObjectLabel) -> Bool {
    left.index < right.index
  }
}

extension Turn {
  /// Who acts, unless it is the collector.
  public var actingMutator: MutatorID? {
    switch self {
    case .load(let target, _, _), .copy(let target, _), .clear(let target), .allocate(let target):
      target.mutator
    case .store(_, let base, _), .copyObject(let base, _), .send(let base, _): base.mutator
    case .resume(let mutator), .statement(let mutator, _): mutator
    case .start, .startMinor, .scanStack, .scanGlobal, .scanObject, .finish: nil
    }
  }

  /// The variables that must refer to something, or there is nothing to do.
  var dereferenced: [Register] {
    switch self {
    case .load(_, _, let base), .store(_, let base, _): [base]
    case .copyObject(let source, let target): [source, target]
    case .copy, .clear, .send, .allocate, .statement, .resume, .start, .startMinor, .scanStack,
      .scanGlobal, .scanObject, .finish:
      []
    }
  }

  /// The actions of the machine that make the turn, given where each label's object stands.
  ///
  /// For a birth two actions for each label that the newborn may get.
  func actions(_ cells: [Reference], _ layout: MachineLayout) -> [Action] {
    switch self {
    case .load(let target, let slot, let base):
      [target.assign(.slot(slot, of: .place(base.location)))]
    case .copy(let target, let source): [target.assign(.place(source.location))]
    case .clear(let target): [target.assign(.null)]
    case .store(let slot, let base, let source):
      [
        .mutate(
          .store(
            slot: slot, of: .place(base.location),
            source.map { .place($0.location) } ?? .null),
          by: base.mutator)
      ]
    case .allocate(let target):
      layout.objects.enumerated().flatMap { label, object in
        let birth = Mutation.allocate(
          label: ObjectLabel(label).description, slotCount: object.slotCount,
          payloadBytes: object.payloadBytes)
        return [.mutate(birth, by: target.mutator), target.assign(.object(cells[label]))]
      }
    case .copyObject(let source, let target):
      [
        .mutate(
          .copy(.place(source.location), to: .place(target.location)), by: source.mutator)
      ]
    case .send(let source, let target):
      [.mutate(.send(source.name, to: target.mutator, as: target.name), by: source.mutator)]
    case .resume(let mutator): [.mutate(.resume, by: mutator)]
    case .start: [.collect(.start)]
    case .startMinor: [.collect(.startMinor)]
    case .scanStack(let mutator): [.collect(.scanRoot(.stack(mutator)))]
    case .scanGlobal(let index): [.collect(.scanRoot(.global(index)))]
    case .scanObject(let label): [.collect(.scanObject(cells[label.index]))]
    // Those of a statement are its program's.
    case .finish, .statement: []
    }
  }
}

extension Register {
  func assign(_ value: Operand) -> Action {
    switch place {
    case .variable: .mutate(.setVariable(name, value), by: mutator)
    case .global: .mutate(.setGlobal(name, value), by: mutator)
    }
  }
}
