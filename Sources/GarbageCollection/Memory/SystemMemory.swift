import Glibc

/// The operating system's side of memory: the only calls that reserve, commit or give back
/// address space, and the only place where such a call can be made to fail.
struct SystemMemory: Sendable {
  /// Calls that are to fail, for tests; nil lets the system decide.
  let faults: FaultPlan?

  init(faults: FaultPlan? = nil) { self.faults = faults }

  /// Takes `byteCount` bytes of address space that nothing may touch yet.
  ///
  /// C: `mmap`. Costs address space only; no page is backed until it is committed and written.
  func reserve(byteCount: Int) throws(HeapError) -> UnsafeMutableRawPointer {
    try unsafe map(byteCount: byteCount, protection: PROT_NONE)
  }

  /// Takes `byteCount` zero bytes for a side table; no page is backed until it is written.
  ///
  /// C: `mmap`.
  func table(byteCount: Int) throws(HeapError) -> UnsafeMutableRawPointer {
    try unsafe map(byteCount: byteCount, protection: PROT_READ | PROT_WRITE)
  }

  /// Makes `byteCount` bytes from `base` on readable and writable, zero-filled.
  ///
  /// C: `mprotect`.
  func commit(_ base: UnsafeMutableRawPointer, byteCount: Int) throws(HeapError) {
    try admit("mprotect", byteCount)
    guard unsafe mprotect(base, byteCount, PROT_READ | PROT_WRITE) == 0 else {
      throw .systemRefused(call: "mprotect", byteCount: byteCount, code: errno)
    }
  }

  /// Lets the system have the memory behind `byteCount` bytes; they read as zero when next touched.
  ///
  /// C: `madvise` with `MADV_DONTNEED`.
  func giveBack(_ base: UnsafeMutableRawPointer, byteCount: Int) throws(HeapError) {
    try admit("madvise", byteCount)
    guard unsafe madvise(base, byteCount, MADV_DONTNEED) == 0 else {
      throw .systemRefused(call: "madvise", byteCount: byteCount, code: errno)
    }
  }

  /// Bytes of the pages of which large heaps and tables are made, where the system has such.
  static let hugePageBytes = 2 << 20

  /// Asks for huge pages behind all bytes from `start` on; whether they come is the system's affair.
  ///
  /// A marker on a heap of ten million objects otherwise waits for the page tables as long as for the
  /// objects. Small heaps go without: the first page of 2 MiB would be most of them.
  ///
  /// C: `madvise` with `MADV_HUGEPAGE`.
  static func preferHugePages(
    _ base: UnsafeMutableRawPointer, from start: Int, byteCount: Int
  ) {
    guard byteCount - start >= hugePageBytes else { return }
    // A kernel without them says no, which is no loss.
    _ = unsafe madvise(base + start, byteCount - start, MADV_HUGEPAGE)
  }

  /// Puts memory behind all pages of `byteCount` bytes, whose contents stay as they are.
  ///
  /// C: `madvise` with `MADV_POPULATE_WRITE`; nothing happens on kernels before 5.14.
  static func populate(_ base: UnsafeMutableRawPointer, byteCount: Int) {
    let populateForWriting: Int32 = 23
    _ = unsafe madvise(base, byteCount, populateForWriting)
  }

  /// Gives the address space back.
  ///
  /// C: `munmap`.
  static func release(_ base: UnsafeMutableRawPointer, byteCount: Int) {
    let status = unsafe munmap(base, byteCount)
    precondition(status == 0, "whoever reserved address space gives back exactly that")
  }

  /// Throws if the call that is about to be made is one that has to fail.
  func admit(_ call: String, _ byteCount: Int) throws(HeapError) {
    guard refuses() else { return }
    throw .systemRefused(call: call, byteCount: byteCount, code: ENOMEM)
  }

  /// Whether the call that is about to be made is one that has to fail.
  func refuses() -> Bool { faults?.countsAsFault() ?? false }

  private func map(
    byteCount: Int, protection: Int32
  ) throws(HeapError) -> UnsafeMutableRawPointer {
    try admit("mmap", byteCount)
    let base = unsafe mmap(
      nil, byteCount, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else {
      throw .systemRefused(call: "mmap", byteCount: byteCount, code: errno)
    }
    return unsafe base
  }
}
