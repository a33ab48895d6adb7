/// Takes young objects to the old, many at once and seen by nobody.
///
/// What `Heap.promote` does object by object, with what it looks at in registers: same cells, same
/// order, same bytes.
struct Promoter: ~Copyable {
  private let ground: HeapTables
  private let cache: ThreadCache
  private let young: YoungRange
  /// Where the last cell came from; the next often is one of these.
  private var hot: HotStack
  /// Promoted objects whose slots are still to be looked at.
  private var grey = Worklist()
  private(set) var movedObjects = 0
  /// Words of 8 bytes that they took up where they stood.
  private(set) var movedWords = 0

  init(_ heap: borrowing Heap, _ young: YoungRange) {
    ground = heap.tables
    cache = heap.allocator.cache(of: .main)
    self.young = young
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

  private mutating func promote(
    _ object: Reference, _ header: UInt64, _ heap: inout Heap
  ) -> Reference {
    let slotCount = Int(UInt32(truncatingIfNeeded: header))
    let payloadBytes = Int(header &>> 32) & (1 << Int(ObjectHeader.ageShift) - 1)
    let byteCount = ObjectHeader.byteCount + slotCount * ObjectHeader.slotBytes + payloadBytes
    guard byteCount <= SizeClass.largestRequestBytes else {
      let copy = heap.promote(object)
      return note(copy, slotCount, byteCount)
    }
    let kind = cache.kind(byteCount: byteCount, isPointerFree: slotCount == 0)
    if kind != hot.kind { hot = cache.stack(of: kind) }
    let copy = Reference(word: cache.take(from: hot) ?? refill(kind, heap))
    ground.copyWords((byteCount + 7) &>> 3, of: object, to: copy)
    ground.setHeaderWord(UInt64(slotCount) | UInt64(payloadBytes) << 32, of: copy)
    ground.setColorByte(ColorByte.white, of: copy)
    ground.setHeaderWord(UInt64(Heap.forwardingMark) | UInt64(copy.word) << 32, of: object)
    heap.promotedCount += 1
    return note(copy, slotCount, byteCount)
  }

  @inline(__always)
  private mutating func note(_ copy: Reference, _ slotCount: Int, _ byteCount: Int) -> Reference {
    movedObjects &+= 1
    movedWords &+= ((byteCount &+ 15) &>> 4) &<< 1
    if slotCount > 0 { grey.push(copy) }
    return copy
  }

  @inline(never)
  private func refill(_ kind: CellKind, _ heap: borrowing Heap) -> UInt32 {
    do throws(HeapError) {
      _ = try heap.allocator.refill(kind, cache)
    } catch {
      preconditionFailure("a collection of the young begins when the old have room: \(error)")
    }
    guard let cell = cache.take(kind) else { preconditionFailure("a refill brings a cell") }
    return cell
  }

  /// Looks at all slots of what has been promoted, and of what is then; objects and slots looked at.
  mutating func promoteReachable(_ heap: inout Heap) -> Int {
    var units = 0
    while let object = grey.pop(.firstInFirstOut) {
      let slotCount = ground.slotCount(of: object)
      var slot = 0
      while slot < slotCount {
        let word = ground.loadSlot(slot, of: object)
        if young.contains(word) { ground.storeSlot(forward(word, &heap), in: slot, of: object) }
        slot &+= 1
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
    for index in stacks.indices where !stacks[index].isScanned {
      units += 1 + stacks[index].forEachWord(forward)
      stacks[index].isScanned = true
    }
    for index in globals.indices where !globals[index].isScanned {
      units += 1
      if let value = globals[index].value {
        globals[index].value = Reference(word: forward(value.word))
        units += 1
      }
      globals[index].isScanned = true
    }
    return units
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
