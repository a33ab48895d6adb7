import Synchronization

/// A ring through which one thread hands cells to another.
///
/// Each end publishes how far it is once every 64 cells, and looks at the other end only when it must;
/// so the two rarely touch the same line of memory. The producer alone writes the places from `tail` up
/// to `tail + capacity`, the consumer alone reads those below `head`.
///
/// A class because two threads share it.
final class CellQueue<Cell: Sendable>: Sendable {
  private static var capacity: UInt32 { 4096 }
  private static var publishedEvery: UInt32 { 64 }

  private let cells = CellTable<Cell>(count: Int(CellQueue.capacity))
  private let paddingBeforeHead = InlineArray<8, UInt64>(repeating: 0)
  private let head = Atomic<UInt32>(0)
  private let paddingBeforeTail = InlineArray<8, UInt64>(repeating: 0)
  private let tail = Atomic<UInt32>(0)

  /// Puts `count` cells into the ring, waiting busily while it is full.
  func produce(_ count: Int, _ makeCell: () -> Cell) {
    var (position, seenTail): (UInt32, UInt32) = (0, 0)
    for index in 0..<count {
      let cell = makeCell()
      while position &- seenTail == CellQueue.capacity {
        seenTail = tail.load(ordering: .acquiring)
      }
      cells[Int(position % CellQueue.capacity)] = cell
      position &+= 1
      if position % CellQueue.publishedEvery == 0 || index + 1 == count {
        head.store(position, ordering: .releasing)
      }
    }
  }

  /// Takes `count` cells out of the ring, waiting busily while it is empty.
  func consume(_ count: Int, _ take: (Cell) -> Void) {
    var (position, seenHead): (UInt32, UInt32) = (0, 0)
    for _ in 0..<count {
      while position == seenHead { seenHead = head.load(ordering: .acquiring) }
      take(cells[Int(position % CellQueue.capacity)])
      position &+= 1
      if position % CellQueue.publishedEvery == 0 { tail.store(position, ordering: .releasing) }
    }
  }
}
