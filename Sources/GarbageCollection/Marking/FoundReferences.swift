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
  /// How many are looked at together.
  static let batch = 32
  private static let size = 128

  /// Behind the queue there is room for the white ones of a batch.
  init(isUsed: Bool) {
    words = RawTable(zeroed: isUsed ? Self.size + Self.batch : 1)
    sources = RawTable(zeroed: isUsed ? Self.size + Self.batch : 1)
  }

  /// Puts a reference behind the others unless its word is 0; fewer than 128 may be there.
  @inline(__always)
  func append<O: Observer>(
    _ word: UInt32, slot: Int, of source: Reference, _ ends: inout QueueEnds, _ observer: O.Type
  ) {
    let index = ends.tail & (Self.size &- 1)
    words[index] = word
    if O.isInterested || O.checksReferences {
      sources[index] = UInt64(source.word) | UInt64(slot) << 32
    }
    ends.tail &+= word == 0 ? 0 : 1
  }

  /// Takes the first `count`, at most a batch, and keeps those that are white; how many these are.
  ///
  /// All of them, where references are checked, for a dangling one has no colour.
  @inline(__always)
  func takeWhite<O: Observer>(
    _ count: Int, _ ground: HeapTables, _ ends: inout QueueEnds, _ observer: O.Type
  ) -> Int {
    var whites = 0
    let end = ends.head &+ count
    while ends.head < end {
      let index = ends.head & (Self.size &- 1)
      let word = words[index]
      words[Self.size &+ whites] = word
      if O.isInterested || O.checksReferences { sources[Self.size &+ whites] = sources[index] }
      let keeps = O.checksReferences || ground.isWhite(Reference(word: word))
      whites &+= keeps ? 1 : 0
      ends.head &+= 1
    }
    return whites
  }

  /// The white one of the batch taken last that has this number, 0-based.
  @inline(__always)
  func white<O: Observer>(
    _ number: Int, _ observer: O.Type
  ) -> (object: Reference, slot: Int, source: Reference) {
    entry(Self.size &+ number, O.self)
  }

  /// Takes the first one; there must be one.
  @inline(__always)
  func take<O: Observer>(
    _ ends: inout QueueEnds, _ observer: O.Type
  ) -> (object: Reference, slot: Int, source: Reference) {
    let index = ends.head & (Self.size &- 1)
    ends.head &+= 1
    return entry(index, O.self)
  }

  @inline(__always)
  private func entry<O: Observer>(
    _ index: Int, _ observer: O.Type
  ) -> (object: Reference, slot: Int, source: Reference) {
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
