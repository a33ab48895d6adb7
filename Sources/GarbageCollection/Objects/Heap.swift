/// Objects on real memory: cells from the allocator, headers and slots in them, a colour for each.
///
/// Owned, never shared; `copy()` gives a second heap with the same bytes at the same offsets.
public struct Heap: ~Copyable {
  var allocator: Allocator
  let freedCells: FreedCells

  /// What becomes of the bytes of a freed cell.
  enum FreedCells {
    case kept
    /// Overwritten with `poisonByte`, so that nobody mistakes them for data.
    case poisoned
    /// Forbidden, where the address sanitizer is there to see who touches them. Not for heaps that
    /// are copied or hashed, which reads all bytes, or belong to a machine.
    case sanitized
  }

  /// What freed cells are filled with.
  public static let poisonByte: UInt8 = 0xDB

  /// A heap with the cache of one mutator, `MutatorID.main`.
  public init(limitBytes: Int, poisonsFreedCells: Bool = true) throws(HeapError) {
    try self.init(
      limitBytes: limitBytes, freedCells: poisonsFreedCells ? .poisoned : .kept, SystemMemory())
  }

  init(
    limitBytes: Int, freedCells: FreedCells = .poisoned, _ system: SystemMemory
  ) throws(HeapError) {
    self.init(try Allocator.make(limitBytes: limitBytes, system), freedCells)
  }

  private init(_ allocator: consuming Allocator, _ freedCells: FreedCells) {
    self.allocator = allocator
    self.freedCells = freedCells
  }

  public borrowing func copy() throws(HeapError) -> Heap {
    Heap(try allocator.copy(), freedCells)
  }
}

// MARK: - Slots and colours

extension Heap {
  public func header(of object: Reference) -> ObjectHeader {
    guard isTiny(object) else { return allocator.arena.loadHeader(at: object.offset) }
    return ObjectHeader(
      slotCount: 0, payloadBytes: Int(allocator.arena.loadState(at: object.offset)) - 1)
  }

  /// Slots of an object, whatever its kind.
  @inline(__always)
  public func slotCount(of object: Reference) -> Int {
    isPointerFree(object) ? 0 : scannedSlotCount(of: object)
  }

  /// Slots of an object that is not pointer-free, read without looking at its span.
  @inline(__always)
  func scannedSlotCount(of object: Reference) -> Int {
    Int(allocator.arena.load32(at: object.offset))
  }

  /// Whether the object has no slots, as its span says; the object itself is not read.
  @inline(__always)
  public func isPointerFree(_ object: Reference) -> Bool {
    allocator.spans.kind(of: PageID(containing: object.offset)).isPointerFree
  }

  /// Whether the object shares its cell with another one.
  @inline(__always)
  func isTiny(_ object: Reference) -> Bool { allocator.kind(at: object.offset) == .tiny }

  /// What slot `index` (0-based) refers to; nil for an empty slot.
  @inline(__always)
  public func load(_ index: Int, of object: Reference) -> Reference? {
    let word = allocator.arena.load32(
      at: allocator.arena.slotOffset(index, ofObjectAt: object.offset))
    return word == 0 ? nil : Reference(word: word)
  }

  @inline(__always)
  mutating func store(_ value: Reference?, in index: Int, of object: Reference) {
    let offset = allocator.arena.slotOffset(index, ofObjectAt: object.offset)
    allocator.arena.store32(value?.word ?? 0, at: offset)
  }

  @inline(__always)
  public func color(of object: Reference) -> Color { allocator.colors[object] }

  @inline(__always)
  mutating func setColor(_ color: Color, of object: Reference) { allocator.colors[object] = color }
}

// MARK: - Birth

extension Heap {
  /// A white object of at most 64 bytes, with empty slots and a zeroed payload, from the mutator's
  /// cache; nil when it is larger, or tiny, or the cache has no cell for it.
  ///
  /// The fast path of every birth: a few tests, two loads from tables, and the stores that make the
  /// object.
  @inline(__always)
  mutating func allocateSmall(
    slotCount: Int, payloadBytes: Int, by mutator: MutatorID
  ) -> Reference? {
    let slots = UInt64(bitPattern: Int64(slotCount))
    let payload = UInt64(bitPattern: Int64(payloadBytes))
    let byteCount = slots &* UInt64(ObjectHeader.slotBytes) &+ payload &+ 8
    // Negative numbers, too, are not small.
    guard slots | payload < 64, byteCount <= 64, slots > 0 || payload > TinyHalf.largestPayload
    else { return nil }
    let cache = allocator.cache(of: mutator)
    let kind = cache.kind(byteCount: Int(byteCount), isPointerFree: slots == 0)
    guard let cell = cache.take(kind) else { return nil }
    let object = Reference(word: cell)
    allocator.arena.clearSmall(at: object.offset, byteCount: Int(byteCount))
    allocator.arena.store64(slots | payload &<< 32, at: object.offset)
    allocator.colors[object] = .white
    return object
  }

