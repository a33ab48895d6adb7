/// What the mutator does.
extension Machine {
  mutating func mutate<O: Observer>(
    _ mutation: Mutation, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    if case .resume = mutation {
      try checkTurn(of: mutator, hasToFinish: false)
      return try resumeStore(of: mutator, observer: &observer)
    }
    try checkTurn(of: mutator)

    switch mutation {
    case .allocate(let label, let slotCount, let payloadBytes):
      let object = try allocateObject(
        slotCount: slotCount, payloadBytes: payloadBytes, by: mutator, observer: &observer)
      heap.fillPayload(of: object, with: Array(label.utf8))
    case .setGlobal(let name, let operand):
      let value = try evaluate(operand)
      observeMisuse(by: operand, observer: &observer)
      let index = roots.globalIndex(named: name) ?? addGlobal(named: name)
      store(value, in: .global(index), by: mutator, observer: &observer)
    case .pushFrame(let name):
      roots.stacks[mutator.index].pushFrame(named: name)
      observer.observe(.pushedFrame(name))
    case .popFrame:
      guard let frame = roots.stacks[mutator.index].popFrame() else { throw .noFrame }
      observer.observe(.poppedFrame(frame))
    case .setVariable(let name, let operand):
      try setVariable(name, to: operand, by: mutator, observer: &observer)
    case .store(let slot, let base, let operand):
      let value = try evaluate(operand)
      let object = try resolve(base)
      try checkWritable(slot, of: object)
      observeMisuse(by: operand, observer: &observer)
      store(value, in: .slot(slot, of: object), by: mutator, observer: &observer)
    case .free(let base): try free(base, by: mutator, observer: &observer)
    // A double free is refused, and whose it would be only a history of the objects can tell.
    case .freeAgain: break
    case .startThread(let name): try startThread(named: name, observer: &observer)
    case .endThread(let other): try endThread(other, by: mutator, observer: &observer)
    case .resume: preconditionFailure("handled above")
    }
  }

  /// Refuses whatever a mutator wants that cannot act now.
  @inline(__always)
  func checkTurn(of mutator: MutatorID, hasToFinish: Bool = true) throws(MachineError) {
    guard roots.stacks.indices.contains(mutator.index) else { throw .noSuchThread }
    guard !roots.stacks[mutator.index].isEnded else {
      throw .threadHasEnded(roots.stacks[mutator.index].thread)
    }
    guard !isWorldStopped else { throw .worldIsStopped(phase) }
    if hasToFinish, pendingStore(of: mutator) != nil { throw .storeIsHalfDone }
  }

  /// A global born while marking counts as scanned: it is nil, and the barrier guards it.
  ///
  /// Not so one born before all roots are scanned: a deletion barrier does not guard it against
  /// what a stack not scanned yet puts there.
  private mutating func addGlobal(named name: String) -> Int {
    roots.globals.append(Roots.Global(name: name, value: nil, isScanned: phase == .marking))
    return roots.globals.count - 1
  }

  private mutating func setVariable<O: Observer>(
    _ name: String, to operand: Operand, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard roots.stacks[mutator.index].frameCount > 0 else { throw .noFrame }
    let value = try evaluate(operand)
    observeMisuse(by: operand, observer: &observer)
    let place = roots.variable(named: name, of: mutator) ?? addVariable(named: name, of: mutator)
    if case .slot(let slot, let base) = operand, let object = object(at: base) {
      observer.observe(.loaded(value, from: .slot(slot, of: object), into: place))
    }
    store(value, in: place, by: mutator, observer: &observer)
  }

  private mutating func addVariable(
    named name: String, of mutator: MutatorID
  ) -> Location<Reference> {
    let index = roots.stacks[mutator.index].addVariable(named: name)
    return .variable(index, frame: roots.stacks[mutator.index].frameCount - 1, of: mutator)
  }
}

// MARK: - Values

