import Testing

@testable import Benchmarking

/// Hands out the numbers from 0 on, and keeps books.
private struct CountingCells: CellAllocator, ~Copyable {
  final class Books: @unchecked Sendable {
    var allocated = 0
    var freed: [Int] = []
  }

  let books: Books

  static func makeSource() -> Books { Books() }
  init(sharing source: Books) { books = source }

  mutating func allocate(byteCount: Int) -> Int {
    books.allocated += 1
    return books.allocated - 1
  }

  mutating func free(_ cell: Int) { books.freed.append(cell) }
}

struct WorkloadTests {
  private func freed(
    _ work: (inout CountingCells) -> Void
  ) -> [Int] {
    let books = CountingCells.makeSource()
    var cells = CountingCells(sharing: books)
    work(&cells)
    #expect(books.allocated == books.freed.count)
    #expect(books.freed.sorted() == Array(0..<books.allocated), "each cell is freed once")
    return books.freed
  }

  @Test func `pairs are freed at once`() {
    let freed = freed { $0.allocateInPairs(byteCount: 64, operationCount: 3) }
    #expect(freed == [0, 1, 2])
  }

  @Test func `batches are freed from the last to the first`() {
    let freed = freed { $0.allocateInBatches(byteCount: 64, operationCount: 1003) }
    #expect(freed == Array((0..<1000).reversed()) + [1002, 1001, 1000])
  }

  @Test func `rings are freed from the oldest to the newest`() {
    let freed = freed { $0.replaceInOrder(byteCount: 64, operationCount: 10_001) }
    #expect(freed.prefix(10_001) == Array(0...10_000)[...])
  }

  @Test func `random places are those of xorshift32`() {
    let freed = freed {
      $0.replaceAtRandom(byteCount: 64, operationCount: 5, seed: 0x9E37_79B9)
    }
    var random = XorShift()
    #expect(freed.prefix(5) == (0..<5).map { _ in random.next(below: 10_000) }[...])
  }

  @Test func `what goes into a queue comes out in order`() {
    let queue = CellQueue<Int>()
    var taken: [Int] = []
    TwoThreads.run(
      {
        var next = 0
        queue.produce(10_007) {
          next += 1
          return next
        }
      }, { queue.consume(10_007) { taken.append($0) } })
    #expect(taken == Array(1...10_007))
  }

  @Test(arguments: AllocationWorkload.allCases)
  func `every workload runs on both allocators`(workload: AllocationWorkload) {
    let benchmark = Benchmark.allocation(workload, byteCount: 64)
    let ours = benchmark.measure(operationCount: 500, roundCount: 1)
    let others = benchmark.measureMalloc(operationCount: 500) ?? []
    #expect(!others.isEmpty)
    #expect(ours.map(\.metric).starts(with: others.map(\.metric)))
    #expect((ours + others).allSatisfy { $0.series.values.count == 1 })
  }

  @Test func `overhead counts what was committed for what was asked`() throws {
    let figures = Benchmark.allocation(.random, byteCount: 64)
      .measure(operationCount: 500, roundCount: 1)
    let overhead = try #require(figures.first { $0.metric == "heap_overhead" })
    #expect((1..<3).contains(overhead.series.median))
  }

  @Test(arguments: CollectionWorkload.all)
  func `every workload of the collector runs`(workload: CollectionWorkload) {
    for variant in workload.variants {
      let figures = workload.measure(operationCount: 50, roundCount: 2, variant)
      #expect(!figures.isEmpty)
      let count = workload.roundsShareProcess ? 2 : 1
      #expect(figures.allSatisfy { $0.series.values.count == count })
    }
  }

  @Test func `garbage is collected`() {
    let figures = Benchmark.dropping(byteCount: 16)
      .measure(operationCount: 100, roundCount: 1)
    #expect(figures.map(\.metric) == ["ns_op", "allocate_ns_op"])
  }
}
