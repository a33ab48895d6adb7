import Glibc

/// What this process has used of the machine so far.
struct ProcessUsage: Hashable, Sendable {
  /// Of all threads, in the program and in the system.
  let processorNanoseconds: Double
  /// The most memory it has had at a time.
  let mostResidentBytes: Int

  /// C: `getrusage`.
  static var ofThis: ProcessUsage {
    var usage = rusage()
    let status = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    precondition(status == 0, "a process knows its own usage")
    return ProcessUsage(
      processorNanoseconds: nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime),
      mostResidentBytes: usage.ru_maxrss * 1024)
  }

  private static func nanoseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
  }

  /// Bytes of memory that this process has now, by page; nil when the system does not say.
  static var residentBytes: Int? {
    let words = SystemFile.text(of: "/proc/self/statm")?.split(separator: " ") ?? []
    guard words.count > 1, let pageCount = Int(words[1]) else { return nil }
    return pageCount * sysconf(Int32(_SC_PAGESIZE))
  }
}
