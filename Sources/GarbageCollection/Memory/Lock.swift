import Glibc

/// A mutual exclusion lock that stands in memory which does not move: in a `RawTable`.
///
/// All zero bytes is an open lock, so a zeroed table of records is a table of open locks; this is what
/// `PTHREAD_MUTEX_INITIALIZER` is in glibc and musl.
struct Lock: BitwiseCopyable {
  /// A `pthread_mutex_t`, which is 40 bytes on x86-64 and 48 on arm64.
  private var mutex: InlineArray<6, UInt64> = .init(repeating: 0)
  /// How often it has been taken, and how often somebody else had it.
  private(set) var takenCount = 0
  private(set) var contendedCount = 0
}

extension Lock {
  /// Waits until nobody else has it; about 10 ns when nobody wants it.
  ///
  /// C: `pthread_mutex_trylock`, `pthread_mutex_lock`.
  @inline(__always)
  static func take(_ lock: UnsafeMutablePointer<Lock>) {
    let mutex = unsafe UnsafeMutableRawPointer(lock).assumingMemoryBound(to: pthread_mutex_t.self)
    var wasHeld = false
    if unsafe pthread_mutex_trylock(mutex) != 0 {
      wasHeld = true
      unsafe pthread_mutex_lock(mutex)
    }
    unsafe lock.pointee.takenCount += 1
    if wasHeld { unsafe lock.pointee.contendedCount += 1 }
  }

  /// Lets the next one have it.
  ///
  /// C: `pthread_mutex_unlock`.
  @inline(__always)
  static func leave(_ lock: UnsafeMutablePointer<Lock>) {
    let mutex = unsafe UnsafeMutableRawPointer(lock).assumingMemoryBound(to: pthread_mutex_t.self)
    unsafe pthread_mutex_unlock(mutex)
  }
}

extension RawTable<Lock> {
  /// Runs `body` while nobody else has the lock at `index`.
  func withLock<Result>(at index: Int = 0, _ body: () -> Result) -> Result {
    unsafe Lock.take(pointer(to: index))
    defer { unsafe Lock.leave(pointer(to: index)) }
    return body()
  }
}
