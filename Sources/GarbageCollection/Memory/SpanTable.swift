/// All spans of an arena, found by any of their pages, and the lists they are on.
///
/// A span's record stands at the index of its first page. Lists are threaded through the records, so
/// that moving a span from one tier to another allocates nothing.
struct SpanTable: ~Copyable {
  private let records: RawTable<Span>
  /// For each page of a span in use, and for the first and last page of a free one: its first page.
  private let owners: RawTable<UInt32>

  init(pageCount: Int) {
    records = RawTable(zeroed: pageCount)
    owners = RawTable(zeroed: pageCount)
  }

  private init(records: consuming RawTable<Span>, owners: consuming RawTable<UInt32>) {
    self.records = records
    self.owners = owners
  }

  borrowing func copy(pageCount: Int) -> SpanTable {
    SpanTable(records: records.copy(prefix: pageCount), owners: owners.copy(prefix: pageCount))
  }

  subscript(page: PageID) -> Span {
    @inline(__always) get { records[Int(page.index)] }
    @inline(__always) nonmutating _modify { yield &records[Int(page.index)] }
  }

  /// The first page of the span that `page` belongs to; `none` if no span ever held it.
  @inline(__always)
  func owner(of page: PageID) -> PageID { PageID(owners[Int(page.index)]) }

  /// Makes every page of the span that starts at `first` name it.
  func claimPages(of first: PageID) {
    for page in Int(first.index)..<Int(first.index) + Int(self[first].pageCount) {
      owners[page] = first.index
    }
  }

  /// Makes the two ends of the span that starts at `first` name it: enough to coalesce.
  func claimEnds(of first: PageID) {
    owners[Int(first.index)] = first.index
    owners[Int(first.index) + Int(self[first].pageCount) - 1] = first.index
  }

  func hash(pageCount: Int, into digest: inout Digest) {
    records.hash(prefix: pageCount, into: &digest)
    owners.hash(prefix: pageCount, into: &digest)
  }
}

/// A list of spans threaded through their records; the head is the span put in last.
struct SpanList: BitwiseCopyable {
  private(set) var head: UInt32 = 0

  var first: PageID? { head == 0 ? nil : PageID(head) }

  mutating func insert(_ page: PageID, in spans: borrowing SpanTable) {
    spans[page].previous = 0
    spans[page].next = head
    if head != 0 { spans[PageID(head)].previous = page.index }
    head = page.index
  }

  mutating func remove(_ page: PageID, in spans: borrowing SpanTable) {
    let next = spans[page].next
    let previous = spans[page].previous
    if previous == 0 { head = next } else { spans[PageID(previous)].next = next }
    if next != 0 { spans[PageID(next)].previous = previous }
    spans[page].next = 0
    spans[page].previous = 0
  }
}
