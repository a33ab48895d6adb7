import GarbageCollection

/// Our allocator: cells without an object in them, freed by hand.
struct SharedHeapCells: CellAllocator, ~Copyable {
  private var mutator: MutatorThread

  /// Room for every workload; address space only.
  private static let limitBytes = 1 << 30

  static func makeSource() -> SharedHeap {
    do throws(HeapError) { return try SharedHeap(limitBytes: limitBytes) } catch { refuse(error) }
  }

  init(sharing heap: SharedHeap) {
    do throws(HeapError) { mutator = try heap.makeMutator() } catch {
      SharedHeapCells.refuse(error)
    }
  }

  @inline(__always)
  mutating func allocate(byteCount: Int) -> Reference {
    do throws(HeapError) { return try mutator.allocateCell(byteCount: byteCount) } catch {
      SharedHeapCells.refuse(error)
    }
  }

  @inline(__always)
  mutating func free(_ cell: Reference) { mutator.freeCell(cell) }

  @inline(never)
  private static func refuse(_ error: HeapError) -> Never {
    preconditionFailure("a measurement fits its heap: \(error)")
  }
}

extension SharedHeapCells {
  /// Bytes committed for each byte asked for, while cells of random lifetimes stand.
  static func overhead(byteCount: Int, operationCount: Int) -> Double {
    let heap = makeSource()
    let ring = CellTable<Reference>(count: Lifetimes.ringCount)
    inScope(of: heap) { cells in
      cells.fill(ring, byteCount: byteCount)
      cells.replaceAtRandom(
        in: ring, byteCount: byteCount, operationCount: operationCount, XorShift())
    }
    // No mutator is at work now, and none holds cells back.
    let committed = heap.allocatorReport().committedBytes
    inScope(of: heap) { cells in cells.drain(ring) }
    return Double(committed) / Double(ring.count * byteCount)
  }

  private static func inScope(of heap: SharedHeap, _ body: (inout SharedHeapCells) -> Void) {
    var cells = SharedHeapCells(sharing: heap)
    body(&cells)
  }
}
