import TestSupport
import Testing

@testable import GarbageCollection

/// Pages to which a drain comes back.
struct RecentPageTests {
  private static let recentCount = PageWorklist.recentCount
  private static let pageCount = recentCount + 4

  /// A list on which some more pages wait than are remembered, with two grey objects each and white ones.
  private struct Scene: ~Copyable {
    let heap: Heap
    var list = PageWorklist(pageCount: (1 << 21) / Page.bytes + 1)
    /// The objects of each page, by address.
    var objects: [[Reference]] = []
    private var ends = QueueEnds()

    init(pageCount: Int = RecentPageTests.pageCount, isGrey: Bool = true) throws {
      var heap = try Heap(limitBytes: 1 << 21)
      let header = ObjectHeader(slotCount: 1, payloadBytes: 28)
      while objects.count <= pageCount {
        let object = try heap.allocate(header, color: .white).object
        if objects.last?.last?.page != object.page { objects.append([]) }
        objects[objects.count - 1].append(object)
      }
      objects.removeLast()
      self.heap = heap
      guard isGrey else { return }
      for page in objects.indices { shadeTwo(page) }
    }

    mutating func shade(_ page: Int, _ number: Int) {
      heap.tables.setColor(.grey, of: objects[page][number])
      list.push(objects[page][number])
    }

    mutating func shadeTwo(_ page: Int) {
      for number in 0..<2 { shade(page, number) }
    }

    var waiting: [Reference] { list.objects(heap.tables) }
    var pageCount: Int { list.pageCount }

    /// What comes in hand when pages are taken as drains do, or as steps do.
    mutating func take(comesBack: Bool = true) -> [Reference] {
      if comesBack {
        list.takeRecentOrNext(heap.tables, &ends)
      } else {
        list.takePage(heap.tables, &ends)
      }
      var taken: [Reference] = []
      while ends.count > 0 { taken.append(list.popHand(&ends)) }
      return taken
    }
  }

