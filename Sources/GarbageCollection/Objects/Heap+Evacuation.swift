/// Copying out of one space into another, or into a cell, and what the young need for it.
extension Heap {
  /// Takes the spaces that a collector needs from the start.
  ///
  /// - Throws: `HeapError`, when the limit is too small for them.
  mutating func openSpaces(for settings: Settings) throws(HeapError) {
    switch settings.collector {
    case .markSweep, .markCompact, .referenceCounting: break
    case .copying: try openSemispaces()
    case .generational:
      try openYoungSpace(.nursery, byteCount: settings.nurseryBytes)
      guard settings.promotionAge > 1 else { break }
      try openYoungSpace(.survivors, byteCount: settings.nurseryBytes)
      try openYoungSpace(.toSpace, byteCount: settings.nurseryBytes)
    }
  }

  /// Parts all pages that the heap may have into two halves.
  private mutating func openSemispaces() throws(HeapError) {
    let pageCount = allocator.pageHeap[0].limitPages
    let first = try allocator.takeSpace(pageCount: pageCount, .space)
    let end = first.offset + pageCount * Page.bytes
    let middle = first.offset + pageCount * Page.bytes / 2
    spaces = [
      Space(.toSpace, start: first.offset, end: middle),
      Space(.fromSpace, start: middle, end: end),
    ]
  }

  /// A space of its own pages, but no longer than it was asked for.
  private mutating func openYoungSpace(
    _ role: Space.Role, byteCount: Int
  ) throws(HeapError) {
    let whole = (byteCount + 15) & ~15
    let first = try allocator.takeSpace(
      pageCount: (whole + Page.bytes - 1) / Page.bytes, .youngSpace)
    spaces.append(Space(role, start: first.offset, end: first.offset + whole))
  }
}

// MARK: - Flips

extension Heap {
  /// Lets two spaces change their roles, where there are such: what is full is evacuated now.
  mutating func flip() {
    let full: Space.Role = space(.nursery) == nil ? .toSpace : .survivors
    let empty: Space.Role = space(.nursery) == nil ? .fromSpace : .toSpace
    guard let from = space(full), let to = space(empty) else { return }
    spaces[from].role = .fromSpace
    spaces[to].role = full
  }

  /// The space that objects are copied into; nil where all that survive are promoted.
  var copySpace: Int? { space(.nursery) == nil ? space(.toSpace) : space(.survivors) }

  /// Whether a collection that copies takes the object out of where it stands.
  @inline(__always)
  public func isInFromSpace(_ object: Reference) -> Bool {
    guard let space = space(of: object) else { return false }
    return spaces[space].isEvacuated
  }

  /// The next copy whose slots are still to be scanned; nil when there is none in a space.
  func nextGreyCopy() -> Reference? {
    guard let space = copySpace else { return nil }
    return allocator.firstInUse(from: spaces[space].scan, below: spaces[space].free)
      .map { Reference(offset: $0) }
  }

  /// The copies whose slots are still to be scanned, in the order they were made.
  func greyCopies() -> [Reference] {
    guard let space = copySpace else { return [] }
    var copies: [Reference] = []
    var offset = spaces[space].scan
    while let found = allocator.firstInUse(from: offset, below: spaces[space].free) {
      copies.append(Reference(offset: found))
      offset = found + SizeClass.granuleBytes
    }
    return copies
  }

  /// Notes that the copy has been scanned, and all before it.
  mutating func passScan(of copy: Reference) {
    guard let space = copySpace else { return }
    spaces[space].scan = copy.offset + standingBytes(of: copy)
  }

  /// Gives up what has not been copied; whoever is interested is told of every object.
  mutating func abandonFromSpaces<O: Observer>(observer: inout O) {
    for number in spaces.indices where spaces[number].isEvacuated {
      if O.isInterested {
        forEachObject(inSpace: number) { observer.observe(.reclaimed($0)) }
      }
      empty(number)
      if spaces[number].role == .fromSpace, space(.nursery) != nil {
        spaces[number].role = .toSpace
      }
    }
    var standingCount = 0
    for space in spaces.indices { forEachObject(inSpace: space) { _ in standingCount += 1 } }
    reclaimCount = bumpCount - promotedCount - standingCount
  }

