/// The end of a page worklist in a loop's registers.
///
/// No processor can foresee whether a page is queued already, so nothing branches on it.
struct PageListEnd: BitwiseCopyable {
  private let ring: TableView<UInt32>
  private let mask: Int
  private let states: TableView<UInt8>
  private(set) var tail: Int
  private var lastPage = 0

  init(ring: TableView<UInt32>, mask: Int, states: TableView<UInt8>, tail: Int) {
    self.ring = ring
    self.mask = mask
    self.states = states
    self.tail = tail
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
    ring[tail & mask] = object.word
    tail &+= isFirst.bit
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
}
