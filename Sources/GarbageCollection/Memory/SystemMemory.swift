import Glibc

/// The operating system's side of memory: the only calls that reserve, commit or give back
/// address space.
enum SystemMemory {
  /// Takes `byteCount` bytes of address space that nothing may touch yet.
  ///
  /// `mmap(2)`. Costs address space only; no page is backed until it is committed and written.
  static func reserve(byteCount: Int) throws(HeapError) -> UnsafeMutableRawPointer {
    let base = unsafe mmap(
      nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else {
      throw .systemRefused(call: "mmap", byteCount: byteCount, code: errno)
    }
    return unsafe base
  }

  /// Makes `byteCount` bytes from `base` on readable and writable, zero-filled.
  ///
  /// `mprotect(2)`.
  static func commit(_ base: UnsafeMutableRawPointer, byteCount: Int) throws(HeapError) {
    guard unsafe mprotect(base, byteCount, PROT_READ | PROT_WRITE) == 0 else {
      throw .systemRefused(call: "mprotect", byteCount: byteCount, code: errno)
    }
  }

  /// Gives the address space back.
  ///
  /// `munmap(2)`.
  static func release(_ base: UnsafeMutableRawPointer, byteCount: Int) {
    let status = unsafe munmap(base, byteCount)
    precondition(status == 0, "an arena gives back exactly what it reserved")
  }
}
