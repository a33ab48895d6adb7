import Synchronization

/// A heap that several threads share: here one heap behind one lock.
///
/// A class because threads share it and none of them owns it.
public final class SharedHeap: Sendable {
  private let heap: Mutex<Heap>

  public init(limitBytes: Int) throws(HeapError) {
    heap = Mutex(try Heap(limitBytes: limitBytes, poisonsFreedCells: false))
  }

  /// A mutator of the calling thread; its end gives back what it holds.
  public func makeMutator() throws(HeapError) -> MutatorThread { MutatorThread(heap: self) }

  /// Numbers of the allocator; call when no mutator is running.
  public func allocatorReport() -> AllocatorReport {
    heap.withLock { heap in
      var report = heap.allocatorReport()
      report.committedBytes = heap.allocator.arena.committedBytes
      return report
    }
  }

  fileprivate func allocate(byteCount: Int) throws(HeapError) -> Reference {
    try heap.withLock { heap throws(HeapError) in
      let (offset, _) = try heap.allocator.allocate(byteCount: byteCount)
      heap.allocator.arena.fill(at: offset, byteCount: 8, with: 0)
      return Reference(offset: offset)
    }
  }

  fileprivate func free(_ cell: Reference) {
    heap.withLock { heap in _ = heap.allocator.free(offset: cell.offset) }
  }
}

/// One thread's hold on a shared heap, used by one thread at a time.
public struct MutatorThread: ~Copyable {
  fileprivate let heap: SharedHeap

  /// A cell of at least `byteCount` bytes whose first 8 bytes are zero.
  public mutating func allocateCell(byteCount: Int) throws(HeapError) -> Reference {
    try heap.allocate(byteCount: byteCount)
  }

  /// Gives back a cell, whichever thread allocated it.
  public mutating func freeCell(_ cell: Reference) { heap.free(cell) }
}
