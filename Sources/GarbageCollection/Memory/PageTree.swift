/// Free spans ordered by length, then by address: best fit, the lowest address among equals.
///
/// A treap (Aragon and Seidel, "Randomized Search Trees", 1989) threaded through the span records, so
/// it allocates nothing; priorities come from the page number, so it is the same on every run.
/// Each operation is O(log n) expected.
struct PageTree: BitwiseCopyable {
  private var root: UInt32 = 0

  private struct Key: Comparable {
    let pageCount: UInt32
    let page: UInt32

    static func < (left: Key, right: Key) -> Bool {
      left.pageCount != right.pageCount ? left.pageCount < right.pageCount : left.page < right.page
    }
  }
}

extension PageTree {
  /// Puts in the free span at `page`, whose `pageCount` must not change while it is in the tree.
  mutating func insert(_ page: PageID, in spans: borrowing SpanTable) {
    root = insert(page.index, below: root, spans)
  }

  mutating func remove(_ page: PageID, in spans: borrowing SpanTable) {
    root = remove(key(of: page.index, spans), below: root, spans)
    spans[page].previous = 0
    spans[page].next = 0
  }

  /// The shortest span of at least `pageCount` pages.
  func bestFit(pageCount: Int, in spans: borrowing SpanTable) -> PageID? {
    var node = root
    var best: UInt32 = 0
    while node != 0 {
      if spans[PageID(node)].pageCount >= pageCount {
        best = node
        node = left(node, spans)
      } else {
        node = right(node, spans)
      }
    }
    return best == 0 ? nil : PageID(best)
  }

  /// Calls `body` with the spans, the longest first, as long as it answers true.
  func forEachFromLongest(in spans: borrowing SpanTable, while body: (PageID) -> Bool) {
    var pending: [UInt32] = []
    var node = root
    while node != 0 || !pending.isEmpty {
      while node != 0 {
        pending.append(node)
        node = right(node, spans)
      }
      node = pending.removeLast()
      guard body(PageID(node)) else { return }
      node = left(node, spans)
    }
  }
}

// MARK: - The treap

extension PageTree {
  private func left(_ node: UInt32, _ spans: borrowing SpanTable) -> UInt32 {
    spans[PageID(node)].previous
  }

  private func right(_ node: UInt32, _ spans: borrowing SpanTable) -> UInt32 {
    spans[PageID(node)].next
  }

  private func key(of node: UInt32, _ spans: borrowing SpanTable) -> Key {
    Key(pageCount: spans[PageID(node)].pageCount, page: node)
  }

  /// Scattered, but always the same for the same page.
  private func priority(of node: UInt32) -> UInt32 {
    var mixed = node &* 0x9E37_79B9
    mixed ^= mixed >> 15
    return mixed &* 0x85EB_CA6B
  }

  private func insert(
    _ node: UInt32, below root: UInt32, _ spans: borrowing SpanTable
  ) -> UInt32 {
    guard root != 0, priority(of: node) <= priority(of: root) else {
      let parts = split(root, at: key(of: node, spans), spans)
      spans[PageID(node)].previous = parts.lower
      spans[PageID(node)].next = parts.upper
      return node
    }
    if key(of: node, spans) < key(of: root, spans) {
      let child = insert(node, below: left(root, spans), spans)
      spans[PageID(root)].previous = child
    } else {
      let child = insert(node, below: right(root, spans), spans)
      spans[PageID(root)].next = child
    }
    return root
  }

  private func split(
    _ root: UInt32, at key: Key, _ spans: borrowing SpanTable
  ) -> (lower: UInt32, upper: UInt32) {
    guard root != 0 else { return (0, 0) }
    if self.key(of: root, spans) < key {
      let parts = split(right(root, spans), at: key, spans)
      spans[PageID(root)].next = parts.lower
      return (root, parts.upper)
    }
    let parts = split(left(root, spans), at: key, spans)
    spans[PageID(root)].previous = parts.upper
    return (parts.lower, root)
  }

  private func remove(
    _ key: Key, below root: UInt32, _ spans: borrowing SpanTable
  ) -> UInt32 {
    precondition(root != 0, "only a span in the tree can be removed")
    let rootKey = self.key(of: root, spans)
    if key == rootKey { return merge(left(root, spans), right(root, spans), spans) }
    if key < rootKey {
      let child = remove(key, below: left(root, spans), spans)
      spans[PageID(root)].previous = child
    } else {
      let child = remove(key, below: right(root, spans), spans)
      spans[PageID(root)].next = child
    }
    return root
  }

  private func merge(
    _ lower: UInt32, _ upper: UInt32, _ spans: borrowing SpanTable
  ) -> UInt32 {
    guard lower != 0 else { return upper }
    guard upper != 0 else { return lower }
    if priority(of: lower) > priority(of: upper) {
      let child = merge(right(lower, spans), upper, spans)
      spans[PageID(lower)].next = child
      return lower
    }
    let child = merge(lower, left(upper, spans), spans)
    spans[PageID(upper)].previous = child
    return upper
  }
}
