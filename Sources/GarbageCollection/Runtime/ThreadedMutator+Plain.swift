/// What a program does without the collector's knowledge.
extension ThreadedMutator {
  /// Writes a slot and does not ask whether objects are being marked.
  ///
  /// What a store costs where there is no collector: to be compared with, and used by nobody else, for a
  /// collector that is marking may then miss the object.
  @inline(__always)
  public func storePlainly(_ value: Reference?, in slot: Int, of object: Reference) {
    ground.storeSlot(value?.word ?? 0, in: slot, of: object)
  }

  /// Eight bytes of the payload of an object with `slotCount` slots; `index` counts such words.
  @inline(__always)
  public func loadPayload(_ index: Int, after slotCount: Int, of object: Reference) -> UInt64 {
    ground.loadPayload(index, after: slotCount, of: object)
  }

  @inline(__always)
  public func storePayload(
    _ word: UInt64, _ index: Int, after slotCount: Int, of object: Reference
  ) {
    ground.storePayload(word, index, after: slotCount, of: object)
  }
}
