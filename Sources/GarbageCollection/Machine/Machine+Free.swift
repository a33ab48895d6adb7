/// Memory given back by the program itself, beside the collector.
extension Machine {
  /// Frees the object that `base` refers to, or refuses a double free.
  ///
  /// Refused is what dangles into a free cell. A reused cell looks sound from here; only a history of
  /// the objects can tell. What still refers to the object dangles from now on, which a marker
  /// without `checksReferences` would follow: an unobserved program must not leave such places.
  mutating func free<O: Observer>(
    _ base: Base, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) {
    guard let object = object(at: base) else { throw .freedNil }
    guard heap.isObject(object) else { return observer.observe(.refusedFree(object)) }
    wavefront.forget(object, heap.tables)
    let route: Route
    if heap.space(of: object) != nil {
      heap.reclaim(object)
      route = Route(tier: .space)
    } else {
      route = heap.free(object, by: mutator)
    }
    heap.remembered.forget { $0 == object }
    observer.observe(.released(object, along: route))
    // The sweep ends with its last cell, and this may have been it.
    if phase == .sweeping { collector.finishSweepIfDone(heap, settings.sweep, observer: &observer) }
  }
}
