import Glibc

/// Two pieces of work at the same time.
enum TwoThreads {
  /// Runs `first` on a new thread and `second` on this one; returns when both have ended.
  ///
  /// C: `pthread_create`, `pthread_join`.
  static func run(_ first: @escaping @Sendable () -> Void, _ second: () -> Void) {
    var thread = pthread_t()
    let work = unsafe Unmanaged.passRetained(Work(first)).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { preconditionFailure("the work was passed") }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, work)
    precondition(status == 0, "the system has a thread to spare: error \(status)")
    second()
    let end = pthread_join(thread, nil)
    precondition(end == 0, "a thread is joined once: error \(end)")
  }
}

/// A class because a thread's argument is a pointer.
private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
