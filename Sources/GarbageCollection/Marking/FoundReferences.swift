/// References that a scan has found and not yet shaded: a short queue in which the colours they will
/// be looked up under have time to arrive.
///
/// After the prefetch buffers of Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage
/// collection" (ASPLOS 2004). Where they were found is kept only for whoever is told.
struct FoundReferences: ~Copyable {
  private let words: RawTable<UInt32>
  /// Source and slot of each, where somebody is told.
  private let sources: RawTable<UInt64>
  /// How many wait while others are being found; of 16, 32, 64 and 256, 16 to 64 were alike and best.
  static let delay = 32
  private static let size = 128

  init(isUsed: Bool) {
    words = RawTable(zeroed: isUsed ? Self.size : 1)
    sources = RawTable(zeroed: isUsed ? Self.size : 1)
  }

  /// Puts a reference behind the others; fewer than 128 may be there.
  @inline(__always)
  func append<O: Observer>(
    _ word: UInt32, slot: Int, of source: Reference, _ ends: inout QueueEnds, _ observer: O.Type
  ) {
    let index = ends.tail & (Self.size &- 1)
    words[index] = word
    if O.isInterested || O.checksReferences {
      sources[index] = UInt64(source.word) | UInt64(slot) << 32
    }
    ends.tail &+= 1
  }

  /// Takes the first one; there must be one.
  @inline(__always)
  func take<O: Observer>(
    _ ends: inout QueueEnds, _ observer: O.Type
  ) -> (object: Reference, slot: Int, source: Reference) {
    let index = ends.head & (Self.size &- 1)
    ends.head &+= 1
    let object = Reference(word: words[index])
    guard O.isInterested || O.checksReferences else { return (object, 0, object) }
    let source = sources[index]
    return (object, Int(source >> 32), Reference(word: UInt32(truncatingIfNeeded: source)))
  }
}

/// Where a queue in a ring begins and ends, counted without end.
///
/// Apart from the ring, so that a loop keeps it in registers.
struct QueueEnds: BitwiseCopyable {
  var head = 0
  var tail = 0

  @inline(__always)
  var count: Int { tail &- head }
}
