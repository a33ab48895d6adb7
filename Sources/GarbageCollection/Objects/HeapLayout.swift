/// How a heap lays out its objects, which depends on what its collector writes into them.
struct HeapLayout: Hashable, Sendable {
  /// Whether every object has two words for the collector before its slots: `CollectorWord`.
  var hasCollectorWords = false
  /// Whether two tiny objects share a cell, without a header.
  var sharesTinyCells = true
  /// Whether every object starts where a granule does, also in a cell: what has stood in cells can then
  /// stand in a space, where nothing tells the half of a granule in which an object starts.
  var fillsGranules = false

  /// Bytes beyond those of an `ObjectHeader`.
  @inline(__always)
  var extraBytes: Int { hasCollectorWords ? 8 : 0 }

  /// Bytes before the first slot.
  @inline(__always)
  var headerBytes: Int { ObjectHeader.byteCount + extraBytes }

  /// Whether it is the layout of collectors that need nothing of the objects.
  @inline(__always)
  var isPlain: Bool { sharesTinyCells }
}

/// What the collector keeps in an object's header, where `HeapLayout` gives it room.
///
/// ```
/// offset 0        4               8        12       16
/// │ slot count     │ payload bytes │ word   │ flags  │ slots …
/// ```
enum CollectorWord {
  static let offset = ObjectHeader.byteCount
  static let flagsOffset = ObjectHeader.byteCount + 4
}

extension Heap {
  /// The collector's word in an object's header: a count, or the place it is to move to.
  @inline(__always)
  func collectorWord(of object: Reference) -> UInt32 {
    assert(layout.hasCollectorWords, "only some collectors have words in headers")
    return allocator.arena.load32(at: object.offset + CollectorWord.offset)
  }

  @inline(__always)
  mutating func setCollectorWord(_ word: UInt32, of object: Reference) {
    assert(layout.hasCollectorWords, "only some collectors have words in headers")
    allocator.arena.store32(word, at: object.offset + CollectorWord.offset)
  }

  @inline(__always)
  func collectorFlags(of object: Reference) -> UInt32 {
    assert(layout.hasCollectorWords, "only some collectors have words in headers")
    return allocator.arena.load32(at: object.offset + CollectorWord.flagsOffset)
  }

  @inline(__always)
  mutating func setCollectorFlags(_ flags: UInt32, of object: Reference) {
    assert(layout.hasCollectorWords, "only some collectors have words in headers")
    allocator.arena.store32(flags, at: object.offset + CollectorWord.flagsOffset)
  }
}
