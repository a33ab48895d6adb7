internal import CTestTerminal
internal import Foundation

/// A program on a pseudo-terminal of its own, and all it has written there.
///
/// A class because it owns the process and the terminal; both are gone when it is.
public final class PTY {
  /// What the program finds as its standard input.
  public enum Input: Sendable {
    case terminal, closed, null
  }

  /// Mode flags of the terminal: input, output, control, local.
  public typealias Modes = [UInt32]

  private let master: Int32
  public let process: Int32
  private var bytes: [UInt8] = []
  private var isGone = false
  private var status: Int?

  /// Starts `arguments[0]`, a path.
  public init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24,
    environment: [String: String?] = [:], input: Input = .terminal
  ) {
    var process: Int32 = 0
    let kind =
      switch input {
      case .terminal: TEST_INPUT_TERMINAL
      case .closed: TEST_INPUT_CLOSED
      case .null: TEST_INPUT_NULL
      }
    master = unsafe test_spawn(
      Programs.list(arguments), Programs.list(Programs.environment(environment)),
      Int32(columns), Int32(rows), Int32(kind), &process)
    self.process = process
    precondition(master >= 0, "there are pseudo-terminals and processes left")
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      _ = holds { test_status(process) >= 0 }
    }
    if !isHungUp { close(master) }
  }

  private var isHungUp = false

  /// Everything written so far.
  public var output: String { String(decoding: bytes, as: UTF8.self) }

  public var modes: Modes {
    var flags: Modes = [0, 0, 0, 0]
    unsafe test_modes(master, &flags)
    return flags
  }

  public func send(_ text: String) {
    let bytes = Array(text.utf8)
    unsafe test_write(master, bytes, bytes.count)
  }

  public func resize(columns: Int, rows: Int) {
    test_resize(master, Int32(columns), Int32(rows))
  }

  /// Sends the program a signal.
  public func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Takes the terminal away, as closing its window does.
  public func hangUp() {
    close(master)
    isHungUp = true
    isGone = true
  }

  /// Whether `text` is written within `seconds`, counting only what came after `offset` bytes.
  public func wait(for text: String, after offset: Int = 0, seconds: Double = 20) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while !String(decoding: bytes.dropFirst(offset), as: UTF8.self).contains(text) {
      if isGone || Date() > end { return false }
      read(milliseconds: 50)
    }
    return true
  }

  /// How many bytes were written so far.
  public var count: Int { bytes.count }

  /// The exit status, or 128 + the signal that killed it; nil if it lives on for `seconds`.
  public func exitStatus(seconds: Double = 20) -> Int? {
    let end = Date().addingTimeInterval(seconds)
    while status == nil, Date() < end {
      read(milliseconds: 20)
      let found = test_status(process)
      if found >= 0 { status = Int(found) }
      if isGone { Thread.sleep(forTimeInterval: 0.01) }
    }
    while status != nil, !isGone, read(milliseconds: 0) {}
    return status
  }

  @discardableResult
  private func read(milliseconds: Int32) -> Bool {
    guard !isGone else { return false }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = unsafe test_read(master, &buffer, buffer.count, milliseconds)
    if count < 0 { isGone = true }
    if count > 0 { bytes += buffer.prefix(count) }
    return count > 0
  }
}
