/// Objects on real memory: cells from the allocator, headers and slots in them, a colour for each.
///
/// Owned, never shared; `copy()` gives a second heap with the same bytes at the same offsets.
public struct Heap: ~Copyable {
  var allocator: Allocator
  let colors: ColorTable
  /// Whether freed cells are overwritten with `poisonByte`, so that nobody mistakes them for data.
  let poisonsFreedCells: Bool

  /// What freed cells are filled with.
  public static let poisonByte: UInt8 = 0xDB

  public init(limitBytes: Int, poisonsFreedCells: Bool = true) throws(HeapError) {
    allocator = try Allocator(limitBytes: limitBytes)
    colors = ColorTable(arenaBytes: allocator.arena.reservedBytes)
    self.poisonsFreedCells = poisonsFreedCells
  }

  private init(copying other: borrowing Heap) throws(HeapError) {
    allocator = try other.allocator.copy()
    colors = other.colors.copy(arenaBytes: other.allocator.arena.committedBytes)
    poisonsFreedCells = other.poisonsFreedCells
  }

  public borrowing func copy() throws(HeapError) -> Heap { try Heap(copying: self) }
}

// MARK: - Slots and colours

extension Heap {
  @inline(__always)
  public func header(of object: Reference) -> ObjectHeader {
    allocator.arena.loadHeader(at: object.offset)
  }

  @inline(__always)
  public func slotCount(of object: Reference) -> Int {
    Int(allocator.arena.load32(at: object.offset))
  }

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
  public func color(of object: Reference) -> Color { colors[object] }

  @inline(__always)
  mutating func setColor(_ color: Color, of object: Reference) { colors[object] = color }
}

// MARK: - Birth and death

extension Heap {
  /// Allocates an object with empty slots and a zeroed payload.
  ///
  /// - Throws: `HeapError`, and nothing has changed.
  mutating func allocate(
    _ header: ObjectHeader, color: Color, by mutator: MutatorID = .main
  ) throws(HeapError) -> (object: Reference, route: Route) {
    let (offset, tier) = try allocator.allocate(byteCount: header.objectBytes)
    return (layOut(header, color: color, at: offset), Route(tier: tier))
  }

  /// Allocates an object behind `last`, the one allocated before it, while a heap is rebuilt.
  mutating func append(
    _ header: ObjectHeader, color: Color, after last: Reference?
  ) throws(HeapError) -> Reference {
    let offset = try allocator.append(byteCount: header.objectBytes, after: last?.offset ?? 0)
    return layOut(header, color: color, at: offset)
  }

  private mutating func layOut(
    _ header: ObjectHeader, color: Color, at offset: Int
  ) -> Reference {
    allocator.arena.fill(at: offset, byteCount: header.objectBytes, with: 0)
    allocator.arena.storeHeader(header, at: offset)
    let object = Reference(offset: offset)
    setColor(color, of: object)
    return object
  }

  /// Gives the object's cell back; whoever still refers to it holds a dangling pointer.
  mutating func free(_ object: Reference, by mutator: MutatorID = .main) -> Route {
    if poisonsFreedCells {
      allocator.arena.fill(
        at: object.offset, byteCount: cellBytes(of: object), with: Heap.poisonByte)
    }
    setColor(.white, of: object)
    return Route(tier: allocator.free(offset: object.offset))
  }

  /// Fills the payload with `pattern`, repeated, so that an object can be told by its bytes.
  mutating func fillPayload(of object: Reference, with pattern: [UInt8]) {
    let header = header(of: object)
    guard !pattern.isEmpty else { return }
    let start = allocator.arena.slotOffset(header.slotCount, ofObjectAt: object.offset)
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

// MARK: - Caches

extension Heap {
  /// Gives a mutator a cache of its own.
  mutating func openCache(of mutator: MutatorID) throws(HeapError) {}

  /// Takes the cache of a mutator that ends: its cells go back to their spans.
  mutating func closeCache(of mutator: MutatorID) -> Route { Route(tier: .centralList) }

  /// The allocator's state in numbers; O(pages + objects).
  public func allocatorReport() -> AllocatorReport { AllocatorReport() }

  /// One of the numbers that the allocator counts.
  public func count(of counter: AllocatorCounter) -> Int { 0 }
}
