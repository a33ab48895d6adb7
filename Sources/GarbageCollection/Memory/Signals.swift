public import Synchronization

/// What a heap's threads are told about the collector, in a line of the processor's cache that
/// changes only while the world is stopped; valid while the table it stands in is.
@safe @usableFromInline struct Signals {
  @usableFromInline let bytes: UnsafeMutablePointer<UInt8>

  init(_ table: borrowing RawTable<UInt8>) {
    precondition(table.count >= 64, "a line of its own")
    unsafe bytes = table.pointer(to: 0)
  }

  /// Whether barriers act for marking.
  @inline(__always)
  var isMarking: Bool {
    get { load(0) != 0 }
    nonmutating set { store(newValue ? 1 : 0, 0) }
  }

  /// The colour of what is born, as `ColorByte`.
  @inline(__always)
  var birthColor: UInt8 {
    get { load(1) }
    nonmutating set { store(newValue, 1) }
  }

  /// Whether spans wait to be swept.
  @inline(__always)
  var isSweeping: Bool {
    get { load(2) != 0 }
    nonmutating set { store(newValue ? 1 : 0, 2) }
  }

  /// Whether markers have to give back their work and stand still.
  @inline(__always)
  var haltsMarkers: Bool {
    get { load(3) != 0 }
    nonmutating set { store(newValue ? 1 : 0, 3) }
  }

  /// Whether objects are born in the nursery.
  @inline(__always)
  var isNursing: Bool {
    get { load(4) != 0 }
    nonmutating set { store(newValue ? 1 : 0, 4) }
  }

  /// The objects whose slots are written and nothing else: none while objects are being marked, the
  /// young where old and young are apart, or all.
  @inlinable @inline(__always)
  var plain: PlaceRange {
    get { PlaceRange(start: loadHalf(2), count: loadHalf(3)) }
    nonmutating set {
      storeHalf(newValue.start, 2)
      storeHalf(newValue.count, 3)
    }
  }

  @inlinable @inline(__always)
  func load(_ index: Int) -> UInt8 {
    unsafe UnsafeMutableRawPointer(bytes + index).assumingMemoryBound(to: Atomic<UInt8>.self)
      .pointee.load(ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func store(_ byte: UInt8, _ index: Int) {
    unsafe UnsafeMutableRawPointer(bytes + index).assumingMemoryBound(to: Atomic<UInt8>.self)
      .pointee.store(byte, ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func loadHalf(_ index: Int) -> UInt32 {
    unsafe half(index).pointee.load(ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func storeHalf(_ half: UInt32, _ index: Int) {
    unsafe self.half(index).pointee.store(half, ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func half(_ index: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
    unsafe UnsafeMutableRawPointer(bytes + index &* 4)
      .assumingMemoryBound(to: Atomic<UInt32>.self)
  }
}
