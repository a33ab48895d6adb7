import Glibc

/// A fixed number of plain values outside Swift's arrays: no reference counting, no uniqueness
/// check, no bounds check in release builds, and zero-filled without touching the memory.
///
/// For side tables indexed by page, granule or class, on the paths taken per slot.
@safe struct RawTable<Element: BitwiseCopyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  /// All bytes zero; the caller's `Element` must give that a meaning.
  init(zeroed count: Int) {
    precondition(count > 0, "a table has entries")
    guard let memory = unsafe calloc(count, MemoryLayout<Element>.stride) else {
      preconditionFailure("no address space for a side table of \(count) entries")
    }
    unsafe base = memory.bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  deinit { unsafe free(base) }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "within the table")
      return unsafe base[index]
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count, "within the table")
      yield unsafe &base[index]
    }
  }

  /// A table of its own with the first `prefix` entries of this one and zeroes after them.
  borrowing func copy(prefix: Int) -> RawTable {
    precondition(prefix <= count, "within the table")
    let copy = RawTable(zeroed: count)
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
