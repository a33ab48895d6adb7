/// What the next step of a collector that copies, or marks the young where they stand, may give up.
extension Machine {
  /// What is given up if the next step is the last of copying; nothing when another object is
  /// scanned.
  var abandonedNext: [Reference] {
    guard phase == .copying, worklist.isEmpty else { return [] }
    var objects: [Reference] = []
    heap.forEachObject { if heap.isInFromSpace($0) { objects.append($0) } }
    return objects
  }

  /// The young that are given up if the next step ends marking.
  var whiteYoung: [Reference] {
    guard settings.collector == .generational else { return [] }
    var objects: [Reference] = []
    heap.forEachYoung { if heap.color(of: $0) == .white { objects.append($0) } }
    return objects
  }
}
