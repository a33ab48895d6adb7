import Glibc
import Synchronization
import TestSupport
import Testing

@testable import GarbageCollection

/// Real threads on one heap: what each has written, whoever reads it finds, and nothing is lost.
@Suite(.serialized)
struct SharedHeapTests {
  /// Rounds of each thread: `TRICOLOR_LONG=1` asks for a hundred times as many.
  private static let rounds = Effort.scaled(4000)
  private static let threadCount = 4
  /// Objects that a thread keeps, or has waiting for another, so that what lives does not grow with
  /// the rounds.
  private static let liveLimit = 2000

  private func makeHeap() throws -> SharedHeap { try SharedHeap(limitBytes: 1 << 26) }

  /// Nothing is broken, every object has been freed, and all memory is back in its spans.
  private func expectEmpty(
    _ heap: SharedHeap, allocations: Int, largeCount: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(heap.firstAllocatorFault() == nil, sourceLocation: sourceLocation)
    let report = heap.allocatorReport()
    #expect(report.counters[.allocations] == allocations, sourceLocation: sourceLocation)
    #expect(report.counters[.frees] == allocations, sourceLocation: sourceLocation)
    #expect(report.classes.allSatisfy { $0.usedCellCount == 0 }, sourceLocation: sourceLocation)
    #expect(report.largeObjectCount == 0, sourceLocation: sourceLocation)
    let (hits, misses) = (report.counters[.cacheHits] ?? 0, report.counters[.cacheMisses] ?? 0)
    #expect(hits + misses + largeCount == allocations, sourceLocation: sourceLocation)
  }

  @Test func `objects of random lifetime keep their bytes`() throws {
    let heap = try makeHeap()
    let allocations = Atomic<Int>(0)
    let large = Atomic<Int>(0)
    runThreads(SharedHeapTests.threadCount) { number in
      var generator = SeededGenerator(seed: UInt64(number))
      var mutator = try! heap.makeMutator()
      var cells: [Stamped] = []
      for _ in 0..<SharedHeapTests.rounds {
        let isTimeForMore =
          cells.count < SharedHeapTests.liveLimit && Int.random(in: 0..<9, using: &generator) < 5
        if cells.isEmpty || isTimeForMore {
          let size = Int.random(in: 0..<200, using: &generator)
          cells.append(heap.stamp(&mutator, size == 0 ? 50_000 : 8 + size, &generator))
          allocations.wrappingAdd(1, ordering: .relaxed)
          if size == 0 { large.wrappingAdd(1, ordering: .relaxed) }
        } else {
          let index = Int.random(in: 0..<cells.count, using: &generator)
          heap.checkAndFree(cells.remove(at: index), &mutator)
        }
      }
      for cell in cells { heap.checkAndFree(cell, &mutator) }
    }
    expectEmpty(
      heap, allocations: allocations.load(ordering: .relaxed),
      largeCount: large.load(ordering: .relaxed))
  }

  @Test func `a consumer frees what a producer allocates`() throws {
    let heap = try makeHeap()
    let queues = (0..<2).map { _ in Guarded<[Stamped]>([]) }
    runThreads(4) { number in
      let queue = queues[number / 2]
      var generator = SeededGenerator(seed: UInt64(number))
      var mutator = try! heap.makeMutator()
      if number % 2 == 0 {
        for _ in 0..<SharedHeapTests.rounds {
          let cell = heap.stamp(
            &mutator, 16 + Int.random(in: 0..<80, using: &generator), &generator)
          queue.with { $0.append(cell) }
          while queue.with({ $0.count }) > SharedHeapTests.liveLimit { sched_yield() }
        }
      } else {
        var takenCount = 0
        while takenCount < SharedHeapTests.rounds {
          let cells = queue.with { all in
            defer { all.removeAll() }
            return all
          }
          if cells.isEmpty { sched_yield() }
          for cell in cells { heap.checkAndFree(cell, &mutator) }
          takenCount += cells.count
        }
      }
    }
    expectEmpty(heap, allocations: 2 * SharedHeapTests.rounds)
  }

  @Test func `threads replace objects in slots that all of them share`() throws {
    let heap = try makeHeap()
    // Paul Larson's benchmark: who frees an object is seldom who allocated it.
    let slots = (0..<8).map { _ in Guarded<[Stamped?]>(Array(repeating: nil, count: 64)) }
    runThreads(SharedHeapTests.threadCount) { number in
      var generator = SeededGenerator(seed: UInt64(number))
      var mutator = try! heap.makeMutator()
      for _ in 0..<SharedHeapTests.rounds {
        let cell = heap.stamp(&mutator, 8 + Int.random(in: 0..<500, using: &generator), &generator)
        let shard = Int.random(in: 0..<8, using: &generator)
        let slot = Int.random(in: 0..<64, using: &generator)
        let old = slots[shard].with { all in
          defer { all[slot] = cell }
          return all[slot]
        }
        if let old { heap.checkAndFree(old, &mutator) }
      }
    }
    runThreads(1) { _ in
      var mutator = try! heap.makeMutator()
      for shard in slots {
        for cell in shard.with({ $0 }) {
          if let cell { heap.checkAndFree(cell, &mutator) }
        }
      }
    }
    expectEmpty(heap, allocations: SharedHeapTests.threadCount * SharedHeapTests.rounds)
  }