extension Machine {
  /// What a place holds now; nil too for a slot that a dangling pointer no longer reaches.
  @inline(__always)
  public func value(at place: Location<Reference>) -> Reference? {
    switch place {
    case .global(let index): roots.globals[index].value
    case .variable(let index, let frame, let mutator):
      roots.stacks[mutator.index][index, frame: frame]
    case .slot(let slot, let object):
      hasSlot(slot, object) ? heap.load(slot, of: object) : nil
    }
  }

  /// The object that a base stands for; nil for a place that is empty.
  @inline(__always)
  func object(at base: Base) -> Reference? {
    switch base {
    case .object(let object): object
    case .place(let place): value(at: place)
    }
  }

  @inline(__always)
  private func resolve(_ base: Base) throws(MachineError) -> Reference {
    guard let object = object(at: base) else { throw .dereferencedNil }
    return object
  }

  @inline(__always)
  private func evaluate(_ operand: Operand) throws(MachineError) -> Reference? {
    switch operand {
    case .null: return nil
    case .object(let object): return object
    case .place(let place): return value(at: place)
    case .slot(let slot, let base):
      let object = try resolve(base)
      if heap.isObject(object), !hasSlot(slot, object), !isWithinCell(slot, object) {
        throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: object))
      }
      return value(at: .slot(slot, of: object))
    }
  }

  /// How an access to a slot goes wrong because the reference dangles; nil when it does not.
  ///
  /// A reused cell whose new object has that slot looks sound from here; only a history of the
  /// objects can tell.
  @inline(__always)
  private func danglingUse(of slot: Int, of object: Reference) -> DanglingUse? {
    if hasSlot(slot, object) { return nil }
    // The cell may be smaller than the one that the reference was made for.
    guard isWithinCell(slot, object) else { return .noCell }
    return heap.isObject(object) ? .notASlot(word: heap.word(slot, of: object)) : .poison
  }

  /// Tells of a load through a dangling pointer, once nothing can refuse the action any more.
  @inline(__always)
  private func observeMisuse<O: Observer>(by operand: Operand, observer: inout O) {
    guard case .slot(let slot, let base) = operand, let object = object(at: base),
      let use = danglingUse(of: slot, of: object)
    else { return }
    observer.observe(.usedDangling(.slot(slot, of: object), use))
  }

  @inline(__always)
  private func hasSlot(_ slot: Int, _ object: Reference) -> Bool {
    heap.isObject(object) && (0..<heap.slotCount(of: object)).contains(slot)
  }

  @inline(__always)
  private func isWithinCell(_ slot: Int, _ object: Reference) -> Bool {
    slot >= 0
      && slot < (heap.cellByteCount(at: object) - ObjectHeader.byteCount) / ObjectHeader.slotBytes
  }

  @inline(__always)
  private func checkWritable(_ slot: Int, of object: Reference) throws(MachineError) {
    if hasSlot(slot, object) { return }
    if heap.isObject(object) {
      throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: object))
    }
    guard isWithinCell(slot, object) else { throw .danglingWrite }
  }
}

// MARK: - Stores

extension Machine {
  /// Begins a store, and finishes it unless its program yields.
  private mutating func store<O: Observer>(
    _ new: Reference?, in place: Location<Reference>, by mutator: MutatorID, observer: inout O
  ) {
    let store = PendingStore(place: place, new: new, mutator: mutator)
    guard barrierActs(on: place) else { return write(store, observer: &observer) }
    guard !isElided(new, over: value(at: place)) else {
      observer.observe(.elidedBarrier)
      return write(store, observer: &observer)
    }
    run(store, observer: &observer)
  }

  @inline(__always)
  private func barrierActs(on place: Location<Reference>) -> Bool {
    switch place {
    case .variable: phase.isMarking && settings.stackBarrier
    case .global, .slot: phase.isMarking
    }
  }

  @inline(__always)
  private func isElided(_ new: Reference?, over old: Reference?) -> Bool {
    switch settings.elision {
    case .none: false
    case .newNil: new == nil
    case .oldNil: old == nil
    }
  }

