/// What a state offers, to be looked at without the machine: a bit for each thing.
public struct StateOutline: Sendable {
  public var phase = Phase.idle
  /// By variable and global, thread after thread, globals last: whether it refers to something.
  public var filledPlaces: UInt64 = 0
  /// By label.
  public var existing: UInt64 = 0
  /// By label: objects that wait to be scanned, but for the one that is being scanned.
  public var grey: UInt64 = 0
  /// The label that is being scanned slot by slot, if any, plus one.
  public var scanned = 0
  /// By thread.
  public var scannedStacks: UInt64 = 0
  public var halfDoneStores: UInt64 = 0
  /// By global.
  public var scannedGlobals: UInt64 = 0

  init() {}

  /// Whether no object is left to scan.
  public var isExhausted: Bool { grey == 0 && scanned == 0 }
}

// MARK: - From machine to state

extension PackableMachine {
  /// The state that the machine is in.
  @specialized(where Word == SmallState)
  @specialized(where Word == MediumState)
  @specialized(where Word == LargeState)
  public mutating func pack<Word: StateWord>() -> Word { packNow() }

  /// Apart from `pack`, whose unspecialised form would ask for the types used here at every call.
  @inline(never)
  private mutating func packNow<Word: StateWord>() -> Word {
    let word: Word = pack(in: OwnLabels(count: cells.count))
    for limb in 0..<Word.limbCount { latest[limb] = word[limb] }
    isPacked = true
    return word
  }

  /// The same with its objects named in another order.
  @inline(__always)
  mutating func pack<Word: StateWord>(in order: some LabelNaming) -> Word {
    var writer = StateWriter<Word>()
    writer.put(StateWidths.code(of: machine.phase), width: StateWidths.phase)
    packRoots(into: &writer, order)
    packObjects(into: &writer, order)
    if widths.keepsScan {
      let scan = machine.wavefront.scan
      writer.put(code(of: scan?.object, order), width: widths.reference)
      writer.put(scan?.nextSlot ?? 0, width: widths.slot)
    }
    if widths.keepsStores { packStores(into: &writer, order) }
    if widths.keepsDeferred { packDeferred(into: &writer, order) }
    if widths.keepsBuffers { packBuffers(into: &writer, order) }
    return writer.finished
  }

  @inline(__always)
  private func code(of reference: Reference?, _ order: some LabelNaming) -> Int {
    guard let reference else { return 0 }
    return (order.code(of: Int(codes[Int(reference.word &>> 1)])))
  }

  @inline(__always)
  private mutating func packRoots<Word: StateWord>(
    into writer: inout StateWriter<Word>, _ order: some LabelNaming
  ) {
    for thread in layout.threads.indices {
      if widths.positions[thread] > 0 {
        writer.put(positions[thread], width: widths.positions[thread])
      }
      // Between cycles nobody asks, and the next one begins anew.
      writer.put(machine.roots.stacks[thread].isScanned && machine.phase != .idle)
      let count = machine.roots.stacks[thread].values.count
      for index in 0..<count {
        writer.put(
          code(of: machine.roots.stacks[thread].values[index], order), width: widths.reference)
      }
      for _ in count..<variableCounts[thread] { writer.put(0, width: widths.reference) }
    }
    for index in machine.roots.globals.indices {
      writer.put(machine.roots.globals[index].isScanned && machine.phase != .idle)
      writer.put(code(of: machine.roots.globals[index].value, order), width: widths.reference)
    }
  }

  @inline(__always)
  private mutating func packObjects<Word: StateWord>(
    into writer: inout StateWriter<Word>, _ order: some LabelNaming
  ) {
    for position in 0..<order.count {
      let label = order.label(at: position)
      let cell = cells[label]
      let color = machine.heap.allocator.colors.byte(of: cell)
      writer.put(Int(color), width: StateWidths.color)
      for slot in 0..<slotCounts[label] {
        let value = color == 0 ? nil : machine.heap.load(slot, of: cell)
        writer.put(code(of: value, order), width: widths.reference)
      }
    }
  }

  @inline(__always)
  private mutating func packStores<Word: StateWord>(
    into writer: inout StateWriter<Word>, _ order: some LabelNaming
  ) {
    var stores = machine.pendingStores[...]
    for thread in layout.threads.indices {
      guard let store = stores.first, store.mutator.index == thread else {
        writer.put(0, width: widths.store)
        continue
      }
      stores = stores.dropFirst()
      writer.put(true)
      writer.put(store.nextInstruction, width: StateWidths.instruction)
      writer.put(Int(store.access.rawValue), width: StateWidths.access)
      if widths.keepsFlags { writer.put(store.wasMarking) }
      switch store.place {
      case .slot(let slot, let object):
        writer.put(0, width: 2)
        writer.put(0, width: StateWidths.thread)
        writer.put(slot, width: widths.place)
        writer.put(code(of: object, order), width: widths.reference)
      case .variable(let index, let frame, let mutator):
        writer.put(1, width: 2)
        writer.put(mutator.index, width: StateWidths.thread)
        writer.put(
          machine.roots.stacks[mutator.index].start(ofFrame: frame) + index, width: widths.place)
        writer.put(0, width: widths.reference)
      case .global(let index):
        writer.put(2, width: 2)
        writer.put(0, width: StateWidths.thread)
        writer.put(index, width: widths.place)
        writer.put(0, width: widths.reference)
      }
      writer.put(code(of: store.new, order), width: widths.reference)
      writer.put(code(of: store.old, order), width: widths.reference)
    }
  }
}

