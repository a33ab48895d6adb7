import CProcessor
import Synchronization

/// All spans of an arena, found by any of their pages, and the lists they are on.
///
/// A span's record stands at the index of its first page. Lists are threaded through the records, so
/// that moving a span from one tier to another allocates nothing.
struct SpanTable: ~Copyable {
  private let records: RawTable<Span>
  /// For each page of a span in use, and for the first and last page of a free one: its first page.
  private let owners: RawTable<UInt32>
  /// For each page of a span in use: what stands in it.
  ///
  /// Apart from the records, and a byte, because every free and every shade looks here first.
  private let kinds: RawTable<UInt8>

  init(pageCount: Int, _ system: SystemMemory) throws(HeapError) {
    // All tables first: what has been made goes away by itself when one cannot be had.
    let records = try RawTable<Span>(zeroed: pageCount, from: system)
    let owners = try RawTable<UInt32>(zeroed: pageCount, from: system)
    let kinds = try RawTable<UInt8>(zeroed: pageCount, from: system)
    self.init(records: records, owners: owners, kinds: kinds)
  }

  private init(
    records: consuming RawTable<Span>, owners: consuming RawTable<UInt32>,
    kinds: consuming RawTable<UInt8>
  ) {
    self.records = records
    self.owners = owners
    self.kinds = kinds
  }

  borrowing func copy(
    pageCount: Int, _ system: SystemMemory
  ) throws(HeapError) -> SpanTable {
    SpanTable(
      records: try records.copy(prefix: pageCount, from: system),
      owners: try owners.copy(prefix: pageCount, from: system),
      kinds: try kinds.copy(prefix: pageCount, from: system))
  }

  subscript(page: PageID) -> Span {
    @inline(__always) get { records[Int(page.index)] }
    @inline(__always) nonmutating _modify { yield &records[Int(page.index)] }
  }

  /// Asks for a span's record before it is looked at.
  @inline(__always)
  func fetch(_ page: PageID) {
    unsafe tri_fetch(records.pointer(to: Int(page.index)))
    unsafe tri_fetch(UnsafeRawPointer(records.pointer(to: Int(page.index))) + 64)
  }

  /// The first page of the span that `page` belongs to; `none` if no span ever held it.
  @inline(__always)
  func owner(of page: PageID) -> PageID { PageID(owners[Int(page.index)]) }

  /// Where the kinds of all pages stand, one byte each.
  var kindBytes: UnsafeMutablePointer<UInt8> { unsafe kinds.pointer(to: 0) }

  /// What stands in the page; `none` in a free page.
  @inline(__always)
  func kind(of page: PageID) -> CellKind { CellKind(raw: kinds[Int(page.index)]) }

  /// Makes every page of the span that starts at `first` name it, and say what stands there.
  func claimPages(of first: PageID, for kind: CellKind) {
    for page in Int(first.index)..<Int(first.index) + Int(self[first].pageCount) {
      owners[page] = first.index
      setKind(kind, ofPage: page)
    }
  }

  /// The first page of a span that does not name it, or says that something else stands there.
  func firstUnclaimed(of first: PageID, _ pageCount: UInt32, for kind: CellKind) -> PageID? {
    if kind == .none { return first }
    var page = Int(first.index)
    while page < Int(first.index + pageCount) {
      if owners[page] != first.index || kinds[page] != kind.raw { return PageID(page) }
      page += 1
    }
    return nil
  }

  /// Makes the two ends of the free span that starts at `first` name it: enough to coalesce.
  func claimEnds(of first: PageID) {
    owners[Int(first.index)] = first.index
    owners[Int(first.index) + Int(self[first].pageCount) - 1] = first.index
  }

  /// Lets the pages of a span that is given back hold nothing.
  func forgetKinds(of first: PageID, pageCount: Int) {
    for page in Int(first.index)..<Int(first.index) + pageCount { setKind(.none, ofPage: page) }
  }

  /// Who samples the heap may be looking.
  private func setKind(_ kind: CellKind, ofPage page: Int) {
    unsafe UnsafeMutableRawPointer(kinds.pointer(to: page))
      .assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(kind.raw, ordering: .relaxed)
  }

  func hash(pageCount: Int, into digest: inout Digest) {
    records.hash(prefix: pageCount, into: &digest)
    owners.hash(prefix: pageCount, into: &digest)
    kinds.hash(prefix: pageCount, into: &digest)
  }
}

/// What the cells of a page hold: nothing, objects of a span class, part of a large object, or objects
/// that stand in no cells.
///
/// Also the index of a class's bin and central list; the first, `none`, has none of either.
struct CellKind: Hashable, BitwiseCopyable {
  let raw: UInt8

  @inline(__always)
  init(raw: UInt8) { self.raw = raw }

  @inline(__always)
  init(_ spanClass: SpanClass) { raw = spanClass.index + 1 }

  static var none: CellKind { CellKind(raw: 0) }
  static var tiny: CellKind {
    @inline(__always) get { CellKind(SpanClass.tiny) }
  }
  static var large: CellKind {
    @inline(__always) get { CellKind(raw: SpanClass.tiny.index + 2) }
  }
  static var pointerFreeLarge: CellKind {
    @inline(__always) get { CellKind(raw: SpanClass.tiny.index + 3) }
  }
  /// A page of a space, where objects stand one behind the other.
  static var space: CellKind {
    @inline(__always) get { CellKind(raw: SpanClass.tiny.index + 4) }
  }
  /// A page of a space for the young, whose headers hold an age.
  static var youngSpace: CellKind {
    @inline(__always) get { CellKind(raw: SpanClass.tiny.index + 6) }
  }
  /// Kinds there are, `none` included.
  static var count: Int { Int(youngSpace.raw) + 1 }

  @inline(__always)
  var index: Int { Int(raw) }

  var isLarge: Bool { self == .large || self == .pointerFreeLarge }

  /// Whether objects stand here without cells, one behind the other.
  @inline(__always)
  var isSpace: Bool { raw >= CellKind.space.raw }

  /// Nil for pages without cells and for large objects.
  var spanClass: SpanClass? {
    guard self != .none, self != .unused, raw < CellKind.large.raw else { return nil }
    return SpanClass(index: raw - 1)
  }

  /// The number before `tiny`, skipped so that pointer-free kinds are even.
  private static var unused: CellKind { CellKind(raw: SpanClass.tiny.index) }

  /// Whether the marker has nothing to read here.
  ///
  /// Kinds alternate: those with references are odd.
  @inline(__always)
  var isPointerFree: Bool { raw & 1 == 0 }
}

/// A list of spans threaded through their records; the head is the span put in last.
struct SpanList: BitwiseCopyable {
  private(set) var head: UInt32 = 0

  @inline(__always)
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

  func forEach(in spans: borrowing SpanTable, _ body: (PageID) -> Void) {
    var next = head
    while next != 0 {
      body(PageID(next))
      next = spans[PageID(next)].next
    }
  }
}
