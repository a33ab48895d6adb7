import TestTerminal
import Testing

/// The program in a real terminal, which is tmux's.
struct Window {
  let tmux: Tmux

  /// Starts `command` and waits for `text` on its screen.
  init(
    _ command: String, columns: Int = 80, rows: Int = 24, awaiting text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    tmux = try #require(
      Tmux(command, columns: columns, rows: rows),
      "tmux is not installed; make deps installs it", sourceLocation: sourceLocation)
    try #require(tmux.wait(for: text), "\(tmux.text)", sourceLocation: sourceLocation)
  }

  /// Opens a script in the program.
  init(
    script: String, columns: Int = 80, rows: Int = 24, options: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try self.init(
      "exec '\(Tricolor.binary)' '\(script)' \(options)", columns: columns, rows: rows,
      awaiting: "step 0/", sourceLocation: sourceLocation)
  }

  /// Presses keys by tmux's names and waits for what they lead to.
  func press(
    _ keys: String, leadsTo text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for key in keys.split(separator: " ") { tmux.press(String(key)) }
    try #require(
      tmux.wait(for: text), "\(keys) should lead to \(text):\n\(tmux.text)",
      sourceLocation: sourceLocation)
  }
}
