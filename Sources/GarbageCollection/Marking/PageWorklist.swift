/// The grey objects that wait to be scanned, grouped by the page they stand in.
///
/// ```
/// pages   │ 7: one │ 3: several │ 9: one │      in the order in which their first object was shaded
/// hand    │ B │ F │ K │                        what was taken of the first page, by address
/// ```
/// The colours of a page stand together, and so do its objects; whoever scans all that is grey there
/// at once finds most of both in the processor's cache. Pages wait first in, first out, so that greys
/// gather meanwhile. A page with a single grey object is no more than that object. After Go's
/// collector of 2025 (golang.org/issue/73581), with colours in place of its two bitmaps.
///
/// A drain remembers the last pages of which it took several objects. What turns grey there, as most
/// does in a tree in the order of allocation, goes straight in hand: its page is still in the cache.
struct PageWorklist: ~Copyable {
  /// The object for which a page was queued, for each page that waits.
  private var list: RawTable<UInt32>
  /// As many places are free before it as there are pages to come back to, at least.
  private var head = 0
  private var tail = 0
  /// `PageState` by page.
  private let states: RawTable<UInt8>
  /// The pages to come back to, in a circle; 0 where there is none.
  private let recent = RawTable<UInt32>(zeroed: PageWorklist.recentCount)
  /// Pages put there since it was empty, as it is between any two drains.
  private var stayCount = 0
  /// Objects taken to be scanned next.
  private let hand: RawTable<UInt32>
  var handEnds = QueueEnds()

  /// - Parameter pageCount: pages of the arena; 0 for a list that is never used.
  init(pageCount: Int) {
    list = RawTable(zeroed: pageCount == 0 ? 1 : 4 * Self.recentCount)
    states = RawTable(zeroed: max(1, pageCount))
    hand = RawTable(
      zeroed: pageCount == 0 ? 1 : Self.handSize + FoundReferences.halfSize + Self.lookAhead)
    states[0] = PageState.several
  }

  /// Pages that a drain remembers; a power of two.
  static let recentCount = 32

  /// Objects asked for ahead of the one that is scanned.
  static let lookAhead = 16

  /// Room for what is in hand when a page is taken, and all objects of that page.
  ///
  /// From here on nothing is held before the hand slides; a batch that began below may go beyond.
  static let handSize = 2 * Span.cellLimit

  /// The hand for loops; `lookAhead` behind its last object there is still something to be read.
  @inline(__always)
  var handView: TableView<UInt32> { hand.view(from: 0) }

  private init(copying other: borrowing PageWorklist) {
    list = RawTable(zeroed: other.list.count)
    states = RawTable(zeroed: other.states.count)
    hand = RawTable(zeroed: other.hand.count)
    states[0] = PageState.several
    for index in other.head..<other.tail {
      let entry = other.list[index]
      list[index] = entry
      states[Reference(word: entry).page] = other.states[Reference(word: entry).page]
    }
    (head, tail) = (other.head, other.tail)
    for index in other.handEnds.head..<other.handEnds.tail {
      hand[index] = other.hand[index]
    }
    handEnds = other.handEnds
  }

  borrowing func copy() -> PageWorklist { PageWorklist(copying: self) }
}

extension PageWorklist {
  var isEmpty: Bool { head == tail && handEnds.count == 0 }

  /// Pages that wait.
  @inline(__always)
  var pageCount: Int { tail &- head }

  /// Lets an object wait that has just turned grey.
  @inline(__always)
  mutating func push(_ object: Reference) {
    var end = openEnd(reserving: 1, handEnds)
    end.push(object)
    tail = end.listTail
  }

  /// The ends of the list and of the hand, for a loop that puts at most so many objects there, and no more
  /// than `FoundReferences.halfSize`.
  ///
  /// Nothing else may happen to the list until it is closed.
  @inline(__always)
  mutating func openEnd(reserving count: Int, _ ends: QueueEnds) -> PageListEnd {
    assert(count <= FoundReferences.halfSize, "what a hand nearly full has room for")
    reserve(count)
    return PageListEnd(
      list: list.view(from: 0), states: states.view(from: 0), listTail: tail,
      hand: handView, handEnds: ends)
  }

  /// Takes over what has been put there.
  @inline(__always)
  mutating func close(_ end: PageListEnd, _ ends: inout QueueEnds) {
    tail = end.listTail
    ends = end.handEnds
  }

  @inline(__always)
  private mutating func reserve(_ count: Int) {
    if tail &+ count > list.count { makeRoom(count) }
  }

