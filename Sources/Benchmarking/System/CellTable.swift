/// A fixed number of cells of some allocator, as plain as an array of C: no check, no count, no copy.
///
/// A class because threads share it, and because it owns its memory. Unchecked because whoever shares
/// it must order what its threads do, as `CellQueue` and `WorkloadRun.runSwapping` do.
@safe final class CellTable<Cell: Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Cell>
  let count: Int

  /// A table whose places must be written before they are read.
  init(count: Int) {
    precondition(_isPOD(Cell.self), "nothing is released when a cell is overwritten")
    unsafe base = .allocate(capacity: count)
    self.count = count
  }

  deinit { unsafe base.deallocate() }

  /// The cell at `place`, 0-based.
  subscript(place: Int) -> Cell {
    @inline(__always) get {
      assert(0..<count ~= place, "a place of the table")
      return unsafe base[place]
    }
    @inline(__always) set {
      assert(0..<count ~= place, "a place of the table")
      unsafe (base + place).initialize(to: newValue)
    }
  }
}
