import CSanitizer

/// The sanitizer this program was built with, if any: it can be told which bytes nobody may touch.
enum Sanitizer {
  /// Whether touching forbidden bytes ends the program with a report: `swift build --sanitize=address`.
  static var seesMemory: Bool { tri_sees_memory() }

  /// Whether races end the program with a report: `swift build --sanitize=thread`.
  static var seesThreads: Bool { tri_sees_threads() }

  static var isPresent: Bool { seesMemory || seesThreads }

  /// C: `__asan_poison_memory_region`; nothing in an ordinary build.
  static func forbid(_ start: UnsafeRawPointer, byteCount: Int) {
    unsafe tri_forbid(start, byteCount)
  }

  /// C: `__asan_unpoison_memory_region`; nothing in an ordinary build.
  static func allow(_ start: UnsafeRawPointer, byteCount: Int) {
    unsafe tri_allow(start, byteCount)
  }
}
