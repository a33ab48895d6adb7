/// Marking at full speed: page by page, with everything asked for before it is needed.
///
/// ```
/// pages ──takePage──▶ hand ──scan──▶ found ──shade──▶ pages
///        colours asked      objects asked      colours asked
///        for a page ahead   for 16 ahead       for 32 ahead
/// ```
/// What a scan has found is shaded a little later than its object turns black. Nobody can tell: no
/// call ends before all of it is shaded, and where mutators run meanwhile, a reference that waits here
/// is as safe as one that a stack scan has read and not shaded yet.
extension Wavefront {
  /// Objects asked for ahead of the one that is scanned.
  private static let lookAhead = 16
  /// Slots of a large object that are scanned before the budget is looked at again.
  private static let pieceSlots = 1024
  /// Slots of an object that are looked at one by one, and not in batches.
  private static let aloneSlots = 16

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
      if belt.hand.count > Wavefront.lookAhead {
        ground.fetch(pages.peekHand(Wavefront.lookAhead, belt.hand))
      }
      let object = pages.popHand(&belt.hand)
      if belt.hand.count == 0, belt.found.count == 0, pages.pageCount == 0,
        ground.slotCount(of: object) <= Wavefront.aloneSlots
      {
        units += followAlone(object, budget: budget - units, ground, &belt, observer: &observer)
      } else {
        units += scanWhole(object, ground, &belt, observer: &observer)
      }
    }
    while belt.found.count > 0 {
      shadeFound(belt.found.count, ground, &belt, observer: &observer)
    }
    pages.handEnds = belt.hand
    return units
  }

  /// Takes pages until there is enough in hand to look ahead.
  @inline(__always)
  private mutating func fillHand<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) {
    while belt.hand.count < Wavefront.lookAhead {
      if pages.pageCount > 0 {
        pages.takePage(ground, &belt.hand)
      } else if belt.hand.count == 0, belt.found.count > 0 {
        holdFound(ground, &belt, observer: &observer)
      } else {
        return
      }
    }
  }

  /// The units of work done; the object is black, or half scanned if it is large.
  @inline(__always)
  private mutating func scanWhole<O: Observer>(
    _ object: Reference, _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    let slotCount = ground.slotCount(of: object)
    guard slotCount <= Wavefront.pieceSlots else {
      scan = PartialScan(object: object, nextSlot: 0)
      observer.observe(.beganScan(object))
      return 1
    }
    let last = faults.isOn(.scanSkipsLastSlot) ? slotCount - 1 : slotCount
    find(in: 0, last, of: object, ground, &belt, observer: &observer)
    blacken(object, ground, observer: &observer)
    return slotCount &+ 1
  }

  /// Scans the only grey object there is, and the only one that it leads to, and so on; the units of work
  /// done.
  ///
  /// As along a list, where nothing can be asked for ahead: what is found is looked at on the spot, in as
  /// few steps from one object to the next as there can be.
  @inline(__always)
  private mutating func followAlone<O: Observer>(
    _ first: Reference, budget: Int, _ ground: HeapTables, _ belt: inout MarkingBelt,
    observer: inout O
  ) -> Int {
    var object = first
    var units = 0
    while true {
      let slotCount = ground.slotCount(of: object)
      guard units < budget, slotCount <= Wavefront.aloneSlots else { break }
      var (next, nextSlot) = (UInt32(0), 0)
      var slot = 0
      while slot < slotCount {
        let word = ground.loadSlot(slot, of: object)
        observer.observe(
          .examinedSlot(slot, of: object, found: word == 0 ? nil : Reference(word: word)))
        if next == 0 {
          (next, nextSlot) = (word, slot)
        } else {
          found.append(word, slot: slot, of: object, &belt.found, O.self)
        }
        slot &+= 1
      }
      blacken(object, ground, observer: &observer)
      units &+= slotCount &+ 1
      guard next != 0 else { return units }
      let (source, heir) = (object, Reference(word: next))
      guard
        turnsGrey(
          heir, by: .scan(slot: nextSlot, of: source), foundIn: .slot(nextSlot, of: source),
          in: ground, observer: &observer), !faults.isOn(.greyIsNotListed)
      else { return units }
      ground.setColorByte(ColorByte.taken, of: heir)
      observer.observe(.shaded(heir, by: .scan(slot: nextSlot, of: source)))
      object = heir
      guard belt.found.count == 0 else { break }
    }
    pages.hold(object, ground, &belt.hand)
    return units
  }

  private mutating func scanPiece<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) -> Int {
    guard let current = scan else { preconditionFailure("a scan is under way") }
    let slotCount = ground.slotCount(of: current.object)
    let end = min(slotCount, current.nextSlot + Wavefront.pieceSlots)
    find(in: current.nextSlot, end, of: current.object, ground, &belt, observer: &observer)
    scan?.nextSlot = end
    if end == slotCount {
      scan = nil
      blacken(current.object, ground, observer: &observer)
    }
    return end - current.nextSlot
  }

  /// Looks into the slots from `first` up to `end`.
  ///
  /// Whether a slot is empty no processor can foresee, so nothing branches on it.
  @inline(__always)
  private mutating func find<O: Observer>(
    in first: Int, _ end: Int, of object: Reference, _ ground: HeapTables,
    _ belt: inout MarkingBelt, observer: inout O
  ) {
    var slot = first
    repeat {
      let stop = min(end, slot &+ FoundReferences.batch)
      while slot < stop {
        let word = ground.loadSlot(slot, of: object)
        observer.observe(
          .examinedSlot(slot, of: object, found: word == 0 ? nil : Reference(word: word)))
        ground.fetchColor(of: Reference(word: word))
        found.append(word, slot: slot, of: object, &belt.found, O.self)
        slot &+= 1
      }
      if belt.found.count > FoundReferences.delay &+ FoundReferences.batch {
        shadeFound(FoundReferences.batch, ground, &belt, observer: &observer)
      }
    } while slot < end
  }

  /// Shades the first ones that have been found, at most `FoundReferences.batch`.
  ///
  /// Two passes: which of them are white nobody can foresee either, so the first only sorts those out,
  /// and the second finds nearly all of them still white.
  @inline(__always)
  private mutating func shadeFound<O: Observer>(
    _ count: Int, _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) {
    let whiteCount = found.takeWhite(
      min(count, FoundReferences.batch), ground, &belt.found, O.self)
    var index = 0
    while index < whiteCount {
      let (object, slot, source) = found.white(index, O.self)
      shade(
        object, by: .scan(slot: slot, of: source), foundIn: .slot(slot, of: source), in: ground,
        observer: &observer)
      index &+= 1
    }
  }

  /// The same when nothing else waits: the object need not queue to be next.
  @inline(__always)
  private mutating func holdFound<O: Observer>(
    _ ground: HeapTables, _ belt: inout MarkingBelt, observer: inout O
  ) {
    let (object, slot, source) = found.take(&belt.found, O.self)
    guard
      turnsGrey(
        object, by: .scan(slot: slot, of: source), foundIn: .slot(slot, of: source), in: ground,
        observer: &observer)
    else { return }
    if !faults.isOn(.greyIsNotListed) { pages.hold(object, ground, &belt.hand) }
    observer.observe(.shaded(object, by: .scan(slot: slot, of: source)))
  }
}

/// Where the two queues of a drain begin and end: what its loop changes most, kept in registers.
struct MarkingBelt: BitwiseCopyable {
  var hand: QueueEnds
  var found = QueueEnds()
}
