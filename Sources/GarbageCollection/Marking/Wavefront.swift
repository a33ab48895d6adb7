/// The boundary between black and white: the worklist and the object whose slots are being scanned.
///
/// Everything that may turn an object grey or black goes through here: root scans, object scans,
/// barriers, births. Where threads mark together, each has a wavefront of its own over the same objects.
struct Wavefront: ~Copyable {
  /// Grey objects that wait one by one; copies of objects, too, where collectors copy.
  var worklist = Worklist()
  /// Grey objects that wait page by page, where that is the order.
  var pages: PageWorklist
  /// Where drains keep what they have found and not yet shaded; empty between any two calls.
  let found: FoundReferences
  /// The object being scanned slot by slot, or piece by piece, if any; it is on no list.
  var scan: PartialScan?
  /// Grey objects that wait for termination, in the order they became dirty; they are on no other
  /// list.
  var deferred: [Reference] = []
  var buffers: BarrierBuffers
  let order: WorklistOrder
  let granularity: ScanGranularity
  let faults: FaultSwitch

  /// - Parameter pageCount: pages of the arena.
  init(
    order: WorklistOrder, granularity: ScanGranularity, pageCount: Int,
    buffers: BufferPolicy = .off, faults: FaultSwitch = FaultSwitch()
  ) {
    self.faults = faults
    self.order = order
    self.granularity = granularity
    self.buffers = BarrierBuffers(buffers)
    pages = PageWorklist(pageCount: order == .bySpan ? pageCount : 0)
    found = FoundReferences(isUsed: order == .bySpan)
  }

  private init(copying other: borrowing Wavefront) {
    faults = other.faults
    order = other.order
    granularity = other.granularity
    buffers = other.buffers
    pages = other.pages.copy()
    found = FoundReferences(isUsed: order == .bySpan)
    worklist = other.worklist.copy()
    scan = other.scan
    deferred = other.deferred
  }

  borrowing func copy() -> Wavefront { Wavefront(copying: self) }

  /// Goes on with a scan that was under way elsewhere.
  mutating func resume(_ scan: PartialScan?) { self.scan = scan }

  /// Whether no object waits to be scanned but the deferred ones.
  var isExhausted: Bool { worklist.isEmpty && pages.isEmpty && scan == nil }

  /// Grey objects that wait, but for the deferred ones, in the order in which they will be scanned if
  /// none comes to them; the last comes first where that is the order.
  func waiting(_ ground: HeapTables) -> [Reference] {
    let listed = (0..<worklist.count).map { worklist[$0] }
    return order == .bySpan ? pages.objects(ground) + listed : listed
  }

  /// Lets a grey object wait to be scanned.
  @inline(__always)
  mutating func push(_ object: Reference) {
    if order == .bySpan { pages.push(object) } else { worklist.push(object) }
  }

  /// Takes an object out of the middle; false when it does not wait.
  mutating func remove(_ object: Reference, _ ground: HeapTables) -> Bool {
    order == .bySpan ? pages.remove(object, ground) : worklist.remove(object)
  }

  mutating func removeAllWaiting() {
    worklist.removeAll()
    pages.removeAll()
  }

