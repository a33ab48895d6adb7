import TestSupport
import Testing

@testable import GarbageCollection

/// What `make check-asan` adds: freed cells are forbidden, so that every touch of one is reported.
@Suite(.enabled(if: Sanitizer.seesMemory, "only under the address sanitizer"))
struct SanitizerTests {
  @Test(arguments: AllocatorModelTests.Mix.allCases)
  func `the allocator never touches a freed cell`(_ mix: AllocatorModelTests.Mix) throws {
    var walk = try HeapWalk(mix, seed: 3, freedCells: .sanitized)
    walk.run(operationCount: Effort.scaled(1500))
    #expect(walk.model.failures.isEmpty)
  }

  @Test func `a use of a freed cell is reported`() async {
    await #expect(processExitsWith: .failure) { try useAfterFree(.sanitized, slotCount: 2) }
    await #expect(processExitsWith: .success) { try useAfterFree(.poisoned, slotCount: 2) }
  }

  @Test func `a use of a freed half of a tiny block is reported, of its neighbour not`() async {
    await #expect(processExitsWith: .failure) { try useAfterFree(.sanitized, slotCount: 0) }
    await #expect(processExitsWith: .success) {
      try useAfterFree(.sanitized, slotCount: 0, ofNeighbour: true)
    }
  }
}

private func useAfterFree(
  _ freedCells: Heap.FreedCells, slotCount: Int, ofNeighbour: Bool = false
) throws {
  var heap = try Heap(limitBytes: 1 << 18, freedCells: freedCells, SystemMemory())
  let header = ObjectHeader(slotCount: slotCount, payloadBytes: 4)
  let objects = try (0..<2).map { _ in try heap.allocate(header, color: .white).object }
  _ = heap.free(objects[0])
  _ = heap.allocator.arena.loadByte(at: objects[ofNeighbour ? 1 : 0].offset + 4)
}
