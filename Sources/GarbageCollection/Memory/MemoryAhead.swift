/// Memory that a heap will grow into, taken from the system before anybody waits for it.
///
/// The first touch of a huge page costs the system the zeroing of 2 MiB: a fifth of a millisecond,
/// and many times that on a virtual machine whose host has to find the memory first.
@safe struct MemoryAhead: @unchecked Sendable {
  private let arena: UnsafeMutableRawPointer
  private let colors: UnsafeMutablePointer<UInt8>
  private let reservedBytes: Int
  private let system: SystemMemory

  /// - Parameter allocator: must outlive this.
  init(_ allocator: borrowing Allocator) {
    unsafe arena = allocator.arena.start
    unsafe colors = allocator.colors.start
    reservedBytes = allocator.arena.reservedBytes
    system = allocator.arena.system
  }

  /// Puts memory behind the bytes from `start` to `end` of the arena, and behind their colours; any
  /// thread, also while others use the same bytes.
  ///
  /// Where the system will not, whoever touches them first waits, as everywhere else.
  func prepare(from start: Int, to end: Int) {
    let end = min(end, reservedBytes)
    guard start < end else { return }
    guard (try? unsafe system.commit(arena + start, byteCount: end - start)) != nil else { return }
    unsafe SystemMemory.populate(arena + start, byteCount: end - start)
    let granules = (start / SizeClass.granuleBytes, end / SizeClass.granuleBytes)
    unsafe SystemMemory.populate(
      UnsafeMutableRawPointer(colors) + granules.0, byteCount: granules.1 - granules.0)
  }
}
