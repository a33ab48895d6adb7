public import GarbageCollection

/// A machine to experiment on, with objects and roots called by their names.
///
/// After every action the promises that always hold are checked; a broken one is kept in `fault`.
public struct Laboratory: ~Copyable {
  public private(set) var observed: ObservedMachine
  public private(set) var fault: String?

  public init(_ change: (inout Settings) -> Void = { _ in }) throws {
    var settings = Settings()
    change(&settings)
    observed = try ObservedMachine(settings)
  }

  public mutating func perform(_ action: Action) throws {
    try observed.perform(action)
    if fault == nil { fault = observed.firstFault() }
  }

  public mutating func mutate(_ mutation: Mutation) throws { try perform(.mutate(mutation)) }

  public mutating func allocate(_ label: String, slots: Int = 2, bytes: Int = 0) throws {
    try mutate(.allocate(label: label, slotCount: slots, payloadBytes: bytes))
  }

  public func reference(_ label: String) -> Reference {
    observed.chronicle[observed.chronicle.object(labelled: label)!].reference
  }

  /// A variable of the top frame or a global.
  public func place(_ name: String) -> Location<Reference> {
    observed.machine.roots.variable(named: name, of: .main)
      ?? .global(observed.machine.roots.globalIndex(named: name)!)
  }

  /// `label.slot = target`, by label; nil clears the slot.
  public mutating func store(_ label: String, _ slot: Int = 0, _ target: String?) throws {
    let value: Operand = target.map { .object(reference($0)) } ?? .null
    try mutate(.store(slot: slot, of: .object(reference(label)), value))
  }

  public mutating func root(_ name: String, _ target: String?) throws {
    try mutate(.setGlobal(name, target.map { .object(reference($0)) } ?? .null))
  }

  public mutating func step(_ count: Int = 1) throws {
    for _ in 0..<count { try perform(.collect(.step)) }
  }

  /// Steps the collector until its phase is `phase`.
  public mutating func step(until phase: Phase) throws {
    repeat { try step() } while observed.machine.phase != phase
  }

  public func color(_ label: String) -> Color? {
    observed.chronicle.object(labelled: label).flatMap { observed.color(of: $0) }
  }

  public func fate(_ label: String) -> Fate {
    observed.fate(of: observed.chronicle.object(labelled: label)!, observed.judgement)
  }

  /// The labels of all objects of a colour, in order of birth.
  public func labels(_ color: Color) -> [String] {
    observed.chronicle.ids.filter { observed.color(of: $0) == color }
      .map { observed.label(of: $0) }
  }
}

extension ObservedMachine {
  /// The first promise that any machine must keep and this one does not, whatever its barrier.
  public func firstFault() -> String? {
    if let fault = machine.heap.firstAllocatorFault() { return "\(fault)" }
    if let fault = machine.firstCountFault() { return fault }
    let grey = chronicle.ids.filter { color(of: $0) == .grey }
    var pending = worklist
    if let scan = machine.partialScan, machine.heap.color(of: scan.object) == .grey {
      pending.append(chronicle.tenant(of: scan.object)!)
    }
    pending += machine.deferredObjects.map { chronicle.tenant(of: $0)! }
    // The two objects of a tiny block have one colour; the block is pending once.
    let cells = Set(pending.map { chronicle[$0].reference.word & ~1 })
    if cells != Set(grey.map { chronicle[$0].reference.word & ~1 }) || cells.count != pending.count
    {
      return "the worklist \(pending) is not the grey set \(grey)"
    }
    if machine.phase == .idle, chronicle.ids.contains(where: { color(of: $0).isMarked }) {
      return "an object is marked while no cycle is under way"
    }
    return nil
  }
}

extension Color? {
  fileprivate var isMarked: Bool {
    switch self {
    case .grey, .black: true
    case .white, nil: false
    }
  }
}