  @Test func `a drain comes back to a page before it forgets it, if objects wait there`() throws {
    var scene = try Scene()
    var taken: [[Reference]] = []
    for page in 0..<Self.recentCount {
      taken.append(scene.take())
      if page == 2 { for number in [3, 5] { scene.shade(1, number) } }
    }
    for page in 0..<Self.recentCount { #expect(taken[page] == Array(scene.objects[page][0..<2])) }
    // Nothing has happened on page 0, so it is forgotten.
    let next = [scene.take(), scene.take(), scene.take()]
    #expect(next[0] == Array(scene.objects[Self.recentCount][0..<2]))
    #expect(next[1] == [scene.objects[1][3], scene.objects[1][5]])
    #expect(next[2] == Array(scene.objects[Self.recentCount + 1][0..<2]))
    let left = scene.pageCount
    #expect(left == 2)
  }

  @Test func `when a drain ends, what waits on pages it has left waits before all others`() throws {
    var scene = try Scene()
    for _ in 0..<3 { _ = scene.take() }
    scene.shade(1, 4)
    let before = scene.pageCount
    scene.list.settle()
    let (after, first) = (scene.pageCount, scene.waiting.first)
    #expect(before == Self.pageCount - 3 && after == before + 1)
    #expect(first == scene.objects[1][4])
    // A page that was left without anything waits behind the others again.
    scene.shade(2, 6)
    let last = scene.waiting.last
    #expect(last == scene.objects[2][6])
    let next = [scene.take(comesBack: false), scene.take(comesBack: false)]
    #expect(next[0] == [scene.objects[1][4]])
    #expect(next[1] == Array(scene.objects[3][0..<2]))
  }

  @Test func `what turns grey on a page just left goes straight in hand, as far as there is room`()
    throws
  {
    var scene = try Scene()
    _ = scene.take()
    let tables = scene.heap.tables
    var ends = QueueEnds()
    let (here, elsewhere) = (scene.objects[0][9], scene.objects[1][9])
    #expect(tables.colorByte(of: here) == ColorByte.white)
    var end = scene.list.openEnd(reserving: 2, ends)
    let isHeld = end.holdIfRecent(here, tables)
    let isOtherHeld = end.holdIfRecent(elsewhere, tables)
    scene.list.close(end, &ends)
    #expect(isHeld && !isOtherHeld && ends.count == 1)
    #expect(tables.colorByte(of: here) == ColorByte.taken)
    #expect(tables.colorByte(of: elsewhere) == ColorByte.white)
    let held = scene.list.popHand(&ends)
    #expect(held == here)
    ends = QueueEnds(head: PageWorklist.handSize - 1, tail: PageWorklist.handSize)
    end = scene.list.openEnd(reserving: 2, ends)
    let isHeldWithoutRoom = end.holdIfRecent(scene.objects[0][10], tables)
    scene.list.close(end, &ends)
    #expect(!isHeldWithoutRoom && ends.count == 1)
  }

  @Test func `a batch may go beyond the size of the hand`() throws {
    var scene = try Scene()
    _ = scene.take()
    let tables = scene.heap.tables
    let batch = Array(scene.objects[0][2...].prefix(FoundReferences.halfSize))
    var ends = QueueEnds(head: PageWorklist.handSize - 1, tail: PageWorklist.handSize - 1)
    var end = scene.list.openEnd(reserving: batch.count, ends)
    for object in batch {
      let isHeld = end.holdIfRecent(object, tables)
      #expect(isHeld)
    }
    scene.list.close(end, &ends)
    var held: [Reference] = []
    while ends.count > 0 { held.append(scene.list.popHand(&ends)) }
    #expect(held == batch && batch.count == FoundReferences.halfSize)
    scene.list.takePage(tables, &ends)
    let first = scene.list.popHand(&ends)
    #expect(first == scene.objects[1][0])
    #expect(ends.tail < PageWorklist.handSize)
  }

  /// The list has room for four times as many pages as a drain remembers.
  @Test(arguments: [recentCount - 2, 3 * recentCount - 6])
  func `a full list makes room for all pages to come back to`(_ waitingCount: Int) throws {
    let pageCount = 4 * Self.recentCount
    var scene = try Scene(pageCount: pageCount, isGrey: false)
    var takenCount = 0
    for page in 0..<pageCount {
      while scene.pageCount > waitingCount {
        _ = scene.take()
        takenCount += 1
      }
      scene.shadeTwo(page)
    }
    // The last one has found the list full.
    let left = takenCount - Self.recentCount..<takenCount
    let before = scene.waiting
    for page in left { scene.shade(page, 2) }
    scene.list.settle()
    let after = scene.waiting
    #expect(Set(after.prefix(Self.recentCount)) == Set(left.map { scene.objects[$0][2] }))
    #expect(Array(after.dropFirst(Self.recentCount)) == before)
    #expect(before == (takenCount..<pageCount).flatMap { scene.objects[$0][0..<2] })
  }

  @Test func `steps leave no page that would not be queued`() throws {
    var scene = try Scene()
    let first = scene.take(comesBack: false)
    #expect(first == Array(scene.objects[0][0..<2]))
    scene.shade(0, 7)
    let (count, last) = (scene.pageCount, scene.waiting.last)
    #expect(count == RecentPageTests.pageCount)
    #expect(last == scene.objects[0][7])
  }

  @Test func `a list that settles again and again loses nothing`() throws {
    var scene = try Scene()
    var taken: Set<Reference> = []
    for round in 2..<40 {
      for _ in 0..<round % 5 where scene.pageCount > 0 { taken.formUnion(scene.take()) }
      let page = round * 7 % RecentPageTests.pageCount
      scene.shade(page, round)
      if round % 3 == 0 { scene.list.settle() }
    }
    scene.list.settle()
    while scene.pageCount > 0 { taken.formUnion(scene.take(comesBack: false)) }
    var expected: Set<Reference> = []
    for objects in scene.objects { expected.formUnion(objects[0..<2]) }
    for round in 2..<40 { expected.insert(scene.objects[round * 7 % Self.pageCount][round]) }
    #expect(taken == expected)
    let isEmpty = scene.list.isEmpty
    #expect(isEmpty)
  }

  /// Enough pages and rounds for the list to grow, and to move what waits to its front again and again.
  @Test(arguments: [1, 2, 3])
  func `however many pages wait, none is lost and none comes twice`(_ seed: UInt64) throws {
    var heap = try Heap(limitBytes: 1 << 22)
    let header = ObjectHeader(slotCount: 1, payloadBytes: 700)
    var white: [Reference] = []
    while white.count < 4000 {
      white.append(try heap.allocate(header, color: .white).object)
    }
    let objects = white
    let tables = heap.tables
    var generator = SeededGenerator(seed: seed)
    var list = PageWorklist(pageCount: (1 << 22) / Page.bytes + 1)
    var ends = QueueEnds()
    var waiting: Set<Reference> = []
    for round in 0..<30_000 {
      // In turn more come than go, and more go than come.
      let comes = Int.random(in: 0..<10, using: &generator) < (round / 1500 % 2 == 0 ? 7 : 3)
      if comes, !white.isEmpty {
        let object = white.remove(at: Int.random(in: 0..<white.count, using: &generator))
        tables.setColor(.grey, of: object)
        list.push(object)
        waiting.insert(object)
      } else if list.pageCount > 0 {
        list.takeRecentOrNext(tables, &ends)
        while ends.count > 0 {
          let object = list.popHand(&ends)
          #expect(waiting.remove(object) != nil)
          tables.setColor(.white, of: object)
          white.append(object)
        }
      }
      if round % 97 == 0 { list.settle() }
    }
    list.settle()
    #expect(Set(list.objects(tables)) == waiting)
    #expect(waiting.count + white.count == objects.count)
  }
}
