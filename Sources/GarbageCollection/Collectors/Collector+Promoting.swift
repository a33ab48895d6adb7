/// A collection of the young in one go, where nobody watches.
extension Collector {
  /// Does what the steps from `startMinor` on do, in another order.
  ///
  /// Nobody sees the colours on the way, so what is promoted is white at once. For heaps where all that
  /// survive are promoted.
  ///
  /// Other than the steps, it may also come while a lazy sweep is under way: cells are those of swept
  /// spans.
  ///
  /// - Precondition: nothing is being marked, and the old have room for all the young.
  /// - Parameter countsBirths: whether nobody has counted births in the nursery; those that survive are
  ///   counted now.
  /// - Returns: what was swept to find room.
  mutating func collectYoung(
    _ heap: inout Heap, _ roots: inout Roots, countsBirths: Bool
  ) -> SweptBytes {
    precondition(phase == .idle || phase == .sweeping, "young objects are white")
    guard heap.space(.nursery) != nil, heap.copySpace == nil else {
      preconditionFailure("the young are born in a nursery, and survivors promoted")
    }
    var silent = SilentObserver()
    cycleCount += 1
    isMajor = false
    roots.noteAllScanned()
    heap.remembered.beginScan()
    var promoter = Promoter(heap, sweeps: phase == .sweeping)
    var units = roots.forEachWord { promoter.forward($0, &heap) }
    while let slot = heap.remembered.takePending() {
      units += promoteTarget(of: slot, &heap, &promoter)
    }
    units += promoter.promoteReachable(&heap) + 1
    work.add(units + promoter.movedWords / 2, in: .copying)
    work.movedObjects += promoter.movedObjects
    work.movedWords += promoter.movedWords
    heap.promotedCount += promoter.movedObjects - heap.promoted.count
    heap.promoted.removeAll()
    if countsBirths { heap.bumpCount += promoter.movedObjects }
    heap.abandonFromSpaces(observer: &silent)
    return promoter.swept
  }

  private func promoteTarget(
    of slot: RememberedSet.Slot, _ heap: inout Heap, _ promoter: inout Promoter
  ) -> Int {
    guard heap.isObject(slot.object), slot.number < heap.slotCount(of: slot.object) else {
      return 1
    }
    if let found = heap.load(slot.number, of: slot.object) {
      let word = promoter.forward(found.word, &heap)
      heap.store(Reference(word: word), in: slot.number, of: slot.object)
    }
    return 2
  }
}

extension Machine {
  /// Collects the young in one go, while no mutator runs; see `Collector.collectYoung`.
  mutating func collectYoung(countsBirths: Bool = false) -> SweptBytes {
    collector.collectYoung(&heap, &roots, countsBirths: countsBirths)
  }
}
