/// A pointer to an object: the offset of its cell in the arena, in granules of 8 bytes.
///
/// 32 bits reach 32 GiB: half the memory traffic of machine pointers, the same number in every run
/// and in every copy of the arena. In memory 0 is nil. A reference says nothing about what stands at
/// its cell *now*: after a wrong free it dangles.
public struct Reference: Hashable, Sendable, Comparable, BitwiseCopyable {
  /// The word in the slot; never 0.
  public let word: UInt32

  @inlinable @inline(__always)
  init(word: UInt32) { self.word = word }

  @inline(__always)
  init(offset: Int) { word = UInt32(truncatingIfNeeded: offset / Reference.granuleBytes) }

  @inlinable static var granuleBytes: Int { 8 }

  /// Bytes from the arena's base to the object's header.
  @inlinable @inline(__always)
  public var offset: Int { Int(word) * Reference.granuleBytes }

  public static func < (left: Reference, right: Reference) -> Bool { left.word < right.word }
}
