/// Where a loop puts objects that turn grey, kept in registers: the end of a page worklist, and of its hand.
///
/// No processor can foresee whether a page is queued already, so nothing branches on it.
struct PageListEnd: BitwiseCopyable {
  private let list: TableView<UInt32>
  private let states: TableView<UInt8>
  private let hand: TableView<UInt32>
  private(set) var listTail: Int
  private(set) var handEnds: QueueEnds
  private var lastPage = 0
  /// The state of pages whose objects go in hand; one that no page has, where there is no room.
  private let heldState: UInt8
  /// Objects up to here are asked for on the spot, the others before it is their turn.
  private let fetchEnd: Int

  init(
    list: TableView<UInt32>, states: TableView<UInt8>, listTail: Int,
    hand: TableView<UInt32>, handEnds: QueueEnds
  ) {
    self.list = list
    self.states = states
    self.listTail = listTail
    self.hand = hand
    self.handEnds = handEnds
    heldState = handEnds.tail < PageWorklist.handSize ? PageState.left : PageState.impossible
    fetchEnd = handEnds.head &+ PageWorklist.lookAhead
  }

  /// Takes a white object in hand, if its page is one to come back to; whether it is.
  ///
  /// A processor foresees that well enough: nearly none stand on such a page, or nearly all.
  @inline(__always)
  mutating func holdIfRecent(_ object: Reference, _ ground: HeapTables) -> Bool {
    guard states[object.page] == heldState else { return false }
    if handEnds.tail <= fetchEnd { ground.fetch(object) }
    ground.setColorByte(ColorByte.taken, of: object)
    hand[handEnds.tail] = object.word
    handEnds.tail &+= 1
    return true
  }

  /// Lets an object wait that has just turned grey.
  ///
  /// Where many stand on one page, each would wait for what the one before it has written. No object
  /// stands on page 0, so its state is always `several`, and stands for that of the last page.
  @inline(__always)
  mutating func push(_ object: Reference) {
    let page = object.page
    let isFirst = states[page == lastPage ? 0 : page] == PageState.absent
    lastPage = page
    list[listTail] = object.word
    listTail &+= isFirst.bit
    states[page] = PageState.several &- UInt8(truncatingIfNeeded: isFirst.bit)
  }
}

/// What waits on a page.
enum PageState {
  /// Nothing.
  static let absent: UInt8 = 0
  /// The object for which the page was queued.
  static let one: UInt8 = 1
  /// Several objects, or unknown ones.
  static let several: UInt8 = 2
  /// Nothing, but the page is one to come back to: it is not queued when that changes.
  static let left: UInt8 = 3
  /// A state that no page has.
  static let impossible: UInt8 = 4
}
