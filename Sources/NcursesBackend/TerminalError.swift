/// Why there is no full screen to draw on.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard output is a pipe or a file.
  case outputIsNotATerminal
  /// There is nothing to read keys from.
  case noInput
  /// `TERM` is unset or empty.
  case terminalIsNotNamed
  /// terminfo has no entry of this name, and it is not one known to behave like xterm.
  case unknownTerminal(String)
  /// The terminal cannot place the cursor, like `dumb`.
  case cannotPlaceCursor(String)
  /// curses gave up for a reason of its own.
  case cannotOpen(String)
}

extension TerminalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outputIsNotATerminal:
      "standard output is not a terminal; expected one to draw on"
    case .noInput:
      "no keyboard: standard input is not a terminal and there is no controlling terminal"
    case .terminalIsNotNamed:
      "TERM is not set; expected the name of a terminal, such as xterm-256color"
    case .unknownTerminal(let name):
      "TERM is '\(name)', which terminfo does not know; expected a terminal such as xterm-256color"
    case .cannotPlaceCursor(let name):
      "TERM is '\(name)', which cannot place the cursor; expected a terminal such as xterm-256color"
    case .cannotOpen(let name):
      "the terminal '\(name)' cannot be opened; expected one that curses can draw on"
    }
  }
}