  private mutating func resumeStore<O: Observer>(
    of mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard let index = pendingStores.firstIndex(where: { $0.mutator == mutator }) else {
      throw .noStoreToResume
    }
    run(pendingStores.remove(at: index), observer: &observer)
  }

  /// Runs the store's program up to its next yield or its end.
  private mutating func run<O: Observer>(_ begun: PendingStore, observer: inout O) {
    var store = begun
    let instructions = storeProgram.instructions
    while store.nextInstruction < instructions.count {
      let instruction = instructions[store.nextInstruction]
      store.nextInstruction += 1
      if instruction == .yield {
        park(store)
        return observer.observe(.yielded(line: store.nextInstruction + 1))
      }
      observer.observe(.ranLine(store.nextInstruction))
      run(instruction, of: &store, observer: &observer)
    }
  }

  private mutating func park(_ store: PendingStore) {
    let next = pendingStores.firstIndex { $0.mutator.index > store.mutator.index }
    pendingStores.insert(store, at: next ?? pendingStores.count)
  }

  private mutating func run<O: Observer>(
    _ instruction: BarrierProgram.Instruction, of store: inout PendingStore, observer: inout O
  ) {
    switch instruction {
    case .readOld: store.old = value(at: store.place)
    case .shadeOld: shade(old(of: store), of: store, observer: &observer)
    case .shadeNew: shade(store.new, of: store, observer: &observer)
    case .ifSourceIsBlack, .unlessSourceIsBlack, .ifStackIsGrey:
      if !holds(instruction, store) { store.nextInstruction += 1 }
    case .write: write(store, observer: &observer)
    case .yield: preconditionFailure("a yield ends the run")
    }
  }

  /// The value that a store takes for the overwritten one: as remembered, or as it is now.
  @inline(__always)
  func old(of store: PendingStore) -> Reference? {
    storeProgram.instructions.first == .readOld ? store.old : value(at: store.place)
  }

  /// Whether the condition that an instruction tests is true now.
  @inline(__always)
  func holds(_ condition: BarrierProgram.Instruction, _ store: PendingStore) -> Bool {
    switch condition {
    case .ifSourceIsBlack: isBlack(store.place)
    case .unlessSourceIsBlack: !isBlack(store.place)
    case .ifStackIsGrey: !roots.stacks[store.mutator.index].isScanned
    case .readOld, .shadeOld, .shadeNew, .write, .yield: true
    }
  }

  private mutating func shade<O: Observer>(
    _ object: Reference?, of store: PendingStore, observer: inout O
  ) {
    // A store that another thread let slip past the end of marking shades nothing any more.
    guard let object, phase.isMarking else { return }
    wavefront.shade(
      object, by: .barrier(line: store.nextInstruction, place: store.place),
      foundIn: store.place, in: &heap, observer: &observer)
  }

  @inline(__always)
  private func isBlack(_ place: Location<Reference>) -> Bool {
    switch place {
    case .global(let index): roots.globals[index].isScanned
    case .variable(_, _, let mutator): roots.stacks[mutator.index].isScanned
    case .slot(_, let object): heap.isObject(object) && heap.color(of: object) == .black
    }
  }

  private mutating func write<O: Observer>(_ store: PendingStore, observer: inout O) {
    let old = value(at: store.place)
    switch store.place {
    case .global(let index):
      roots.globals[index].value = store.new
      observer.observe(.assigned(store.place, old: old, new: store.new))
    case .variable(let index, let frame, let mutator):
      roots.stacks[mutator.index][index, frame: frame] = store.new
      observer.observe(.assigned(store.place, old: old, new: store.new))
    case .slot(let slot, let object):
      if let use = danglingUse(of: slot, of: object) {
        observer.observe(.usedDangling(store.place, use))
        // The memory was given away while the store was half done: the write is not made.
        if use == .noCell { return }
      }
      heap.store(store.new, in: slot, of: object)
      observer.observe(.wrote(store.place, old: old, new: store.new))
    }
  }
}
