import Glibc

/// Where two threads wait for each other, again and again.
///
/// C: `pthread_barrier_t`, which two threads may use at once; hence unchecked. A class because it must
/// keep its address.
@safe final class MeetingPoint: @unchecked Sendable {
  private let barrier: UnsafeMutablePointer<pthread_barrier_t>

  init() {
    unsafe barrier = .allocate(capacity: 1)
    let status = unsafe pthread_barrier_init(barrier, nil, 2)
    precondition(status == 0, "a barrier for two: error \(status)")
  }

  deinit {
    unsafe pthread_barrier_destroy(barrier)
    unsafe barrier.deallocate()
  }

  /// Returns when the other thread has called it too.
  func meet() { _ = unsafe pthread_barrier_wait(barrier) }
}
