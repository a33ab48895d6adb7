import Glibc
import Synchronization
import TestSupport

@testable import GarbageCollection

enum Environment {
  static let plantsRace = unsafe getenv("TRICOLOR_PLANT") != nil
  /// Steps of threads that rewire a graph.
  static let rewirings =
    unsafe getenv("TRICOLOR_REWIRINGS").flatMap { unsafe Int(String(cString: $0)) } ?? 40_000
}

/// Runs `body` with numbers from 0 on, each on a thread of its own, and waits for all of them.
///
/// The threads wait for each other at the start: the thread sanitizer sees no race between a thread
/// that has ended and one that takes its place.
///
/// C: `pthread_create`, `pthread_join`. Swift's tasks would share the processors' few threads.
func runThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  final class Start: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void
    let missing: Missing

    init(_ number: Int, _ missing: Missing, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.missing = missing
      self.body = body
    }
  }
  final class Missing: Sendable {
    let count: Atomic<Int>

    init(_ count: Int) { self.count = Atomic(count) }
  }
  let missing = Missing(count)
  var threads: [pthread_t] = []
  for number in 0..<count {
    var thread = pthread_t()
    let start = unsafe Unmanaged.passRetained(Start(number, missing, body)).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.missing.count.wrappingSubtract(1, ordering: .releasing)
        while start.missing.count.load(ordering: .acquiring) > 0 { sched_yield() }
        start.body(start.number)
        return nil
      }, start)
    precondition(status == 0, "a thread can be started")
    threads.append(thread)
  }
  for thread in threads { pthread_join(thread, nil) }
}

/// A value that threads take turns to use, under a lock that sanitizers know.
final class Guarded<Value>: @unchecked Sendable {
  private let lock = RawTable<Lock>(zeroed: 1)
  private var value: Value

  init(_ value: Value) { self.value = value }

  func with<Result>(_ body: (inout Value) -> Result) -> Result {
    lock.withLock { body(&value) }
  }
}

/// An object and what it was filled with.
struct Stamped: Sendable {
  let cell: Reference
  let payloadBytes: Int
  let byte: UInt8
}

// MARK: - Objects that can be told by their bytes

extension SharedHeap {
  func stamp(
    _ mutator: inout MutatorThread, _ byteCount: Int, _ generator: inout SeededGenerator
  ) -> Stamped {
    let cell = try! mutator.allocateCell(byteCount: byteCount)
    let stamped = Stamped(
      cell: cell, payloadBytes: byteCount - ObjectHeader.byteCount,
      byte: UInt8.random(in: 1...255, using: &generator))
    fill(cell, stamped.byte)
    return stamped
  }

  func fill(_ cell: Reference, _ byte: UInt8) {
    let byteCount = heap.header(of: cell).payloadBytes
    for index in 0..<min(byteCount, 64) {
      heap.allocator.arena.storeByte(byte, at: cell.offset + ObjectHeader.byteCount + index)
    }
  }

  func checkAndFree(_ stamped: Stamped, _ mutator: inout MutatorThread) {
    let header = ObjectHeader(slotCount: 0, payloadBytes: stamped.payloadBytes)
    precondition(heap.isObject(stamped.cell), "the object is there")
    precondition(heap.header(of: stamped.cell) == header, "nobody has written over the header")
    for index in 0..<min(stamped.payloadBytes, 64) {
      let offset = stamped.cell.offset + ObjectHeader.byteCount + index
      precondition(
        heap.allocator.arena.loadByte(at: offset) == stamped.byte, "nobody has written over it")
    }
    mutator.freeCell(stamped.cell)
  }

  func stampTiny(
    _ mutator: inout MutatorThread, _ generator: inout SeededGenerator
  ) -> Stamped {
    let payloadBytes = Int.random(in: 0...7, using: &generator)
    let half = try! mutator.allocateTiny(payloadBytes: payloadBytes)
    let byte = UInt8.random(in: 1...255, using: &generator)
    for index in 0..<payloadBytes {
      heap.allocator.arena.storeByte(byte, at: half.offset + 1 + index)
    }
    return Stamped(cell: half, payloadBytes: payloadBytes, byte: byte)
  }

  func checkAndFreeTiny(_ stamped: Stamped, _ mutator: inout MutatorThread) {
    precondition(heap.header(of: stamped.cell).payloadBytes == stamped.payloadBytes, "its size")
    for index in 0..<stamped.payloadBytes {
      precondition(
        heap.allocator.arena.loadByte(at: stamped.cell.offset + 1 + index) == stamped.byte,
        "nobody has written over it")
    }
    mutator.freeTiny(stamped.cell)
  }
}

/// Stands in for the call with which Swift tells the thread sanitizer of a modification, beside the
/// stores themselves; `make check-tsan` links it so.
///
/// Swift 6.3 passes the first word of the value whose accessor is called. For a table, which is a
/// pointer and a count, that is the address of all its entries: every two threads would race.
@_cdecl("__wrap___tsan_external_write")
public func passOverModification(_ address: UInt, _ caller: UInt, _ tag: UInt) {}
