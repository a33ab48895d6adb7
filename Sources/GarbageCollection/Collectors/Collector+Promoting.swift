/// A collection of the young in one go, where nobody watches.
extension Collector {
  /// Does what the steps from `startMinor` on do, with the same result, object by object.
  ///
  /// Nobody sees the colours on the way, so what is promoted is white at once. For heaps where all that
  /// survive are promoted.
  ///
  /// - Precondition: no cycle is under way, and the old have room for all the young.
  mutating func collectYoung(_ heap: inout Heap, _ roots: inout Roots) {
    var silent = SilentObserver()
    guard heap.space(.nursery) != nil, heap.copySpace == nil else {
      preconditionFailure("the young are born in a nursery, and survivors promoted")
    }
    startMinor(&heap, &roots, observer: &silent)
    var promoter = Promoter(heap, YoungRange(nurseryOf: heap))
    if phase == .flipping {
      var units = roots.forEachWord { promoter.forward($0, &heap) }
      while let slot = heap.remembered.takePending() {
        units += 1
        guard heap.isObject(slot.object), slot.number < heap.slotCount(of: slot.object) else {
          continue
        }
        units += 1
        guard let found = heap.load(slot.number, of: slot.object) else { continue }
        let word = promoter.forward(found.word, &heap)
        heap.store(Reference(word: word), in: slot.number, of: slot.object)
      }
      work.add(units, in: .flipping)
      enter(.copying, observer: &silent)
    }
    work.add(promoter.promoteReachable(&heap) + 1 + promoter.movedWords / 2, in: .copying)
    work.movedObjects += promoter.movedObjects
    work.movedWords += promoter.movedWords
    heap.abandonFromSpaces(observer: &silent)
    heap.whitenCopies()
    enter(.idle, observer: &silent)
  }
}

extension Machine {
  /// Collects the young in one go, while no mutator runs; see `Collector.collectYoung`.
  mutating func collectYoung() { collector.collectYoung(&heap, &roots) }
}
