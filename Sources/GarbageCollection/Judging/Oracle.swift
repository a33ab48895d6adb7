/// The independent judge: recomputes from memory what is reachable and which promises hold.
///
/// Shares nothing with the marker: it walks from the roots by itself, reading only headers and slots,
/// and looks at colours only to judge the claims that are about colours. O(objects + slots).
public struct Oracle {
  /// The slots of objects that were freed while reachable, by the cells they stood in.
  ///
  /// What hung from a lost object is reachable in the program's eyes though its cell is poison now.
  let lostSlots: [Reference: [Reference]]

  public init(lostSlots: [Reference: [Reference]] = [:]) { self.lostSlots = lostSlots }
}

/// One place and the object it refers to.
public struct Edge: Hashable, Sendable {
  public let place: Location<Reference>
  public let target: Reference
}

extension Oracle {
  /// Everything that can be reached from the roots, lost objects' cells included; a raw address
  /// reaches nothing.
  public func reachable(in machine: borrowing Machine) -> ReferenceSet {
    let whereabouts = machine.whereabouts
    var pending: [Reference] = []
    machine.roots.forEachPlace { place, value in
      guard let value, !machine.roots.isRaw(place) else { return }
      pending.append(whereabouts.object(value, in: place, machine.heap))
    }
    var seen = ReferenceSet()
    while let object = pending.popLast() {
      guard seen.insert(object) else { continue }
      forEachTarget(of: object, in: machine.heap, whereabouts) { pending.append($1) }
    }
    return seen
  }

  /// The slots of `object` that refer to something; of a freed one, what is remembered of it.
  func forEachTarget(
    of object: Reference, in heap: borrowing Heap, _ whereabouts: Whereabouts,
    _ body: (Int, Reference) -> Void
  ) {
    guard heap.isObject(object) else {
      for (slot, target) in (lostSlots[object] ?? []).enumerated() { body(slot, target) }
      return
    }
    for slot in 0..<heap.header(of: object).slotCount {
      if let target = heap.load(slot, of: object) {
        body(slot, whereabouts.object(target, in: .slot(slot, of: object), heap))
      }
    }
  }

  /// Every place, in roots and in all objects by address, that refers to something; the target is where
  /// the object stands that is meant.
  public func forEachEdge(in machine: borrowing Machine, _ body: (Edge) -> Void) {
    let whereabouts = machine.whereabouts
    machine.roots.forEachPlace { place, value in
      guard let value else { return }
      body(Edge(place: place, target: whereabouts.object(value, in: place, machine.heap)))
    }
    machine.heap.forEachObject { object in
      forEachTarget(of: object, in: machine.heap, whereabouts) { slot, target in
        body(Edge(place: .slot(slot, of: object), target: target))
      }
    }
  }
}
