/// Mutators come and go: each has a stack, a cache, and at most one half-done store.
extension Machine {
  /// A thread born while marking is black: its stack is empty, so there is nothing to scan.
  mutating func startThread<O: Observer>(
    named name: String, observer: inout O
  ) throws(MachineError) {
    guard roots.mutator(named: name) == nil else { throw .threadNameTaken(name) }
    let mutator = MutatorID(roots.stacks.count)
    do throws(HeapError) {
      try heap.openCache(of: mutator)
    } catch { throw .heap(error) }
    var stack = Roots.Stack()
    stack.thread = name
    stack.isScanned = phase.isMarking || phase.isCopying
    roots.stacks.append(stack)
    observer.observe(.startedThread(mutator))
  }

  /// The stack of an ended thread stays, empty and scanned, so that numbers of mutators last.
  mutating func endThread<O: Observer>(
    _ mutator: MutatorID, by actor: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard mutator != .main else { throw .mainThreadStays }
    guard mutator != actor else { throw .threadJoinsItself }
    guard roots.stacks.indices.contains(mutator.index) else { throw .noSuchThread }
    guard !roots.stacks[mutator.index].isEnded else {
      throw .threadHasEnded(roots.stacks[mutator.index].thread)
    }
    guard pendingStore(of: mutator) == nil else { throw .storeIsHalfDone }
    if wavefront.buffers.areFlushedInTime {
      wavefront.flush(mutator, in: heap.tables, observer: &observer)
    }
    let held = countsReferences ? roots.stacks[mutator.index].references : []
    roots.stacks[mutator.index].removeFrames()
    roots.stacks[mutator.index].isEnded = true
    roots.stacks[mutator.index].isScanned = true
    observer.observe(.endedThread(mutator, along: heap.closeCache(of: mutator)))
    if countsReferences { letGo(of: held, by: actor, observer: &observer) }
    // It may have been the last root to scan.
    collector.leaveRootsIfDone(roots, observer: &observer)
  }
}
