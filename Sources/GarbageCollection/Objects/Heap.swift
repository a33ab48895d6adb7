/// Objects on real memory: cells from the allocator, headers and slots in them, a colour for each.
///
/// Owned, never shared; `copy()` gives a second heap with the same bytes at the same offsets.
public struct Heap: ~Copyable {
  var allocator: Allocator
  let freedCells: FreedCells
  let layout: HeapLayout
  /// Where objects stand one behind the other; none for collectors that leave objects in cells.
  public internal(set) var spaces: [Space] = []
  /// Objects born in spaces, and objects that collectors have given up there.
  var bumpCount = 0
  var reclaimCount = 0
  /// Objects that have gone from spaces into cells.
  var promotedCount = 0
  /// Those of them that the collection under way has promoted.
  var promoted: [Reference] = []
  /// Where old objects may refer to young ones.
  public internal(set) var remembered = RememberedSet()
  /// What a counting collector keeps of objects; empty under others.
  var counting: CountingLists

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
    limitBytes: Int, freedCells: FreedCells = .poisoned, layout: HeapLayout = HeapLayout(),
    counting: CountingLists = CountingLists(), _ system: SystemMemory
  ) throws(HeapError) {
    let allocator = try Allocator.make(
      limitBytes: limitBytes, headerBytes: layout.headerBytes,
      wholeGranules: layout.fillsGranules, system)
    self.init(allocator, freedCells, layout, [], counting)
  }

  private init(
    _ allocator: consuming Allocator, _ freedCells: FreedCells, _ layout: HeapLayout,
    _ spaces: [Space], _ counting: CountingLists
  ) {
    self.allocator = allocator
    self.freedCells = freedCells
    self.layout = layout
    self.spaces = spaces
    self.counting = counting
  }

  public borrowing func copy() throws(HeapError) -> Heap {
    var copy = Heap(try allocator.copy(), freedCells, layout, spaces, counting)
    copy.bumpCount = bumpCount
    copy.reclaimCount = reclaimCount
    copy.promotedCount = promotedCount
    copy.promoted = promoted
    copy.remembered = remembered
    return copy
  }
}

// MARK: - Slots and colours

extension Heap {
  /// Where objects and colours stand, for whoever looks at many.
  @inline(__always)
  var tables: HeapTables { allocator.tables }
}

extension Heap {
  public func header(of object: Reference) -> ObjectHeader {
    let kind = allocator.kind(at: object.offset)
    guard kind == .tiny else {
      let header = allocator.arena.loadHeader(at: object.offset)
      return kind == .youngSpace ? header.withoutAge : header
    }
    return ObjectHeader(
      slotCount: 0, payloadBytes: Int(allocator.arena.loadState(at: object.offset)) - 1)
  }

  /// Bytes of header, slots and payload, as this heap lays them out.
  @inline(__always)
  func objectBytes(_ header: ObjectHeader) -> Int { header.objectBytes + layout.extraBytes }

  /// Bytes of an object as it stands: header, slots and payload.
  public func objectBytes(of object: Reference) -> Int {
    let header = header(of: object)
    return isTiny(object) ? header.payloadBytes + 1 : objectBytes(header)
  }

  /// Whether such an object shares its cell with another one in this heap.
  @inline(__always)
  func isTiny(_ header: ObjectHeader) -> Bool { layout.sharesTinyCells && header.isTiny }

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
    let word = allocator.arena.loadSlot(index, ofObjectAt: object.offset)
    return word == 0 ? nil : Reference(word: word)
  }

  @inline(__always)
  mutating func store(_ value: Reference?, in index: Int, of object: Reference) {
    allocator.arena.storeSlot(value?.word ?? 0, in: index, ofObjectAt: object.offset)
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
    guard layout.isPlain, slots | payload < 64, byteCount <= 64,
      slots > 0 || payload > TinyHalf.largestPayload
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
    guard !isTiny(header), objectBytes(header) <= SizeClass.largestRequestBytes else { return nil }
    let cache = allocator.cache(of: mutator)
    let kind = cache.kind(
      byteCount: objectBytes(header), isPointerFree: header.slotCount == 0)
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
    if isTiny(header) { return try allocateTiny(header, color: color, cache) }
    let kind = kind(for: header)
    let (cell, route) =
      kind.isLarge
      ? try allocator.takeLarge(byteCount: objectBytes(header), kind)
      : try allocator.takeCell(kind, cache)
    return (layOut(header, color: color, in: cell), route)
  }

  /// Where an object with this header is put.
  @inline(__always)
  func kind(for header: ObjectHeader) -> CellKind {
    isTiny(header)
      ? .tiny
      : allocator.kind(byteCount: objectBytes(header), isPointerFree: header.slotCount == 0)
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
    guard isTiny(header) else {
      let cell = try allocator.appendCell(
        byteCount: objectBytes(header), kind(for: header), after: last)
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
  mutating func layOut(
    _ header: ObjectHeader, color: Color, in cell: Reference
  ) -> Reference {
    let byteCount = objectBytes(header)
    allow(cell, byteCount: (byteCount + 7) & ~7)
    allocator.arena.clear(at: cell.offset, byteCount: byteCount)
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
    allocator.arena.loadSlot(index, ofObjectAt: object.offset)
  }
}
