extension Machine {
  /// The state without addresses.
  ///
  /// References to freed cells read as nil.
  public var snapshot: Snapshot {
    var numbers: [Reference: Int] = [:]
    var objects: [Reference] = []
    heap.forEachObject { object in
      numbers[object] = objects.count
      objects.append(object)
    }
    let whereabouts = whereabouts
    let number = { (reference: Reference?) in reference.flatMap { numbers[$0] } }
    func meant(_ value: Reference?, _ place: Location<Reference>) -> Int? {
      value.flatMap { numbers[whereabouts.object($0, in: place, heap)] }
    }
    var snapshot = Snapshot()
    snapshot.objects = objects.map { object in
      Snapshot.Object(
        slots: (0..<heap.slotCount(of: object)).map {
          meant(heap.load($0, of: object), .slot($0, of: object))
        },
        payloadBytes: heap.header(of: object).payloadBytes,
        color: isSweepingLazily && heap.isSwept(object) ? .black : heap.color(of: object),
        sharesCell: object.block != object && heap.isObject(object.block),
        standing: standing(of: object))
    }
    snapshot.globals = roots.globals.enumerated().map { index, global in
      Snapshot.Global(
        name: global.name, value: meant(global.value, .global(index)),
        isScanned: global.isScanned)
    }
    snapshot.stacks = roots.stacks.enumerated().map { index, stack in
      Snapshot.Stack(stack) { value, variable, frame in
        meant(value, .variable(variable, frame: frame, of: MutatorID(index)))
      }
    }
    snapshot.phase = phase
    addSpaces(to: &snapshot, number)
    snapshot.worklist = worklist.compactMap(number)
    snapshot.deferred = wavefront.deferred.compactMap(number)
    if !wavefront.buffers.isEmpty {
      snapshot.buffers = roots.stacks.indices.map {
        wavefront.buffers[MutatorID($0)].compactMap(number)
      }
    }
    snapshot.scan = partialScan.flatMap { scan in
      numbers[scan.object].map { Snapshot.Scan(object: $0, nextSlot: scan.nextSlot) }
    }
    snapshot.nextSwept =
      phase == .sweeping ? number(heap.firstObject(from: collector.sweepOffset)) : nil
    snapshot.nextCompacted =
      phase.isCompacting ? number(heap.firstCell(from: collector.compaction.offset)) : nil
    snapshot.nextRescan = collector.nextRescan
    if countsReferences { addCounting(to: &snapshot, objects, numbers) }
    snapshot.stores = pendingStores.map { store in
      Snapshot.Store(
        place: store.place.map { number($0) ?? -1 }, new: number(store.new),
        old: number(store.old), nextInstruction: store.nextInstruction, mutator: store.mutator,
        access: store.access, wasMarking: store.wasMarking)
    }
    return snapshot
  }

  /// A machine in the state of `snapshot`.
  ///
  /// - Precondition: numbers in the snapshot name objects of the snapshot.
  public static func restored(
    from snapshot: Snapshot, _ settings: Settings
  ) throws(HeapError) -> Machine {
    var machine = try Machine(settings)
    for number in snapshot.stacks.indices.dropFirst() where !snapshot.stacks[number].isEnded {
      try machine.heap.openCache(of: MutatorID(number))
    }
    let objects = try machine.rebuildObjects(of: snapshot)
    machine.restore(snapshot) { number in number.map { $0 < 0 ? .nowhere : objects[$0] } }
    return machine
  }

  private mutating func rebuildObjects(of snapshot: Snapshot) throws(HeapError) -> [Reference] {
    var objects = rebuildSpaces(of: snapshot)
    for object in snapshot.objects[objects.count...] {
      let header = ObjectHeader(
        slotCount: object.slots.count, payloadBytes: object.payloadBytes)
      objects.append(
        try heap.append(
          header, color: object.color, after: objects.last, sharesCell: object.sharesCell))
    }
    for (number, object) in snapshot.objects.enumerated() {
      for (slot, value) in object.slots.enumerated() {
        heap.store(value.map { objects[$0] }, in: slot, of: objects[number])
      }
    }
    return objects
  }

