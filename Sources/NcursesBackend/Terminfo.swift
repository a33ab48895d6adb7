internal import CNcurses
internal import Glibc
internal import TerminalUI

/// The database that says what bytes a terminal understands, for the terminal named by `TERM`.
struct Terminfo {
  /// The entry in use.
  let name: String

  /// New terminals come without an installed entry for years; all of these do what xterm does.
  static let xtermAlike = [
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "mintty", "rio",
    "screen", "st", "tmux", "vte", "wezterm", "xterm",
  ]

  /// Loads the entry of the terminal called `name`, or xterm's for one known to be like it.
  init(terminal name: String?) throws(TerminalError) {
    guard let name, !name.isEmpty else { throw .terminalIsNotNamed }
    if Self.load(name) {
      self.name = name
    } else if Self.isXtermAlike(name), Self.load("xterm-256color") {
      self.name = "xterm-256color"
    } else {
      throw .unknownTerminal(name)
    }
    guard string("cup") != nil else { throw .cannotPlaceCursor(name) }
  }

  /// Whether a part of `name` (`xterm-kitty`, `st-256color`, `screen.rio`) is a known one.
  static func isXtermAlike(_ name: String) -> Bool {
    name.split { "-.+".contains($0) }.contains { xtermAlike.contains($0.lowercased()) }
  }

  /// Whether there is such an entry, which then is the one in use.
  ///
  /// C: `setupterm`
  private static func load(_ name: String) -> Bool {
    var status: Int32 = 0
    return unsafe setupterm(name, STDOUT_FILENO, &status) == OK
  }

  /// The bytes of a capability, or nil where the terminal does not have it.
  ///
  /// C: `tigetstr`
  func string(_ capability: String) -> [UInt8]? {
    guard let text = unsafe tc_tigetstr(capability) else { return nil }
    return unsafe Self.withoutPadding(Array(String(cString: text).utf8))
  }

  /// The value of a capability, or nil where the terminal does not have it.
  ///
  /// C: `tigetnum`
  func number(_ capability: String) -> Int? {
    let number = unsafe tigetnum(capability)
    return number < 0 ? nil : Int(number)
  }

  /// Moves the cursor to the beginning of `row`, 0-based.
  private func moveToRow(_ row: Int) -> [UInt8] {
    guard let cup = unsafe tc_tigetstr("cup"), let text = unsafe tc_tiparm(cup, Int32(row), 0)
    else { return [] }
    return unsafe Self.withoutPadding(Array(String(cString: text).utf8))
  }

  /// `$<5>` asks for five milliseconds, which only curses itself knows how to give.
  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension Terminfo {
  /// Whether it speaks ECMA-48, so that private modes it does not have do no harm.
  var isStandard: Bool { string("cup")?.starts(with: [0x1B, UInt8(ascii: "[")]) ?? false }

  var hasMouse: Bool { isStandard && string("kmous") != nil }

  var keys: KeyTable {
    KeyTable(
      KeyTable.capabilities.compactMap { name, key in string(name).map { ($0, key) } })
  }

  /// Bytes that leave the full screen, for when curses cannot be asked any more.
  func restoreSequence(height: Int) -> [UInt8] {
    var bytes = isStandard ? PrivateMode.off : []
    for capability in ["sgr0", "op", "rmkx", "cnorm"] { bytes += string(capability) ?? [] }
    bytes += moveToRow(height - 1)
    if let leave = string("rmcup") {
      bytes += leave + Array("\r".utf8)
    } else {
      bytes += Array("\r\n".utf8)
    }
    return bytes
  }
}

/// Modes of xterm that curses does not switch.
enum PrivateMode {
  /// Presses and releases, in the encoding without a last column.
  static func mouse(isOn: Bool) -> [UInt8] {
    Array((isOn ? "\u{1B}[?1000h\u{1B}[?1006h" : "\u{1B}[?1006l\u{1B}[?1000l").utf8)
  }

  /// Pasted text comes in brackets, so that it cannot be taken for commands.
  static func bracketedPaste(isOn: Bool) -> [UInt8] {
    Array((isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l").utf8)
  }

  static let off = mouse(isOn: false) + bracketedPaste(isOn: false)
}
