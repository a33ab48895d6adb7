import Glibc

/// A fixed number of plain values outside Swift's arrays: no reference counting, no uniqueness
/// check, no bounds check in release builds, and zero-filled without touching the memory.
///
/// For side tables indexed by page, granule or class, on the paths taken per slot. Writing through a
/// table needs no `mutating`: threads share tables, and divide the entries among themselves.
@safe struct RawTable<Element: BitwiseCopyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  /// Tables from this size on are mapped, so that parts never written cost no memory.
  private static var mappedBytes: Int { 1 << 17 }

  /// All bytes zero; the caller's `Element` must give that a meaning.
  init(zeroed count: Int, from system: SystemMemory) throws(HeapError) {
    precondition(count > 0, "a table has entries")
    let byteCount = count * MemoryLayout<Element>.stride
    let memory: UnsafeMutableRawPointer
    if byteCount >= Self.mappedBytes {
      unsafe memory = try system.table(byteCount: byteCount)
      unsafe SystemMemory.preferHugePages(
        memory, from: Arena.smallPageBytes, byteCount: byteCount)
    } else {
      try system.admit("calloc", byteCount)
      guard let small = unsafe calloc(1, byteCount) else {
        throw .systemRefused(call: "calloc", byteCount: byteCount, code: ENOMEM)
      }
      unsafe memory = unsafe small
    }
    unsafe base = unsafe memory.bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  /// All bytes zero, for what cannot go on without: traps when there is no memory.
  init(zeroed count: Int) {
    do throws(HeapError) {
      try self.init(zeroed: count, from: SystemMemory())
    } catch {
      preconditionFailure("memory for a table of \(count) entries: \(error)")
    }
  }

  deinit {
    let byteCount = count * MemoryLayout<Element>.stride
    if byteCount >= Self.mappedBytes {
      unsafe SystemMemory.release(base, byteCount: byteCount)
    } else {
      unsafe free(base)
    }
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "within the table")
      return unsafe base[index]
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count, "within the table")
      yield unsafe &(base + index).pointee
    }
  }

  /// Where an entry stands; it does not move while the table lives.
  @inline(__always)
  func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
    assert(index >= 0 && index < count, "within the table")
    return unsafe base + index
  }

  /// The entries from `index` on, to be kept in a register through a loop.
  @inline(__always)
  func view(from index: Int) -> TableView<Element> {
    unsafe TableView(base: pointer(to: index), count: count - index)
  }

  /// A table of its own with the first `prefix` entries of this one and zeroes after them.
  borrowing func copy(
    prefix: Int, from system: SystemMemory
  ) throws(HeapError) -> RawTable {
    precondition(prefix <= count, "within the table")
    let copy = try RawTable(zeroed: count, from: system)
    unsafe memcpy(copy.base, base, prefix * MemoryLayout<Element>.stride)
    return copy
  }

  /// A larger table with all entries of this one.
  borrowing func grown(to newCount: Int) -> RawTable {
    let larger = RawTable(zeroed: newCount)
    unsafe memcpy(larger.base, base, count * MemoryLayout<Element>.stride)
    return larger
  }

  /// Mixes the first `prefix` entries into `digest`.
  func hash(prefix: Int, into digest: inout Digest) {
    precondition(prefix <= count, "within the table")
    let byteCount = prefix * MemoryLayout<Element>.stride
    unsafe digest.mix(UnsafeRawBufferPointer(start: base, count: byteCount))
  }
}

/// Entries of a table, by its address alone; valid while the table lives.
@safe struct TableView<Element: BitwiseCopyable>: BitwiseCopyable {
  private let base: UnsafeMutablePointer<Element>
  #if DEBUG
    private let count: Int
  #endif

  fileprivate init(base: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.base = base
    #if DEBUG
      self.count = count
    #endif
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      check(index)
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      check(index)
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  private func check(_ index: Int) {
    #if DEBUG
      precondition(index >= 0 && index < count, "within the table")
    #endif
  }
}

extension RawTable<UInt8> {
  /// The index of the first byte from `index` on and below `end` that is not zero, or nil.
  ///
  /// Eight bytes are looked at together, so that zeroes are passed quickly.
  func firstNonzero(from index: Int, below end: Int) -> Int? {
    precondition(index >= 0 && end <= count & ~7, "whole words of the table")
    let words = unsafe UnsafeRawPointer(pointer(to: 0)).assumingMemoryBound(to: UInt64.self)
    var index = index
    while index < end {
      // Those before `index` are shifted out; the lowest byte is the first.
      let word = unsafe UInt64(littleEndian: words[index / 8]) &>> UInt64(index % 8 * 8)
      if word != 0 {
        index += word.trailingZeroBitCount / 8
        return index < end ? index : nil
      }
      index = (index | 7) + 1
    }
    return nil
  }

  /// Makes `count` bytes from `index` on zero.
  func clear(from index: Int, count: Int) {
    guard count > 0 else { return }
    precondition(index >= 0 && index + count <= self.count, "within the table")
    unsafe memset(pointer(to: index), 0, count)
  }

  /// Whether `count` bytes from `index` on, at least one, are all zero.
  func isZero(from index: Int, count: Int) -> Bool {
    let first = unsafe pointer(to: index)
    return unsafe first.pointee == 0 && memcmp(first, first + 1, count - 1) == 0
  }

  /// The eight bytes from `index` on, which must be a multiple of 8.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    assert(index >= 0 && index + 8 <= count && index & 7 == 0, "eight bytes of the table")
    return unsafe UnsafeRawPointer(pointer(to: 0)).load(fromByteOffset: index, as: UInt64.self)
  }
}
