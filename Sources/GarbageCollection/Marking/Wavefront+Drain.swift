/// Marking at full speed: page by page, with everything asked for before it is needed.
///
/// ```
/// pages ──take──▶ hand ──scan──▶ fresh ──▶ ripe ──shade──▶ pages, or hand where the page was just left
///   colours asked     objects asked      colours asked
///   for a page ahead  for 16 ahead       for a run ahead
/// ```
/// A run scans some dozens of objects from the hand; then what the run before has found is shaded, and
/// what this one has found is next. Whether a slot is empty, what it refers to white, and that object's
/// page queued, no processor can foresee, and a wrong guess costs as much as dozens of instructions: so
/// runs do not branch on any of it. What is not wanted is written, too, and the next overwrites it.
///
/// What a scan has found is shaded a little later than its object turns black. Nobody can tell: no
/// call ends before all of it is shaded, and where mutators run meanwhile, a reference that waits here
/// is as safe as one that a stack scan has read and not shaded yet.
extension Wavefront {
  /// Slots of a large object that are scanned before the budget is looked at again.
  private static let pieceSlots = 1024

  /// Scans grey objects worth at least `budget` units, or all there are; the units of work done.
  ///
  /// In whatever order is in force: as many steps of `advance` as it takes.
  mutating func advanceFar<O: Observer>(
    budget: Int, _ ground: HeapTables, observer: inout O
  ) -> Int {
    if order == .bySpan { return drain(budget: budget, ground, observer: &observer) }
    var units = 0
    while units < budget, !isExhausted { units += advance(ground, observer: &observer) }
    return units
  }

  /// The same, page by page.
  mutating func drain<O: Observer>(
    budget: Int, _ ground: HeapTables, observer: inout O
  ) -> Int {
    var units = 0
    var belt = MarkingBelt(hand: pages.handEnds)
    while units < budget {
      if scan != nil {
        units += scanPiece(ground, &belt, observer: &observer)
        continue
      }
      fillHand(ground, &belt, observer: &observer)
      guard belt.hand.count > 0 else { break }
      if ground.slotCount(of: pages.nextInHand(belt.hand)) > FoundReferences.slack {
        units += scanLong(ground, &belt, observer: &observer)
      } else if belt.hand.count == 1, belt.isEmpty, pages.pageCount == 0 {
        units += followAlone(budget: budget &- units, ground, &belt, observer: &observer)
      } else {
        units += scanRun(budget: budget &- units, ground, &belt, observer: &observer)
      }
    }
    while !belt.isEmpty { turn(ground, &belt, observer: &observer) }
    pages.settle()
    pages.handEnds = belt.hand
    return units
  }

