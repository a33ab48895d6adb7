/// Takes young objects to the old, many at once and seen by nobody.
///
/// What `Heap.promote` does object by object, with what it looks at in registers; depth first, so that a
/// structure is read in the order in which most programs build it, and stands so afterwards.
struct Promoter: ~Copyable {
  private let ground: HeapTables
  private let cache: ThreadCache
  private let young: PlaceRange
  /// Whether spans wait to be swept, and may have room.
  private let sweeps: Bool
  /// Where the last cell came from; the next often is one of these.
  private var hot: HotStack
  /// Promoted objects whose slots are still to be looked at, the next one last.
  private var grey = RawTable<UInt32>(zeroed: 1024)
  private var greyCount = 0
  private(set) var movedObjects = 0
  /// Words of 8 bytes that they took up where they stood.
  private(set) var movedWords = 0
  private(set) var swept = SweptBytes()

  init(_ heap: borrowing Heap, sweeps: Bool) {
    self.sweeps = sweeps
    ground = heap.tables
    cache = heap.allocator.cache(of: .main)
    young = PlaceRange(nurseryOf: heap)
    hot = cache.stack(of: .none)
  }

  /// What has to stand in place of a reference's word: the same, or that of the object promoted.
  @inline(__always)
  mutating func forward(_ word: UInt32, _ heap: inout Heap) -> UInt32 {
    guard young.contains(word) else { return word }
    let object = Reference(word: word)
    let header = ground.headerWord(of: object)
    guard UInt32(truncatingIfNeeded: header) == Heap.forwardingMark else {
      return promote(object, header, &heap).word
    }
    return UInt32(truncatingIfNeeded: header &>> 32)
  }

  @inline(__always)
  private mutating func promote(
    _ object: Reference, _ header: UInt64, _ heap: inout Heap
  ) -> Reference {
    let slotCount = header & 0xFFFF_FFFF
    let payloadBytes = header &>> 32 & (1 << UInt64(ObjectHeader.ageShift) - 1)
    let byteCount = Int(
      truncatingIfNeeded: slotCount &* UInt64(ObjectHeader.slotBytes) &+ payloadBytes &+ 8)
    guard byteCount <= SizeClass.largestRequestBytes else {
      return promoteLarge(object, byteCount, &heap)
    }
    let kind = cache.kind(byteCount: byteCount, isPointerFree: slotCount == 0)
    if kind != hot.kind { hot = cache.stack(of: kind) }
    let copy = Reference(word: cache.take(from: hot) ?? refill(kind, heap))
    ground.copyWords((byteCount &+ 7) &>> 3, of: object, to: copy)
    if slotCount > 1 { fetchFirst(of: copy) }
    ground.setHeaderWord(slotCount | payloadBytes &<< 32, of: copy)
    ground.setColorByte(ColorByte.white, of: copy)
    ground.setHeaderWord(UInt64(Heap.forwardingMark) | UInt64(copy.word) &<< 32, of: object)
    movedObjects &+= 1
    movedWords &+= ((byteCount &+ 15) &>> 4) &<< 1
    if slotCount > 0 { push(copy) }
    return copy
  }

  /// Asks for the objects that the first two slots refer to: they are next, or after what hangs on the first.
  @inline(__always)
  private func fetchFirst(of copy: Reference) {
    ground.fetch(Reference(word: ground.loadSlot(0, of: copy)))
    ground.fetch(Reference(word: ground.loadSlot(1, of: copy)))
  }

  @inline(never)
  private mutating func promoteLarge(
    _ object: Reference, _ byteCount: Int, _ heap: inout Heap
  ) -> Reference {
    let copy = heap.promote(object)
    ground.setColorByte(ColorByte.white, of: copy)
    movedObjects += 1
    movedWords += (byteCount + 15) / 16 * 2
    if ground.slotCount(of: copy) > 0 { push(copy) }
    return copy
  }

  @inline(never)
  private mutating func refill(_ kind: CellKind, _ heap: borrowing Heap) -> UInt32 {
    while sweeps, let found = heap.sweepNext(of: kind, wantsCell: true) { swept.add(found) }
    do throws(HeapError) {
      _ = try heap.allocator.refill(kind, cache)
    } catch {
      preconditionFailure("a collection of the young begins when the old have room: \(error)")
    }
    guard let cell = cache.take(kind) else { preconditionFailure("a refill brings a cell") }
    return cell
  }

  @inline(__always)
  private mutating func push(_ copy: Reference) {
    if greyCount == grey.count { grey = grey.grown(to: greyCount * 2) }
    grey[greyCount] = copy.word
    greyCount &+= 1
  }

  /// Looks at all slots of what has been promoted, and of what is then; objects and slots looked at.
  mutating func promoteReachable(_ heap: inout Heap) -> Int {
    var units = 0
    while greyCount > 0 {
      greyCount &-= 1
      let object = Reference(word: grey[greyCount])
      let slotCount = ground.slotCount(of: object)
      // The last slot first, so that what the first one refers to comes next.
      var slot = slotCount
      while slot > 0 {
        slot &-= 1
        let word = ground.loadSlot(slot, of: object)
        if young.contains(word) { ground.storeSlot(forward(word, &heap), in: slot, of: object) }
      }
      units &+= slotCount &+ 1
    }
    return units
  }
}

extension Roots {
  /// Sets every root to what `forward` makes of its word, stacks first; roots and references looked at.
  mutating func forEachWord(_ forward: (UInt32) -> UInt32) -> Int {
    var units = 0
    for index in stacks.indices where stacks[index].frameCount > 0 {
      units += 1 + stacks[index].forEachWord(forward)
    }
    for index in globals.indices {
      units += 1
      guard let value = globals[index].value else { continue }
      globals[index].value = Reference(word: forward(value.word))
      units += 1
    }
    return units
  }

  /// Lets every root be scanned.
  mutating func noteAllScanned() {
    for index in stacks.indices { stacks[index].isScanned = true }
    for index in globals.indices { globals[index].isScanned = true }
  }
}

extension Roots.Stack {
  /// The same for its variables, but for raw addresses; references looked at.
  fileprivate mutating func forEachWord(_ forward: (UInt32) -> UInt32) -> Int {
    var count = 0
    for frame in 0..<frameCount {
      for index in 0..<variableCount(ofFrame: frame) where !isRaw(index, frame: frame) {
        guard let value = self[index, frame: frame] else { continue }
        self[index, frame: frame] = Reference(word: forward(value.word))
        count += 1
      }
    }
    guard let shadow else { return count }
    for index in 0..<shadow.count where shadow[index] != 0 {
      shadow[index] = forward(shadow[index])
      count += 1
    }
    return count
  }
}
