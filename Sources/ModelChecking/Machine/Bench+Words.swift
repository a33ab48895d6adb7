import GarbageCollection

/// What is about to happen on a bench, in words.
extension Bench {
  /// The objects that stand, by name.
  var labels: [ObjectLabel] {
    references.indices.filter { references[$0] != nil }.map { ObjectLabel($0) }
  }

  /// The colour of each label's object.
  var colors: [Color?] {
    references.map { reference in reference.map { machine.heap.color(of: $0) } }
  }

  func turnedGrey(_ label: ObjectLabel, since before: [Color?]) -> Bool {
    before[label.index] == .white && colors[label.index] == .grey
  }

  /// For each label the shortest path from a register to its object, as in `r0.1`.
  var pathsFromRegisters: [String?] {
    references.map { reference in
      reference.flatMap { Oracle().pathFromRoot(to: $0, in: machine) }.map { path in
        path.map { component(of: $0) }.joined(separator: ".")
      }
    }
  }

  /// The sentence for a turn that is about to be taken.
  func opening(of turn: Turn) -> String {
    switch turn {
    case .load(let target, let slot, let base):
      let value = machine.value(at: base.location).flatMap {
        machine.value(at: .slot(slot, of: $0))
      }
      return "\(actor(target)) loads \(target.name) = \(base.name).\(slot), which is \(name(value))"
    case .copy(let target, let source):
      return
        "\(actor(target)) sets \(target.name) = \(source.name) (\(change(of: target, to: source)))"
    case .clear(let target):
      return "\(actor(target)) sets \(target.name) = nil (\(change(of: target, to: nil)))"
    case .store(let slot, let base, let source):
      return "\(actor(base)) stores \(base.name).\(slot) = \(source?.name ?? "nil") "
        + "(\(change(ofSlot: slot, of: base, to: source)))"
    case .allocate(let target): return "\(actor(target)) allocates \(target.name) = \(newLabel)"
    case .copyObject(let source, let target):
      return "\(actor(source)) copies the slots of \(source.name), which is "
        + "\(name(value(of: source))), into \(target.name), which is \(name(value(of: target)))"
    case .send(let source, let target):
      return "\(actor(source)) sends \(source.name) to \(thread(target.mutator)) as "
        + "\(target.name) (\(change(of: target, to: source)))"
    case .statement: preconditionFailure("the heaps of bounds have no programs")
    case .resume(let mutator): return "\(actor(mutator)) goes on with its store"
    case .start: return "the collector starts \(machine.settings.collector.firstDeed)"
    case .startMinor: return "the collector starts a collection of the young"
    case .scanStack(let mutator):
      return hasThreads
        ? "the collector scans the stack of \(thread(mutator))" : "the collector scans the stack"
    case .scanGlobal(let index):
      return "the collector scans the global \(machine.roots.globals[index].name)"
    case .scanObject(let label): return scanning(label)
    case .finish:
      return machine.phase == .marking
        ? "marking ends, the collector \(machine.settings.collector.lastDeed)"
        : "the collector takes its next step"
    }
  }

  private var hasThreads: Bool { machine.roots.stacks.count > 1 }

  private func thread(_ mutator: MutatorID) -> String {
    machine.roots.stacks[mutator.index].thread
  }

  private func actor(_ mutator: MutatorID) -> String {
    hasThreads ? thread(mutator) : "the program"
  }

  private func actor(_ register: Register) -> String { actor(register.mutator) }

  /// The instruction before which the mutator's half-done store has stopped, as its program says it.
  func nextInstruction(of mutator: MutatorID) -> String? {
    machine.pendingStore(of: mutator).map { store in
      String(machine.programs[store.access].lines[store.nextInstruction + 1].drop { $0 == " " })
    }
  }

  private func scanning(_ label: ObjectLabel) -> String {
    let nextSlot = machine.partialScan?.nextSlot
    switch machine.settings.scan {
    case .object: return "the collector scans \(label)"
    case .slotLast: return "the collector scans \(label).\(nextSlot ?? 0)"
    case .slotFirst:
      return nextSlot.map { "the collector scans \(label).\($0)" }
        ?? "the collector blackens \(label) before it scans it"
    }
  }

  /// One step of a path from a root.
  private func component(of place: Location<Reference>) -> String {
    switch place {
    case .variable(let index, let frame, let mutator):
      let name = machine.roots.stacks[mutator.index].frames[frame].variables[index].name
      return mutator == .main ? name : "\(thread(mutator)):\(name)"
    case .slot(let slot, _): return "\(slot)"
    case .global(let index): return machine.roots.globals[index].name
    }
  }

  private func name(_ object: Reference?) -> String {
    object.map { label(of: $0).description } ?? "nil"
  }

  private var newLabel: String {
    references.firstIndex(of: nil).map { ObjectLabel($0).description } ?? "nothing"
  }

  private func value(of register: Register?) -> Reference? {
    register.flatMap { machine.value(at: $0.location) }
  }

  private func change(of target: Register, to source: Register?) -> String {
    "\(target.name) from \(name(value(of: target))) to \(name(value(of: source)))"
  }

  private func change(ofSlot slot: Int, of base: Register, to source: Register?) -> String {
    let owner = value(of: base)
    let old = owner.flatMap { machine.value(at: .slot(slot, of: $0)) }
    return "\(name(owner)).\(slot) from \(name(old)) to \(name(value(of: source)))"
  }
}

extension CollectorKind {
  fileprivate var firstDeed: String {
    switch self {
    case .markSweep, .markCompact: "marking"
    case .copying, .generational: "a cycle"
    case .referenceCounting: "and ends a collection"
    }
  }

  fileprivate var lastDeed: String { self == .markCompact ? "compacts" : "sweeps" }
}
