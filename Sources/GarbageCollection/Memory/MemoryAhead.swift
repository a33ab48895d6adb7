/// Memory that a heap will grow into, taken from the system before anybody waits for it.
///
/// The first touch of a huge page costs the system the zeroing of 2 MiB: a fifth of a millisecond,
/// and many times that on a virtual machine whose host has to find the memory first.
@safe struct MemoryAhead: @unchecked Sendable {
  private let arena: UnsafeMutableRawPointer
  private let colors: UnsafeMutablePointer<UInt8>
  private let heap: UnsafeMutablePointer<PageHeap>
  private let reservedBytes: Int
  private let system: SystemMemory

  /// - Parameter allocator: must outlive this.
  init(_ allocator: borrowing Allocator) {
    unsafe arena = allocator.arena.start
    unsafe colors = allocator.colors.start
    unsafe heap = allocator.pageHeap.pointer(to: 0)
    reservedBytes = allocator.arena.reservedBytes
    system = allocator.arena.system
  }

  /// Puts memory behind the bytes from `start` to `end` of the arena, and behind their colours; one
  /// thread at a time, also while others use the same bytes.
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
    note(PageID(containing: start), PageID(containing: end))
  }

  /// Lets the heap know, if what has been prepared follows what it has.
  private func note(_ start: PageID, _ end: PageID) {
    let lock = unsafe UnsafeMutableRawPointer(heap).assumingMemoryBound(to: Lock.self)
    unsafe Lock.take(lock)
    defer { unsafe Lock.leave(lock) }
    guard unsafe start <= max(heap.pointee.frontier, heap.pointee.preparedEnd) else { return }
    unsafe heap.pointee.preparedEnd = max(heap.pointee.preparedEnd, end)
  }
}
