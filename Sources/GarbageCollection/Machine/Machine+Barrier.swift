/// How accesses run their programs.
extension Machine {
  /// Begins a store, and finishes it unless its program yields.
  mutating func store<O: Observer>(
    _ new: Reference?, in place: Location<Reference>, as access: BarrierProgram.Access = .store,
    by mutator: MutatorID, observer: inout O
  ) {
    let store = PendingStore(place: place, new: new, mutator: mutator, access: access)
    guard barrierActs(in: store) else {
      guard countsReferences, isCounted(place) else {
        return writeBare(store, observer: &observer)
      }
      run(store, observer: &observer)
      return
    }
    guard !skipsBarrier(store) else {
      if phase.isMarking { observer.observe(.elidedBarrier) }
      return writeBare(store, observer: &observer)
    }
    run(store, observer: &observer)
  }

  private func barrierActs(in store: PendingStore) -> Bool {
    if settings.faults.isOn(.barrierSleepsInRoots), phase == .roots { return false }
    switch store.access {
    case .load, .copy, .send: return phase.isMarking
    case .store, .move:
      guard phase.isMarking || settings.flagCheck == .early else { return false }
      if case .variable = store.place { return settings.stackBarrier }
      return true
    }
  }

  private func skipsBarrier(_ store: PendingStore) -> Bool {
    isUnguarded(store.mutator) || isElided(store)
  }

  /// Whether the mutator does without the barrier that others have.
  private func isUnguarded(_ mutator: MutatorID) -> Bool {
    switch settings.unguarded {
    case .none: false
    case .main: mutator == .main && settings.barrier != .none
    case .others: mutator != .main && settings.barrier != .none
    }
  }

  private func isElided(_ store: PendingStore) -> Bool {
    guard store.access != .send, store.access != .load else { return false }
    return switch settings.elision {
    case .none: false
    case .newNil: store.new == nil
    case .oldNil: value(at: store.place) == nil
    }
  }

  mutating func resumeStore<O: Observer>(
    of mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard let index = pendingStores.firstIndex(where: { $0.mutator == mutator }) else {
      throw .noStoreToResume
    }
    run(pendingStores.remove(at: index), observer: &observer)
  }

  /// Writes without the barrier for marking; the one for the remembered set runs all the same.
  mutating func writeBare<O: Observer>(_ bare: PendingStore, observer: inout O) {
    guard remembersStores, case .slot = bare.place else { return write(bare, observer: &observer) }
    var store = bare
    let instructions = programs[store.access].instructions
    while store.nextInstruction < instructions.count {
      let instruction = instructions[store.nextInstruction]
      store.nextInstruction += 1
      guard instruction.runsAlways else { continue }
      observer.observe(.ranLine(store.nextInstruction, of: store.access))
      run(instruction, of: &store, observer: &observer)
    }
  }

  /// Runs the access's program up to its next yield or its end; the value, which a load may change.
  @discardableResult
  private mutating func run<O: Observer>(
    _ begun: PendingStore, observer: inout O
  ) -> Reference? {
    var store = begun
    let instructions = programs[store.access].instructions
    while store.nextInstruction < instructions.count {
      let instruction = instructions[store.nextInstruction]
      store.nextInstruction += 1
      if instruction == .yield {
        park(store)
        observer.observe(.yielded(line: store.nextInstruction + 1, of: store.access))
        return store.new
      }
      observer.observe(.ranLine(store.nextInstruction, of: store.access))
      run(instruction, of: &store, observer: &observer)
    }
    return store.new
  }

  private mutating func park(_ store: PendingStore) {
    let next = pendingStores.firstIndex { $0.mutator.index > store.mutator.index }
    pendingStores.insert(store, at: next ?? pendingStores.count)
  }
}

// MARK: - Loads

extension Machine {
  /// Whether loads run a barrier now.
  @inline(__always)
  private var loadsAreGuarded: Bool {
    guardsLoads && (phase.isMarking || phase == .copying)
  }

  /// Runs the read barrier for whatever `operand` loads; what has been loaded in the end.
  mutating func guardLoads<O: Observer>(
    of operand: Operand, _ value: Reference?, by mutator: MutatorID, observer: inout O
  ) -> Reference? {
    guard loadsAreGuarded else { return value }
    switch operand {
    case .null: return value
    case .object(let object): return hold(object, by: mutator, observer: &observer)
    case .place(let place): return guardLoad(from: place, by: mutator, observer: &observer)
    case .slot(let slot, let base):
      guard let found = object(at: base) else { return value }
      let object = guardLoad(of: base, found, by: mutator, observer: &observer)
      return guardLoad(from: .slot(slot, of: object), by: mutator, observer: &observer)
    }
  }

