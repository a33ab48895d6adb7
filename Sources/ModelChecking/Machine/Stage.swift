import GarbageCollection

/// A new machine on which a counterexample is played again, to be told and recorded.
///
/// The search uses machines rebuilt from snapshots; this one has lived through everything, like the
/// machine of whoever performs the recorded actions.
struct Stage: ~Copyable {
  private var bench: Bench
  /// What built the heap and started marking.
  let actions: [Action]
  /// The references in that heap, one a line.
  let heapLines: [String]

  /// Builds the heap of `start`, in which marking has just started.
  init(_ start: LabelledSnapshot, _ model: MachineModel) {
    var builder = Builder(model.settings)
    builder.build(start, slotCount: model.bounds.slots)
    actions = builder.actions
    heapLines = start.lines
    bench = Bench(
      builder.take(), labels: start.labels, labelCount: model.bounds.objects,
      slotCount: model.bounds.slots)
  }
}

extension Stage {
  mutating func play(_ turn: Turn) -> Story.Step {
    let opening = bench.opening(of: turn)
    let before = bench.colors
    let paths = bench.pathsFromRegisters
    let result = bench.take(turn)
    var line = opening
    switch result {
    case .refused: preconditionFailure("what the search did can be done again")
    case .done:
      let shaded = bench.labels.filter { bench.turnedGrey($0, since: before) }
      if !shaded.isEmpty { line += "; this shades \(Stage.list(shaded.map(\.description)))" }
      if turn.isMutator, let next = bench.nextInstruction { line += "; it stops before: \(next)" }
    case .finished(let lost):
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

  mutating func build(_ heap: LabelledSnapshot, slotCount: Int) {
    for label in heap.labels {
      mutate(.allocate(label: label.description, slotCount: slotCount, payloadBytes: 0))
    }
    var objects: [Reference] = []
    machine.heap.forEachObject { objects.append($0) }
    let operand = { (number: Int?) in number.map { Operand.object(objects[$0]) } ?? .null }

    precondition(heap.snapshot.stacks.count == 1, "only the first mutator can be given a frame")
    mutate(.pushFrame("main"))
    for variable in heap.snapshot.stacks[0].frames[0].variables {
      mutate(.setVariable(variable.name, operand(variable.value)))
    }
    for (number, object) in heap.snapshot.objects.enumerated() {
      for (slot, value) in object.slots.enumerated() where value != nil {
        mutate(.store(slot: slot, of: .object(objects[number]), operand(value)))
      }
    }
    perform(.collect(.start))
  }

  private mutating func mutate(_ mutation: Mutation) { perform(.mutate(mutation)) }

  private mutating func perform(_ action: Action) {
    var observer = SilentObserver()
    do throws(MachineError) {
      try machine.perform(action, observer: &observer)
    } catch {
      preconditionFailure("a heap within bounds can be built: \(error)")
    }
    actions.append(action)
  }
}

extension LabelledSnapshot {
  /// Every reference of the program and of the heap, registers first.
  fileprivate var lines: [String] {
    let variables = snapshot.stacks.flatMap { $0.frames.flatMap(\.variables) }
    let registers = variables.compactMap { variable in
      variable.value.map { "\(variable.name) = \(labels[$0])" }
    }
    let edges = snapshot.objects.enumerated().flatMap { number, object in
      object.slots.enumerated().compactMap { slot, value in
        value.map { "\(labels[number]).\(slot) = \(labels[$0])" }
      }
    }
    return registers + edges
  }
}
