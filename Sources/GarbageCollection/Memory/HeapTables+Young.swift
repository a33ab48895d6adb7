/// A run of places, as of the young, so that to ask whether an object stands there is one comparison.
@usableFromInline struct PlaceRange: BitwiseCopyable, Sendable {
  /// A reference's word.
  @usableFromInline let start: UInt32
  /// Words of 8 bytes.
  @usableFromInline let count: UInt32

  static var none: PlaceRange { PlaceRange(start: 0, count: 0) }
  static var everywhere: PlaceRange { PlaceRange(start: 0, count: .max) }

  @inlinable init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  /// The nursery of a heap, or none.
  init(nurseryOf heap: borrowing Heap) {
    guard let number = heap.space(.nursery) else {
      self = .none
      return
    }
    let space = heap.spaces[number]
    start = Reference(offset: space.start).word
    count = UInt32(space.byteCount / Reference.granuleBytes)
  }

  /// Whether the object with this word stands there; 0, which is none, does only where all do.
  @inlinable @inline(__always)
  func contains(_ word: UInt32) -> Bool { word &- start < count }
}

/// The part of the nursery from which one mutator allocates: to do so is to move a pointer.
///
/// ```
/// │ objects … │ free … │
///             free     end        words of 8 bytes from the arena's base; both 0 for no piece
/// ```
/// A handle: copies mean the same piece. Its mutator moves `free`; whoever has stopped the world may take
/// the piece away. Go and the JVM call it a thread-local allocation buffer.
@safe @usableFromInline struct NurseryPiece: @unchecked Sendable {
  @usableFromInline let words: UnsafeMutablePointer<UInt32>

  /// - Parameter table: its memory, which has to last longer.
  init(_ table: borrowing RawTable<UInt32>) {
    precondition(table.count >= 2, "where it begins and ends")
    unsafe words = table.pointer(to: 0)
  }

  /// Takes room for an object of so many words of 8 bytes; its place, or nil when there is too little.
  @inlinable @inline(__always)
  func take(_ wordCount: UInt32) -> UInt32? {
    let free = unsafe words[0]
    let next = free &+ wordCount
    guard unsafe next <= words[1] else { return nil }
    unsafe words[0] = next
    return free
  }

  /// Makes it the bytes from `start` to `end` of the arena.
  func set(start: Int, end: Int) {
    unsafe words[0] = UInt32(start / Reference.granuleBytes)
    unsafe words[1] = UInt32(end / Reference.granuleBytes)
  }

  /// Makes it no piece; what was free of it stays free, and nobody's.
  func retire() { set(start: 0, end: 0) }
}

// What a collection of the young does with each object.
extension HeapTables {
  /// Slots in the lower half, payload in the upper one; or a forwarding.
  @inline(__always)
  func headerWord(of object: Reference) -> UInt64 {
    unsafe (arena + object.offset).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  func setHeaderWord(_ word: UInt64, of object: Reference) {
    unsafe (arena + object.offset).storeBytes(of: word, as: UInt64.self)
  }

  /// Copies an object's bytes, in words of 8, to where none stands.
  @inline(__always)
  func copyWords(_ count: Int, of object: Reference, to target: Reference) {
    let from = unsafe arena + object.offset
    let to = unsafe arena + target.offset
    var index = 0
    while index < count {
      let word = unsafe from.load(fromByteOffset: index &* 8, as: UInt64.self)
      unsafe to.storeBytes(of: word, toByteOffset: index &* 8, as: UInt64.self)
      index &+= 1
    }
  }
}