  /// Makes every object white that stands in a space, or was promoted in this collection.
  mutating func whitenCopies() {
    for space in spaces.indices {
      var offset = spaces[space].start
      while let found = allocator.firstInUse(from: offset, below: spaces[space].end) {
        setColor(.white, of: Reference(offset: found))
        offset = found + SizeClass.granuleBytes
      }
    }
    for object in promoted where isObject(object) { setColor(.white, of: object) }
    promoted.removeAll()
  }
}

extension Space {
  /// Whether a collection that copies takes objects out of it.
  var isEvacuated: Bool { role == .fromSpace || role == .nursery }
}

// MARK: - Copies

extension Heap {
  /// Copies an object to where the next stands in the space, and leaves a shell that says where;
  /// nil when there is no room.
  mutating func evacuate(_ object: Reference, into space: Int) -> Reference? {
    let byteCount = standingBytes(of: object)
    guard byteCount <= spaces[space].freeBytes else { return nil }
    let copy = Reference(offset: spaces[space].free)
    spaces[space].free += byteCount
    move(object, to: copy, color: .grey)
    leaveForwarding(at: object, to: copy)
    return copy
  }

  /// Bytes that a space has for births while objects are copied into it: copies come first.
  func birthBytes(in space: Int) -> Int {
    guard let from = self.space(.fromSpace) else { return spaces[space].freeBytes }
    let copiedBytes = spaces[space].free - spaces[space].start
    return spaces[space].freeBytes - max(0, spaces[from].usedBytes - copiedBytes)
  }
}

// MARK: - Old and young

extension Heap {
  /// Whether the object stands in a space for the young.
  @inline(__always)
  public func isYoung(_ object: Reference) -> Bool {
    allocator.kind(at: object.offset) == .youngSpace
  }

  /// Whether any object stands in a space for the young.
  var hasYoung: Bool {
    spaces.contains {
      allocator.kind(at: $0.start) == .youngSpace
        && allocator.firstInUse(from: $0.start, below: $0.end) != nil
    }
  }

  func forEachYoung(_ body: (Reference) -> Void) {
    for space in spaces.indices where allocator.kind(at: spaces[space].start) == .youngSpace {
      forEachObject(inSpace: space, body)
    }
  }

  /// Copies a young object into a cell among the old, and leaves a shell that says where.
  ///
  /// - Precondition: there is a cell, which `canPromoteAll` has found out.
  mutating func promote(_ object: Reference) -> Reference {
    let header = header(of: object)
    let kind = kind(for: header)
    let cell: Reference
    do throws(HeapError) {
      cell =
        kind.isLarge
        ? try allocator.takeLarge(byteCount: objectBytes(header), kind).cell
        : try allocator.takeCell(kind, allocator.cache(of: .main)).cell
    } catch {
      preconditionFailure("a collection of the young begins when the old have room: \(error)")
    }
    move(object, to: cell, color: header.slotCount == 0 ? .black : .grey)
    allocator.arena.storeHeader(header, at: cell.offset)
    leaveForwarding(at: object, to: cell)
    promotedCount += 1
    promoted.append(cell)
    return cell
  }

  /// What to say when the old have no room for the young.
  func oldAreFull() -> HeapError {
    var byteCount = 0
    forEachYoung { byteCount += standingBytes(of: $0) }
    return .limitReached(
      requestedBytes: byteCount, committedBytes: committedBytes,
      limitBytes: allocator.pageHeap[0].limitPages * Page.bytes)
  }

  /// Whether the old have room for all the young, should none of them die; O(young + spans).
  ///
  /// Free cells count, or a heap of many sizes would seem full with most of its cells free.
  public func canPromoteAll() -> Bool {
    var counts: [CellKind: Int] = [:]
    var pageCount = 0
    forEachYoung { object in
      let kind = kind(for: header(of: object))
      if kind.isLarge {
        pageCount += (objectBytes(header(of: object)) + Page.bytes - 1) / Page.bytes
        return
      }
      counts[kind, default: 0] += 1
    }
    for (kind, count) in counts {
      guard let sizeClass = kind.spanClass?.sizeClass else { continue }
      let freeCount =
        allocator.cache(of: .main)[kind].cellCount + allocator.sharedCellCount(of: kind)
      let missing = max(0, count - freeCount)
      pageCount += (missing + sizeClass.cellCount - 1) / sizeClass.cellCount * sizeClass.spanPages
    }
    return pageCount == 0 || allocator.canTakePages(pageCount)
  }
}
