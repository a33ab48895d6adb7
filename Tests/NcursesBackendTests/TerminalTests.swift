import Glibc
import TerminalUI
import TestTerminal
import Testing

@Suite struct CapabilityProbeTests {
  private let question = "\u{1B}[6n\u{1B}[c"

  /// The probe's screen, where the terminal answers that `●` takes `columns`.
  private func start(answering columns: Int, typing: String = "") throws -> PTY {
    let pty = PTY([Programs.product("TerminalProbe")])
    try #require(pty.wait(for: question))
    pty.send("\(typing)\u{1B}[1;\(columns + 1)R\(typing)\u{1B}[?62;22c")
    return pty
  }

  @Test(arguments: [(1, "palette ○─"), (2, "palette ◌-"), (3, "palette .-")])
  func `the terminal's answer chooses the glyphs`(columns: Int, expected: String) throws {
    let pty = try start(answering: columns)
    #expect(pty.wait(for: expected), "\(pty.output)")
  }

  @Test func `keys typed while the terminal is asked are not lost`() throws {
    let pty = try start(answering: 1, typing: "x")
    #expect(pty.wait(for: "#2 key character(\"x\")"), "\(pty.output)")
    #expect(pty.output.contains("#1 key character(\"x\")"))
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }

  @Test func `an answer that comes late is no key`() throws {
    let pty = try startProbe()
    pty.send("\u{1B}[1;2R\u{1B}[?62cx")
    #expect(pty.wait(for: "#1 key character(\"x\")"))
  }

  @Test(arguments: ["xterm-kitty-next", "foot-next", "xterm-ghostty-next", "alacritty-next"])
  func `known terminals without an entry are drawn as xterm`(term: String) throws {
    let pty = try startProbe(environment: ["TERM": term])
    #expect(pty.wait(for: "entry xterm-256color"), "\(pty.output)")
  }

  @Test(arguments: ["linux", "vt220", "screen", "tmux-256color", "rxvt-unicode-256color", "ansi"])
  func `terminals with an entry are drawn on`(term: String) throws {
    let pty = try startProbe(environment: ["TERM": term])
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }
}

@Suite struct TerminalInputTests {
  @Test func `the mouse is reported`() throws {
    let pty = try startProbe()
    try #require(pty.wait(for: "\u{1B}[?1006h"))
    pty.send("\u{1B}[<0;3;4M\u{1B}[<0;3;4m\u{1B}[<0;3;4M")
    for (index, kind) in ["press", "release", "doublePress"].enumerated() {
      #expect(pty.wait(for: "#\(index + 1) mouse \(kind) at 2,3"), "\(pty.output)")
    }
  }

  @Test func `the mouse can be left to the terminal`() throws {
    let pty = try startProbe()
    let before = pty.count
    pty.send("%")
    #expect(pty.wait(for: "\u{1B}[?1000l", after: before))
  }

  @Test func `it reads keys from the terminal when standard input is none`() throws {
    for input in [PTY.Input.closed, .null] {
      let pty = try startProbe(input: input)
      pty.send("x")
      #expect(pty.wait(for: "character(\"x\")"), "\(input)")
      pty.send("q")
      #expect(pty.exitStatus() == 0)
    }
  }

  @Test func `Control-C is a key`() throws {
    let pty = try startProbe()
    pty.send("\u{3}")
    #expect(pty.wait(for: "control(\"c\")"))
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }

  @Test func `a long paste is one event`() throws {
    let pty = try startProbe()
    let text = String(repeating: "三色标记 ", count: 4_000)
    pty.send("\u{1B}[200~\(text)\u{1B}[201~")
    #expect(pty.wait(for: "paste"))
    pty.send("x")
    #expect(pty.wait(for: "#2 "))
  }
}

@Suite struct ResizingTests {
  @Test func `it follows the window`() throws {
    let pty = try startProbe()
    try #require(pty.wait(for: "80x24"))
    pty.resize(columns: 100, rows: 30)
    #expect(pty.wait(for: "100x30"))
  }

  @Test func `no size and no haste is too much for it`() throws {
    let pty = try startProbe()
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<60 {
      pty.resize(
        columns: Int.random(in: 1...300, using: &generator),
        rows: Int.random(in: 1...80, using: &generator))
      pty.send("x")
    }
    for (columns, rows) in [(1, 1), (500, 200), (2, 1), (1, 40)] {
      pty.resize(columns: columns, rows: rows)
    }
    pty.resize(columns: 91, rows: 31)
    #expect(pty.wait(for: "91x31"))
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }

  @Test func `it starts in the smallest window`() throws {
    let pty = PTY([Programs.product("TerminalProbe")], columns: 1, rows: 1)
    try #require(pty.wait(for: "\u{1B}[?2004h"))
    pty.resize(columns: 40, rows: 10)
    #expect(pty.wait(for: "40x10"))
    pty.send("q")
    #expect(pty.exitStatus() == 0)
  }
}