extension PackableMachine {
  @inline(__always)
  private mutating func packDeferred<Word: StateWord>(
    into writer: inout StateWriter<Word>, _ order: some LabelNaming
  ) {
    for position in 0..<order.count {
      writer.put(machine.wavefront.deferred.contains(cells[order.label(at: position)]))
    }
  }

  @inline(__always)
  private mutating func packBuffers<Word: StateWord>(
    into writer: inout StateWriter<Word>, _ order: some LabelNaming
  ) {
    for thread in layout.threads.indices {
      let buffer = machine.wavefront.buffers[MutatorID(thread)]
      writer.put(buffer.count, width: StateWidths.bufferCount)
      for index in 0..<BarrierBuffers.limit - 1 {
        let object = index < buffer.count ? buffer[index] : nil
        writer.put(code(of: object, order), width: widths.reference)
      }
    }
  }
}

extension StateWidths {
  @inline(__always)
  fileprivate static func code(of phase: Phase) -> Int {
    switch phase {
    case .idle: 0
    case .roots: 1
    case .marking: 2
    case .termination: 3
    case .sweeping: 4
    default: preconditionFailure("states of this collector are not packed")
    }
  }

  @inline(__always)
  fileprivate static func phase(of code: Int) -> Phase {
    switch code {
    case 0: .idle
    case 1: .roots
    case 2: .marking
    case 3: .termination
    default: .sweeping
    }
  }
}

// MARK: - From state to machine

extension PackableMachine {
  /// Sets the machine to a state that `pack` gave.
  ///
  /// - Parameter holder: the thread whose next births take the lowest free labels.
  @specialized(where Word == SmallState)
  @specialized(where Word == MediumState)
  @specialized(where Word == LargeState)
  public mutating func place<Word: StateWord>(
    _ word: Word, for holder: MutatorID = .main
  ) -> StateOutline {
    placeNow(word, for: holder)
  }

  @inline(never)
  private mutating func placeNow<Word: StateWord>(
    _ word: Word, for holder: MutatorID
  ) -> StateOutline {
    for limb in 0..<Word.limbCount { origin[limb] = word[limb] }
    originLimbCount = Word.limbCount
    isPacked = false
    var reader = StateReader(word)
    var outline = StateOutline()
    outline.phase = StateWidths.phase(of: reader.take(width: StateWidths.phase))
    machine.collector = Collector(.markSweep, phase: outline.phase)
    placeRoots(from: &reader, &outline)
    machine.wavefront.worklist.removeAll()
    placeObjects(from: &reader, &outline, holder)
    if widths.keepsScan { placeScan(from: &reader, &outline) }
    if widths.keepsStores { placeStores(from: &reader, &outline) }
    if widths.keepsDeferred { placeDeferred(from: &reader, &outline) }
    if widths.keepsBuffers { placeBuffers(from: &reader) }
    return outline
  }

  /// Sets the machine back to the state it was last placed in, after something has happened to it.
  ///
  /// Most actions of a program change variables alone, and then only those are set.
  public mutating func goBack() {
    switch originLimbCount {
    case 1: goBack(to: SmallState(origin))
    case 2: goBack(to: MediumState(origin))
    default: goBack(to: LargeState(origin))
    }
  }

  @inline(__always)
  private mutating func goBack<Word: StateWord>(to state: Word) {
    var isOutsideRoots = isScattered || isDisarranged || !isPacked
    for limb in 0..<Word.limbCount where (state[limb] ^ latest[limb]) & ~rootBits[limb] != 0 {
      isOutsideRoots = true
    }
    guard isOutsideRoots else {
      isPacked = false
      var reader = StateReader(state)
      var outline = StateOutline()
      _ = reader.take(width: StateWidths.phase)
      return placeRoots(from: &reader, &outline)
    }
    _ = place(state)
  }

  @inline(__always)
  private func reference(_ code: Int) -> Reference? { code == 0 ? nil : cells[code &- 1] }

  @inline(__always)
  private mutating func placeRoots<Word: StateWord>(
    from reader: inout StateReader<Word>, _ outline: inout StateOutline
  ) {
    var place: UInt64 = 1
    for thread in positions.indices {
      if widths.positions[thread] > 0 {
        let position = reader.take(width: widths.positions[thread])
        if position != positions[thread] { reshape(thread, position) }
      }
      let isScanned = reader.takeFlag()
      machine.roots.stacks[thread].isScanned = isScanned
      outline.scannedStacks |= isScanned ? 1 &<< UInt64(thread) : 0
      let count = machine.roots.stacks[thread].values.count
      for index in 0..<variableCounts[thread] {
        let code = reader.take(width: widths.reference)
        if index < count { machine.roots.stacks[thread].values[index] = reference(code) }
        outline.filledPlaces |= code == 0 ? 0 : place
        place &<<= 1
      }
    }
    for index in machine.roots.globals.indices {
      let isScanned = reader.takeFlag()
      machine.roots.globals[index].isScanned = isScanned
      outline.scannedGlobals |= isScanned ? 1 &<< UInt64(index) : 0
      let code = reader.take(width: widths.reference)
      machine.roots.globals[index].value = reference(code)
      outline.filledPlaces |= code == 0 ? 0 : place
      place &<<= 1
    }
  }

