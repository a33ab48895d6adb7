import CProcessor
public import Synchronization

/// Where the memory of a heap stands that the fast paths look at; valid while the heap lives.
///
/// A handle of a few addresses, to be kept in registers: through it any number of threads look at the
/// same objects and colours. Slots and colours are read and written with relaxed atomic accesses,
/// which are plain moves on every processor; what orders them are the locks of whoever stops the world.
@safe @usableFromInline struct HeapTables {
  @usableFromInline let arena: UnsafeMutableRawPointer
  /// Where the first slot of an object at offset 0 would stand.
  @usableFromInline let slots: UnsafeMutableRawPointer
  /// `ColorTable`'s bytes.
  @usableFromInline let colors: UnsafeMutablePointer<UInt8>
  /// The kind of every page.
  let pageKinds: UnsafeMutablePointer<UInt8>
  /// The kind with references for every number of steps of 8 bytes, less one.
  let sizeKinds: UnsafeMutablePointer<UInt8>
  @usableFromInline let arenaBytes: Int

  init(
    _ arena: borrowing Arena, _ colors: borrowing ColorTable, _ spans: borrowing SpanTable,
    _ kinds: borrowing RawTable<UInt8>
  ) {
    unsafe self.arena = arena.start
    unsafe slots = arena.start + arena.headerBytes
    unsafe self.colors = colors.start
    unsafe pageKinds = spans.kindBytes
    unsafe sizeKinds = kinds.pointer(to: 0)
    arenaBytes = arena.reservedBytes
  }
}

// MARK: - Objects

extension HeapTables {
  /// What slot `index` (0-based) refers to, by its word; 0 for an empty slot.
  @inlinable @inline(__always)
  func loadSlot(_ index: Int, of object: Reference) -> UInt32 {
    unsafe slot(index, of: object).pointee.load(ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func storeSlot(_ word: UInt32, in index: Int, of object: Reference) {
    unsafe slot(index, of: object).pointee.store(word, ordering: .relaxed)
  }

  /// `loadSlot` for a mutator, who may go on to use what another one has just published.
  ///
  /// Acquiring, and its counterpart releasing, so that whoever finds an object finds it as its birth
  /// left it (Go's `publicationBarrier`); on x86-64 the same plain move as the relaxed one.
  @inlinable @inline(__always)
  func loadPublished(_ index: Int, of object: Reference) -> UInt32 {
    unsafe slot(index, of: object).pointee.load(ordering: .acquiring)
  }

  @inlinable @inline(__always)
  func publish(_ word: UInt32, in index: Int, of object: Reference) {
    unsafe slot(index, of: object).pointee.store(word, ordering: .releasing)
  }

  @inlinable @inline(__always)
  func slot(
    _ index: Int, of object: Reference
  ) -> UnsafeMutablePointer<Atomic<UInt32>> {
    assert(object.offset + 8 + 4 * index < arenaBytes, "within the arena")
    return unsafe (slots + object.offset + index &* ObjectHeader.slotBytes)
      .assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  /// Slots of an object that is not pointer-free.
  @inline(__always)
  func slotCount(of object: Reference) -> Int {
    Int(unsafe (arena + object.offset).assumingMemoryBound(to: UInt32.self).pointee)
  }

  /// Zeroes an object of 8 to 64 bytes, up to a multiple of 8 but at least 16, and writes its header.
  @inlinable @inline(__always)
  func clearSmall(_ object: Reference, byteCount: Int, header: UInt64) {
    unsafe (arena + object.offset).clearSmall(byteCount: byteCount)
    unsafe (arena + object.offset).storeBytes(of: header, as: UInt64.self)
  }

  /// Whether the object has no slots, as its page says; the object itself is not read.
  @inline(__always)
  func isPointerFree(_ object: Reference) -> Bool { kind(of: object).isPointerFree }

  @inline(__always)
  func kind(of object: Reference) -> CellKind { kind(ofPage: object.page) }

  @inline(__always)
  func kind(ofPage page: Int) -> CellKind { unsafe CellKind(raw: pageKinds[page]) }

  /// Whether an object stands there: whatever the reference is.
  func isObject(_ reference: Reference) -> Bool {
    guard reference.offset < arenaBytes else { return false }
    let kind = kind(of: reference)
    guard kind != .none, colorByte(of: reference) != 0 else { return false }
    guard kind == .tiny else { return CellStarts(kind).canStart(at: reference) }
    let state = unsafe (arena + reference.offset).assumingMemoryBound(to: Atomic<UInt8>.self)
    return unsafe TinyHalf.isObject(state.pointee.load(ordering: .relaxed))
  }
}

// MARK: - Colours

extension HeapTables {
  /// The byte of the colour table, as `ColorByte` has it.
  @inline(__always)
  func colorByte(of object: Reference) -> UInt8 {
    unsafe color(at: object).pointee.load(ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func setColorByte(_ byte: UInt8, of object: Reference) {
    unsafe color(at: object).pointee.store(byte, ordering: .relaxed)
  }

  @inlinable @inline(__always)
  func color(at object: Reference) -> UnsafeMutablePointer<Atomic<UInt8>> {
    unsafe UnsafeMutableRawPointer(colors + Int(object.word &>> 1))
      .assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  @inline(__always)
  func isWhite(_ object: Reference) -> Bool { colorByte(of: object) == ColorByte.white }

  func color(of object: Reference) -> Color { Color(byte: colorByte(of: object)) }

  @inline(__always)
  func setColor(_ color: Color, of object: Reference) { setColorByte(color.byte, of: object) }

  /// A bit for each granule of a line, the lowest first: whether its byte is `byte`.
  ///
  /// - Parameter line: of those of the page, 0-based.
  @inline(__always)
  func granules(ofColorByte byte: UInt8, inLine line: Int, ofPage page: Int) -> UInt64 {
    unsafe tri_bytes_equal(colors + (page &<< 9 &+ line &<< 6), byte)
  }

  /// Sets the byte of a granule (0...63) of a line.
  ///
  /// - Parameter line: of those of the page, 0-based.
  @inline(__always)
  func setColorByte(_ byte: UInt8, ofGranule granule: Int, inLine line: Int, ofPage page: Int) {
    unsafe UnsafeMutableRawPointer(colors + (page &<< 9 &+ line &<< 6) + granule)
      .assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(byte, ordering: .relaxed)
  }

  /// Lines of 64 granules, whose colours stand in one line of the processor's cache, in a page.
  static var linesPerPage: Int { Page.bytes / SizeClass.granuleBytes / 64 }
}

// MARK: - Hints

extension HeapTables {
  /// Asks for the header and the first slots of an object before they are read.
  ///
  /// Cells do not keep to the processor's lines, so the header may stand in one and the slots in the next,
  /// up to the fourth behind a header of 8 bytes.
  @inline(__always)
  func fetch(_ object: Reference) {
    unsafe tri_fetch(arena + object.offset)
    unsafe tri_fetch(arena + (object.offset &+ 20))
  }

  /// Asks for the colour of an object before it is looked at.
  @inline(__always)
  func fetchColor(of object: Reference) {
    unsafe tri_fetch(colors + Int(object.word &>> 1))
  }

  /// Asks for all colours of a page.
  @inline(__always)
  func fetchColors(ofPage page: Int) {
    for line in 0..<Self.linesPerPage { unsafe tri_fetch(colors + (page &<< 9 &+ line &<< 6)) }
  }
}

extension Reference {
  /// The number of the page in which the object starts.
  @inline(__always)
  var page: Int { Int(word &>> 10) }
}
