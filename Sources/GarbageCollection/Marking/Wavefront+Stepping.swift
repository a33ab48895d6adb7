/// Scanning slot by slot, whatever the granularity, for who wants to see each slot.
extension Wavefront {
  /// Takes the next grey object, or examines one slot of the object taken last; the units of work done.
  ///
  /// 0 when there is none: pages may wait whose objects other markers have scanned.
  mutating func advanceBySlot<O: Observer>(_ ground: HeapTables, observer: inout O) -> Int {
    if scan != nil { return continueScan(ground, observer: &observer) }
    guard let object = isExhausted ? nil : pop(ground) else { return 0 }
    if ground.slotCount(of: object) > 0 {
      scan = PartialScan(object: object, nextSlot: 0)
      observer.observe(.beganScan(object))
    } else {
      blacken(object, ground, observer: &observer)
    }
    return 1
  }

  /// The first `limit` objects that will be scanned if none comes to them.
  func next(_ limit: Int, _ ground: HeapTables) -> [Reference] {
    switch order {
    case .bySpan: Array(pages.objects(ground, limit: limit).prefix(limit))
    case .firstInFirstOut: (0..<min(limit, worklist.count)).map { worklist[$0] }
    case .lastInFirstOut:
      (0..<min(limit, worklist.count)).map { worklist[worklist.count - 1 - $0] }
    }
  }
}