  /// Takes pages until there is enough in hand to look ahead.
  @inline(__always)
  private mutating func fillHand<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) {
    while belt.hand.count < PageWorklist.lookAhead {
      if pages.pageCount > 0 {
        pages.takeRecentOrNext(ground, &belt.hand)
      } else if belt.hand.count == 0, !belt.isEmpty {
        turn(ground, &belt, observer: &observer)
      } else {
        pages.settle()
        if pages.pageCount == 0 { return }
      }
    }
  }

  /// Scans objects in hand until enough has been found or there are too few to look ahead; the units of
  /// work done.
  ///
  /// One at least, which must be small.
  @inline(never)
  private mutating func scanRun<O: Observer>(
    budget: Int, _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    let hand = pages.handView
    let fresh = found.view(of: belt.side)
    let first = belt.hand.head
    var (head, count, slots) = (first, belt.fresh, 0)
    // With nothing behind them, also those that nobody could ask for ahead.
    var last = pages.pageCount == 0 ? belt.hand.tail : belt.hand.tail &- PageWorklist.lookAhead &+ 1
    // As many as the budget is worth, whatever they are.
    last = min(last, head &+ max(1, budget &>> 5))
    repeat {
      let object = Reference(word: hand[head])
      let slotCount = ground.slotCount(of: object)
      // Beyond the last there is one that was there before: to ask for it harms nobody.
      ground.fetch(Reference(word: hand[head &+ PageWorklist.lookAhead]))
      // Four slots, as the objects have by which collectors are compared, need no loop.
      if lastSlot(slotCount) == 4 {
        for slot in 0..<4 { find(in: slot, of: object, fresh, &count, ground, observer: &observer) }
      } else {
        guard slotCount <= FoundReferences.slack else { break }
        find(
          from: 0, to: lastSlot(slotCount), of: object, fresh, &count, ground, observer: &observer)
      }
      head &+= 1
      blacken(object, ground, observer: &observer)
      slots &+= slotCount
    } while head < last && count <= FoundReferences.batch
    let units = slots &+ head &- first
    (belt.hand.head, belt.fresh) = (head, count)
    if count > FoundReferences.batch { turn(ground, &belt, observer: &observer) }
    return units
  }

  /// Puts what slots from `first` up to `end` refer to behind the `count` that are fresh.
  @inline(__always)
  private func find<O: Observer>(
    from first: Int, to end: Int, of object: Reference, _ fresh: FoundReferences.View,
    _ count: inout Int, _ ground: HeapTables, observer: inout O
  ) {
    var slot = first
    while slot < end {
      find(in: slot, of: object, fresh, &count, ground, observer: &observer)
      slot &+= 1
    }
  }

  @inline(__always)
  private func find<O: Observer>(
    in slot: Int, of object: Reference, _ fresh: FoundReferences.View,
    _ count: inout Int, _ ground: HeapTables, observer: inout O
  ) {
    let word = ground.loadSlot(slot, of: object)
    observer.observe(
      .examinedSlot(slot, of: object, found: word == 0 ? nil : Reference(word: word)))
    ground.fetchColor(of: Reference(word: word))
    fresh.put(word, slot: slot, of: object, at: count, O.self)
    count &+= (word != 0).bit
  }

  /// Whether a fault is on that what goes straight in hand would get round.
  @inline(__always)
  private var hasShadingFault: Bool {
    faults.isOn(.greyIsNotListed) || faults.isOn(.shadeBlackens)
  }

  /// Up to which slot an object of so many is looked into.
  @inline(__always)
  private func lastSlot(_ slotCount: Int) -> Int {
    faults.isOn(.scanSkipsLastSlot) ? slotCount &- 1 : slotCount
  }

  /// Shades what is ripe, and lets ripen what has just been found.
  @inline(never)
  private mutating func turn<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) {
    let ripe = found.view(of: 1 &- belt.side)
    let whiteCount = ripe.keepWhite(belt.ripe, ground, O.self)
    var end = pages.openEnd(reserving: whiteCount, belt.hand)
    var index = 0
    while index < whiteCount {
      let (object, slot, source) = ripe.entry(index, O.self)
      index &+= 1
      guard
        isToShade(object, foundIn: .slot(slot, of: source), in: ground, observer: &observer)
      else { continue }
      // A page is of one kind, and only one whose objects have slots is one to come back to.
      let isHeld = !hasShadingFault && end.holdIfRecent(object, ground)
      if !isHeld {
        guard
          whiteTurnsGrey(
            object, by: .scan(slot: slot, of: source), in: ground, observer: &observer)
        else { continue }
        if !faults.isOn(.greyIsNotListed) { end.push(object) }
      }
      observer.observe(.shaded(object, by: .scan(slot: slot, of: source)))
    }
    pages.close(end, &belt.hand)
    belt.turn()
  }
}

// MARK: - What is not many small objects

