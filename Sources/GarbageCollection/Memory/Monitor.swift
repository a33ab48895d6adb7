import Glibc

/// A lock on which threads can also wait until something has changed.
///
/// One condition for all who wait, each of whom looks again whether it was theirs: there are few
/// threads, and they seldom wait. A class because it must keep its address; unchecked, since it is
/// made to be shared.
@safe final class Monitor: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    let status = unsafe pthread_mutex_init(mutex, nil) | pthread_cond_init(changed, nil)
    precondition(status == 0, "a lock needs nothing that could be missing: error \(status)")
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Waits until nobody else has the lock.
  ///
  /// C: `pthread_mutex_lock`.
  func enter() { unsafe pthread_mutex_lock(mutex) }

  /// Takes the lock if nobody has it; whether it was free.
  ///
  /// C: `pthread_mutex_trylock`.
  func tryEnter() -> Bool { unsafe pthread_mutex_trylock(mutex) == 0 }

  /// C: `pthread_mutex_unlock`.
  func leave() { unsafe pthread_mutex_unlock(mutex) }

  /// Lets go of the lock until `notify`, or for no reason at all; then has it again.
  ///
  /// C: `pthread_cond_wait`.
  func wait() { unsafe pthread_cond_wait(changed, mutex) }

  /// Wakes all who wait.
  ///
  /// C: `pthread_cond_broadcast`.
  func notify() { unsafe pthread_cond_broadcast(changed) }

  func withLock<Result>(_ body: () -> Result) -> Result {
    enter()
    defer { leave() }
    return body()
  }
}
