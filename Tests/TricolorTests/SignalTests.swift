import Foundation
import Glibc
import TestTerminal
import Testing

/// However it ends, the terminal is given back.
struct SignalTests {
  private let folder = Folder()
  private let leaveAlternateScreen = "\u{1B}[?1049l"

  private func start(term: String? = "xterm-256color", input: PTY.Input = .terminal) throws -> PTY {
    let pty = PTY(
      [Tricolor.binary, folder.script(Scripts.badCase)], environment: ["TERM": term], input: input)
    try #require(pty.wait(for: "Test of the bad case"), "\(pty.output)")
    return pty
  }

  @Test(arguments: ["q", "\u{3}", ":q\r"])
  func `quitting gives modes and screen back`(keys: String) throws {
    let path = folder.script(Scripts.badCase)
    let pty = PTY(["/bin/sh", "-c", "read go; exec '\(Tricolor.binary)' '\(path)'"])
    let before = pty.modes
    pty.send("\n")
    try #require(pty.wait(for: "Test of the bad case"))
    #expect(pty.modes != before)
    pty.send(keys)
    #expect(pty.exitStatus() == 0)
    #expect(pty.modes == before)
    #expect(pty.output.contains(leaveAlternateScreen))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGILL, SIGABRT, SIGBUS])
  func `a signal ends it by that signal, after the screen is given back`(signal: Int32) throws {
    let pty = try start()
    let raw = pty.modes
    pty.signal(signal)
    #expect(pty.exitStatus() == 128 + Int(signal))
    #expect(pty.modes != raw)
    #expect(pty.output.contains(leaveAlternateScreen))
    #expect(pty.output.contains("\u{1B}[?25h"), "the cursor shows again")
  }

  @Test func `it ends when its window is closed`() throws {
    let pty = try start()
    pty.hangUp()
    #expect(pty.exitStatus() == 128 + Int(SIGHUP))
  }

  @Test(arguments: [PTY.Input.closed, .null])
  func `keys come from the terminal when standard input is something else`(input: PTY.Input) throws
  {
    let pty = try start(input: input)
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }

  @Test(arguments: ["dumb", "bogus", "", nil] as [String?])
  func `a terminal that will not do is refused in one line, with 69`(term: String?) {
    let pty = PTY(
      [Tricolor.binary, folder.script(Scripts.badCase)], environment: ["TERM": term])
    #expect(pty.exitStatus() == 69)
    let lines = pty.output.split(separator: "\r\n")
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.hasPrefix("tricolor: ") == true)
  }

  @Test(arguments: ["vt100", "linux", "screen", "xterm", "xterm-kitty"])
  func `other terminals are drawn on`(term: String) throws {
    let pty = try start(term: term)
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }
}
