import GarbageCollection

/// A snapshot whose objects keep their names when others are freed.
///
/// A snapshot numbers objects by address; here `labels[number]` says which of the objects it is.
struct LabelledSnapshot: Hashable {
  var snapshot: Snapshot
  var labels: [ObjectLabel]

  init(_ snapshot: Snapshot, labels: [ObjectLabel]) {
    precondition(labels.count == snapshot.objects.count, "each object has a label")
    self.snapshot = snapshot
    self.labels = labels
  }

  /// The snapshot's number for the object of that name; nil when there is none.
  func number(of label: ObjectLabel) -> Int? { labels.firstIndex(of: label) }
}

extension LabelledSnapshot {
  /// The same state with its objects numbered by label, its worklist in that order, and without what
  /// the next steps overwrite before they read it.
  var canonical: LabelledSnapshot {
    let order = labels.indices.sorted { labels[$0] < labels[$1] }
    var numbers = [Int](repeating: 0, count: order.count)
    for (number, former) in order.enumerated() { numbers[former] = number }
    var result = snapshot
    result.objects = order.map { snapshot.objects[$0] }
    result.renameObjects { numbers[$0] }
    result.worklist.sort()
    result.nextRescan = 0
    return LabelledSnapshot(result, labels: order.map { labels[$0] })
  }
}

extension Snapshot {
  /// Gives every reference to an object another number; nil drops it.
  mutating func renameObjects(_ rename: (Int) -> Int?) {
    for object in objects.indices {
      objects[object].slots = objects[object].slots.map { $0.flatMap(rename) }
    }
    for stack in stacks.indices {
      for frame in stacks[stack].frames.indices {
        for variable in stacks[stack].frames[frame].variables.indices {
          stacks[stack].frames[frame].variables[variable].value =
            stacks[stack].frames[frame].variables[variable].value.flatMap(rename)
        }
      }
    }
    worklist = worklist.compactMap(rename)
    scan = scan.flatMap { scan in
      rename(scan.object).map { Scan(object: $0, nextSlot: scan.nextSlot) }
    }
    for index in stores.indices {
      // A place whose object has been freed has a negative number and keeps it.
      stores[index].place = stores[index].place.map { $0 < 0 ? $0 : rename($0) ?? -1 }
      stores[index].new = stores[index].new.flatMap(rename)
      stores[index].old = stores[index].old.flatMap(rename)
    }
  }
}