  /// Moves what waits to the front, or to a larger table if that would soon be full again.
  ///
  /// Leaves room in front for all pages to come back to, which `settle` may put there.
  @inline(never)
  private mutating func makeRoom(_ count: Int) {
    let front = Self.recentCount
    let old = head..<tail
    var size = list.count
    while size < 2 * (front + old.count + count) { size *= 2 }
    if size > list.count {
      let larger = RawTable<UInt32>(zeroed: size)
      for index in old { larger[front + index - head] = list[index] }
      list = larger
    } else {
      assert(head > front, "what is free before these is more than the room in front")
      for index in old { list[front + index - head] = list[index] }
    }
    (head, tail) = (front, front + old.count)
  }
}

// MARK: - The hand

extension PageWorklist {
  /// Takes the next object in hand; the hand must not be empty.
  @inline(__always)
  func popHand(_ ends: inout QueueEnds) -> Reference {
    defer { ends.head &+= 1 }
    return nextInHand(ends)
  }

  /// The next object in hand; the hand must not be empty.
  @inline(__always)
  func nextInHand(_ ends: QueueEnds) -> Reference {
    Reference(word: hand[ends.head])
  }

  /// Takes an object in hand that is on no list.
  @inline(__always)
  func hold(_ object: Reference, _ ground: HeapTables, _ ends: inout QueueEnds) {
    if ends.tail >= Self.handSize { slide(&ends) }
    ground.setColorByte(ColorByte.taken, of: object)
    hand[ends.tail] = object.word
    ends.tail &+= 1
  }

  /// Moves what is in hand to the front.
  private func slide(_ ends: inout QueueEnds) {
    for index in 0..<ends.count { hand[index] = hand[ends.head + index] }
    ends = QueueEnds(head: 0, tail: ends.count)
  }

  /// Takes all grey objects of the page that waits first in hand, by address.
  ///
  /// None, where all of them were taken in other ways. There must be a page, and at most half of the
  /// hand in use. The answer is the page, if it is one to come back to, for several objects waited; or
  /// else 0.
  @inline(__always) @discardableResult
  mutating func takePage(_ ground: HeapTables, _ ends: inout QueueEnds) -> Int {
    let first = Reference(word: list[head])
    head &+= 1
    let state = states[first.page]
    states[first.page] = PageState.absent
    fetchNextPage(ground)
    if state == PageState.one {
      guard ground.colorByte(of: first) == ColorByte.waiting else { return 0 }
      ground.fetch(first)
      hold(first, ground, &ends)
      return 0
    }
    takeAll(ofPage: first.page, ground, &ends)
    return first.page
  }

  /// Asks for what will be looked at when the page behind the one that is next is taken.
  @inline(__always)
  private func fetchNextPage(_ ground: HeapTables) {
    guard pageCount > 1 else { return }
    let object = Reference(word: list[head &+ 1])
    if states[object.page] == PageState.several { ground.fetchColors(ofPage: object.page) }
  }

  @inline(__always)
  private func takeAll(ofPage page: Int, _ ground: HeapTables, _ ends: inout QueueEnds) {
    if ends.tail > Self.handSize - Span.cellLimit { slide(&ends) }
    let hand = handView
    var tail = ends.tail
    let fetchEnd = ends.head &+ Self.lookAhead
    let starts = CellStarts(ground.kind(ofPage: page))
    for line in 0..<HeapTables.linesPerPage {
      var grey = ground.granules(ofColorByte: ColorByte.waiting, inLine: line, ofPage: page)
      let cells = starts.cells(ofLine: line, ofPage: page)
      while grey != 0 {
        let granule = grey.trailingZeroBitCount
        grey &= grey &- 1
        let object = cells[granule]
        if tail <= fetchEnd { ground.fetch(object) }
        ground.setColorByte(ColorByte.taken, ofGranule: granule, inLine: line, ofPage: page)
        hand[tail] = object.word
        tail &+= 1
      }
    }
    ends.tail = tail
  }
}

// MARK: - Coming back

extension PageWorklist {
  /// Takes a page that was left a while ago, if objects wait there again, or else the one that waits first.
  ///
  /// As `takePage`, but only before `settle`.
  @inline(__always)
  mutating func takeRecentOrNext(_ ground: HeapTables, _ ends: inout QueueEnds) {
    let slot = stayCount & (Self.recentCount &- 1)
    let old = Int(recent[slot])
    if old != 0 {
      if states[old] != PageState.left { return takeAgain(old, ground, &ends) }
      states[old] = PageState.absent
      recent[slot] = 0
    }
    stay(takePage(ground, &ends))
  }

  @inline(never)
  private mutating func takeAgain(_ page: Int, _ ground: HeapTables, _ ends: inout QueueEnds) {
    takeAll(ofPage: page, ground, &ends)
    stay(page)
  }

  /// Notes a page to come back to, in the slot that is looked at next and free; 0 for none.
  @inline(__always)
  private mutating func stay(_ page: Int) {
    guard page != 0 else { return }
    recent[stayCount & (Self.recentCount &- 1)] = UInt32(truncatingIfNeeded: page)
    states[page] = PageState.left
    stayCount &+= 1
  }

