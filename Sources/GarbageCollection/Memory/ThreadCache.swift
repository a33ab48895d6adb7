/// The first tier: one span of each class that one mutator alone allocates from.
///
/// Go's `mcache`. A cell is found in the span's bitmap; no list, no lock, no neighbour is touched.
struct ThreadCache: ~Copyable {
  private let current: RawTable<UInt32>

  init() { current = RawTable(zeroed: SizeClass.table.count) }

  private init(current: consuming RawTable<UInt32>) { self.current = current }

  borrowing func copy() -> ThreadCache {
    ThreadCache(current: current.copy(prefix: current.count))
  }

  /// The span in hand for a class, or `none`.
  subscript(sizeClass: UInt8) -> PageID {
    @inline(__always) get { PageID(current[Int(sizeClass)]) }
    nonmutating set { current[Int(sizeClass)] = newValue.index }
  }

  func hash(into digest: inout Digest) { current.hash(prefix: current.count, into: &digest) }
}
