/// What barriers do to the wavefront besides shading: they move it back, or scan by themselves.
extension Wavefront {
  /// Makes a black object grey again; it waits on the worklist, or, deferred, for termination.
  ///
  /// A scan of the object that is under way ends: all its slots will be scanned again.
  mutating func revert<O: Observer>(
    _ object: Reference, isDeferred: Bool, in heap: inout Heap, observer: inout O
  ) {
    guard heap.isObject(object), heap.color(of: object) == .black, !heap.isPointerFree(object)
    else { return }
    abandonScan(of: object)
    heap.setColor(.grey, of: object)
    if isDeferred {
      deferred.append(object)
    } else if !faults.isOn(.revertIsNotListed) {
      worklist.push(object)
    }
    observer.observe(.reverted(object, isDeferred: isDeferred))
  }

  /// Moves the deferred objects to the worklist.
  mutating func requeueDeferred<O: Observer>(observer: inout O) {
    for object in deferred where !faults.isOn(.deferredAreForgotten) {
      worklist.push(object)
      observer.observe(.requeued(object))
    }
    deferred.removeAll()
  }

  /// Scans a grey object whole and makes it black, whoever else is half through it.
  mutating func scanAtOnce<O: Observer>(
    _ object: Reference, in heap: inout Heap, observer: inout O
  ) {
    guard heap.isObject(object), heap.color(of: object) == .grey else { return }
    _ = worklist.remove(object)
    deferred.removeAll { $0 == object }
    for slot in 0..<heap.scannedSlotCount(of: object) {
      examine(slot, of: object, &heap, observer: &observer)
    }
    blacken(object, &heap, observer: &observer)
  }
}
