import GarbageCollection

/// A program that builds the heaps of measurements: on one machine or on a thread of many.
protocol GraphBuilder: ~Copyable {
  mutating func allocate(slotCount: Int, payloadBytes: Int) -> Reference
  mutating func store(_ value: Reference?, in slot: Int, of object: Reference)
  /// Keeps one object, and lets go of the one that was kept before.
  mutating func setRoot(_ object: Reference)
}

extension GraphBuilder where Self: ~Copyable {
  /// An object of the usual shape: four references and sixteen bytes.
  mutating func allocate() -> Reference {
    allocate(slotCount: Rig.slotCount, payloadBytes: Rig.payloadBytes)
  }
}
