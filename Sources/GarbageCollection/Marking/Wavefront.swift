/// The boundary between black and white: the worklist and the object whose slots are being scanned.
///
/// Everything that may turn an object grey or black goes through here: root scans, object scans,
/// barriers, births.
struct Wavefront: ~Copyable {
  var worklist = Worklist()
  /// The object being scanned slot by slot, if any; it is on no list.
  private(set) var scan: PartialScan?
  /// Grey objects that wait for termination, in the order they became dirty; they are on no other
  /// list.
  var deferred: [Reference] = []
  var buffers: BarrierBuffers
  let order: WorklistOrder
  let granularity: ScanGranularity
  let faults: FaultSwitch

  init(
    order: WorklistOrder, granularity: ScanGranularity, buffers: BufferPolicy = .off,
    faults: FaultSwitch = FaultSwitch()
  ) {
    self.faults = faults
    self.order = order
    self.granularity = granularity
    self.buffers = BarrierBuffers(buffers)
  }

  borrowing func copy() -> Wavefront {
    var copy = Wavefront(order: order, granularity: granularity, faults: faults)
    copy.worklist = worklist.copy()
    copy.scan = scan
    copy.deferred = deferred
    copy.buffers = buffers
    return copy
  }

  /// Goes on with a scan that was under way elsewhere.
  mutating func resume(_ scan: PartialScan?) { self.scan = scan }

  /// Whether no object waits to be scanned but the deferred ones.
  var isExhausted: Bool { worklist.isEmpty && scan == nil }
}

/// How far the scan of an object has come.
public struct PartialScan: Hashable, Sendable {
  public let object: Reference
  /// The next slot to examine, 0-based; those before it are done.
  public internal(set) var nextSlot: Int
}

extension Wavefront {
  /// Turns a white object grey and puts it on the worklist; anything else is left alone.
  ///
  /// An object without references turns black at once: its span says that there is nothing to scan, so
  /// it is never read (Go's `greyobject`, runtime/mgcmark.go).
  @inline(__always)
  mutating func shade<O: Observer>(
    _ object: Reference, by cause: @autoclosure () -> ShadeCause<Reference>,
    foundIn place: @autoclosure () -> Location<Reference>, in heap: inout Heap,
    observer: inout O
  ) {
    if O.checksReferences, !heap.isObject(object) {
      observer.observe(.metDangling(place()))
      return
    }
    guard heap.color(of: object) == .white else { return }
    if heap.isPointerFree(object) {
      heap.setColor(.black, of: object)
      return observer.observe(.marked(object, by: cause()))
    }
    if faults.isOn(.shadeBlackens) { return heap.setColor(.black, of: object) }
    heap.setColor(.grey, of: object)
    if !faults.isOn(.greyIsNotListed) { worklist.push(object) }
    observer.observe(.shaded(object, by: cause()))
  }

  /// Scans the next grey object, or its next slot; the number of units of work done.
  ///
  /// - Precondition: the wavefront is not exhausted.
  mutating func advance<O: Observer>(_ heap: inout Heap, observer: inout O) -> Int {
    if scan != nil { return continueScan(&heap, observer: &observer) }
    guard let object = worklist.pop(order) else {
      preconditionFailure("an exhausted wavefront cannot advance")
    }
    return beginScan(of: object, &heap, observer: &observer)
  }

  /// Scans this grey object next, whatever the order, or goes on with it; nil when it is not on the
  /// worklist or another one is being scanned.
  mutating func advance<O: Observer>(
    scanning object: Reference, _ heap: inout Heap, observer: inout O
  ) -> Int? {
    if scan?.object == object { return continueScan(&heap, observer: &observer) }
    guard scan == nil, worklist.remove(object) else { return nil }
    return beginScan(of: object, &heap, observer: &observer)
  }

  private mutating func beginScan<O: Observer>(
    of object: Reference, _ heap: inout Heap, observer: inout O
  ) -> Int {
    switch granularity {
    case .object:
      let slotCount = heap.scannedSlotCount(of: object)
      let last = faults.isOn(.scanSkipsLastSlot) ? slotCount - 1 : slotCount
      for slot in 0..<last { examine(slot, of: object, &heap, observer: &observer) }
      blacken(object, &heap, observer: &observer)
      return slotCount + 1
    case .slotLast, .slotFirst:
      // Taking the object is a step of its own: the mutator may run before the first slot is read.
      let hasSlots = heap.scannedSlotCount(of: object) > 0
      if hasSlots { scan = PartialScan(object: object, nextSlot: 0) }
      if granularity == .slotFirst || !hasSlots {
        blacken(object, &heap, observer: &observer)
      } else {
        observer.observe(.beganScan(object))
      }
      return 1
    }
  }

  private mutating func continueScan<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    guard let current = scan else { preconditionFailure("a scan is under way") }
    examine(current.nextSlot, of: current.object, &heap, observer: &observer)
    if current.nextSlot + 1 < heap.scannedSlotCount(of: current.object) {
      scan?.nextSlot += 1
    } else {
      scan = nil
      if granularity == .slotLast { blacken(current.object, &heap, observer: &observer) }
    }
    return 1
  }

  @inline(__always)
  mutating func examine<O: Observer>(
    _ slot: Int, of object: Reference, _ heap: inout Heap, observer: inout O
  ) {
    let found = heap.load(slot, of: object)
    observer.observe(.examinedSlot(slot, of: object, found: found))
    guard let found else { return }
    shade(
      found, by: .scan(slot: slot, of: object), foundIn: .slot(slot, of: object), in: &heap,
      observer: &observer)
  }

  @inline(__always)
  func blacken<O: Observer>(
    _ object: Reference, _ heap: inout Heap, observer: inout O
  ) {
    heap.setColor(.black, of: object)
    observer.observe(.blackened(object))
  }

  func hash(into digest: inout Digest) {
    worklist.hash(into: &digest)
    digest.mix(Int(scan?.object.word ?? 0))
    digest.mix(scan?.nextSlot ?? -1)
    digest.mix(deferred.count)
    for object in deferred { digest.mix(Int(object.word)) }
    buffers.hash(into: &digest)
  }
}

extension Wavefront {
  /// Lets go of an object that is to be freed: it waits no more, and its scan ends where it is.
  mutating func forget(_ object: Reference) {
    if scan?.object == object { scan = nil }
    _ = worklist.remove(object)
    deferred.removeAll { $0 == object }
    buffers.forget(object)
  }

  /// Ends the scan of an object half way.
  mutating func abandonScan(of object: Reference) {
    if scan?.object == object { scan = nil }
  }
}
