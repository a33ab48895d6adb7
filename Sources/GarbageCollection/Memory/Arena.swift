import Glibc
import Synchronization

/// The address space in which objects live: reserved whole, committed from the bottom up.
///
/// ```
/// base            base + committed               base + reservedBytes
/// │ page 0 │ page 1 … committed, in use or free │ reserved, untouchable │
///   guard: never committed, so that offset 0 can mean nil and faults if touched
/// ```
///
/// Everything outside this folder names memory by its byte offset from `base`, which is the same in
/// every copy; so a copy of an arena can stand anywhere. What is committed, the page heap knows.
@safe struct Arena: ~Copyable {
  private let base: UnsafeMutableRawPointer
  /// Where the first slot of an object at offset 0 would stand: `base` and the bytes of a header.
  private let slotBase: UnsafeMutableRawPointer
  /// Bytes of address space, a multiple of `Page.bytes`.
  let reservedBytes: Int
  let system: SystemMemory

  /// - Parameter headerBytes: what stands before the slots of every object.
  init(reservedBytes: Int, headerBytes: Int, _ system: SystemMemory) throws(HeapError) {
    precondition(reservedBytes.isMultiple(of: Page.bytes), "an arena is made of whole pages")
    unsafe base = try system.reserve(byteCount: reservedBytes)
    unsafe slotBase = unsafe base + headerBytes
    self.reservedBytes = reservedBytes
    self.system = system
    unsafe SystemMemory.preferHugePages(
      base, from: Arena.smallPageBytes, byteCount: reservedBytes)
  }

  /// Bytes at the start of every arena, and of every table, that stand in pages of usual size.
  ///
  /// Half of the last huge page is not needed, on average: little where there are more than a few.
  static let smallPageBytes = 4 << 20

  deinit {
    // Whatever is mapped here next may be touched.
    unsafe Sanitizer.allow(base, byteCount: reservedBytes)
    unsafe SystemMemory.release(base, byteCount: reservedBytes)
  }

  /// Makes the bytes from `start` to `end` usable.
  func commit(from start: Int, to end: Int) throws(HeapError) {
    precondition(
      start >= Page.bytes && end > start && end <= reservedBytes, "within the reservation")
    try unsafe system.commit(base + start, byteCount: end - start)
  }

  /// Lets the system have the memory behind the bytes from `start` to `end`; they become zero.
  func giveBack(from start: Int, to end: Int) throws(HeapError) {
    precondition(
      start >= Page.bytes && end > start && end <= reservedBytes, "within the reservation")
    try unsafe system.giveBack(base + start, byteCount: end - start)
  }

  /// An arena of its own with the same bytes, as far as `committedEnd`, at the same offsets.
  ///
  /// - Parameter isReleased: whether the system has the memory of a page, which then stays untouched.
  borrowing func copy(
    committedEnd: Int, where isReleased: (PageID) -> Bool
  ) throws(HeapError) -> Arena {
    let copy = try Arena(
      reservedBytes: reservedBytes, headerBytes: headerBytes, system)
    guard committedEnd > Page.bytes else { return copy }
    try copy.commit(from: Page.bytes, to: committedEnd)
    for index in 1..<committedEnd / Page.bytes where !isReleased(PageID(index)) {
      let offset = index * Page.bytes
      unsafe memcpy(copy.base + offset, base + offset, Page.bytes)
    }
    return copy
  }

  /// Where offset 0 stands, for the fast paths of this folder.
  var start: UnsafeMutableRawPointer { unsafe base }

  /// Bytes before the slots of every object.
  @inline(__always)
  var headerBytes: Int { unsafe slotBase - base }

  /// Where offset 0 stands in this process.
  var baseAddress: UInt { UInt(bitPattern: unsafe base) }
}

extension Arena {
  /// A word to load or store where the compiler sees it, and with it a sanitizer: `storeBytes` is a
  /// call of the standard library, which has no instruments, where code is not optimised.
  @inline(__always)
  private func word<Word>(at offset: Int, as type: Word.Type) -> UnsafeMutablePointer<Word> {
    unsafe (base + offset).assumingMemoryBound(to: type)
  }

  @inline(__always)
  func load32(at offset: Int) -> UInt32 {
    assert(offset >= Page.bytes && offset + 4 <= reservedBytes, "within the arena")
    return unsafe word(at: offset, as: UInt32.self).pointee
  }

