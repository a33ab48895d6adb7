import Glibc

/// The address space in which objects live: reserved whole, committed from the bottom up.
///
/// ```
/// base            base + committedBytes          base + reservedBytes
/// │ page 0 │ page 1 … committed, in use or free │ reserved, untouchable │
///   guard: never committed, so that offset 0 can mean nil and faults if touched
/// ```
///
/// Everything outside this folder names memory by its byte offset from `base`, which is the same in
/// every copy; so a copy of an arena can stand anywhere.
@safe struct Arena: ~Copyable {
  private let base: UnsafeMutableRawPointer
  /// Bytes of address space, a multiple of `Page.bytes`.
  let reservedBytes: Int
  /// Bytes below which everything but page 0 can be read and written; a multiple of `Page.bytes`.
  private(set) var committedBytes: Int

  init(reservedBytes: Int) throws(HeapError) {
    precondition(reservedBytes.isMultiple(of: Page.bytes), "an arena is made of whole pages")
    unsafe base = try SystemMemory.reserve(byteCount: reservedBytes)
    self.reservedBytes = reservedBytes
    committedBytes = Page.bytes
  }

  deinit { unsafe SystemMemory.release(base, byteCount: reservedBytes) }

  /// Commits up to `end` bytes from the base.
  mutating func commit(upTo end: Int) throws(HeapError) {
    precondition(end <= reservedBytes && end.isMultiple(of: Page.bytes), "within the reservation")
    guard end > committedBytes else { return }
    try unsafe SystemMemory.commit(base + committedBytes, byteCount: end - committedBytes)
    committedBytes = end
  }

  /// An arena of its own with the same bytes at the same offsets; O(committed bytes).
  borrowing func copy() throws(HeapError) -> Arena {
    var copy = try Arena(reservedBytes: reservedBytes)
    try copy.commit(upTo: committedBytes)
    let byteCount = committedBytes - Page.bytes
    if byteCount > 0 {
      unsafe memcpy(copy.base + Page.bytes, base + Page.bytes, byteCount)
    }
    return copy
  }

  /// Where offset 0 stands in this process.
  var baseAddress: UInt { UInt(bitPattern: unsafe base) }
}

extension Arena {
  @inline(__always)
  func load32(at offset: Int) -> UInt32 {
    assert(offset >= Page.bytes && offset + 4 <= committedBytes, "committed memory")
    return unsafe base.load(fromByteOffset: offset, as: UInt32.self)
  }

  @inline(__always)
  mutating func store32(_ value: UInt32, at offset: Int) {
    assert(offset >= Page.bytes && offset + 4 <= committedBytes, "committed memory")
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }

  @inline(__always)
  mutating func fill(at offset: Int, byteCount: Int, with byte: UInt8) {
    assert(offset >= Page.bytes && offset + byteCount <= committedBytes, "committed memory")
    unsafe memset(base + offset, Int32(byte), byteCount)
  }

  mutating func storeByte(_ value: UInt8, at offset: Int) {
    assert(offset >= Page.bytes && offset < committedBytes, "committed memory")
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// A copy of `byteCount` bytes, for showing them.
  func bytes(at offset: Int, byteCount: Int) -> [UInt8] {
    precondition(offset >= Page.bytes && offset + byteCount <= committedBytes, "committed memory")
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base + offset, count: byteCount))
  }

  /// Mixes every committed byte into `digest`.
  func hash(into digest: inout Digest) {
    let count = committedBytes - Page.bytes
    unsafe digest.mix(UnsafeRawBufferPointer(start: base + Page.bytes, count: count))
  }
}
