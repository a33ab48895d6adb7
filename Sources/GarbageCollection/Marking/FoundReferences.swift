/// References that scans have found and not yet shaded, in two halves: one fills while the colours
/// that those in the other will be looked up under have time to arrive.
///
/// After the prefetch buffers of Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage
/// collection" (ASPLOS 2004). Where they were found is kept only for whoever is told.
struct FoundReferences: ~Copyable {
  private let words: RawTable<UInt32>
  /// Source and slot of each, where somebody is told.
  private let sources: RawTable<UInt64>

  /// A half is full when it has more than these.
  static let batch = 64
  /// Slots of an object that may be looked into before a half is seen to be full.
  static let slack = 16

  /// What a half has room for.
  static let halfSize = batch + slack

  init(isUsed: Bool) {
    words = RawTable(zeroed: isUsed ? 2 * Self.halfSize : 1)
    sources = RawTable(zeroed: isUsed ? 2 * Self.halfSize : 1)
  }

  /// - Parameter half: 0 or 1.
  @inline(__always)
  func view(of half: Int) -> View {
    View(
      words: words.view(from: half &* Self.halfSize),
      sources: sources.view(from: half &* Self.halfSize))
  }

  /// One of the halves.
  struct View: BitwiseCopyable {
    fileprivate let words: TableView<UInt32>
    fileprivate let sources: TableView<UInt64>
  }
}

extension FoundReferences.View {
  @inline(__always)
  func put<O: Observer>(
    _ word: UInt32, slot: Int, of source: Reference, at index: Int, _ observer: O.Type
  ) {
    words[index] = word
    if O.isInterested || O.checksReferences {
      sources[index] = UInt64(source.word) | UInt64(slot) << 32
    }
  }

  @inline(__always)
  func entry<O: Observer>(
    _ index: Int, _ observer: O.Type
  ) -> (object: Reference, slot: Int, source: Reference) {
    let object = Reference(word: words[index])
    guard O.isInterested || O.checksReferences else { return (object, 0, object) }
    let source = sources[index]
    return (object, Int(source >> 32), Reference(word: UInt32(truncatingIfNeeded: source)))
  }

  /// Moves those of the first `count` to the front that may be white; how many these are.
  ///
  /// All of them, where references are checked, for a dangling one has no colour.
  @inline(__always)
  func keepWhite<O: Observer>(_ count: Int, _ ground: HeapTables, _ observer: O.Type) -> Int {
    if O.checksReferences { return count }
    var whiteCount = 0
    var index = 0
    while index < count {
      let word = words[index]
      words[whiteCount] = word
      if O.isInterested { sources[whiteCount] = sources[index] }
      // Below white are only places where nothing stands, and who shades looks again.
      whiteCount &+= (ground.colorByte(of: Reference(word: word)) <= ColorByte.white).bit
      index &+= 1
    }
    return whiteCount
  }
}