  /// Runs the read barrier where the program gets hold of an object through a global; the object.
  mutating func guardLoad<O: Observer>(
    of base: Base, _ found: Reference, by mutator: MutatorID, observer: inout O
  ) -> Reference {
    guard loadsAreGuarded else { return found }
    switch base {
    case .object(let object): return hold(object, by: mutator, observer: &observer)
    case .place(let place):
      return guardLoad(from: place, by: mutator, observer: &observer) ?? found
    }
  }

  /// Runs the read barrier for one load, and gives what was loaded; variables have none.
  @discardableResult
  mutating func guardLoad<O: Observer>(
    from place: Location<Reference>, by mutator: MutatorID, observer: inout O
  ) -> Reference? {
    let value = value(at: place)
    guard loadsAreGuarded else { return value }
    switch place {
    case .variable: return value
    case .global: break
    case .slot(let slot, let object): guard hasSlot(slot, object) else { return value }
    }
    guard !isUnguarded(mutator) else {
      observer.observe(.elidedBarrier)
      return value
    }
    return run(
      PendingStore(place: place, new: value, mutator: mutator, access: .load),
      observer: &observer)
  }

  /// An object that the program names as if it had loaded it: where objects are copied, the copy.
  private mutating func hold<O: Observer>(
    _ object: Reference, by mutator: MutatorID, observer: inout O
  ) -> Reference {
    guard phase == .copying, !isUnguarded(mutator),
      let index = programs.load.instructions.firstIndex(of: .evacuateNew)
    else { return object }
    return collector.evacuate(
      object, foundIn: nil,
      by: .barrier(line: index + 1, of: .load, place: .slot(0, of: object)), &heap, &wavefront,
      context, observer: &observer)
  }

  /// Lets the place of a load refer to the copy of what it refers to.
  private mutating func evacuate<O: Observer>(_ load: inout PendingStore, observer: inout O) {
    guard phase.isCopying, let found = load.new else { return }
    let copy = collector.evacuate(
      found, foundIn: load.place,
      by: .barrier(line: load.nextInstruction, of: load.access, place: load.place), &heap,
      &wavefront, context, observer: &observer)
    load.new = copy
    switch load.place {
    case .global, .variable: roots[load.place] = copy
    case .slot(let slot, let object): heap.store(copy, in: slot, of: object)
    }
  }

  private mutating func remember<O: Observer>(
    _ place: Location<Reference>, observer: inout O
  ) {
    guard case .slot(let slot, let object) = place,
      heap.remembered.insert(slot, of: object)
    else { return }
    observer.observe(.remembered(place))
  }
}

// MARK: - Instructions

extension Machine {
  private mutating func run<O: Observer>(
    _ instruction: BarrierProgram.Instruction, of store: inout PendingStore, observer: inout O
  ) {
    switch instruction {
    case .readOld: store.old = value(at: store.place)
    case .shadeOld:
      let old = settings.faults.isOn(.deletionShadesNew) ? store.new : old(of: store)
      shade(old, of: store, observer: &observer)
    case .shadeNew: shade(store.new, of: store, observer: &observer)
    case .ifSourceIsBlack, .unlessSourceIsBlack, .ifSourceIsBlackAndNewIsWhite, .ifStackIsGrey,
      .ifStackIsBlack, .ifAnyStackIsGrey, .ifSourceIsGrey, .ifNewIsInFromSpace,
      .ifSourceIsOldAndNewIsYoung:
      if holds(instruction, store) == settings.faults.isOn(.conditionsAreInverted) {
        store.nextInstruction += 1
      }
    case .revertSource: revert(store.place, isDeferred: false, observer: &observer)
    case .deferSource: revert(store.place, isDeferred: true, observer: &observer)
    case .scanSource: scan(store.place, observer: &observer)
    case .evacuateNew: evacuate(&store, observer: &observer)
    case .rememberSlot: remember(store.place, observer: &observer)
    case .sampleFlag: store.wasMarking = phase.isMarking
    case .writeIfFlagWasOff:
      if store.wasMarking { break }
      write(store, observer: &observer)
      store.nextInstruction = programs[store.access].instructions.count
    case .write: write(store, observer: &observer)
    // What is read is known to whoever began the load.
    case .read: break
    case .yield: preconditionFailure("a yield ends the run")
    case .incrementNew: count(store.new, observer: &observer)
    case .decrementOld: uncount(store.old, by: store.mutator, observer: &observer)
    }
  }

