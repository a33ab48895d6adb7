import GarbageCollection

/// A new machine on which a counterexample is played again, to be told and recorded.
///
/// The search uses machines rebuilt from snapshots; this one has lived through everything, like the
/// machine of whoever performs the recorded actions.
struct Stage: ~Copyable {
  private var bench: Bench
  /// What built the heap and started marking.
  private(set) var actions: [Action]
  /// The references in that heap, one a line.
  let heapLines: [String]

  /// Builds the heap of `start`, idle, and starts marking.
  init(_ start: LabelledSnapshot, _ settings: Settings, _ bounds: Bounds) {
    var builder = Builder(settings)
    let references = builder.build(start, bounds)
    actions = builder.actions
    heapLines = start.lines
    bench = Bench(builder.take(), references: references, birth: bounds.birth)
    for turn in bounds.beginning {
      guard case .done = bench.take(turn) else {
        preconditionFailure("\(turn) can happen to begin with")
      }
      actions += bench.actions
    }
  }
}

extension Stage {
  /// Plays all turns; the objects that the last one loses.
  mutating func play(_ turns: [Turn], into steps: inout [Story.Step]) -> [ObjectLabel] {
    var lost: [ObjectLabel] = []
    for turn in turns { steps.append(play(turn, &lost)) }
    return lost
  }

  private mutating func play(_ turn: Turn, _ allLost: inout [ObjectLabel]) -> Story.Step {
    let opening = bench.opening(of: turn)
    let before = bench.colors
    let paths = bench.pathsFromRegisters
    let result = bench.take(turn)
    var line = opening
    switch result {
    case .refused: preconditionFailure("what the search did can be done again")
    case .done:
      if turn == .finish, bench.machine.phase == .marking {
        line = "the collector finds that something is left to shade"
      }
      let shaded = bench.labels.filter { bench.turnedGrey($0, since: before) }
      if !shaded.isEmpty { line += "; this shades \(Stage.list(shaded.map(\.description)))" }
      if let mutator = turn.actingMutator, let next = bench.nextInstruction(of: mutator) {
        line += "; it stops before: \(next)"
      }
    case .finished(let lost):
      allLost += lost
      let losses = lost.map { "\($0), which \(paths[$0.index] ?? "a root") still reaches" }
      if !losses.isEmpty { line += ", and frees \(Stage.list(losses))" }
    }
    return Story.Step(turn: turn, line: line, actions: bench.actions)
  }

  private static func list(_ items: [String]) -> String { items.joined(separator: " and ") }
}

// MARK: - Building the heap

/// Performs and records the actions that build a heap on a new machine.
private struct Builder: ~Copyable {
  private var machine: Machine
  private(set) var actions: [Action] = []

  init(_ settings: Settings) {
    do throws(HeapError) {
      machine = try Machine(settings)
    } catch {
      preconditionFailure("a page of memory can be had: \(error)")
    }
  }

  consuming func take() -> Machine { machine }

  /// Where each label's object stands.
  mutating func build(_ heap: LabelledSnapshot, _ bounds: Bounds) -> [Reference?] {
    for label in heap.labels {
      mutate(
        .allocate(
          label: label.description, slotCount: bounds.slots, payloadBytes: bounds.birth.payloadBytes
        ))
    }
    var objects: [Reference] = []
    machine.heap.forEachObject { objects.append($0) }
    let operand = { (number: Int?) in number.map { Operand.object(objects[$0]) } ?? .null }

    for (number, stack) in heap.snapshot.stacks.enumerated() {
      let mutator = MutatorID(number)
      if number > 0 { mutate(.startThread(stack.thread)) }
      mutate(.pushFrame(stack.frames[0].name), by: mutator)
      for variable in stack.frames[0].variables {
        mutate(.setVariable(variable.name, operand(variable.value)), by: mutator)
      }
    }
    for (number, object) in heap.snapshot.objects.enumerated() {
      for (slot, value) in object.slots.enumerated() where value != nil {
        mutate(.store(slot: slot, of: .object(objects[number]), operand(value)))
      }
    }
    var references = [Reference?](repeating: nil, count: bounds.objects)
    for (number, label) in heap.labels.enumerated() { references[label.index] = objects[number] }
    return references
  }

  private mutating func mutate(_ mutation: Mutation, by mutator: MutatorID = .main) {
    perform(.mutate(mutation, by: mutator))
  }

  private mutating func perform(_ action: Action) {
    var observer = SilentObserver()
    do throws(MachineError) {
      try machine.perform(action, observer: &observer)
    } catch {
      preconditionFailure("a heap within bounds can be built: \(error)")
    }
    actions.append(action)
    // A store that asks early whether objects are being marked is half done even now.
    if let store = machine.pendingStore { perform(.mutate(.resume, by: store.mutator)) }
  }
}

extension LabelledSnapshot {
  /// Every reference of the program and of the heap, registers first.
  fileprivate var lines: [String] {
    let registers = snapshot.stacks.enumerated().flatMap { number, stack in
      stack.frames.flatMap(\.variables).compactMap { variable in
        variable.value.map {
          "\(number == 0 ? "" : "\(stack.thread):")\(variable.name) = \(labels[$0])"
        }
      }
    }
    let edges = snapshot.objects.enumerated().flatMap { number, object in
      object.slots.enumerated().compactMap { slot, value in
        value.map { "\(labels[number]).\(slot) = \(labels[$0])" }
      }
    }
    return registers + edges
  }
}
