import Glibc
import TerminalUI
import TestTerminal
import Testing

/// What a terminal emulator shows in the end.
struct TmuxTests {
  private let probe = Programs.product("TerminalProbe")

  /// A shell in tmux, in which the probe has been started.
  private func startInShell(columns: Int = 90, rows: Int = 20) throws -> Tmux {
    let tmux = try #require(
      Tmux(Tmux.shell, columns: columns, rows: rows), "tmux is not installed; make deps installs it"
    )
    try #require(tmux.wait(for: "shell>"))
    tmux.type("\(probe)\n")
    try #require(tmux.wait(for: "Probe 三色 \(columns)x\(rows)"), "\(tmux.text)")
    return tmux
  }

  @Test func `keys arrive`() throws {
    let tmux = try startInShell()
    for (key, name) in [
      ("Up", "up"), ("PPage", "pageUp"), ("BTab", "backTab"), ("F5", "function(5)"),
      ("DC", "delete"), ("BSpace", "backspace"), ("Escape", "escape"), ("End", "end"),
    ] {
      tmux.press(key)
      #expect(tmux.wait(for: "key \(name)"), "\(key): \(tmux.text)")
    }
  }

  @Test func `a paste arrives in one piece`() throws {
    let tmux = try startInShell()
    tmux.paste("load 三\nq")
    #expect(tmux.wait(for: #"paste("load 三\nq")"#), "\(tmux.text)")
  }

  @Test func `quitting shows the shell's screen again`() throws {
    let tmux = try startInShell()
    tmux.press("q")
    #expect(tmux.wait(for: "shell>"))
    #expect(!tmux.text.contains("Probe 三色"))
    tmux.type("echo back=$?\n")
    #expect(tmux.wait(for: "back=0"))
  }

  @Test func `Control-Z gives the shell back and fg the program, at the size it then has`() throws {
    let tmux = try startInShell()
    tmux.press("C-z")
    try #require(tmux.wait(for: "Stopped"), "\(tmux.text)")
    #expect(!tmux.text.contains("Probe 三色"))
    tmux.type("echo echoed\n")
    #expect(tmux.wait(for: "\nechoed"))
    tmux.resize(columns: 70, rows: 15)
    tmux.type("fg\n")
    #expect(tmux.wait(for: "Probe 三色 70x15"), "\(tmux.text)")
    #expect(tmux.wait(for: "#2 resize"))
    tmux.press("x")
    #expect(tmux.wait(for: #"character("x")"#))
    tmux.press("q")
    #expect(tmux.wait(for: "shell>"))
  }

  @Test(arguments: [SIGTSTP, SIGSTOP])
  func `stopped by another process it comes back too`(signal: Int32) throws {
    let tmux = try startInShell()
    let words = tmux.text.split { " .\n".contains($0) }
    let index = try #require(words.firstIndex(of: "process"))
    kill(try #require(Int32(words[index + 1])), signal)
    try #require(tmux.wait(for: "Stopped"), "\(tmux.text)")
    tmux.type("clear; fg\n")
    #expect(tmux.wait(for: "Probe 三色 90x20"), "\(tmux.text)")
    tmux.press("x")
    #expect(tmux.wait(for: #"character("x")"#))
  }

  @Test func `sixty random frames are shown as they are`() throws {
    let tmux = try #require(Tmux("\(probe) canvas", columns: 100, rows: 30))
    for seed in 0..<60 {
      var canvas = Canvas.random(seed: seed, width: 100, height: 30)
      // No screen shows the bottom right cell.
      canvas.fill(Rect(column: 99, row: 29, width: 1, height: 1))
      let isShown = holds { tmux.lines == canvas.lines }
      let wrong = zip(tmux.lines, canvas.lines).first { $0 != $1 }
      try #require(isShown, "seed \(seed): \(String(describing: wrong))")
      tmux.press("x")
    }
  }

  @Test func `colours are those of the theme`() throws {
    let tmux = try startInShell()
    #expect(tmux.styledText.contains("38;5;160mdanger"), "\(tmux.styledText)")
  }
}
