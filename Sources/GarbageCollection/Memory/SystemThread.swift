import Glibc

/// A thread of the system, to be joined once.
public struct SystemThread {
  private let thread: pthread_t

  /// Runs `body` on a new thread.
  ///
  /// C: `pthread_create`.
  public init(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { preconditionFailure("the work was passed") }
        unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, work)
    precondition(status == 0, "the system has a thread to spare: error \(status)")
    self.thread = thread
  }

  /// Waits until the thread has ended.
  ///
  /// C: `pthread_join`.
  public func join() {
    let status = pthread_join(thread, nil)
    precondition(status == 0, "a thread is joined once: error \(status)")
  }
}

/// A class because a thread's argument is a pointer.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
