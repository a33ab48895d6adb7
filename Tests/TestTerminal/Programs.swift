internal import CTestTerminal
internal import Foundation

/// Programs the tests run, and how they end.
public enum Programs {
  /// The path of a product of this package: they lie next to the tests.
  ///
  /// `TRICOLOR_TEST_BINARIES` names another folder, so that release builds can be tested too.
  public static func product(_ name: String) -> String {
    if let folder = ProcessInfo.processInfo.environment["TRICOLOR_TEST_BINARIES"] {
      return folder + "/" + name
    }
    return folder + name
  }

  private static let folder: String = {
    // Where the tests are loaded into a helper program, it is told their path.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
      return argument.prefix { _ in true }.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast().joined(separator: "/") + "/"
    }
    var path = [UInt8](repeating: 0, count: 4096)
    let length = unsafe test_own_folder(&path, path.count)
    precondition(length > 0, "/proc/self/exe can be read")
    return String(decoding: path.prefix(length), as: UTF8.self)
  }()

  /// Where tmux is, or nil where it is not installed.
  public static let tmux: String? = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Runs a program to its end, with no terminal and nothing to read.
  ///
  /// - Parameter includesErrors: whether standard error is part of the output.
  /// - Returns: its exit status, 128 + the signal that killed it; and what it wrote.
  public static func run(
    _ arguments: [String], environment: [String: String?] = [:], includesErrors: Bool = false
  ) -> (status: Int, output: String) {
    var output = [UInt8](repeating: 0, count: 1 << 20)
    var length = 0
    let status = unsafe test_run(
      list(arguments), list(Self.environment(environment)), includesErrors ? 1 : 0, &output,
      output.count, &length)
    return (Int(status), String(decoding: output.prefix(length), as: UTF8.self))
  }

  /// This process's environment made the same everywhere, with `changes`; nil takes one out.
  static func environment(_ changes: [String: String?]) -> [String] {
    var variables = ProcessInfo.processInfo.environment
    let ours = [
      "LC_ALL", "LC_CTYPE", "LINES", "COLUMNS", "NO_COLOR", "COLORTERM", "TMUX", "TMUX_PANE",
      "TERMINFO", "TERMINFO_DIRS",
    ]
    for name in ours { variables[name] = nil }
    variables["LANG"] = "C.UTF-8"
    variables["TERM"] = "xterm-256color"
    // It would wait for a key before the process ends.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    for (name, value) in changes { variables[name] = value }
    return variables.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// What the C side takes for a list of strings.
  static func list(_ strings: [String]) -> [UInt8] {
    strings.flatMap { Array($0.utf8) + [0] } + [0]
  }
}

/// Calls `condition` until it holds or `seconds` are over; between two calls it waits a little.
public func holds(within seconds: Double = 20, _ condition: () -> Bool) -> Bool {
  let end = Date().addingTimeInterval(seconds)
  while !condition() {
    if Date() > end { return false }
    Thread.sleep(forTimeInterval: 0.02)
  }
  return true
}
