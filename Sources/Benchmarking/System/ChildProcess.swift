import Glibc

/// A program run to its end, and what it wrote.
enum ChildProcess {
  /// Runs `executable` and returns its standard output; standard error is shared with this process.
  ///
  /// - Throws: when it cannot start, or does not end with status 0; it is waited for in every case.
  static func output(
    of executable: String, _ arguments: [String], environment: [String]
  ) throws(ChildError) -> String {
    let pipe = try Pipe()
    let child = try start(executable, [executable] + arguments, environment, pipe.writeEnd)
    let text = pipe.readToEnd()
    let status = wait(for: child)
    if status & 0x7F != 0 { throw .killed(signal: status & 0x7F) }
    let code = status >> 8 & 0xFF
    guard code == 0 else { throw .ended(status: code) }
    guard let text else { throw .unreadable("its output cannot be read") }
    return text
  }

  /// C: `posix_spawn`, with standard output sent into the pipe.
  private static func start(
    _ executable: String, _ arguments: [String], _ environment: [String], _ output: Int32
  ) throws(ChildError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var child = pid_t()
    let code = unsafe withWords(arguments) { argv in
      unsafe withWords(environment) { envp in
        unsafe posix_spawn(&child, executable, &actions, nil, argv, envp)
      }
    }
    guard code == 0 else { throw .cannotStart(executable, code: code) }
    return child
  }

  /// The words as C wants them: an array of strings with nil after the last.
  private static func withWords<Result>(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: words.count + 1)
    for (index, word) in words.enumerated() { unsafe copies[index] = unsafe strdup(word) }
    unsafe copies[words.count] = nil
    defer {
      for index in words.indices { unsafe free(copies[index]) }
      unsafe copies.deallocate()
    }
    guard let first = copies.baseAddress else { preconditionFailure("nil at least is there") }
    return unsafe body(first)
  }

  /// C: `waitpid`; the status as the system encodes it.
  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      precondition(errno == EINTR, "a child is waited for once")
    }
    return status
  }
}

/// Two descriptors: what is written to one is read from the other; neither outlives this value.
private struct Pipe: ~Copyable {
  private let readEnd: Int32
  let writeEnd: Int32

  /// C: `pipe`; no child inherits either end under its own number.
  init() throws(ChildError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw .cannotStart("pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// What was written, once every other holder of the write end has gone.
  consuming func readToEnd() -> String? {
    close(writeEnd)
    let text = SystemFile.text(from: readEnd)
    close(readEnd)
    discard self
    return text
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }
}