  @inline(__always)
  func store32(_ value: UInt32, at offset: Int) {
    assert(offset >= Page.bytes && offset + 4 <= reservedBytes, "within the arena")
    unsafe word(at: offset, as: UInt32.self).pointee = value
  }

  /// The word in slot `index` of the object at `offset`; threads may be writing it.
  @inline(__always)
  func loadSlot(_ index: Int, ofObjectAt offset: Int) -> UInt32 {
    unsafe slot(index, ofObjectAt: offset).pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  func storeSlot(_ value: UInt32, in index: Int, ofObjectAt offset: Int) {
    unsafe slot(index, ofObjectAt: offset).pointee.store(value, ordering: .relaxed)
  }

  @inline(__always)
  private func slot(
    _ index: Int, ofObjectAt offset: Int
  ) -> UnsafeMutablePointer<Atomic<UInt32>> {
    assert(offset >= Page.bytes && offset + 8 + 4 * index <= reservedBytes, "within the arena")
    return unsafe (slotBase + offset + index * ObjectHeader.slotBytes)
      .assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  /// Moves `byteCount` bytes; the two places may overlap.
  func move(from source: Int, to target: Int, byteCount: Int) {
    assert(min(source, target) >= Page.bytes, "within the arena")
    assert(max(source, target) + byteCount <= reservedBytes, "within the arena")
    unsafe memmove(base + target, base + source, byteCount)
  }

  @inline(__always)
  func store64(_ value: UInt64, at offset: Int) {
    assert(offset >= Page.bytes && offset + 8 <= reservedBytes, "within the arena")
    unsafe word(at: offset, as: UInt64.self).pointee = value
  }

  /// Zeroes whole words of 8 bytes from `offset` on, at least `byteCount` bytes.
  func clear(at offset: Int, byteCount: Int) {
    assert(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    unsafe memset(base + offset, 0, (byteCount + 7) & ~7)
  }

  /// The same for 8 to 64 bytes, but at least 16.
  @inline(__always)
  func clearSmall(at offset: Int, byteCount: Int) {
    assert(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    unsafe (base + offset).clearSmall(byteCount: byteCount)
  }

  func fill(at offset: Int, byteCount: Int, with byte: UInt8) {
    assert(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    unsafe memset(base + offset, Int32(byte), byteCount)
  }

  /// Lets a sanitizer, if there is one, report whoever touches these bytes before they are allowed.
  func forbid(at offset: Int, byteCount: Int) {
    assert(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    unsafe Sanitizer.forbid(base + offset, byteCount: byteCount)
  }

  func allow(at offset: Int, byteCount: Int) {
    assert(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    unsafe Sanitizer.allow(base + offset, byteCount: byteCount)
  }

  func loadByte(at offset: Int) -> UInt8 {
    assert(offset >= Page.bytes && offset < reservedBytes, "within the arena")
    return unsafe word(at: offset, as: UInt8.self).pointee
  }

  func storeByte(_ value: UInt8, at offset: Int) {
    assert(offset >= Page.bytes && offset < reservedBytes, "within the arena")
    unsafe word(at: offset, as: UInt8.self).pointee = value
  }

  /// A copy of `byteCount` bytes, for showing them.
  func bytes(at offset: Int, byteCount: Int) -> [UInt8] {
    precondition(offset >= Page.bytes && offset + byteCount <= reservedBytes, "within the arena")
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base + offset, count: byteCount))
  }

  /// Mixes every byte below `committedEnd` into `digest`.
  func hash(committedEnd: Int, into digest: inout Digest) {
    let count = committedEnd - Page.bytes
    unsafe digest.mix(UnsafeRawBufferPointer(start: base + Page.bytes, count: count))
  }
}

/// The state bytes of tiny blocks: those of two halves can be read and written by two threads.
extension Arena {
  private func state(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt8>> {
    assert(offset >= Page.bytes && offset < reservedBytes, "within the arena")
    return unsafe (base + offset).assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  func loadState(at offset: Int) -> UInt8 {
    unsafe state(at: offset).pointee.load(ordering: .relaxed)
  }

  func storeState(_ value: UInt8, at offset: Int) {
    unsafe state(at: offset).pointee.store(value, ordering: .relaxed)
  }
}
