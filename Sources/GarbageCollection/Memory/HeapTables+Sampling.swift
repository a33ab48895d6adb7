import Synchronization

/// Looks at colours while others change them, for pictures of the heap: relaxed reads, no lock.
extension HeapTables {
  /// Objects that start in the granules of a line, by colour.
  struct ColorCount {
    var white = 0
    var grey = 0
    var black = 0
  }

  /// Lines of 64 granules, whose colours stand in one line of the processor's cache, in a page.
  static var linesPerPage: Int { colorWordsPerPage / 8 }

  /// Counts the objects in a line of a page by colour.
  func count(line: Int, ofPage page: Int, into count: inout ColorCount) {
    for index in line * 8..<line * 8 + 8 {
      let word = colorWord(index, ofPage: page)
      guard word != 0 else { continue }
      // White is 01, grey 10, black 11 in the lowest two bits.
      let low = word & 0x0101_0101_0101_0101
      let high = word &>> 1 & 0x0101_0101_0101_0101
      count.white += (low & ~high).nonzeroBitCount
      count.grey += (high & ~low).nonzeroBitCount
      count.black += (low & high).nonzeroBitCount
    }
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
