/// What a program does without the collector's knowledge.
extension ThreadedMutator {
  /// Writes a slot and does not ask whether objects are being marked.
  ///
  /// What a store costs where there is no collector: to be compared with, and used by nobody else, for a
  /// collector that is marking may then miss the object.
  @inlinable @inline(__always)
  public func storePlainly(_ value: Reference?, in slot: Int, of object: Reference) {
    ground.storeSlot(value?.word ?? 0, in: slot, of: object)
  }
}