  /// Gives a stack the frames of another position of its program.
  private mutating func reshape(_ thread: Int, _ position: Int) {
    var stack = Roots.Stack(layout.threads[thread].positions[position])
    stack.thread = layout.threads[thread].name
    machine.roots.stacks[thread] = stack
    positions[thread] = position
  }

  @inline(__always)
  private mutating func placeObjects<Word: StateWord>(
    from reader: inout StateReader<Word>, _ outline: inout StateOutline, _ holder: MutatorID
  ) {
    let hasToGather = isScattered || holder != cellHolder
    if hasToGather { gatherCells(for: holder) }
    var existing: UInt64 = 0
    for label in cells.indices {
      let color = reader.take(width: StateWidths.color)
      let cell = cells[label]
      let slotCount = slotCounts[label]
      guard color != 0 else {
        for _ in 0..<slotCount { _ = reader.take(width: widths.reference) }
        continue
      }
      existing |= 1 &<< UInt64(label)
      machine.heap.allocator.colors.setByte(UInt8(truncatingIfNeeded: color), of: cell)
      machine.heap.allocator.arena.store64(headers[label], at: cell.offset)
      for slot in 0..<slotCount {
        machine.heap.store(
          reference(reader.take(width: widths.reference)), in: slot, of: cell)
      }
      if color == Int(Color.grey.byte) {
        outline.grey |= 1 &<< UInt64(label)
        machine.wavefront.worklist.push(cell)
      }
    }
    outline.existing = existing
    if hasToGather || existing != arranged || isDisarranged { arrange(existing) }
  }

  private mutating func placeScan<Word: StateWord>(
    from reader: inout StateReader<Word>, _ outline: inout StateOutline
  ) {
    let object = reader.take(width: widths.reference)
    let nextSlot = reader.take(width: widths.slot)
    outline.scanned = object
    machine.wavefront.resume(reference(object).map { PartialScan(object: $0, nextSlot: nextSlot) })
    guard let scanned = reference(object) else { return }
    // Being scanned, it waits no longer.
    outline.grey &= ~(1 &<< UInt64(object &- 1))
    _ = machine.wavefront.worklist.remove(scanned)
  }

  private mutating func placeStores<Word: StateWord>(
    from reader: inout StateReader<Word>, _ outline: inout StateOutline
  ) {
    machine.pendingStores.removeAll(keepingCapacity: true)
    for thread in positions.indices {
      let isHalfDone = reader.takeFlag()
      let nextInstruction = reader.take(width: StateWidths.instruction)
      let access = reader.take(width: StateWidths.access)
      let wasMarking = widths.keepsFlags && reader.takeFlag()
      let kind = reader.take(width: 2)
      let owner = reader.take(width: StateWidths.thread)
      let index = reader.take(width: widths.place)
      let object = reader.take(width: widths.reference)
      let new = reader.take(width: widths.reference)
      let old = reader.take(width: widths.reference)
      guard isHalfDone else { continue }
      outline.halfDoneStores |= 1 &<< UInt64(thread)
      let place: Location<Reference> =
        switch kind {
        case 0: .slot(index, of: cells[object - 1])
        case 1: machine.roots.stacks[owner].place(ofValue: index, of: MutatorID(owner))
        default: .global(index)
        }
      var store = PendingStore(
        place: place, new: reference(new), mutator: MutatorID(thread),
        access: BarrierProgram.Access(rawValue: UInt8(access)) ?? .store)
      store.wasMarking = wasMarking
      store.old = reference(old)
      store.nextInstruction = nextInstruction
      machine.pendingStores.append(store)
    }
  }

  private mutating func placeDeferred<Word: StateWord>(
    from reader: inout StateReader<Word>, _ outline: inout StateOutline
  ) {
    machine.wavefront.deferred.removeAll(keepingCapacity: true)
    for label in cells.indices where reader.takeFlag() {
      machine.wavefront.deferred.append(cells[label])
      outline.grey &= ~(1 &<< UInt64(label))
      _ = machine.wavefront.worklist.remove(cells[label])
    }
  }

  private mutating func placeBuffers<Word: StateWord>(from reader: inout StateReader<Word>) {
    for thread in positions.indices {
      let count = reader.take(width: StateWidths.bufferCount)
      var buffer: [Reference] = []
      for index in 0..<BarrierBuffers.limit - 1 {
        let object = reference(reader.take(width: widths.reference))
        if index < count, let object { buffer.append(object) }
      }
      machine.wavefront.buffers[MutatorID(thread)] = buffer
    }
  }
}
