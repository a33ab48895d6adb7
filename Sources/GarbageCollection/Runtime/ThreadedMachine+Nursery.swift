import Synchronization

/// Births in the nursery, and collections of the young.
///
/// While nothing is marked, objects are born in the nursery, a piece of it for each mutator. Who finds it
/// full stops the world and promotes what lives of it, with the machine's own collector. Before a
/// collection of everything, the young are promoted, too; until its marking has ended, objects are born
/// old. (Births in the nursery all the time were tried: where much survives, the stops to promote it keep
/// the markers from their work, and more is promoted that would have died in its cell.)
extension ThreadedMachine {
  /// Bytes that a mutator is given of the nursery at a time.
  private static let pieceBytes = 32 << 10
  /// Objects of more bytes are born old.
  private static let largestYoungBytes = 4 << 10

  /// Lets an object be born in the nursery; nil where it has to be born old.
  ///
  /// - Throws: `ThreadError.heap` when not even a collection of everything makes room.
  func allocateYoung(
    _ header: ObjectHeader, for record: MutatorRecord
  ) throws(ThreadError) -> Reference? {
    let byteCount = machine.heap.standingBytes(header)
    guard byteCount <= ThreadedMachine.largestYoungBytes else { return nil }
    var attempt = 0
    while signals.isNursing {
      let words = UInt32(byteCount / Reference.granuleBytes)
      if let word = record.piece.take(words) {
        let object = Reference(word: word)
        machine.heap.allocator.arena.clear(at: object.offset, byteCount: byteCount)
        machine.heap.allocator.arena.storeHeader(header, at: object.offset)
        ground.setColorByte(ColorByte.white, of: object)
        return object
      }
      if takePiece(for: record) { continue }
      if let error = collectYoung(for: record) {
        attempt += 1
        guard attempt < 3 else { throw .heap(error) }
        collect(for: record)
      }
    }
    return nil
  }

  /// Gives a mutator the next piece of the nursery; false when there is none.
  private func takePiece(for record: MutatorRecord) -> Bool {
    monitor.withLock {
      // The cycle may have begun while we waited for the monitor.
      guard signals.isNursing, let space = machine.heap.space(.nursery) else { return true }
      let free = machine.heap.spaces[space].free
      let byteCount = min(ThreadedMachine.pieceBytes, machine.heap.spaces[space].end - free)
      guard byteCount >= ThreadedMachine.largestYoungBytes else { return false }
      machine.heap.spaces[space].free += byteCount
      record.piece.set(start: free, end: free + byteCount)
      record.receivedBytes.wrappingAdd(byteCount, ordering: .relaxed)
      return true
    }
  }

  /// Takes the pieces away, and what mutators have remembered; while no mutator runs.
  func gatherYoung() {
    guard settings.nurseryBytes > 0 else { return }
    for mutator in mutators {
      mutator.piece.retire()
      mutator.giveRemembered(to: &machine.heap.remembered)
    }
  }

  /// Stops the world and collects the young; what to say when the old have no room for them.
  ///
  /// Nothing is wrong, either, where another mutator has done it meanwhile, or a cycle has begun.
  private func collectYoung(for record: MutatorRecord) -> HeapError? {
    monitor.enter()
    defer { monitor.leave() }
    let before = minorCount
    leaveHeap(record)
    stopWorld()
    let begin = clock?() ?? 0
    defer {
      startWorld(hasNews: wantsCycle)
      if let clock { census.note(ThreadPause(begin: begin, end: clock())) }
      enterHeap(record)
    }
    guard !machine.phase.isMarking, minorCount == before else { return nil }
    guard promoteYoung(&machine) else { return machine.heap.oldAreFull() }
    if allocatedBytes.load(ordering: .relaxed) >= trigger.load(ordering: .relaxed) {
      askForCycle()
    }
    return nil
  }

  /// Promotes all that lives of the young; false, and nothing done, when there is no room among the old.
  ///
  /// While the world is stopped and nothing is marked.
  @discardableResult
  func promoteYoung(_ machine: inout Machine) -> Bool {
    guard settings.nurseryBytes > 0 else { return true }
    guard machine.heap.canSurelyPromoteAll || machine.heap.canPromoteAll() else { return false }
    let expected = settings.judges ? Oracle().reachable(in: machine).memberCount : 0
    let before = machine.collector.work.movedWords
    let committedEnd = machine.heap.allocator.committedEnd
    pacing.noteSwept(machine.collectYoung(countsBirths: true))
    minorCount += 1
    let byteCount = (machine.collector.work.movedWords - before) * 8
    promotedBytes += byteCount
    if machine.heap.allocator.committedEnd > committedEnd { provider?.noteGrowth() }
    if settings.judges { judge.judgePromotion(machine, expected: expected) }
    allocatedBytes.wrappingAdd(byteCount, ordering: .relaxed)
    return true
  }

  /// Cycles begun that collect everything.
  var begunCycleCount: Int { machine.collector.cycleCount - minorCount }

  /// Ends a collection that copies and that somebody has begun step by step: no mutator can run before.
  func finishCopying(_ machine: inout Machine) {
    var silent = SilentObserver()
    while machine.phase.isCopying { machine.advance(budget: .max, observer: &silent) }
  }
}

extension Heap {
  /// Whether free pages alone hold all the young, with what each class of cells wastes; no object is
  /// looked at.
  fileprivate var canSurelyPromoteAll: Bool {
    guard let nursery = space(.nursery) else { return true }
    // A cell wastes less than an eighth of itself, and a span at most an eighth.
    let pageCount = (spaces[nursery].usedBytes * 4 / 3 + Page.bytes - 1) / Page.bytes
    return allocator.canTakePages(pageCount + Heap.firstSpanPages)
  }

  /// A span of each class that young objects may come to stand in.
  private static let firstSpanPages = SizeClass.table.reduce(0) { $0 + 2 * $1.spanPages }
}
