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
    let deathCount = bury(cell: cell, kind)
    let route = allocator.giveBackToSpan(cell, kind)
    allocator.centralLists[kind.index].sweptCount += deathCount
    return route
  }

  /// Makes the bytes of a dying cell those of a free one; how many objects were in it.
  @discardableResult
  func bury(cell: Reference, _ kind: CellKind) -> Int {
    var deathCount = 0
    forEachObject(inCellAt: cell) {
      poison($0)
      deathCount += 1
    }
    if kind == .tiny {
      allocator.arena.storeState(0, at: cell.offset)
      allocator.arena.storeState(0, at: cell.offset + TinyHalf.byteCount)
    }
    return deathCount
  }

  private func poison(_ object: Reference) {
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

  /// Calls `body` with the object in a cell that is in use, or with those in a tiny block: up to two, or
  /// none where a cache keeps a half and the other has been freed.
  @inline(__always)
  func forEachObject(inCellAt cell: Reference, _ body: (Reference) -> Void) {
    let objects = objects(inCellAt: cell)
    if let object = objects.first { body(object) }
    if let object = objects.second { body(object) }
  }

  /// The same two as values, for when the states are about to go.
  @inline(__always)
  func objects(inCellAt cell: Reference) -> (first: Reference?, second: Reference?) {
    guard isTiny(cell) else { return (cell, nil) }
    let second = Reference(word: cell.word + 1)
    return (holdsTinyObject(cell) ? cell : nil, holdsTinyObject(second) ? second : nil)
  }

  /// Whether an object stands in this half of a block.
  func holdsTinyObject(_ half: Reference) -> Bool {
    TinyHalf.isObject(allocator.arena.loadState(at: half.offset))
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
