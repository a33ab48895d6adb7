internal import Foundation

/// A screen as a terminal emulator independent of ours shows it: tmux's, with a server of its own.
///
/// A class because it owns the server, which is gone when it is.
public final class Tmux {
  private let program: String
  private let socket: String

  /// Runs `command` with the shell in a window of this size; nil where tmux is not installed.
  public init?(_ command: String, columns: Int = 80, rows: Int = 24) {
    guard let tmux = Programs.tmux else { return nil }
    program = tmux
    socket = NSTemporaryDirectory() + "/tricolor-" + UUID().uuidString.prefix(13)
    run(
      "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command)
  }

  deinit {
    run("kill-server")
    unsafe unlink(socket)
  }

  /// A shell without prompt settings of its own, for what only an interactive shell does.
  public static let shell = "env PS1='shell> ' ENV= HISTFILE= bash --norc --noprofile"

  /// The lines of the screen, without trailing blanks.
  public var lines: [String] {
    var lines = run("capture-pane", "-p").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  public var text: String { lines.joined(separator: "\n") }

  /// The screen with its colours, as escape sequences.
  public var styledText: String { run("capture-pane", "-p", "-e") }

  /// Presses keys, by tmux's names: `Up`, `C-z`, `q`.
  public func press(_ keys: String...) {
    run(["send-keys"] + keys)
  }

  /// Types text as it stands.
  public func type(_ text: String) {
    run("send-keys", "-l", text)
  }

  /// Pastes text as the user's terminal does.
  public func paste(_ text: String) {
    run("set-buffer", text)
    run("paste-buffer", "-p")
  }

  /// Presses and releases the left button; `column` and `row` are 0-based.
  ///
  /// The bytes are those a terminal sends in the mode that the program asked for: SGR or X10.
  public func click(column: Int, row: Int) {
    let bytes =
      run("display-message", "-p", "#{mouse_sgr_flag}").hasPrefix("1")
      ? Array("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m".utf8)
      : Array("\u{1B}[M".utf8) + [32, UInt8(column + 33), UInt8(row + 33)]
        + Array("\u{1B}[M".utf8) + [35, UInt8(column + 33), UInt8(row + 33)]
    run(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Whether the command still runs.
  public var isRunning: Bool { run("list-panes").contains("%") }

  public func resize(columns: Int, rows: Int) {
    run("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Whether the screen shows `text` within `seconds`.
  public func wait(for text: String, seconds: Double = 20) -> Bool {
    holds(within: seconds) { self.text.contains(text) }
  }

  @discardableResult
  private func run(_ arguments: String...) -> String {
    run(arguments)
  }

  @discardableResult
  private func run(_ arguments: [String]) -> String {
    Programs.run([program, "-S", socket] + arguments).output
  }
}
