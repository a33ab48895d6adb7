/// Counts and their lists in snapshots, and back.
extension Machine {
  func addCounting(
    to snapshot: inout Snapshot, _ objects: [Reference], _ numbers: [Reference: Int]
  ) {
    for (number, object) in objects.enumerated() {
      snapshot.objects[number].count = heap.referenceCount(of: object)
      snapshot.objects[number].trialColor = heap.trialColor(of: object)
    }
    var counting = Snapshot.Counting()
    counting.zeroCounts = heap.counting.zeroCounts.compactMap { numbers[$0] }
    counting.candidates = heap.counting.candidates.compactMap { numbers[$0] }
    counting.pending = heap.counting.pending.compactMap { numbers[$0] }
    counting.restoring = heap.counting.restoring.compactMap { numbers[$0] }
    counting.nextCandidate = collector.trial.nextCandidate
    counting.isEnding = collector.trial.isEnding
    snapshot.counting = counting
  }

  /// Gives the objects of a heap that has just been rebuilt their counts and places in lists.
  ///
  /// A snapshot without lists is of a heap nobody has counted yet: all references are.
  mutating func resumeCounting(_ snapshot: Snapshot, _ reference: (Int) -> Reference?) {
    guard let counting = snapshot.counting else { return countAll(snapshot, reference) }
    for (number, object) in snapshot.objects.enumerated() {
      guard let cell = reference(number) else { continue }
      heap.setCollectorWord(UInt32(object.count), of: cell)
      heap.setTrialColor(object.trialColor, of: cell)
    }
    for object in counting.zeroCounts.compactMap(reference) { heap.listZero(object) }
    for object in counting.candidates.compactMap(reference) { heap.listCandidate(object) }
    heap.counting.pending = counting.pending.compactMap(reference)
    heap.counting.restoring = counting.restoring.compactMap(reference)
    collector.trial = TrialCursor(
      nextCandidate: counting.nextCandidate, isEnding: counting.isEnding)
  }

  private mutating func countAll(_ snapshot: Snapshot, _ reference: (Int) -> Reference?) {
    var silent = SilentObserver()
    for number in snapshot.objects.indices {
      if let object = reference(number) { heap.listZero(object) }
    }
    var targets: [Reference] = []
    Oracle().forEachEdge(in: self) { if isCounted($0.place) { targets.append($0.target) } }
    for target in targets { heap.increment(target, observer: &silent) }
  }
}
