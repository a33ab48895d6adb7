/// Ways through the heap, for explanations: why is this alive, and will marking find it?
extension Oracle {
  /// A shortest chain of places from a root to `target`; nil when no root reaches it.
  ///
  /// The first place is a root, the last one refers to `target`.
  public func pathFromRoot(
    to target: Reference, in machine: borrowing Machine
  ) -> [Location<Reference>]? {
    let whereabouts = machine.whereabouts
    let starts = rootEdges(in: machine, whereabouts)
    return shortestPath(from: starts, to: target, in: machine.heap, whereabouts) { _ in true }
  }

  /// A shortest chain of places from a root that is still to be scanned through white objects to
  /// `target`: what protects an object that no grey one reaches.
  public func pathFromGreyRoot(
    to target: Reference, in machine: borrowing Machine
  ) -> [Location<Reference>]? {
    let whereabouts = machine.whereabouts
    let starts = rootEdges(in: machine, whereabouts).filter { isGrey($0.place, machine) }
    let whites = machine.whiteObjects()
    return shortestPath(from: starts, to: target, in: machine.heap, whereabouts) {
      whites.contains($0)
    }
  }

  /// A shortest chain of places from a grey object through white ones to `target`.
  ///
  /// The object being scanned counts as grey as far as its slots still have to be scanned, even
  /// where it is blackened first.
  public func pathFromGrey(
    to target: Reference, in machine: borrowing Machine
  ) -> [Location<Reference>]? {
    let whereabouts = machine.whereabouts
    var starts: [Edge] = []
    let scan = machine.partialScan
    machine.heap.forEachObject { object in
      let isBeingScanned = scan?.object == object
      guard isBeingScanned || machine.heap.color(of: object) == .grey else { return }
      let firstSlot = isBeingScanned ? scan?.nextSlot ?? 0 : 0
      forEachTarget(of: object, in: machine.heap, whereabouts) { slot, found in
        if slot >= firstSlot { starts.append(Edge(place: .slot(slot, of: object), target: found)) }
      }
    }
    let whites = machine.whiteObjects()
    return shortestPath(from: starts, to: target, in: machine.heap, whereabouts) {
      whites.contains($0)
    }
  }

  private func rootEdges(
    in machine: borrowing Machine, _ whereabouts: Whereabouts
  ) -> [Edge] {
    var edges: [Edge] = []
    machine.roots.forEachPlace { place, value in
      guard let value, !machine.roots.isRaw(place) else { return }
      edges.append(
        Edge(place: place, target: whereabouts.object(value, in: place, machine.heap)))
    }
    return edges
  }

  /// Breadth first through objects that satisfy `mayCross`.
  private func shortestPath(
    from starts: [Edge], to target: Reference, in heap: borrowing Heap,
    _ whereabouts: Whereabouts, mayCross: (Reference) -> Bool
  ) -> [Location<Reference>]? {
    var queue = starts
    var parents = [Int?](repeating: nil, count: starts.count)
    var seen: Set<Reference> = []
    var next = 0
    while next < queue.count {
      let object = queue[next].target
      if object == target {
        var path: [Location<Reference>] = []
        var step: Int? = next
        while let index = step {
          path.append(queue[index].place)
          step = parents[index]
        }
        return path.reversed()
      }
      if mayCross(object), seen.insert(object).inserted {
        forEachTarget(of: object, in: heap, whereabouts) { slot, found in
          queue.append(Edge(place: .slot(slot, of: object), target: found))
          parents.append(next)
        }
      }
      next += 1
    }
    return nil
  }
}

extension Machine {
  fileprivate borrowing func whiteObjects() -> Set<Reference> {
    var whites: Set<Reference> = []
    heap.forEachObject { object in
      if heap.color(of: object) == .white { whites.insert(object) }
    }
    return whites
  }
}
