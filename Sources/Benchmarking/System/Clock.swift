import Glibc

/// Time that only goes forward.
enum Clock {
  /// Nanoseconds since some moment of the past.
  ///
  /// C: `clock_gettime`; read directly because a latency is not much longer than a reading.
  static var nanoseconds: Int {
    var time = timespec()
    let status = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    assert(status == 0, "every Linux has this clock")
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }

  /// How long `work` takes, in nanoseconds.
  static func measure(_ work: () -> Void) -> Double {
    let start = nanoseconds
    work()
    return Double(nanoseconds - start)
  }
}
