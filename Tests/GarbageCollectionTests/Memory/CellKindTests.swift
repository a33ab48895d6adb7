import Glibc
import Testing

@testable import GarbageCollection

struct CellKindTests {
  @Test func `span classes and kinds are numbered without gap or clash`() {
    #expect(SpanClass.all.dropLast().map { Int($0.index) } == Array(0..<SizeClass.table.count * 2))
    #expect(SpanClass.all.last == .tiny)
    let kinds = CellKind.allKinds
    #expect(Set(kinds.map(\.raw)).count == kinds.count)
    #expect(kinds.allSatisfy { $0 != .none && $0.index < CellKind.count })
    // Spaces have no cells.
    #expect(kinds.allSatisfy { !$0.isSpace })
    #expect(kinds.count == SizeClass.table.count * 2 + 3, "two for each size, tiny, and two large")
    #expect(![CellKind.none, .space, .youngSpace].contains { kinds.contains($0) })
    for spanClass in SpanClass.all {
      let kind = CellKind(spanClass)
      #expect(kind.spanClass == spanClass)
      #expect(kind.isPointerFree == spanClass.isPointerFree)
      #expect(!kind.isLarge)
    }
    #expect(CellKind.large.isLarge && CellKind.pointerFreeLarge.isLarge)
    #expect(!CellKind.large.isPointerFree && CellKind.pointerFreeLarge.isPointerFree)
    #expect(CellKind.large.spanClass == nil && CellKind.none.spanClass == nil)
    #expect(SpanClass.tiny.sizeClass.cellBytes == 16 && SpanClass.tiny.isPointerFree)
  }

  @Test func `a kind has the size class of its request, with references or without`() throws {
    let heap = try Heap(limitBytes: 1 << 16)
    for byteCount in 1...SizeClass.largestRequestBytes {
      let sizeClass = SizeClass.serving(byteCount: byteCount)
      for isPointerFree in [false, true] {
        let kind = heap.allocator.kind(byteCount: byteCount, isPointerFree: isPointerFree)
        #expect(kind.spanClass?.sizeClass == sizeClass && kind.isPointerFree == isPointerFree)
      }
    }
    let more = SizeClass.largestRequestBytes + 1
    #expect(heap.allocator.kind(byteCount: more, isPointerFree: false) == .large)
    #expect(heap.allocator.kind(byteCount: more, isPointerFree: true) == .pointerFreeLarge)
  }

  @Test(arguments: SizeClass.table)
  func `the reciprocal finds the cell of every byte of a span`(_ sizeClass: SizeClass) {
    var span = Span()
    span.reciprocal = sizeClass.reciprocal
    var isExact = true
    for distance in 0..<sizeClass.spanPages * Page.bytes
    where span.cell(at: distance) != distance / sizeClass.cellBytes { isExact = false }
    #expect(isExact)
  }

  @Test(arguments: SizeClass.table)
  func `a cache has room for two batches of at least two cells`(_ sizeClass: SizeClass) {
    #expect(sizeClass.cacheCapacity.isMultiple(of: 2))
    #expect((4...512).contains(sizeClass.cacheCapacity))
    let isSmallest = sizeClass.cacheCapacity == 4
    #expect(isSmallest || sizeClass.cacheCapacity * sizeClass.cellBytes <= 1 << 14)
  }

  @Test func `a record begins with its lock, which is large enough`() {
    let (size, alignment) = unsafe (
      MemoryLayout<pthread_mutex_t>.size, MemoryLayout<pthread_mutex_t>.alignment
    )
    #expect(size <= 6 * MemoryLayout<UInt64>.size)
    #expect(alignment <= MemoryLayout<Lock>.alignment)
    #expect(MemoryLayout<Lock>.size == 8 * MemoryLayout<UInt64>.size)
    #expect(MemoryLayout<CentralList>.offset(of: \.lock) == 0)
    #expect(MemoryLayout<PageHeap>.offset(of: \.lock) == 0)
  }
}
