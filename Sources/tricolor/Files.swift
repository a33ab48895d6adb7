import Glibc

/// Reading and writing whole files, and the two output streams.
enum Files {
  /// The bytes of a file; `-` is standard input.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead(path) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw cannotRead(path) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limitBytes else {
        throw Failure(.cannotRead, "\(path): larger than \(limitBytes >> 20) MiB, so no script")
      }
    }
  }

  /// The bytes of a file of any size.
  static func readAll(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(.cannotRead, "\(path): \(systemMessage)") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.cannotRead, "\(path): \(systemMessage)") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// No script is larger; a device that never ends is not read for ever.
  private static let limitBytes = 64 << 20

  private static func cannotRead(_ path: String) -> Failure {
    Failure(.cannotRead, "\(path): \(systemMessage); expected a script to read")
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Writes a whole file; an existing one is replaced only when all of it has been written, and only
  /// if `mayReplace`.
  static func write(_ contents: String, to path: String, mayReplace: Bool = true) -> Failure? {
    write(Array(contents.utf8), to: path, mayReplace: mayReplace)
  }

  static func write(_ contents: [UInt8], to path: String, mayReplace: Bool = true) -> Failure? {
    guard mayReplace || !exists(path) else {
      return Failure(.cannotCreate, "\(path) exists; :w! \(path) writes over it")
    }
    // What a link points to is replaced, not the link.
    let target = resolved(path)
    guard let mode = replaceableMode(of: target) else { return overwrite(target, contents) }
    let temporary = "\(target).\(getpid()).part"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { return Failure(.cannotCreate, "\(path): \(systemMessage)") }
    if let failure = fill(descriptor, with: contents, path) {
      unsafe unlink(temporary)
      return failure
    }
    guard unsafe rename(temporary, target) == 0 else {
      let failure = Failure(.cannotWrite, "\(path): \(systemMessage)")
      unsafe unlink(temporary)
      return failure
    }
    return nil
  }

  /// Writes to what is no regular file (a pipe, a device) without replacing it.
  private static func overwrite(_ path: String, _ contents: [UInt8]) -> Failure? {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return Failure(.cannotCreate, "\(path): \(systemMessage)") }
    return fill(descriptor, with: contents, path)
  }

  private static func fill(
    _ descriptor: Int32, with contents: [UInt8], _ path: String
  ) -> Failure? {
    let isWritten = write(contents, to: descriptor)
    let message = systemMessage
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed else {
      return Failure(.cannotWrite, "\(path): \(isWritten ? systemMessage : message)")
    }
    return nil
  }

  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The permissions that a file taking this one's place gets; nil for what must not be replaced.
  private static func replaceableMode(of path: String) -> mode_t? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return 0o644 }
    return facts.st_mode & S_IFMT == S_IFREG ? facts.st_mode & 0o777 : nil
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  private static var systemMessage: String {
    guard let text = unsafe strerror(errno) else { return "error \(errno)" }
    return unsafe String(cString: text)
  }
}

/// Standard output, gathered and written in large pieces.
struct Output: ~Copyable {
  private var buffer: [UInt8] = []

  /// - Throws: when the reader has gone or the disk is full.
  mutating func line(_ text: String) throws(Failure) {
    buffer += text.utf8
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > 1 << 15 { try flush() }
  }

  mutating func flush() throws(Failure) {
    guard Files.write(buffer, to: STDOUT_FILENO) else {
      throw Failure(.cannotWrite, "standard output: cannot be written")
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
