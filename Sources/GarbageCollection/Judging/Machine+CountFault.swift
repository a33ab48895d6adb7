/// The equations of counts, worked out from memory by walking over every place.
extension Machine {
  /// The first object whose count is not the number of references to it, or that is not on the
  /// list where its count belongs; nil when all are right.
  ///
  /// O(objects + slots). While trial deletion is under way, the references from what it has looked at
  /// are off the counts.
  public func firstCountFault() -> String? {
    guard countsReferences else { return nil }
    var expected: [Reference: Int] = [:]
    let isInTrial =
      phase == .trialMarking || phase == .trialScanning || phase == .trialCollecting
    let waiting = isInTrial ? Set(heap.counting.pending) : []
    let restoring = isInTrial ? Set(heap.counting.restoring) : []
    Oracle().forEachEdge(in: self) { edge in
      if isCounted(edge.place), !isDiscounted(edge.place, waiting, restoring) {
        expected[edge.target, default: 0] += 1
      }
    }
    var fault: String?
    var listedCount = 0
    heap.forEachObject { object in
      guard fault == nil else { return }
      let (count, right) = (heap.referenceCount(of: object), expected[object] ?? 0)
      if count != right { fault = "\(object) counts \(count) references and has \(right)" }
      let (isZero, isCandidate) = heap.lists(of: object)
      if !isInTrial, (count == 0) != isZero {
        fault = "\(object) counts \(count) and is \(isZero ? "" : "not ")in the table"
      }
      if heap.isListed(object) != (isZero != isCandidate) {
        fault = "\(object) does not stand where its header says"
      }
      listedCount += heap.isListed(object) ? 1 : 0
    }
    if listedCount != heap.counting.zeroCounts.count + heap.counting.candidates.count {
      fault = fault ?? "a list holds more than the objects that stand on it"
    }
    return fault
  }

  /// Whether trial deletion has taken the reference off the counts.
  private func isDiscounted(
    _ place: Location<Reference>, _ waiting: Set<Reference>, _ restoring: Set<Reference>
  ) -> Bool {
    guard case .slot(_, let owner) = place else { return false }
    return switch (phase, heap.trialColor(of: owner)) {
    case (.trialMarking, .gray): !waiting.contains(owner)
    case (.trialScanning, .gray), (.trialScanning, .white), (.trialCollecting, .white): true
    case (.trialScanning, .black): restoring.contains(owner)
    case (.trialCollecting, .black): waiting.contains(owner)
    default: false
    }
  }
}