extension Wavefront {
  /// Scans a long object, the next in hand, or begins to scan it in pieces; the units of work done.
  ///
  /// Only pieces may be stopped between: who counts on whole scans shall have them.
  private mutating func scanLong<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    if belt.hand.count > PageWorklist.lookAhead {
      let ahead = belt.hand.head &+ PageWorklist.lookAhead
      ground.fetch(Reference(word: pages.handView[ahead]))
    }
    let object = pages.popHand(&belt.hand)
    let slotCount = ground.slotCount(of: object)
    guard slotCount <= Wavefront.pieceSlots else {
      scan = PartialScan(object: object, nextSlot: 0)
      observer.observe(.beganScan(object))
      return 1
    }
    findAll(from: 0, to: lastSlot(slotCount), of: object, ground, &belt, observer: &observer)
    blacken(object, ground, observer: &observer)
    return slotCount + 1
  }

  private mutating func scanPiece<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    guard let current = scan else { preconditionFailure("a scan is under way") }
    let slotCount = ground.slotCount(of: current.object)
    let end = min(slotCount, current.nextSlot + Wavefront.pieceSlots)
    findAll(
      from: current.nextSlot, to: end == slotCount ? lastSlot(end) : end, of: current.object,
      ground, &belt, observer: &observer)
    scan?.nextSlot = end
    if end == slotCount {
      scan = nil
      blacken(current.object, ground, observer: &observer)
    }
    return end - current.nextSlot
  }

  /// Looks into any number of slots, and shades meanwhile what does not fit.
  private mutating func findAll<O: Observer>(
    from first: Int, to end: Int, of object: Reference, _ ground: HeapTables,
    _ belt: inout MarkingBelt, observer: inout O
  ) {
    var slot = first
    while slot < end {
      let stop = min(end, slot &+ FoundReferences.slack)
      let fresh = found.view(of: belt.side)
      find(from: slot, to: stop, of: object, fresh, &belt.fresh, ground, observer: &observer)
      if belt.fresh > FoundReferences.batch { turn(ground, &belt, observer: &observer) }
      slot = stop
    }
  }

  /// Scans the only grey object there is, and the only one that it leads to, and so on; the units of work
  /// done.
  ///
  /// As along a list, where nothing can be asked for ahead: what is found is looked at on the spot, in as
  /// few steps from one object to the next as there can be.
  @inline(never)
  private mutating func followAlone<O: Observer>(
    budget: Int, _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    var object = pages.popHand(&belt.hand)
    let fresh = found.view(of: belt.side)
    var units = 0
    while units < budget, belt.fresh == 0 {
      let slotCount = ground.slotCount(of: object)
      guard slotCount <= FoundReferences.slack else { break }
      let end = lastSlot(slotCount)
      var heir: (word: UInt32, slot: Int) = (0, 0)
      var slot = 0
      while slot < end {
        let word = ground.loadSlot(slot, of: object)
        observer.observe(
          .examinedSlot(slot, of: object, found: word == 0 ? nil : Reference(word: word)))
        if O.checksReferences, word != 0, !ground.isObject(Reference(word: word)) {
          observer.observe(.metDangling(.slot(slot, of: object)))
        } else if ground.isWhite(Reference(word: word)) {  // An empty slot never is.
          if heir.word == 0 {
            heir = (word, slot)
          } else {
            fresh.put(word, slot: slot, of: object, at: belt.fresh, O.self)
            belt.fresh &+= 1
          }
        }
        slot &+= 1
      }
      blacken(object, ground, observer: &observer)
      units &+= slotCount &+ 1
      guard heir.word != 0 else { return units }
      let (next, source) = (Reference(word: heir.word), object)
      guard
        turnsGrey(
          next, by: .scan(slot: heir.slot, of: source), foundIn: .slot(heir.slot, of: source),
          in: ground, observer: &observer)
      else { return units }
      observer.observe(.shaded(next, by: .scan(slot: heir.slot, of: source)))
      if faults.isOn(.greyIsNotListed) { return units }
      ground.setColorByte(ColorByte.taken, of: next)
      object = next
    }
    pages.hold(object, ground, &belt.hand)
    return units
  }
}

/// Where the queues of a drain begin and end: what its loop changes most, kept in registers.
struct MarkingBelt: BitwiseCopyable {
  var hand: QueueEnds
  /// Which half of `FoundReferences` is being filled.
  private(set) var side = 0
  /// References in that half, and in the other one.
  var fresh = 0
  private(set) var ripe = 0

  init(hand: QueueEnds) { self.hand = hand }

  /// Whether nothing is found that is not shaded.
  @inline(__always)
  var isEmpty: Bool { fresh | ripe == 0 }

  /// Lets ripen what is fresh; what was ripe is gone.
  @inline(__always)
  mutating func turn() {
    (ripe, fresh) = (fresh, 0)
    side = 1 &- side
  }
}