  /// The same for every object that has a size class and is not tiny.
  mutating func allocateFromCache(
    _ header: ObjectHeader, by mutator: MutatorID
  ) -> Reference? {
    guard !header.isTiny, header.objectBytes <= SizeClass.largestRequestBytes else { return nil }
    let cache = allocator.cache(of: mutator)
    let kind = cache.kind(
      byteCount: header.objectBytes, isPointerFree: header.slotCount == 0)
    guard let cell = cache.take(kind) else { return nil }
    return layOut(header, color: .white, in: Reference(word: cell))
  }

  /// Allocates an object with empty slots and a zeroed payload.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  mutating func allocate(
    _ header: ObjectHeader, color: Color, by mutator: MutatorID = .main
  ) throws(HeapError) -> (object: Reference, route: Route) {
    let cache = allocator.cache(of: mutator)
    if header.isTiny { return try allocateTiny(header, color: color, cache) }
    let kind = kind(for: header)
    let (cell, route) =
      kind.isLarge
      ? try allocator.takeLarge(byteCount: header.objectBytes, kind)
      : try allocator.takeCell(kind, cache)
    return (layOut(header, color: color, in: cell), route)
  }

  /// Where an object with this header is put.
  @inline(__always)
  func kind(for header: ObjectHeader) -> CellKind {
    header.isTiny
      ? .tiny
      : allocator.kind(byteCount: header.objectBytes, isPointerFree: header.slotCount == 0)
  }

  private mutating func allocateTiny(
    _ header: ObjectHeader, color: Color, _ cache: ThreadCache
  ) throws(HeapError) -> (object: Reference, route: Route) {
    let (half, route) = try allocator.takeTiny(payloadBytes: header.payloadBytes, cache)
    allow(half, byteCount: TinyHalf.byteCount)
    allocator.arena.fill(at: half.offset + 1, byteCount: TinyHalf.largestPayload, with: 0)
    // The neighbour's colour stays if it is the darker one: the block has only one.
    if !allocator.colors.isInUse(half) || self.color(of: half).rawValue < color.rawValue {
      setColor(color, of: half)
    }
    return (half, route)
  }

  /// Allocates an object behind `last`, the one allocated before it, while a heap is rebuilt.
  ///
  /// - Parameter sharesCell: whether it stands in the second half of the tiny block of `last`.
  mutating func append(
    _ header: ObjectHeader, color: Color, after last: Reference?, sharesCell: Bool = false
  ) throws(HeapError) -> Reference {
    guard header.isTiny else {
      let cell = try allocator.appendCell(
        byteCount: header.objectBytes, kind(for: header), after: last)
      return layOut(header, color: color, in: cell)
    }
    let half: Reference
    if sharesCell, let last {
      half = Reference(word: last.word + 1)
    } else {
      half = try allocator.appendCell(byteCount: 16, .tiny, after: last?.block)
      allocator.arena.clear(at: half.offset, byteCount: 16)
    }
    allocator.arena.storeState(UInt8(header.payloadBytes + 1), at: half.offset)
    setColor(color, of: half)
    return half
  }

  @inline(__always)
  private mutating func layOut(
    _ header: ObjectHeader, color: Color, in cell: Reference
  ) -> Reference {
    allow(cell, byteCount: (header.objectBytes + 15) & ~15)
    allocator.arena.clear(at: cell.offset, byteCount: header.objectBytes)
    allocator.arena.storeHeader(header, at: cell.offset)
    allocator.colors[cell] = color
    return cell
  }

  @inline(__always)
  private func allow(_ object: Reference, byteCount: Int) {
    if freedCells == .sanitized { allocator.arena.allow(at: object.offset, byteCount: byteCount) }
  }

  /// Fills the payload with `pattern`, repeated, so that an object can be told by its bytes.
  mutating func fillPayload(of object: Reference, with pattern: [UInt8]) {
    guard !pattern.isEmpty else { return }
    let header = header(of: object)
    let start =
      isTiny(object)
      ? object.offset + 1
      : allocator.arena.slotOffset(header.slotCount, ofObjectAt: object.offset)
    for index in 0..<header.payloadBytes {
      allocator.arena.storeByte(pattern[index % pattern.count], at: start + index)
    }
  }
}

extension Heap {
  /// The four bytes where slot `index` would stand, whether or not the object has that slot.
  func word(_ index: Int, of object: Reference) -> UInt32 {
    allocator.arena.load32(at: allocator.arena.slotOffset(index, ofObjectAt: object.offset))
  }
}
