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
    switch machine.phase {
    case .idle, .roots, .marking: break
    case .termination, .sweeping: throw .markingIsOver
    }
    settings = machine.settings
    snapshot = machine.snapshot
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
}

extension SceneError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .markingIsOver:
      "marking is over; expected a moment before the sweep, where something can still be lost"
    case .tooManyObjects(let count):
      "\(count) objects are too many to try everything with; expected \(Scene.objectLimit) or fewer"
    case .objectsOfNoClass:
      "two small objects share a cell, or an object is so large that it has pages of its own; "
        + "expected a cell for each object"
    case .stateTooLarge(let bits):
      "a state of this heap takes \(bits) bits; expected at most \(LargeState.bitLimit)"
    }
  }
}

// MARK: - Everything that may happen

extension Scene {
  /// What may happen from here on: everything that the program's variables allow.
  var turns: [Turn] {
    let slotCount = layout.objects.map(\.slotCount).max() ?? 0
    let live = snapshot.stacks.indices.filter { !snapshot.stacks[$0].isEnded }
    var turns: [Turn] = []
    for thread in live {
      let mutator = MutatorID(thread)
      turns += Turn.all(
        targets: registers(of: mutator), bases: registers(of: mutator), slotCount: slotCount)
      turns.append(.resume(mutator))
    }
    if snapshot.phase == .idle { turns.append(.start) }
    turns += live.map { .scanStack(MutatorID($0)) }
    turns += snapshot.globals.indices.map { .scanGlobal($0) }
    turns += layout.objects.indices.map { .scanObject(ObjectLabel($0)) }
    return turns + [.finish]
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
  static func all(targets: [Register], bases: [Register], slotCount: Int) -> [Turn] {
    var turns: [Turn] = []
    for target in targets {
      for base in bases {
        turns += (0..<slotCount).map { .load(into: target, slot: $0, of: base) }
        if base != target { turns.append(.copy(into: target, from: base)) }
      }
      turns.append(.clear(target))
    }
    for base in bases {
      for slot in 0..<slotCount {
        turns.append(.store(slot: slot, of: base, from: nil))
        turns += bases.map { .store(slot: slot, of: base, from: $0) }
      }
    }
    return turns
  }
}
