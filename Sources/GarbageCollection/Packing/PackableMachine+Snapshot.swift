extension PackableMachine {
  /// Sets the machine to the state of a snapshot, in which each object is given a label.
  ///
  /// - Parameter labels: by number in the snapshot.
  /// - Precondition: stacks, globals and objects are those of the layout, at the positions given before,
  ///   and no half-done store writes into an object that was freed.
  public mutating func set(_ snapshot: Snapshot, labels: [Int]) {
    gatherCells(for: .main)
    let reference = { [cells] (number: Int?) in number.map { cells[labels[$0]] } }
    for number in snapshot.stacks.indices {
      let frames = snapshot.stacks[number].frames
      machine.roots.stacks[number].isScanned = snapshot.stacks[number].isScanned
      machine.roots.stacks[number].isEnded = snapshot.stacks[number].isEnded
      machine.roots.stacks[number].values = frames.flatMap { frame in
        frame.variables.map { reference($0.value) }
      }
    }
    for number in snapshot.globals.indices {
      machine.roots.globals[number].value = reference(snapshot.globals[number].value)
      machine.roots.globals[number].isScanned = snapshot.globals[number].isScanned
    }
    setObjects(of: snapshot, labels)
    machine.wavefront.worklist.removeAll()
    machine.wavefront.deferred = snapshot.deferred.map { cells[labels[$0]] }
    for thread in positions.indices {
      let buffer = snapshot.buffers.indices.contains(thread) ? snapshot.buffers[thread] : []
      machine.wavefront.buffers[MutatorID(thread)] = buffer.map { cells[labels[$0]] }
    }
    for number in snapshot.worklist { machine.wavefront.worklist.push(cells[labels[number]]) }
    machine.wavefront.resume(
      snapshot.scan.map {
        PartialScan(object: cells[labels[$0.object]], nextSlot: $0.nextSlot)
      })
    machine.collector = Collector(.markSweep, phase: snapshot.phase)
    machine.pendingStores = snapshot.stores.map { store in
      var pending = PendingStore(
        place: store.place.map { cells[labels[$0]] }, new: reference(store.new),
        mutator: store.mutator, access: store.access)
      pending.wasMarking = store.wasMarking
      pending.old = reference(store.old)
      pending.nextInstruction = store.nextInstruction
      return pending
    }
  }

  private mutating func setObjects(of snapshot: Snapshot, _ labels: [Int]) {
    var existing: UInt64 = 0
    for (number, object) in snapshot.objects.enumerated() {
      let cell = cells[labels[number]]
      existing |= 1 << UInt64(labels[number])
      machine.heap.allocator.arena.store64(headers[labels[number]], at: cell.offset)
      machine.heap.setColor(object.color, of: cell)
      for (slot, value) in object.slots.enumerated() {
        machine.heap.store(value.map { cells[labels[$0]] }, in: slot, of: cell)
      }
    }
    arrange(existing)
  }
}