  /// Lets no page be one to come back to: where objects wait, it waits like others, but before them.
  @inline(__always)
  mutating func settle() {
    if stayCount != 0 { forgetRecent() }
  }

  @inline(never)
  private mutating func forgetRecent() {
    stayCount = 0
    for slot in 0..<Self.recentCount where recent[slot] != 0 {
      let page = Int(recent[slot])
      recent[slot] = 0
      guard states[page] != PageState.left else {
        states[page] = PageState.absent
        continue
      }
      assert(head > 0, "there is room for every page to come back to")
      head &-= 1
      list[head] = UInt32(truncatingIfNeeded: page &<< 10)
    }
  }
}

// MARK: - Out of order

extension PageWorklist {
  /// Takes an object out of the middle; false when it neither waits nor is in hand.
  ///
  /// O(pages that wait).
  mutating func remove(_ object: Reference, _ ground: HeapTables) -> Bool {
    if ground.colorByte(of: object) == ColorByte.waiting, states[object.page] != PageState.absent {
      ground.setColorByte(ColorByte.taken, of: object)
      if waiting(onPage: object.page, ground).isEmpty { removePage(object.page) }
      return true
    }
    guard
      let index = (handEnds.head..<handEnds.tail).first(where: { hand[$0] == object.word })
    else { return false }
    for later in index..<handEnds.tail - 1 { hand[later] = hand[later + 1] }
    handEnds.tail -= 1
    return true
  }

  private mutating func removePage(_ page: Int) {
    guard
      let index = (head..<tail).first(where: { Reference(word: list[$0]).page == page })
    else { return }
    for later in index..<tail - 1 { list[later] = list[later + 1] }
    tail -= 1
    states[page] = PageState.absent
  }

  mutating func removeAll() {
    for index in head..<tail {
      states[Reference(word: list[index]).page] = PageState.absent
    }
    (head, tail) = (0, 0)
    handEnds = QueueEnds()
  }

  /// All objects, or about the first `limit`, in the order in which they will be scanned if none comes
  /// to them.
  func objects(_ ground: HeapTables, limit: Int = .max) -> [Reference] {
    var objects = (handEnds.head..<handEnds.tail).map {
      Reference(word: hand[$0])
    }
    for index in head..<tail where objects.count < limit {
      objects += waiting(onPage: Reference(word: list[index]).page, ground)
    }
    return objects
  }

  private func waiting(onPage page: Int, _ ground: HeapTables) -> [Reference] {
    let starts = CellStarts(ground.kind(ofPage: page))
    var objects: [Reference] = []
    for line in 0..<HeapTables.linesPerPage {
      let grey = ground.granules(ofColorByte: ColorByte.waiting, inLine: line, ofPage: page)
      let cells = starts.cells(ofLine: line, ofPage: page)
      for number in 0..<64 where grey & 1 << UInt64(number) != 0 { objects.append(cells[number]) }
    }
    return objects
  }

  func hash(into digest: inout Digest, _ ground: HeapTables) {
    let objects = objects(ground)
    digest.mix(objects.count)
    for object in objects { digest.mix(Int(object.word)) }
  }
}

// MARK: - From one marker to another

extension PageWorklist {
  /// Gives pages away, the one queued last first, each as one word: `body` takes it.
  ///
  /// The lowest bit says whether there are several objects; the others, in which granule the one starts
  /// for which the page was queued.
  mutating func give(_ pageCount: Int, _ body: (UInt32) -> Void) {
    for _ in 0..<pageCount {
      tail -= 1
      let word = list[tail]
      let page = Reference(word: word).page
      body(states[page] == PageState.one ? word & ~1 : word | 1)
      states[page] = PageState.absent
    }
  }

  /// Takes a page that another marker has given away.
  mutating func receive(_ entry: UInt32, _ ground: HeapTables) {
    let object = ground.cell(inGranuleOf: Reference(word: entry))
    let state = states[object.page]
    states[object.page] =
      entry & 1 == 0 && state == PageState.absent ? PageState.one : PageState.several
    guard state == PageState.absent else { return }
    reserve(1)
    list[tail] = object.word
    tail += 1
  }

  /// Gives back what is in hand, as objects that wait.
  mutating func putDown(_ ground: HeapTables) {
    var ends = handEnds
    while ends.count > 0 {
      let object = popHand(&ends)
      ground.setColorByte(ColorByte.waiting, of: object)
      push(object)
    }
    handEnds = ends
  }
}

/// Where the hand begins and ends, counted without end.
///
/// Apart from the hand, so that a loop keeps it in registers.
struct QueueEnds: BitwiseCopyable {
  var head = 0
  var tail = 0

  @inline(__always)
  var count: Int { tail &- head }
}
