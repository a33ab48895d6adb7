import Glibc
import TestTerminal
import Testing

/// Starts the probe and waits until it has drawn.
func startProbe(
  _ mode: String? = nil, columns: Int = 80, rows: Int = 24,
  environment: [String: String?] = [:], input: PTY.Input = .terminal,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> PTY {
  let pty = PTY(
    [Programs.product("TerminalProbe")] + [mode].compactMap(\.self), columns: columns, rows: rows,
    environment: environment, input: input)
  try #require(pty.wait(for: "Probe"), "\(pty.output)", sourceLocation: sourceLocation)
  return pty
}

private let leaveAlternateScreen = "\u{1B}[?1049l"
private let mouseOff = "\u{1B}[?1000l"
private let showCursor = "\u{1B}[?25h"

/// Whether what was switched on is off again.
private func expectGivenBack(
  _ pty: PTY, sourceLocation: SourceLocation = #_sourceLocation
) {
  for sequence in [leaveAlternateScreen, mouseOff, showCursor, "\u{1B}[?2004l"] {
    #expect(
      pty.output.contains(sequence), "\(sequence.debugDescription)",
      sourceLocation: sourceLocation)
  }
}

/// Whether `text` stands on the screen the program was started from.
private func expectSaid(
  _ text: String, afterLeaving pty: PTY, sourceLocation: SourceLocation = #_sourceLocation
) {
  let parts = pty.output.split(separator: leaveAlternateScreen)
  #expect(parts.count == 2, sourceLocation: sourceLocation)
  #expect(
    parts.last?.contains(text) == true && parts.first?.contains(text) == false,
    "\(pty.output.debugDescription)", sourceLocation: sourceLocation)
}

@Suite struct GivingBackTests {
  @Test func `quitting restores modes and screen`() throws {
    let pty = PTY(["/bin/sh", "-c", "read go; exec \(Programs.product("TerminalProbe"))"])
    let before = pty.modes
    pty.send("\n")
    try #require(pty.wait(for: "Probe"))
    #expect(pty.modes != before)
    pty.send("q")
    #expect(pty.exitStatus() == 0)
    #expect(pty.modes == before)
    expectGivenBack(pty)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGALRM])
  func `a signal ends it after the screen is restored`(signal: Int32) throws {
    let pty = try startProbe()
    let raw = pty.modes
    pty.signal(signal)
    #expect(pty.exitStatus() == 128 + Int(signal))
    #expect(pty.modes != raw)
    expectGivenBack(pty)
  }

  @Test func `a signal ends it also while it is busy`() throws {
    let pty = try startProbe("busy")
    pty.signal(SIGTERM)
    #expect(pty.exitStatus() == 128 + Int(SIGTERM))
    expectGivenBack(pty)
  }

  @Test func `Control-Backslash ends it also while it is busy`() throws {
    let pty = try startProbe("busy")
    pty.send("\u{1C}")
    #expect(pty.exitStatus() == 128 + Int(SIGQUIT))
    expectGivenBack(pty)
  }

  @Test(
    arguments: [
      ("trap", [SIGTRAP, SIGILL]), ("segv", [SIGSEGV]), ("abort", [SIGABRT]),
    ] as [(String, [Int32])])
  func `a crash restores the screen and is still a crash`(mode: String, signals: [Int32]) throws {
    let pty = try startProbe(mode)
    let status = try #require(pty.exitStatus())
    #expect(signals.map { 128 + Int($0) }.contains(status))
    expectGivenBack(pty)
  }

  @Test func `what a trap says is shown after the screen is restored`() throws {
    let pty = try startProbe("trap")
    #expect(pty.exitStatus() != nil)
    expectSaid("the probe traps", afterLeaving: pty)
  }

  @Test func `exit restores the screen and shows what was said meanwhile`() throws {
    let pty = try startProbe("exit")
    #expect(pty.exitStatus() == 3)
    expectGivenBack(pty)
    expectSaid("said while the screen was up", afterLeaving: pty)
  }

  @Test func `what is said while the screen is up waits until it is given back`() throws {
    let pty = try startProbe("message")
    #expect(!pty.output.contains("said while"))
    pty.send("q")
    #expect(pty.exitStatus() == 0)
    expectSaid("said while the screen was up", afterLeaving: pty)
  }

  @Test func `it ends when its window is closed`() throws {
    let pty = try startProbe()
    pty.hangUp()
    #expect(pty.exitStatus() == 128 + Int(SIGHUP))
  }

  @Test func `where hang-ups are ignored, the closed terminal is an event`() throws {
    let probe = Programs.product("TerminalProbe")
    let pty = PTY(["/bin/sh", "-c", "trap '' HUP; exec \(probe)"])
    try #require(pty.wait(for: "Probe"))
    pty.hangUp()
    #expect(pty.exitStatus() == 0)
  }
}

@Suite struct RefusingTests {
  private func refusal(term: String?) -> (status: Int?, lines: [String]) {
    let pty = PTY([Programs.product("TerminalProbe")], environment: ["TERM": term])
    let status = pty.exitStatus()
    return (status, pty.output.split(separator: "\r\n").map(String.init))
  }

  @Test(arguments: [
    ("dumb", "TERM is 'dumb', which cannot place the cursor"),
    ("bogus", "TERM is 'bogus', which terminfo does not know"),
    ("", "TERM is not set"),
  ])
  func `a terminal that will not do is refused in one line`(term: String, reason: String) {
    let (status, lines) = refusal(term: term)
    #expect(status == 69)
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("error: \(reason); expected") == true, "\(lines)")
  }

  @Test func `without TERM it is refused in one line`() {
    let (status, lines) = refusal(term: nil)
    #expect(status == 69)
    #expect(lines.count == 1)
  }

  @Test func `a pipe is refused in one line, without escapes`() {
    let (status, output) = Programs.run(
      [Programs.product("TerminalProbe")], includesErrors: true)
    #expect(status == 69)
    #expect(
      output == "error: standard output is not a terminal; expected one to draw on\n")
  }
}