  /// The value that a store takes for the overwritten one: as remembered, or as it is now.
  func old(of store: PendingStore) -> Reference? {
    programs[store.access].instructions.contains(.readOld) ? store.old : value(at: store.place)
  }

  /// Whether the condition that an instruction tests is true now.
  func holds(_ condition: BarrierProgram.Instruction, _ store: PendingStore) -> Bool {
    switch condition {
    case .ifSourceIsBlack: isBlack(store.place)
    case .unlessSourceIsBlack: !isBlack(store.place)
    case .ifSourceIsBlackAndNewIsWhite: isBlack(store.place) && isWhite(store.new)
    case .ifStackIsGrey: !roots.stacks[store.mutator.index].isScanned
    case .ifStackIsBlack: roots.stacks[store.mutator.index].isScanned
    case .ifAnyStackIsGrey: roots.stacks.contains { !$0.isScanned }
    case .ifSourceIsGrey: isGrey(store.place)
    case .ifNewIsInFromSpace: store.new.map { heap.isInFromSpace($0) } ?? false
    case .ifSourceIsOldAndNewIsYoung:
      store.new.map { heap.isYoung($0) } ?? false && isOld(store.place)
    case .readOld, .shadeOld, .shadeNew, .revertSource, .deferSource, .scanSource, .sampleFlag,
      .writeIfFlagWasOff, .write, .read, .yield, .evacuateNew, .rememberSlot, .incrementNew,
      .decrementOld:
      true
    }
  }

  private mutating func shade<O: Observer>(
    _ object: Reference?, of store: PendingStore, observer: inout O
  ) {
    // A store that another thread let slip past the end of marking shades nothing any more.
    guard let object, phase.isMarking else { return }
    if settings.buffer != .off {
      return wavefront.put(object, by: store.mutator, in: heap.tables, observer: &observer)
    }
    wavefront.shade(
      object,
      by: .barrier(line: store.nextInstruction, of: store.access, place: store.place),
      foundIn: store.place, in: heap.tables, observer: &observer)
  }

  /// Makes a black source grey; a root that is one is scanned again before marking ends.
  private mutating func revert<O: Observer>(
    _ place: Location<Reference>, isDeferred: Bool, observer: inout O
  ) {
    guard phase.isMarking, isBlack(place) else { return }
    if case .slot(_, let object) = place {
      return wavefront.revert(object, isDeferred: isDeferred, in: heap.tables, observer: &observer)
    }
    let root = root(of: place)
    roots.setScanned(root, false)
    observer.observe(.revertedRoot(root))
  }

  /// Scans the source of a load, on the program's time.
  private mutating func scan<O: Observer>(_ place: Location<Reference>, observer: inout O) {
    if case .slot(_, let object) = place {
      return wavefront.scanAtOnce(object, in: heap.tables, observer: &observer)
    }
    collector.scanNow(root(of: place), &heap, &wavefront, &roots, observer: &observer)
  }

  /// What holds a global or a variable.
  private func root(of place: Location<Reference>) -> RootID {
    switch place {
    case .global(let index): .global(index)
    case .variable(_, _, let mutator): .stack(mutator)
    case .slot: preconditionFailure("a slot is held by an object")
    }
  }

  private func isBlack(_ place: Location<Reference>) -> Bool {
    switch place {
    case .global(let index): roots.globals[index].isScanned
    case .variable(_, _, let mutator): roots.stacks[mutator.index].isScanned
    case .slot(_, let object): heap.isObject(object) && heap.color(of: object) == .black
    }
  }

  private func isGrey(_ place: Location<Reference>) -> Bool {
    switch place {
    case .global, .variable: !isBlack(place)
    case .slot(_, let object): heap.isObject(object) && heap.color(of: object) == .grey
    }
  }

  /// Whether the place is a slot of an object that is not young.
  private func isOld(_ place: Location<Reference>) -> Bool {
    guard case .slot(_, let object) = place else { return false }
    return heap.isObject(object) && !heap.isYoung(object)
  }

  private func isWhite(_ object: Reference?) -> Bool {
    object.map { heap.isObject($0) && heap.color(of: $0) == .white } ?? false
  }

  mutating func write<O: Observer>(_ store: PendingStore, observer: inout O) {
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
