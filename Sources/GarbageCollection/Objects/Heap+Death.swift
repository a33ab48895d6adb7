/// How cells are given back: by the program's hand, or by a sweep.
extension Heap {
  /// Gives the object's cell to the cache of the mutator that frees it; whoever still refers to it
  /// holds a dangling pointer.
  mutating func free(_ object: Reference, by mutator: MutatorID = .main) -> Route {
    let cache = allocator.cache(of: mutator)
    poison(object)
    if isTiny(object) { return allocator.giveBackTiny(object, cache) }
    // Cells in caches are handed out as swept ones.
    if !isSwept(object) {
      return allocator.giveBackToSpan(
        object, allocator.kind(at: object.offset), countedBy: cache)
    }
    return allocator.giveBack(object, allocator.kind(at: object.offset), cache)
  }

  /// Gives the cell, with the object or the two tiny objects in it, back to its span.
  mutating func freeInSweep(cell: Reference) -> Route {
    let kind = allocator.kind(at: cell.offset)
    var deathCount = 0
    forEachObject(inCellAt: cell) {
      poison($0)
      deathCount += 1
    }
    if kind == .tiny { clearStates(ofBlockAt: cell) }
    let route = allocator.giveBackToSpan(cell, kind)
    allocator.centralLists[kind.index].sweptCount += deathCount
    return route
  }

  func clearStates(ofBlockAt block: Reference) {
    allocator.arena.storeState(0, at: block.offset)
    allocator.arena.storeState(0, at: block.offset + TinyHalf.byteCount)
  }

  func poison(_ object: Reference) {
    guard freedCells != .kept else { return }
    // The state of a tiny half is the allocator's, not the object's.
    let kept = isTiny(object) ? 1 : 0
    let (start, byteCount) = (object.offset + kept, cellBytes(of: object) - kept)
    switch freedCells {
    case .kept: break
    case .poisoned:
      allocator.arena.fill(at: start, byteCount: byteCount, with: Heap.poisonByte)
    case .sanitized:
      allocator.arena.forbid(at: start, byteCount: byteCount)
    }
  }

  /// Calls `body` with the object in a cell that is in use, or with the two in a tiny block.
  @inline(__always)
  func forEachObject(inCellAt cell: Reference, _ body: (Reference) -> Void) {
    guard isTiny(cell) else { return body(cell) }
    for half in [cell, Reference(word: cell.word + 1)]
    where TinyHalf.isObject(allocator.arena.loadState(at: half.offset)) {
      body(half)
    }
  }
}

// MARK: - Caches

extension Heap {
  /// Gives a mutator a cache of its own.
  mutating func openCache(of mutator: MutatorID) throws(HeapError) {
    try allocator.openCache(of: mutator)
  }

  /// Takes the cache of a mutator that ends: its cells go back to their spans.
  mutating func closeCache(of mutator: MutatorID) -> Route {
    allocator.closeCache(of: mutator)
  }
}
