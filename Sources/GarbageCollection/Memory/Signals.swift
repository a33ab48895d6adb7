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
  @inlinable @inline(__always)
  var isMarking: Bool {
    get { storeDuties.contains(.shade) }
    nonmutating set {
      if newValue { storeDuties.insert(.shade) } else { storeDuties.remove(.shade) }
    }
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
  @inlinable @inline(__always)
  var isNursing: Bool {
    get { load(4) != 0 }
    nonmutating set { store(newValue ? 1 : 0, 4) }
  }

  /// What stores have to do besides: nothing, or what `StoreDuties` says.
  @inlinable @inline(__always)
  var storeDuties: StoreDuties {
    get { StoreDuties(rawValue: load(0)) }
    nonmutating set { store(newValue.rawValue, 0) }
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
}

/// What the barriers of stores do.
@usableFromInline struct StoreDuties: OptionSet, BitwiseCopyable, Sendable {
  @usableFromInline let rawValue: UInt8

  @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Objects are being marked: the barrier shades.
  @inlinable static var shade: StoreDuties { StoreDuties(rawValue: 1) }
  /// Old and young are apart: places in old objects that refer to young ones are remembered.
  @inlinable static var remember: StoreDuties { StoreDuties(rawValue: 2) }
}
