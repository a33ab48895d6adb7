/// What barriers do to the wavefront besides shading: they move it back, or scan by themselves.
extension Wavefront {
  /// Makes a black object grey again; it waits on the worklist, or, deferred, for termination.
  ///
  /// A scan of the object that is under way ends: all its slots will be scanned again.
  mutating func revert<O: Observer>(
    _ object: Reference, isDeferred: Bool, in ground: HeapTables, observer: inout O
  ) {
    guard ground.isObject(object), ground.color(of: object) == .black, !ground.isPointerFree(object)
    else { return }
    abandonScan(of: object)
    ground.setColor(.grey, of: object)
    if isDeferred {
      // Grey, but not for whoever takes all that waits on a page.
      if order == .bySpan { ground.setColorByte(ColorByte.taken, of: object) }
      deferred.append(object)
    } else if !faults.isOn(.revertIsNotListed) {
      push(object)
    }
    observer.observe(.reverted(object, isDeferred: isDeferred))
  }

  /// Moves the deferred objects to the worklist.
  mutating func requeueDeferred<O: Observer>(_ ground: HeapTables, observer: inout O) {
    for object in deferred where !faults.isOn(.deferredAreForgotten) {
      ground.setColor(.grey, of: object)
      push(object)
      observer.observe(.requeued(object))
    }
    deferred.removeAll()
  }

  /// Scans a grey object whole and makes it black, whoever else is half through it.
  mutating func scanAtOnce<O: Observer>(
    _ object: Reference, in ground: HeapTables, observer: inout O
  ) {
    guard ground.isObject(object), ground.color(of: object) == .grey else { return }
    _ = remove(object, ground)
    deferred.removeAll { $0 == object }
    for slot in 0..<ground.slotCount(of: object) {
      examine(slot, of: object, ground, observer: &observer)
    }
    blacken(object, ground, observer: &observer)
  }
}
