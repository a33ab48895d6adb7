/// The bytes of an object that the collector does not look at.
extension ThreadedMutator {
  /// Word `index` (0-based, of 4 bytes) of the payload of an object with so many slots.
  ///
  /// - Precondition: the object has slots, or a payload of more than 7 bytes: tiny objects have no
  ///   words.
  @inlinable @inline(__always)
  public func payloadWord(_ index: Int, of object: Reference, slotCount: Int) -> UInt32 {
    // Slots are words of 4 bytes, too, and the payload stands behind them.
    ground.loadSlot(slotCount &+ index, of: object)
  }

  /// Writes a word of the payload, without a barrier.
  @inlinable @inline(__always)
  public func setPayloadWord(
    _ index: Int, of object: Reference, slotCount: Int, to word: UInt32
  ) {
    ground.storeSlot(word, in: slotCount &+ index, of: object)
  }

  /// Eight bytes of the payload of an object with `slotCount` slots; `index` counts such words.
  @inlinable @inline(__always)
  public func loadPayload(_ index: Int, after slotCount: Int, of object: Reference) -> UInt64 {
    ground.loadPayload(index, after: slotCount, of: object)
  }

  @inlinable @inline(__always)
  public func storePayload(
    _ word: UInt64, _ index: Int, after slotCount: Int, of object: Reference
  ) {
    ground.storePayload(word, index, after: slotCount, of: object)
  }
}
