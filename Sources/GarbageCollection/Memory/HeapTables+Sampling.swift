import Synchronization

/// Looks at colours while others change them, for pictures of the heap: relaxed reads, no lock.
extension HeapTables {
  /// Objects that start in the granules of a line, by colour.
  struct ColorCount {
    var white = 0
    var grey = 0
    var black = 0
  }

  /// Counts the objects in a line of a page by colour.
  func count(line: Int, ofPage page: Int, into count: inout ColorCount) {
    func granules(_ byte: UInt8) -> Int {
      self.granules(ofColorByte: byte, inLine: line, ofPage: page).nonzeroBitCount
    }
    count.white += granules(ColorByte.white)
    count.grey += granules(ColorByte.waiting) + granules(ColorByte.taken)
    count.black += granules(ColorByte.black)
  }

  /// Whether the page is in a span that is in use.
  func isInUse(page: Int) -> Bool {
    let kind = unsafe UnsafeMutableRawPointer(pageKinds + page)
      .assumingMemoryBound(to: Atomic<UInt8>.self)
    return unsafe kind.pointee.load(ordering: .relaxed) != 0
  }
}

/// The page heap as seen from outside: how large it is at this moment; any thread.
@safe struct PageGauge {
  private let heap: UnsafeMutablePointer<PageHeap>

  /// - Parameter allocator: must outlive the gauge.
  init(_ allocator: borrowing Allocator) { unsafe heap = allocator.pageHeap.pointer(to: 0) }

  /// Pages committed, and pages with memory behind them.
  func read() -> (committed: Int, resident: Int) {
    let lock = unsafe UnsafeMutableRawPointer(heap).assumingMemoryBound(to: Lock.self)
    unsafe Lock.take(lock)
    defer { unsafe Lock.leave(lock) }
    return unsafe (heap.pointee.committedPages, heap.pointee.residentPages)
  }
}
