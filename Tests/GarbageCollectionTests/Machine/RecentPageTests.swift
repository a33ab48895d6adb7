import Testing

@testable import GarbageCollection

/// Pages to which a drain comes back.
struct RecentPageTests {
  private static let recentCount = PageWorklist.recentCount
  private static let pageCount = recentCount + 4

  /// A list on which some more pages wait than are remembered, with two grey objects each and white ones.
  private struct Scene: ~Copyable {
    let heap: Heap
    var list = PageWorklist(pageCount: (1 << 20) / Page.bytes + 1)
    /// The objects of each page, by address.
    var objects: [[Reference]] = []
    private var ends = QueueEnds()

    init() throws {
      var heap = try Heap(limitBytes: 1 << 20)
      let header = ObjectHeader(slotCount: 1, payloadBytes: 28)
      while objects.count <= RecentPageTests.pageCount {
        let object = try heap.allocate(header, color: .white).object
        if objects.last?.last?.page != object.page { objects.append([]) }
        objects[objects.count - 1].append(object)
      }
      objects.removeLast()
      self.heap = heap
      for page in objects.indices {
        for number in 0..<2 { shade(page, number) }
      }
    }

    mutating func shade(_ page: Int, _ number: Int) {
      heap.tables.setColor(.grey, of: objects[page][number])
      list.push(objects[page][number])
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
    let isHeld = scene.list.holdIfRecent(here, tables, &ends)
    let isOtherHeld = scene.list.holdIfRecent(elsewhere, tables, &ends)
    #expect(isHeld && !isOtherHeld && ends.count == 1)
    #expect(tables.colorByte(of: here) == ColorByte.taken)
    #expect(tables.colorByte(of: elsewhere) == ColorByte.white)
    let held = scene.list.popHand(&ends)
    #expect(held == here)
    ends = QueueEnds(head: PageWorklist.handSize - 1, tail: PageWorklist.handSize)
    let isHeldWithoutRoom = scene.list.holdIfRecent(scene.objects[0][10], tables, &ends)
    #expect(!isHeldWithoutRoom && ends.count == 1)
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
}