  @Test func `two threads free the two halves of tiny blocks`() throws {
    let heap = try makeHeap()
    let halves = (0..<2).map { _ in Guarded<[Stamped]>([]) }
    let isDone = Atomic<Int>(0)
    runThreads(4) { number in
      var generator = SeededGenerator(seed: UInt64(number))
      var mutator = try! heap.makeMutator()
      if number < 2 {
        for _ in 0..<SharedHeapTests.rounds {
          let half = heap.stampTiny(&mutator, &generator)
          halves[Int(half.cell.word % 2)].with { $0.append(half) }
        }
        isDone.wrappingAdd(1, ordering: .sequentiallyConsistent)
        return
      }
      while true {
        let wasDone = isDone.load(ordering: .sequentiallyConsistent) == 2
        let cells = halves[number - 2].with { all in
          defer { all.removeAll() }
          return all
        }
        for cell in cells { heap.checkAndFreeTiny(cell, &mutator) }
        if wasDone && cells.isEmpty { break }
        if cells.isEmpty { sched_yield() }
      }
    }
    expectEmpty(heap, allocations: 2 * SharedHeapTests.rounds)
  }

  @Test func `two threads free the two halves of one block at the same moment`() throws {
    let heap = try makeHeap()
    var owner = try heap.makeMutator()
    let halves = try (0..<2 * SharedHeapTests.rounds).map { _ in
      try owner.allocateTiny(payloadBytes: 3)
    }
    let arrived = Atomic<Int>(0)
    runThreads(2) { number in
      var mutator = try! heap.makeMutator()
      for round in 0..<SharedHeapTests.rounds {
        arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
        var patience = 1000
        while arrived.load(ordering: .acquiring) < 2 * (round + 1) {
          patience -= 1
          if patience < 0 { sched_yield() }
        }
        mutator.freeTiny(halves[2 * round + number])
      }
    }
    // Whoever came second has the block; had both, or neither, the equations would say so.
    #expect(heap.firstAllocatorFault() == nil)
    #expect(heap.allocatorReport().classes.allSatisfy { $0.usedCellCount == 0 })
    _ = owner
  }

  @Test func `threads that come and go leave their cells to others`() throws {
    let heap = try makeHeap()
    let left = Guarded<[Stamped]>([])
    for generation in 0..<8 {
      runThreads(SharedHeapTests.threadCount) { number in
        var generator = SeededGenerator(seed: UInt64(generation * 10 + number))
        var mutator = try! heap.makeMutator()
        for cell in left.with({ all in
          let half = Array(all.prefix(max(200, all.count / 2)))
          all.removeFirst(half.count)
          return half
        }) { heap.checkAndFree(cell, &mutator) }
        for _ in 0..<SharedHeapTests.rounds / 16 {
          let cell = heap.stamp(
            &mutator, 16 + Int.random(in: 0..<300, using: &generator), &generator)
          left.with { $0.append(cell) }
        }
        // The cache ends full.
      }
      #expect(heap.firstAllocatorFault() == nil)
    }
    runThreads(1) { _ in
      var mutator = try! heap.makeMutator()
      for cell in left.with({ $0 }) { heap.checkAndFree(cell, &mutator) }
    }
    expectEmpty(heap, allocations: 8 * SharedHeapTests.threadCount * (SharedHeapTests.rounds / 16))
  }

  @Test(.disabled(if: Sanitizer.isPresent, "a sanitizer reports crashes its own way"))
  func `an object is freed once`() async {
    await #expect(processExitsWith: .failure) {
      var mutator = try SharedHeap(limitBytes: 1 << 20).makeMutator()
      let cell = try mutator.allocateCell(byteCount: 24)
      mutator.freeCell(cell)
      mutator.freeCell(cell)
      // Not later, when the cell comes back to its span.
      quit(keeping: mutator)
    }
    await #expect(processExitsWith: .failure) {
      var mutator = try SharedHeap(limitBytes: 1 << 20).makeMutator()
      let half = try mutator.allocateTiny(payloadBytes: 3)
      mutator.freeTiny(half)
      mutator.freeTiny(half)
      quit(keeping: mutator)
    }
  }

  /// A positive control: `make check-tsan` wants this run to end with a report.
  @Test(.enabled(if: Environment.plantsRace, "only with TRICOLOR_PLANT=race"))
  func `a planted race is reported`() throws {
    let heap = try makeHeap()
    var mutator = try heap.makeMutator()
    let cell = try mutator.allocateCell(byteCount: 24)
    runThreads(2) { number in
      for round in 0..<1000 { heap.fill(cell, UInt8(truncatingIfNeeded: number + round)) }
    }
    mutator.freeCell(cell)
  }
}

/// Ends this process well, with the cache of the mutator as it is.
private func quit(keeping mutator: borrowing MutatorThread) { exit(EXIT_SUCCESS) }
