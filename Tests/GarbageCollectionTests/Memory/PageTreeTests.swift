import TestSupport
import Testing

@testable import GarbageCollection

struct PageTreeTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the tree agrees with a sorted array`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pageLimit = 300
    let spans = try SpanTable(pageCount: pageLimit + 1, SystemMemory())
    var tree = PageTree()
    var sorted: [(pageCount: UInt32, page: UInt32)] = []
    for _ in 0..<Effort.scaled(2000) {
      let page = UInt32.random(in: 1...UInt32(pageLimit), using: &generator)
      if let index = sorted.firstIndex(where: { $0.page == page }) {
        tree.remove(PageID(page), in: spans)
        sorted.remove(at: index)
      } else {
        let pageCount = UInt32.random(in: 1...12, using: &generator)
        spans[PageID(page)].pageCount = pageCount
        tree.insert(PageID(page), in: spans)
        sorted.append((pageCount, page))
        sorted.sort { $0 < $1 }
      }
      let wanted = Int.random(in: 1...13, using: &generator)
      let expected = sorted.first { $0.pageCount >= wanted }?.page
      #expect(tree.bestFit(pageCount: wanted, in: spans)?.index == expected)
      var walked: [UInt32] = []
      tree.forEachFromLongest(in: spans) { page in
        walked.append(page.index)
        return true
      }
      #expect(walked == sorted.reversed().map(\.page))
    }
  }

  @Test func `a walk ends when it is told to`() throws {
    let spans = try SpanTable(pageCount: 20, SystemMemory())
    var tree = PageTree()
    for page in 1..<10 {
      spans[PageID(page)].pageCount = UInt32(page)
      tree.insert(PageID(page), in: spans)
    }
    var walked: [UInt32] = []
    tree.forEachFromLongest(in: spans) { page in
      walked.append(page.index)
      return walked.count < 3
    }
    #expect(walked == [9, 8, 7])
  }
}
