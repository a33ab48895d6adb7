import GarbageCollection
import ModelChecking

/// Turns statements into the steps of programs, whose names are resolved once and for all.
///
/// What a thread's stack looks like depends only on how far its program is, so every variable has a
/// fixed place.
struct ProgramCompiler {
  private(set) var layout: MachineLayout
  private(set) var programs: [[ProgramStep]]
  private(set) var statements: [[Statement]]
  private(set) var labels: [String]
  /// By thread: the frames after its last statement.
  private var frames: [[MachineLayout.Frame]]
  private var positions: [[[MachineLayout.Frame]]]

  init(_ scene: Scene, labels: [String]) {
    layout = scene.layout
    self.labels = labels
    frames = layout.threads.map { $0.positions[0] }
    positions = frames.map { [$0] }
    programs = frames.map { _ in [] }
    statements = programs.map { _ in [] }
  }

  /// Adds a statement to the program of its thread; what the collector or the lecturer does is left
  /// out.
  mutating func add(_ statement: Statement) throws(ScriptProgramError) {
    switch statement {
    case .by(let name, let inner):
      guard let thread = layout.threads.firstIndex(where: { $0.name == name }) else {
        throw .cannotInterleave(statement.text)
      }
      try add(inner, to: thread)
    default: try add(statement, to: 0)
    }
  }

  private mutating func add(
    _ statement: Statement, to thread: Int
  ) throws(ScriptProgramError) {
    guard let step = try step(for: statement, of: thread) else { return }
    programs[thread].append(step)
    statements[thread].append(statement)
    positions[thread].append(frames[thread])
    layout.threads[thread] = MachineLayout.Thread(
      name: layout.threads[thread].name, positions: positions[thread])
  }

  /// Nil for what is no statement of a program.
  private mutating func step(
    for statement: Statement, of thread: Int
  ) throws(ScriptProgramError) -> ProgramStep? {
    let mutator = MutatorID(thread)
    switch statement {
    case .object(let label, let slotCount, let byteCount):
      let number = labels.count
      labels.append(label)
      let object = MachineLayout.Object(ownCellFor: slotCount, byteCount)
      layout.objects.append(object)
      return ProgramStep(newborn: number) { _ in
        .mutate(
          .allocate(
            label: label, slotCount: object.slotCount, payloadBytes: object.payloadBytes),
          by: mutator)
      }
    case .root(let name, let value):
      let operand = try operand(value, of: thread, in: statement)
      // A new one is there from the start, as nil: one root more to scan.
      if !layout.globals.contains(name) { layout.globals.append(name) }
      return ProgramStep { cells in .mutate(.setGlobal(name, operand(cells)), by: mutator) }
    case .local(let name, let value):
      let operand = try operand(value, of: thread, in: statement)
      declare(name, of: thread)
      return ProgramStep { cells in .mutate(.setVariable(name, operand(cells)), by: mutator) }
    case .store(let path, let value):
      let base = try base(path.base, of: thread, in: statement)
      let operand = try operand(value, of: thread, in: statement)
      return ProgramStep { cells in
        .mutate(.store(slot: path.slot, of: base(cells), operand(cells)), by: mutator)
      }
    case .copy(let source, let target):
      let from = try base(source, of: thread, in: statement)
      let to = try base(target, of: thread, in: statement)
      return ProgramStep { cells in .mutate(.copy(from(cells), to: to(cells)), by: mutator) }
    case .push(let name):
      frames[thread].append(MachineLayout.Frame(name: name, variables: []))
      return ProgramStep { _ in .mutate(.pushFrame(name), by: mutator) }
    case .pop:
      guard frames[thread].popLast() != nil else { throw .cannotInterleave(statement.text) }
      return ProgramStep { _ in .mutate(.popFrame, by: mutator) }
    case .send, .thread, .join, .raw: throw .cannotInterleave(statement.text)
    case .free(let name):
      let base = try base(name, of: thread, in: statement)
      return ProgramStep { cells in .mutate(.free(base(cells)), by: mutator) }
    case .title, .set, .by, .start, .startMinor, .collect, .collectMinor, .step, .until,
      .finish, .scan, .resume, .say, .beat,
      .ask, .expect, .goal,
      .work, .repeat, .end, .churn:
      return nil
    }
  }

  private mutating func declare(_ name: String, of thread: Int) {
    guard let top = frames[thread].last, !top.variables.contains(name) else { return }
    frames[thread][frames[thread].count - 1] = MachineLayout.Frame(
      name: top.name, variables: top.variables + [name])
  }
}

// MARK: - Names

extension ProgramCompiler {
  private func operand(
    _ value: Value, of thread: Int, in statement: Statement
  ) throws(ScriptProgramError) -> @Sendable ([Reference]) -> Operand {
    switch value {
    case .nil: return { _ in .null }
    case .slot(let path):
      let base = try base(path.base, of: thread, in: statement)
      return { cells in .slot(path.slot, of: base(cells)) }
    case .name(let name):
      let base = try base(name, of: thread, in: statement)
      return { cells in
        switch base(cells) {
        case .object(let object): .object(object)
        case .place(let place): .place(place)
        }
      }
    }
  }

  private func base(
    _ name: String, of thread: Int, in statement: Statement
  ) throws(ScriptProgramError) -> @Sendable ([Reference]) -> Base {
    if let index = frames[thread].last?.variables.firstIndex(of: name) {
      let place = Location<Reference>.variable(
        index, frame: frames[thread].count - 1, of: MutatorID(thread))
      return { _ in .place(place) }
    }
    if let index = layout.globals.firstIndex(of: name) { return { _ in .place(.global(index)) } }
    guard let label = labels.firstIndex(of: name) else {
      throw .unknownName(name, in: statement.text)
    }
    return { cells in .object(cells[label]) }
  }
}
