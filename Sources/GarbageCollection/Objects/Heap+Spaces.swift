/// Objects that stand in no cells, but one behind the other.
extension Heap {
  /// Makes the whole heap one space, with every object where it is.
  mutating func makeOneSpace() {
    guard spaces.isEmpty else { return }
    let (first, pageCount) = allocator.makeOneSpace()
    var space = Space(.block, start: first.offset, end: first.offset + pageCount * Page.bytes)
    forEachObject { space.free = $0.offset + standingBytes(of: $0) }
    spaces = [space]
  }

  /// The number of the space that an object stands in; nil for one in a cell.
  @inline(__always)
  public func space(of object: Reference) -> Int? {
    spaces.firstIndex { $0.contains(object) }
  }

  /// The space that has this role now.
  public func space(_ role: Space.Role) -> Int? { spaces.firstIndex { $0.role == role } }

  /// Bytes from an object in a space to the place where the next can stand.
  @inline(__always)
  func standingBytes(of object: Reference) -> Int { standingBytes(header(of: object)) }

  @inline(__always)
  func standingBytes(_ header: ObjectHeader) -> Int { (objectBytes(header) + 15) & ~15 }

  /// Bytes that belong together at a place in a space: those of the object there, or those up to the
  /// next object.
  func standingBytes(at reference: Reference) -> Int {
    if isObject(reference) { return standingBytes(of: reference) }
    guard let space = space(of: reference) else { return 0 }
    let next = allocator.firstInUse(from: reference.offset, below: spaces[space].end)
    return (next ?? spaces[space].end) - reference.offset
  }

  /// Lets an object with empty slots and a zeroed payload be born in a space; nil when it is full.
  @inline(__always)
  mutating func bump(_ header: ObjectHeader, color: Color, in space: Int) -> Reference? {
    let byteCount = standingBytes(header)
    guard byteCount <= spaces[space].freeBytes else { return nil }
    let object = Reference(offset: spaces[space].free)
    spaces[space].free += byteCount
    bumpCount += 1
    return layOut(header, color: color, in: object)
  }

  /// What to say when a space has no room for so many bytes.
  func spaceIsFull(_ space: Int, _ byteCount: Int) -> HeapError {
    .limitReached(
      requestedBytes: byteCount, committedBytes: spaces[space].usedBytes,
      limitBytes: spaces[space].byteCount)
  }

  /// The same at the far end of the space, where no scan comes.
  mutating func bumpFromTop(_ header: ObjectHeader, color: Color, in space: Int) -> Reference? {
    let byteCount = standingBytes(header)
    guard byteCount <= spaces[space].freeBytes else { return nil }
    spaces[space].top -= byteCount
    bumpCount += 1
    return layOut(header, color: color, in: Reference(offset: spaces[space].top))
  }

  /// Gives up everything that stands in a space; nobody is told.
  mutating func empty(_ space: Int) {
    let (start, end) = (spaces[space].start, spaces[space].end)
    for used in [start..<spaces[space].free, spaces[space].top..<end] where !used.isEmpty {
      allocator.colors.clear(from: used.lowerBound, to: used.upperBound)
      poison(from: used.lowerBound, to: used.upperBound)
    }
    spaces[space].reset()
  }

  /// Overwrites what is free from now on, if this heap does that.
  func poison(from start: Int, to end: Int) {
    guard freedCells == .poisoned, end > start else { return }
    allocator.arena.fill(at: start, byteCount: end - start, with: Heap.poisonByte)
  }

  /// Gives up a dead object where it stands.
  mutating func reclaim(_ object: Reference) {
    let byteCount = standingBytes(of: object)
    allocator.colors.clear(object)
    poison(from: object.offset, to: object.offset + byteCount)
    reclaimCount += 1
  }

  /// Calls `body` with every object of a space, by address.
  public func forEachObject(inSpace space: Int, _ body: (Reference) -> Void) {
    var offset = spaces[space].start
    while let found = allocator.firstInUse(from: offset, below: spaces[space].end) {
      body(Reference(offset: found))
      offset = found + SizeClass.granuleBytes
    }
  }
}

// MARK: - Moving

extension Heap {
  /// Copies an object, header and all, and lets it stand at `target`; nothing stands at its old place.
  ///
  /// The places may overlap. Whoever still refers to the old place holds a stale reference.
  mutating func move(_ object: Reference, to target: Reference, color: Color) {
    let byteCount = objectBytes(header(of: object))
    allocator.colors.clear(object)
    allocator.arena.move(from: object.offset, to: target.offset, byteCount: byteCount)
    allocator.colors[target] = color
  }

  /// Writes into what is left of an object where it has gone (Cheney, CACM 13(11), 1970).
  ///
  /// Over the header: the slots stay as they were, stale.
  mutating func leaveForwarding(at shell: Reference, to target: Reference) {
    allocator.arena.store64(
      UInt64(Heap.forwardingMark) | UInt64(target.word) << 32, at: shell.offset)
  }

  /// Where the object has gone that stood here; nil where an object stands, or none has gone from.
  @inline(__always)
  public func forwarding(at shell: Reference) -> Reference? {
    let kind = allocator.kind(at: shell.offset)
    guard kind.isSpace, !allocator.colors.isInUse(shell),
      allocator.arena.load32(at: shell.offset) == Heap.forwardingMark
    else { return nil }
    return Reference(word: allocator.arena.load32(at: shell.offset + 4))
  }

  /// More slots than any object has.
  static var forwardingMark: UInt32 { 0xFFFF_FFFF }

  /// Collections that an object in a space for the young has survived.
  public func age(of object: Reference) -> Int {
    Int(allocator.arena.load32(at: object.offset + 4) >> ObjectHeader.ageShift)
  }

  mutating func setAge(_ age: Int, of object: Reference) {
    let payloadBytes = header(of: object).payloadBytes
    allocator.arena.store32(
      UInt32(payloadBytes) | UInt32(age) << ObjectHeader.ageShift, at: object.offset + 4)
  }
}

extension ObjectHeader {
  /// The bits above are those of the age, in a space for the young.
  static let ageShift: UInt32 = 28

  /// The header without the age that stands in it.
  var withoutAge: ObjectHeader {
    ObjectHeader(
      slotCount: slotCount, payloadBytes: payloadBytes & (1 << Int(ObjectHeader.ageShift) - 1))
  }
}

// MARK: - Equations

extension Heap {
  /// The first object in a space that stands where none can, or overlaps another.
  func firstFaultInSpaces() -> AllocatorFault? {
    for space in spaces {
      var next = space.start
      while let offset = allocator.firstInUse(from: next, below: space.end) {
        let object = Reference(offset: offset)
        let end = offset + standingBytes(of: object)
        let fits = end <= space.free || offset >= space.top && end <= space.end
        guard fits else { return .objectAstray(object) }
        let overlapping = allocator.firstInUse(
          from: offset + SizeClass.granuleBytes, below: end)
        if overlapping != nil { return .objectAstray(object) }
        next = end
      }
    }
    return nil
  }
}
