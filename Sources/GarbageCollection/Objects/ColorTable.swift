import Synchronization

/// One byte for each place where an object can start, apart from the objects: whether one does, and
/// its colour.
///
/// Apart, so that marking writes no line that holds program data; a byte, so that shading, birth and
/// death are plain stores that disturb no neighbour, also between threads. Indexed by granules of 16
/// bytes: 6.25 % of the heap, and no division to find.
///
/// Cells start at multiples of 8, but a byte for 16 is enough: every cell has at least 16 bytes, so of
/// two cells the second starts at least 16 bytes behind the first, and never in the same granule. Which
/// half of its granule a cell starts in, the page tells: `CellStarts`.
///
/// The two halves of a tiny block share a byte, so they live and die together.
struct ColorTable: ~Copyable {
  private let bytes: RawTable<UInt8>

  init(arenaBytes: Int, _ system: SystemMemory) throws(HeapError) {
    bytes = try RawTable(zeroed: arenaBytes / SizeClass.granuleBytes, from: system)
  }

  private init(bytes: consuming RawTable<UInt8>) { self.bytes = bytes }

  /// A table of its own with the colours of the first `arenaBytes` bytes.
  borrowing func copy(
    arenaBytes: Int, _ system: SystemMemory
  ) throws(HeapError) -> ColorTable {
    ColorTable(
      bytes: try bytes.copy(prefix: arenaBytes / SizeClass.granuleBytes, from: system))
  }

  /// The colour of what stands there; white too where nothing does.
  subscript(reference: Reference) -> Color {
    @inline(__always) get { Color(byte: byte(of: reference)) }
    @inline(__always) nonmutating set { setByte(newValue.byte, of: reference) }
  }

  /// Whether a cell that starts here is in use.
  @inline(__always)
  func isInUse(_ reference: Reference) -> Bool { byte(of: reference) != 0 }

  @inline(__always)
  func isWhite(_ reference: Reference) -> Bool {
    byte(of: reference) == ColorByte.white
  }

  /// Where the bytes of all granules stand.
  var start: UnsafeMutablePointer<UInt8> { unsafe bytes.pointer(to: 0) }

  /// As `ColorByte` has it.
  @inline(__always)
  func byte(of reference: Reference) -> UInt8 {
    unsafe atomic(at: reference).pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  func setByte(_ byte: UInt8, of reference: Reference) {
    unsafe atomic(at: reference).pointee.store(byte, ordering: .relaxed)
  }

  /// Threads look at colours while others change them.
  @inline(__always)
  private func atomic(at reference: Reference) -> UnsafeMutablePointer<Atomic<UInt8>> {
    unsafe UnsafeMutableRawPointer(bytes.pointer(to: reference.granule))
      .assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  /// Nothing stands here any more.
  @inline(__always)
  func clear(_ reference: Reference) { setByte(0, of: reference) }

  /// Nothing stands any more from `start` to `end`, both multiples of 16.
  func clear(from start: Int, to end: Int) {
    bytes.clear(
      from: start / SizeClass.granuleBytes, count: (end - start) / SizeClass.granuleBytes)
  }

  /// Turns everything that stands from `start` to `end` white.
  func whiten(from start: Int, to end: Int) {
    for granule in start / SizeClass.granuleBytes..<end / SizeClass.granuleBytes
    where bytes[granule] != 0 {
      bytes[granule] = ColorByte.white
    }
  }

  /// The offset of the first granule in which a cell in use starts, from that of `offset` on and below
  /// `end`, or nil.
  ///
  /// A page of granules and then eight are looked at together, so that free memory is passed quickly.
  func firstGranuleInUse(from offset: Int, below end: Int) -> Int? {
    let pageGranules = Page.bytes / SizeClass.granuleBytes
    var granule = offset / SizeClass.granuleBytes
    let last = (end + SizeClass.granuleBytes - 1) / SizeClass.granuleBytes
    while granule < last {
      let pageEnd = min(last, (granule | (pageGranules - 1)) + 1)
      let isWholePage = pageEnd - granule == pageGranules
      if !isWholePage || !bytes.isZero(from: granule, count: pageGranules),
        let found = bytes.firstNonzero(from: granule, below: pageEnd)
      {
        return found * SizeClass.granuleBytes
      }
      granule = pageEnd
    }
    return nil
  }

  func hash(arenaBytes: Int, into digest: inout Digest) {
    bytes.hash(prefix: arenaBytes / SizeClass.granuleBytes, into: &digest)
  }
}

extension Reference {
  /// The index of the place's byte in the colour table.
  @inline(__always)
  fileprivate var granule: Int { Int(word / 2) }
}
