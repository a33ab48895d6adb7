public import GarbageCollection

/// One moment of a machine, from which a search can go on: its snapshot and its shape.
///
/// Objects are labelled by address.
public struct Scene: Sendable {
  public let settings: Settings
  public let snapshot: Snapshot
  public internal(set) var layout: MachineLayout

  /// - Throws: `SceneError` when a checker cannot know the moment well enough.
  public init(_ machine: borrowing Machine) throws(SceneError) {
    guard machine.settings.collector == .markSweep else {
      throw .otherCollector(machine.settings.collector)
    }
    switch machine.phase {
    case .idle, .roots, .marking: break
    default: throw .markingIsOver
    }
    settings = machine.settings
    snapshot = machine.snapshot
    let variables = snapshot.stacks.flatMap { $0.frames.flatMap(\.variables) }
    if variables.contains(where: \.isRaw) { throw .rawAddress }
    layout = MachineLayout(
      threads: snapshot.stacks.map { stack in
        MachineLayout.Thread(
          name: stack.thread,
          positions: [
            stack.frames.map {
              MachineLayout.Frame(name: $0.name, variables: $0.variables.map(\.name))
            }
          ])
      },
      globals: snapshot.globals.map(\.name),
      objects: snapshot.objects.map {
        MachineLayout.Object(ownCellFor: $0.slots.count, $0.payloadBytes)
      })
    guard !snapshot.objects.contains(where: \.sharesCell) else { throw .objectsOfNoClass }
    guard !snapshot.stores.contains(where: \.isIntoFreedObject) else { throw .storeIntoFreedObject }
    try check()
  }

  private func check() throws(SceneError) {
    guard layout.objects.count <= Scene.objectLimit else {
      throw .tooManyObjects(layout.objects.count)
    }
    do throws(HeapError) { _ = try PackableMachine(layout, settings) } catch {
      throw .objectsOfNoClass
    }
    let bitCount = layout.bitCount(settings)
    guard bitCount <= LargeState.bitLimit else { throw .stateTooLarge(bits: bitCount) }
  }

  public static var objectLimit: Int { 40 }
}

/// Why a search cannot start here.
public enum SceneError: Error, Hashable, Sendable {
  /// Nothing can be lost, or saved, any more in this cycle.
  case markingIsOver
  case tooManyObjects(Int)
  /// Some object shares its cell with another one, or has pages of its own.
  case objectsOfNoClass
  case stateTooLarge(bits: Int)
  /// Some variable holds a raw address, which no state of a checker has.
  case rawAddress
  /// A half-done store is about to write into an object that was freed meanwhile.
  case storeIntoFreedObject
  /// A moment of this collector has no state of a fixed size.
  case otherCollector(CollectorKind)
}

extension Snapshot.Store {
  /// A place whose object has been freed has no number.
  fileprivate var isIntoFreedObject: Bool {
    if case .slot(_, let object) = place { object < 0 } else { false }
  }
}

extension SceneError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rawAddress: "a variable holds a raw address; expected references only"
    case .markingIsOver:
      "marking is over; expected a moment before the sweep, where something can still be lost"
    case .tooManyObjects(let count):
      "\(count) objects are too many to try everything with; expected \(Scene.objectLimit) or fewer"
    case .objectsOfNoClass:
      "two small objects share a cell, an object has pages of its own, or there are many large ones; "
        + "expected a cell for each object"
    case .stateTooLarge(let bits):
      "a state of this heap takes \(bits) bits; expected at most \(LargeState.bitLimit)"
    case .storeIntoFreedObject:
      "a half-done store writes into an object that was freed; expected a moment after it"
    case .otherCollector(let kind):
      "moments of the \(kind.rawValue) collector cannot be searched from; expected mark-sweep, or "
        + "'tricolor check' without a script"
    }
  }
}

// MARK: - Everything that may happen

extension Scene {
  /// What may happen from here on: everything that the program's variables allow.
  var turns: [Turn] {
    let slotCount = layout.objects.map(\.slotCount).max() ?? 0
    var turns: [Turn] = []
    for mutator in liveMutators {
      turns += Turn.all(among: registers(of: mutator), slotCount: slotCount)
      turns.append(.resume(mutator))
    }
    return (snapshot.phase == .idle ? turns + [.start] : turns) + collectorTurns
  }

  /// What may happen where each thread can only go on with its program.
  func turns(of programs: [[ProgramStep]]) -> [Turn] {
    var turns: [Turn] = []
    for (thread, program) in programs.enumerated() {
      turns += program.indices.map { .statement(MutatorID(thread), $0) }
      turns.append(.resume(MutatorID(thread)))
    }
    return turns + collectorTurns
  }

  private var liveMutators: [MutatorID] {
    snapshot.stacks.indices.filter { !snapshot.stacks[$0].isEnded }.map { MutatorID($0) }
  }

  private var collectorTurns: [Turn] {
    Turn.collector(stacks: liveMutators, globals: layout.globals.count, layout.objects.count)
  }

  /// What a mutator can name: the variables of its top frame, and the globals.
  private func registers(of mutator: MutatorID) -> [Register] {
    let frames = snapshot.stacks[mutator.index].frames
    let variables = frames.last?.variables ?? []
    return variables.enumerated().map { index, variable in
      Register(.variable(index, frame: frames.count - 1), of: mutator, name: variable.name)
    }
      + snapshot.globals.enumerated().map { index, global in
        Register(.global(index), of: mutator, name: global.name)
      }
  }
}

extension Turn {
  /// Every load, copy, clearing and store among some registers.
  static func all(among registers: [Register], slotCount: Int) -> [Turn] {
    var turns: [Turn] = []
    for target in registers {
      for base in registers {
        turns += (0..<slotCount).map { .load(into: target, slot: $0, of: base) }
        if base != target { turns.append(.copy(into: target, from: base)) }
      }
      turns.append(.clear(target))
    }
    for base in registers {
      for slot in 0..<slotCount {
        turns.append(.store(slot: slot, of: base, from: nil))
        turns += registers.map { .store(slot: slot, of: base, from: $0) }
      }
    }
    return turns
  }

  /// Every scan, and the end of marking.
  static func collector(stacks: [MutatorID], globals: Int, _ objects: Int) -> [Turn] {
    stacks.map { .scanStack($0) } + (0..<globals).map { .scanGlobal($0) }
      + (0..<objects).map { .scanObject(ObjectLabel($0)) } + [.finish]
  }
}
