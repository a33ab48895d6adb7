// What a compiled program does with the payload of its objects, whose layout it knows.
extension HeapTables {
  /// Eight bytes of the payload; `index` counts such words, after `slotCount` slots.
  @inlinable @inline(__always)
  func loadPayload(_ index: Int, after slotCount: Int, of object: Reference) -> UInt64 {
    unsafe (arena + HeapTables.payloadOffset(index, after: slotCount, of: object))
      .loadUnaligned(as: UInt64.self)
  }

  @inlinable @inline(__always)
  func storePayload(_ word: UInt64, _ index: Int, after slotCount: Int, of object: Reference) {
    unsafe (arena + HeapTables.payloadOffset(index, after: slotCount, of: object))
      .storeBytes(of: word, as: UInt64.self)
  }

  @inlinable @inline(__always)
  static func payloadOffset(
    _ index: Int, after slotCount: Int, of object: Reference
  ) -> Int {
    object.offset &+ ObjectHeader.byteCount &+ slotCount &* ObjectHeader.slotBytes &+ index &* 8
  }
}
