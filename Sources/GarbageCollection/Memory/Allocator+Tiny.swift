/// The tiny allocator: two pointer-free objects under 16 bytes share a cell (Go's, runtime/malloc.go).
///
/// ```
/// block       +0 │ state │ up to 7 bytes │ +8 │ state │ up to 7 bytes │
/// ```
/// The state is 0 for a free half, the payload's bytes plus 1 for an object, and `reserved` for the half
/// that a cache keeps for its next tiny object. The block is one cell with one colour: it is marked when
/// either object is reached, and freed when both halves are free, so an object lives as long as its
/// neighbour.
enum TinyHalf {
  static let byteCount = 8
  static let largestPayload = 7
  static let reserved: UInt8 = 0xFF

  /// Whether a half with this state holds an object.
  @inline(__always)
  static func isObject(_ state: UInt8) -> Bool { (1...UInt8(byteCount)).contains(state) }
}

extension Allocator {
  /// A half of a block for an object with `payloadBytes` bytes; the caller colours it.
  func takeTiny(
    payloadBytes: Int, _ cache: ThreadCache
  ) throws(HeapError) -> (half: Reference, route: Route) {
    let spare = cache[.tiny].spareHalf
    let state = UInt8(payloadBytes + 1)
    if spare != 0 {
      cache[.tiny].spareHalf = 0
      cache[.tiny].sharedCount += 1
      let half = Reference(word: spare)
      arena.storeState(state, at: half.offset)
      return (half, Route(tier: .threadCache, spanClass: .tiny))
    }
    let (block, route) = try takeCell(.tiny, cache)
    arena.storeState(state, at: block.offset)
    arena.storeState(TinyHalf.reserved, at: block.offset + TinyHalf.byteCount)
    cache[.tiny].spareHalf = block.word + 1
    return (block, route)
  }

  /// Frees one half, and the block with it if the other is free.
  ///
  /// Under the lock of the tiny class, because two threads may free the two halves at once.
  func giveBackTiny(_ half: Reference, _ cache: ThreadCache) -> Route {
    var route = Route(tier: .threadCache, spanClass: .tiny)
    let list = unsafe lock(.tiny, &route)
    arena.storeState(0, at: half.offset)
    let isEmpty = arena.loadState(at: half.offset ^ TinyHalf.byteCount) == 0
    unsafe unlock(list)
    guard isEmpty else {
      cache[.tiny].halfFreeCount += 1
      return route
    }
    // Cells in caches are handed out as swept ones.
    var whole =
      isSwept(spanAt: span(at: half.offset))
      ? giveBack(half.block, .tiny, cache)
      : giveBackToSpan(half.block, .tiny, countedBy: cache)
    whole.lockCount += route.lockCount
    return whole
  }

  /// Frees the half that the cache has kept for its next tiny object.
  func giveUpSpareHalf(of cache: ThreadCache, _ route: inout Route) {
    let spare = cache[.tiny].spareHalf
    guard spare != 0 else { return }
    cache[.tiny].spareHalf = 0
    let half = giveBackTiny(Reference(word: spare), cache)
    route.lockCount += half.lockCount
    route.movedCellCount += half.movedCellCount
    route.systemCallCount += half.systemCallCount
    // It was kept, not handed out: whether the block lives on or not, no object has been freed.
    cache[.tiny].halfFreeCount -= 1
  }
}

extension Reference {
  /// The cell of a tiny object: the half itself, or the one before it.
  @inline(__always)
  var block: Reference { Reference(word: word & ~1) }
}
