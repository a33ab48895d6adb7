/// Something that hands out cells and takes them back; every workload is written once, over this.
///
/// One thread uses one value. Values of several threads share a `Source`, and a cell may come back
/// through another value than the one it came from.
protocol CellAllocator: ~Copyable, SendableMetatype {
  associatedtype Cell: Sendable
  associatedtype Source: Sendable

  static func makeSource() -> Source
  init(sharing source: Source)

  /// A cell of at least `byteCount` bytes whose first 8 bytes have been cleared: nobody asks for memory
  /// to leave it alone.
  mutating func allocate(byteCount: Int) -> Cell
  mutating func free(_ cell: Cell)
}

/// The allocator of this process's C library, or of the library that took its place.
struct MallocCells: CellAllocator, ~Copyable {
  private let malloc: Malloc

  static func makeSource() -> Malloc { Malloc() }

  init(sharing source: Malloc) { malloc = source }

  @inline(__always)
  mutating func allocate(byteCount: Int) -> Malloc.Cell { malloc.allocate(byteCount: byteCount) }

  @inline(__always)
  mutating func free(_ cell: Malloc.Cell) { malloc.free(cell) }
}
