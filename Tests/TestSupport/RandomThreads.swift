public import GarbageCollection

/// Threads and a collector that take random turns over one heap.
///
/// Every thread gets at objects through globals and the variables of its top frame alone; a newborn is
/// named by its label in the next action. What the machine refuses is tried in vain.
public struct RandomThreads: Sendable {
  private var generator: SeededGenerator
  private let freesByHand: Bool
  /// Who still has to name what it has just allocated.
  private var newborn: (object: Reference, mutator: MutatorID)?

  public init(seed: UInt64, freesByHand: Bool) {
    generator = SeededGenerator(seed: seed)
    self.freesByHand = freesByHand
  }

  /// Tries one action; the action, if the machine did not refuse it.
  public mutating func advance(_ observed: inout ObservedMachine) -> Action? {
    let action = action(for: observed)
    do throws(MachineError) {
      try observed.perform(action)
    } catch { return nil }
    newborn = nil
    if case .mutate(_, let mutator) = action {
      for case .allocated(let id, _, _) in observed.chronicle.events {
        newborn = (observed.chronicle[id].reference, mutator)
      }
    }
    return action
  }

  private mutating func action(for observed: borrowing ObservedMachine) -> Action {
    let stacks = observed.machine.roots.stacks
    if let newborn, !observed.machine.isWorldStopped {
      let value = Operand.object(newborn.object)
      return .mutate(
        stacks[newborn.mutator.index].frames.isEmpty
          ? .setGlobal("g", value) : .setVariable(pick(["x", "y"]), value),
        by: newborn.mutator)
    }
    if observed.machine.isWorldStopped || number(below: 3) == 0 { return .collect(.step) }
    let mutator = MutatorID(number(below: stacks.count))
    if observed.machine.pendingStore(of: mutator) != nil { return .mutate(.resume, by: mutator) }
    return .mutate(mutation(of: mutator, in: observed), by: mutator)
  }

  private mutating func mutation(
    of mutator: MutatorID, in observed: borrowing ObservedMachine
  ) -> Mutation {
    let stacks = observed.machine.roots.stacks
    let depth = stacks[mutator.index].frames.count
    switch number(below: 24) {
    case 0 where stacks.count < 4: return .startThread("T\(stacks.count)")
    case 1 where number(below: 3) == 0: return .endThread(MutatorID(number(below: stacks.count)))
    case 2, 3: return depth < 2 ? .pushFrame("f\(depth)") : .popFrame
    case 4, 5, 6, 7:
      // With slots, without and tiny, without and in a cell of its own.
      let number = observed.chronicle.records.count
      return .allocate(
        label: "o\(number)", slotCount: self.number(below: 3),
        payloadBytes: number.isMultiple(of: 3) ? 12 : 0)
    case 8, 9: return .setGlobal(pick(["g", "h"]), value(of: mutator, in: observed))
    case 10 where freesByHand, 11 where freesByHand:
      if let place = pickPlace(of: mutator, in: observed) { return .free(.place(place)) }
      return .popFrame
    case 12, 13, 14, 15, 16:
      return .setVariable(pick(["x", "y"]), value(of: mutator, in: observed))
    case 17 where stacks.count > 1:
      return .send(
        pick(["x", "y"]), to: MutatorID(number(below: stacks.count)), as: pick(["x", "y"]))
    case 18:
      guard let from = pickPlace(of: mutator, in: observed),
        let to = pickPlace(of: mutator, in: observed)
      else { return .pushFrame("f") }
      return .copy(.place(from), to: .place(to))
    default:
      guard let place = pickPlace(of: mutator, in: observed) else { return .pushFrame("f") }
      return .store(slot: number(below: 2), of: .place(place), value(of: mutator, in: observed))
    }
  }

  private mutating func value(
    of mutator: MutatorID, in observed: borrowing ObservedMachine
  ) -> Operand {
    guard number(below: 3) > 0, let place = pickPlace(of: mutator, in: observed) else {
      return .null
    }
    return number(below: 2) == 0 ? .place(place) : .slot(number(below: 2), of: .place(place))
  }

  /// A place in the thread's sight that is not empty.
  private mutating func pickPlace(
    of mutator: MutatorID, in observed: borrowing ObservedMachine
  ) -> Location<Reference>? {
    var places = observed.machine.roots.globals.indices.map { Location<Reference>.global($0) }
    let frames = observed.machine.roots.stacks[mutator.index].frames
    for index in (frames.last?.variables ?? []).indices {
      places.append(.variable(index, frame: frames.count - 1, of: mutator))
    }
    places = places.filter { observed.machine.value(at: $0) != nil }
    return places.isEmpty ? nil : pick(places)
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[number(below: choices.count)]
  }

  private mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &generator)
  }
}