  private mutating func restore(_ snapshot: Snapshot, _ reference: (Int?) -> Reference?) {
    roots.globals = snapshot.globals.map {
      Roots.Global(name: $0.name, value: reference($0.value), isScanned: $0.isScanned)
    }
    roots.stacks = snapshot.stacks.map { $0.stack(reference) }
    // A space is its own worklist.
    for number in snapshot.worklist
    where !snapshot.phase.isCopying || snapshot.objects[number].standing == nil {
      if let object = reference(number) { wavefront.push(object) }
    }
    wavefront.deferred = snapshot.deferred.compactMap(reference)
    for (mutator, list) in snapshot.buffers.enumerated() {
      wavefront.buffers[MutatorID(mutator)] = list.compactMap(reference)
    }
    wavefront.resume(
      snapshot.scan.flatMap { scan in
        reference(scan.object).map { PartialScan(object: $0, nextSlot: scan.nextSlot) }
      })
    collector = Collector(
      settings.collector, phase: snapshot.phase,
      sweepOffset: reference(snapshot.nextSwept)?.offset ?? 0, nextRescan: snapshot.nextRescan)
    restoreGenerations(snapshot, reference)
    if countsReferences { resumeCounting(snapshot) { reference($0) } }
    if phase.isCompacting { resumeCompaction(at: reference(snapshot.nextCompacted)) }
    if isSweepingLazily { heap.beginSweep(isLazy: true) }
    pendingStores = snapshot.stores.map { store in
      var pending = PendingStore(
        place: store.place.map { reference($0) ?? .nowhere },
        new: reference(store.new), mutator: store.mutator, access: store.access)
      pending.wasMarking = store.wasMarking
      pending.old = reference(store.old)
      pending.nextInstruction = store.nextInstruction
      return pending
    }
  }
}

extension Reference {
  /// What a half-done store refers to whose object has been freed meanwhile; no arena reaches there.
  fileprivate static let nowhere = Reference(word: .max)
}

extension Snapshot.Stack {
  /// - Parameter number: of the object that a value means, given the variable and its frame.
  fileprivate init(_ stack: Roots.Stack, number: (Reference?, Int, Int) -> Int?) {
    frames = stack.frames.enumerated().map { depth, frame in
      Snapshot.Frame(
        name: frame.name,
        variables: frame.variables.enumerated().map { index, variable in
          Snapshot.Variable(
            name: variable.name, value: number(variable.value, index, depth),
            isRaw: variable.isRaw)
        })
    }
    isScanned = stack.isScanned
    thread = stack.thread
    isEnded = stack.isEnded
  }

  fileprivate func stack(_ reference: (Int?) -> Reference?) -> Roots.Stack {
    var stack = Roots.Stack(
      frames: frames.map { frame in
        Roots.Frame(
          name: frame.name,
          variables: frame.variables.map {
            Roots.Variable(name: $0.name, value: reference($0.value), isRaw: $0.isRaw)
          })
      })
    stack.isScanned = isScanned
    stack.thread = thread
    stack.isEnded = isEnded
    return stack
  }
}

extension Machine {
  /// Goes on with compaction in a heap that has just been rebuilt by address.
  ///
  /// The objects stand close together but for dead ones, so that most stay where they are.
  private mutating func resumeCompaction(at next: Reference?) {
    heap.makeOneSpace()
    var target = heap.spaces[0].start
    let end = heap.spaces[0].free
    let cursor = next?.offset ?? end
    var objects: [Reference] = []
    heap.forEachObject { objects.append($0) }
    for object in objects where phase != .forwarding || object.offset < cursor {
      heap.setCollectorWord(UInt32(target / Reference.granuleBytes), of: object)
      target += heap.standingBytes(of: object)
    }
    collector.compaction = CompactionCursor(offset: cursor, target: target)
    if phase != .forwarding { slideRebuilt(below: cursor) }
  }
}

extension Machine {
  /// Does again what the passes had done when the snapshot was taken: references below `cursor` mean
  /// new places, and, once objects move, those below it stand there.
  private mutating func slideRebuilt(below cursor: Int) {
    var objects: [Reference] = []
    heap.forEachObject { objects.append($0) }
    let isMoving = phase == .moving
    for object in objects where isMoving || object.offset < cursor {
      for slot in 0..<heap.slotCount(of: object) {
        guard let found = heap.load(slot, of: object) else { continue }
        heap.store(Reference(word: heap.collectorWord(of: found)), in: slot, of: object)
      }
    }
    var places: [(Location<Reference>, Reference)] = []
    roots.forEachPlace { place, value in
      guard let value else { return }
      // Nobody updates a raw address: it means what stands there now.
      let isDone =
        roots.isRaw(place)
        ? isMoving && value.offset < cursor : isMoving || roots.isScanned(place)
      if isDone { places.append((place, value)) }
    }
    for (place, value) in places { roots[place] = Reference(word: heap.collectorWord(of: value)) }
    for object in objects where isMoving && object.offset < cursor {
      let target = Reference(word: heap.collectorWord(of: object))
      heap.setCollectorWord(0, of: object)
      heap.move(object, to: target, color: .white)
    }
  }
}
