/// Cells brought into a given order, for a machine that goes back to an earlier state in place.
///
/// Everything is done to the real lists and maps, so that all equations hold afterwards.
extension Allocator {
  /// Fetches at least `count` cells into the empty stack of a cache.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  func fetch(_ count: Int, _ kind: CellKind, into cache: ThreadCache) throws(HeapError) {
    precondition(!kind.isLarge && count <= cache[kind].capacity, "a stack has room for the cells")
    cache[kind].batch = UInt32(count)
    while cache[kind].cellCount < count { _ = try refill(kind, cache) }
  }

  /// Takes back into the cache whatever of `cells` a sweep has given to the spans.
  ///
  /// `cells` are those of a former `fetch`. If their span is gone it is made again, which gives the same
  /// pages as long as nothing else was allocated.
  func gather(_ cells: [UInt32], _ kind: CellKind, into cache: ThreadCache) {
    for cell in cells where !colors.isInUse(Reference(word: cell)) {
      let offset = Reference(word: cell).offset
      if spans.kind(of: PageID(containing: offset)) != kind {
        do throws(HeapError) {
          try fetch(cache[kind].cellCount + 1, kind, into: cache)
        } catch {
          preconditionFailure("pages that were given back can be had again: \(error)")
        }
        precondition(
          spans.kind(of: PageID(containing: offset)) == kind, "the same pages come again")
      }
      let first = span(at: offset)
      let number = spans[first].cell(at: offset - first.offset)
      guard spans[first].isFree(cell: number) else { continue }
      centralLists[kind.index].remove(first, in: spans)
      spans[first].take(cell: number)
      centralLists[kind.index].put(first, in: spans)
      cache.receive(cell, kind)
    }
  }
}

extension ThreadCache {
  /// Puts a cell that came from a span on top.
  func receive(_ cell: UInt32, _ kind: CellKind) {
    unsafe room(for: kind).pointee = cell
    self[kind].top += 1
    self[kind].receivedCount += 1
  }

  /// Moves all cells of a kind here from another cache.
  func takeAll(_ kind: CellKind, from other: ThreadCache) {
    let count = other[kind].cellCount
    other.forEachCell(of: kind) { receive($0, kind) }
    other.dropLowest(count, kind)
  }

  /// Empties the stack of a kind, to be filled with `restack`.
  @inline(__always)
  func unstack(_ kind: CellKind) { self[kind].top = self[kind].bottom }

  /// Puts a cell on top that was in the cache before, or stops being in use.
  @inline(__always)
  func restack(_ cell: UInt32, _ kind: CellKind) {
    unsafe room(for: kind).pointee = cell
    self[kind].top &+= 1
  }
}