  /// The next grey object; nil where all that was queued has been taken by another marker meanwhile.
  mutating func pop(_ ground: HeapTables) -> Reference? {
    guard order == .bySpan else { return worklist.pop(order) }
    var hand = pages.handEnds
    defer { pages.handEnds = hand }
    while hand.count == 0, pages.pageCount > 0 { pages.takePage(ground, &hand) }
    return hand.count == 0 ? nil : pages.popHand(&hand)
  }
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
    foundIn place: @autoclosure () -> Location<Reference>, in ground: HeapTables,
    observer: inout O
  ) {
    guard
      turnsGrey(object, by: cause(), foundIn: place(), in: ground, observer: &observer)
    else { return }
    if !faults.isOn(.greyIsNotListed) { push(object) }
    observer.observe(.shaded(object, by: cause()))
  }

  /// Turns a white object grey, or black if it has no slots; whether it is grey now and was not before.
  @inline(__always)
  func turnsGrey<O: Observer>(
    _ object: Reference, by cause: @autoclosure () -> ShadeCause<Reference>,
    foundIn place: @autoclosure () -> Location<Reference>, in ground: HeapTables,
    observer: inout O
  ) -> Bool {
    guard isToShade(object, foundIn: place(), in: ground, observer: &observer) else { return false }
    return whiteTurnsGrey(object, by: cause(), in: ground, observer: &observer)
  }

  /// Whether the object is white; where references are checked, says so if there is none.
  @inline(__always)
  func isToShade<O: Observer>(
    _ object: Reference, foundIn place: @autoclosure () -> Location<Reference>,
    in ground: HeapTables, observer: inout O
  ) -> Bool {
    if O.checksReferences, !ground.isObject(object) {
      observer.observe(.metDangling(place()))
      return false
    }
    return ground.isWhite(object)
  }

  /// Turns an object that is white grey, or black if it has no slots; whether it is grey now.
  @inline(__always)
  func whiteTurnsGrey<O: Observer>(
    _ object: Reference, by cause: @autoclosure () -> ShadeCause<Reference>,
    in ground: HeapTables, observer: inout O
  ) -> Bool {
    if ground.isPointerFree(object) {
      ground.setColor(.black, of: object)
      observer.observe(.marked(object, by: cause()))
      return false
    }
    if faults.isOn(.shadeBlackens) {
      ground.setColor(.black, of: object)
      return false
    }
    ground.setColor(.grey, of: object)
    return true
  }

  /// Scans the next grey object, or its next slot; the number of units of work done.
  ///
  /// Many of them, where they are grouped by span and the budget is worth more than a page of them.
  ///
  /// - Precondition: the wavefront is not exhausted.
  mutating func advance<O: Observer>(
    budget: Int = 1, _ ground: HeapTables, observer: inout O
  ) -> Int {
    if order == .bySpan, budget >= Span.cellLimit, granularity == .object {
      return max(1, drain(budget: budget, ground, observer: &observer))
    }
    if scan != nil { return continueScan(ground, observer: &observer) }
    guard let object = pop(ground) else { return foundNothing() }
    return beginScan(of: object, ground, observer: &observer)
  }

  /// The unit of work that it took to see that other markers had left nothing on the pages queued.
  func foundNothing() -> Int {
    precondition(order == .bySpan, "an exhausted wavefront cannot advance")
    return 1
  }

  /// Scans this grey object next, whatever the order, or goes on with it; nil when it is not on the
  /// worklist or another one is being scanned.
  mutating func advance<O: Observer>(
    scanning object: Reference, _ ground: HeapTables, observer: inout O
  ) -> Int? {
    if scan?.object == object { return continueScan(ground, observer: &observer) }
    guard scan == nil, remove(object, ground) else { return nil }
    return beginScan(of: object, ground, observer: &observer)
  }

  private mutating func beginScan<O: Observer>(
    of object: Reference, _ ground: HeapTables, observer: inout O
  ) -> Int {
    switch granularity {
    case .object:
      let slotCount = ground.slotCount(of: object)
      let last = faults.isOn(.scanSkipsLastSlot) ? slotCount - 1 : slotCount
      for slot in 0..<last { examine(slot, of: object, ground, observer: &observer) }
      blacken(object, ground, observer: &observer)
      return slotCount + 1
    case .slotLast, .slotFirst:
      // Taking the object is a step of its own: the mutator may run before the first slot is read.
      let hasSlots = ground.slotCount(of: object) > 0
      if hasSlots { scan = PartialScan(object: object, nextSlot: 0) }
      if granularity == .slotFirst || !hasSlots {
        blacken(object, ground, observer: &observer)
      } else {
        observer.observe(.beganScan(object))
      }
      return 1
    }
  }

  mutating func continueScan<O: Observer>(
    _ ground: HeapTables, observer: inout O
  ) -> Int {
    guard let current = scan else { preconditionFailure("a scan is under way") }
    examine(current.nextSlot, of: current.object, ground, observer: &observer)
    if current.nextSlot + 1 < ground.slotCount(of: current.object) {
      scan?.nextSlot += 1
    } else {
      scan = nil
      if granularity != .slotFirst { blacken(current.object, ground, observer: &observer) }
    }
    return 1
  }

  @inline(__always)
  mutating func examine<O: Observer>(
    _ slot: Int, of object: Reference, _ ground: HeapTables, observer: inout O
  ) {
    let word = ground.loadSlot(slot, of: object)
    let found = word == 0 ? nil : Reference(word: word)
    observer.observe(.examinedSlot(slot, of: object, found: found))
    guard let found else { return }
    shade(
      found, by: .scan(slot: slot, of: object), foundIn: .slot(slot, of: object), in: ground,
      observer: &observer)
  }

  @inline(__always)
  func blacken<O: Observer>(
    _ object: Reference, _ ground: HeapTables, observer: inout O
  ) {
    ground.setColor(.black, of: object)
    observer.observe(.blackened(object))
  }

  func hash(into digest: inout Digest, _ ground: HeapTables) {
    worklist.hash(into: &digest)
    if order == .bySpan { pages.hash(into: &digest, ground) }
    digest.mix(Int(scan?.object.word ?? 0))
    digest.mix(scan?.nextSlot ?? -1)
    digest.mix(deferred.count)
    for object in deferred { digest.mix(Int(object.word)) }
    buffers.hash(into: &digest)
  }
}

extension Wavefront {
  /// Lets go of an object that is to be freed: it waits no more, and its scan ends where it is.
  mutating func forget(_ object: Reference, _ ground: HeapTables) {
    if scan?.object == object { scan = nil }
    _ = remove(object, ground)
    _ = worklist.remove(object)
    deferred.removeAll { $0 == object }
    buffers.forget(object)
  }

  /// Ends the scan of an object half way.
  mutating func abandonScan(of object: Reference) {
    if scan?.object == object { scan = nil }
  }
}
