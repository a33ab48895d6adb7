extension Oracle {
  /// Unreachable objects that counting alone will never free: those that are left when whatever nobody
  /// refers to is taken away, and again, until everything left is referred to.
  ///
  /// None under collectors that do not count, nor while cycles are being searched for. Worked out from
  /// memory alone, without a look at counts. O(objects + slots).
  func leaked(in machine: borrowing Machine, reachable: ReferenceSet) -> ReferenceSet {
    var leaked = ReferenceSet()
    guard machine.settings.collector == .referenceCounting else { return leaked }
    switch machine.phase {
    case .trialMarking, .trialScanning, .trialCollecting: return leaked
    default: break
    }
    var inDegrees: [Reference: Int] = [:]
    var garbage: [Reference] = []
    let whereabouts = machine.whereabouts
    machine.heap.forEachObject { object in
      guard !reachable.contains(object) else { return }
      garbage.append(object)
      forEachTarget(of: object, in: machine.heap, whereabouts) {
        inDegrees[$1, default: 0] += 1
      }
    }
    var pending = garbage.filter { inDegrees[$0] == nil }
    while let object = pending.popLast() {
      forEachTarget(of: object, in: machine.heap, whereabouts) { _, target in
        inDegrees[target, default: 1] -= 1
        if inDegrees[target] == 0 { pending.append(target) }
      }
    }
    for object in garbage where inDegrees[object] ?? 0 > 0 { _ = leaked.insert(object) }
    return leaked
  }
}
