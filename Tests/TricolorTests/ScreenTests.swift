import Foundation
import TestTerminal
import Testing

/// Whole sessions in a terminal emulator that is not ours.
struct ScreenTests {
  private let folder = Folder()

  private func open(columns: Int = 80, rows: Int = 24, options: String = "") throws -> Window {
    try Window(
      script: folder.script(Scripts.badCase), columns: columns, rows: rows, options: options)
  }

  @Test func `the bad case is watched, guarded by another barrier, and quit`() throws {
    let window = try open()
    try window.press("v", leadsTo: "broken A.0 -> C")
    try window.press("v", leadsTo: "! doomed C")
    try window.press("v", leadsTo: "! lost   C")
    try window.press("b", leadsTo: "Barrier and side conditions")
    try window.press("Down Enter", leadsTo: "C lives")
    #expect(window.tmux.text.contains("Barrier: Dijkstra"))
    try window.press("G", leadsTo: "nothing doomed, nothing lost")
    try window.press("q", leadsTo: "not saved")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func `the terminal shows the frame that run prints`(columns: Int, rows: Int) throws {
    let path = folder.script(Scripts.badCase)
    let window = try Window(script: path, columns: columns, rows: rows)
    try window.press("v v", leadsTo: "step 16/")
    let printed = Tricolor.run("run", path, "--frames", "\(columns)x\(rows)", "--at", "16")
    let frame = printed.output.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
    #expect(holds { window.tmux.lines == frame }, "\(window.tmux.text)")
  }

  @Test func `a write is injected by labels, saved, and replays identically`() throws {
    let window = try open()
    try window.press("v", leadsTo: "step 15/")
    try window.press("i C", leadsTo: "Write into which object? C.")
    try window.press("Enter Enter A", leadsTo: "The mutator writes A into C.0")
    try window.press("Enter", leadsTo: "from here on the run is yours")
    let saved = folder.path + "/saved.tri"
    window.tmux.type(":w \(saved)\n")
    try #require(window.tmux.wait(for: "written to"), "\(window.tmux.text)")
    let result = Tricolor.run("run", saved)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("The mutator writes A into C.0"))
    #expect(!result.output.contains("DOOMED"))
    window.tmux.press("q")
    #expect(holds { !window.tmux.isRunning })
  }

  @Test func `blame, barriers side by side, and a statement moved`() throws {
    let window = try open()
    try window.press("B n", leadsTo: "▶ 15   stored")
    try window.press("n", leadsTo: "▶ 16   cut")
    try window.press("M", leadsTo: "C doomed")
    #expect(window.tmux.text.contains("nothing lost"))
    try window.press("G", leadsTo: "C LOST")
    try window.press("M", leadsTo: "barrier")
    try window.press("M", leadsTo: "step 23/23")
    try window.press("Escape v V V V", leadsTo: "step 15/")
    try window.press("Right <", leadsTo: "'b.0 = nil' before 'a.0 = c'")
    try window.press("u", leadsTo: "undone")
    window.tmux.press("q")
    #expect(holds { !window.tmux.isRunning })
  }

  @Test func `a puzzle is hinted at, won and saved, and the proof of another solves it`() throws {
    let window = try Window(
      "exec '\(Tricolor.binary)' puzzles/02-no-second-scan", awaiting: "0 used")
    try window.press("!", leadsTo: "local b = a.0")
    #expect(!window.tmux.text.contains("a.0 = nil"))
    try window.press("!", leadsTo: "4   collector  finish")
    try window.press("Enter", leadsTo: "1 used")
    try window.press("!", leadsTo: "A hint")
    try window.press("a", leadsTo: "won with 4!")
    let saved = folder.path + "/won.tri"
    window.tmux.type(":w \(saved)\n")
    try #require(window.tmux.wait(for: "written to"), "\(window.tmux.text)")
    let result = Tricolor.run("run", saved)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.contains("goal: lose B within 4 actions: won with 4"))
    let trap = try Window("exec '\(Tricolor.binary)' puzzles/09-go", awaiting: "0 used")
    try trap.press("!", leadsTo: "This cannot be won")
    try trap.press("Escape", leadsTo: "solved, it cannot be won")
  }

  @Test func `a mistake at the prompt is shown in place`() throws {
    let window = try open()
    window.tmux.type(":A.0 = Q\n")
    #expect(window.tmux.wait(for: "unknown name 'Q'"), "\(window.tmux.text)")
    try window.press("Escape", leadsTo: "takes a step")
    window.tmux.type(":w /nowhere/story.tri\n")
    #expect(window.tmux.wait(for: "No such file or directory"), "\(window.tmux.text)")
  }

  @Test func `the mouse selects and injects`() throws {
    let window = try open()
    try window.press("v", leadsTo: "step 15/")
    let row = try #require(window.tmux.lines.firstIndex { $0.contains("○ C W") })
    let line = window.tmux.lines[row]
    let column = line.distance(
      from: line.startIndex, to: try #require(line.range(of: "○ C W")).lowerBound)
    window.tmux.click(column: column, row: row)
    #expect(window.tmux.wait(for: "C: white, live; held by main.c, A.0"), "\(window.tmux.text)")
  }

  @Test func `it follows the window through all sizes`() throws {
    let window = try open()
    for (columns, rows, text) in [
      (120, 40, "─ Object"), (30, 8, "Tricolor needs 40x12"), (200, 60, "─ Object"),
      (40, 12, "─ Graph"), (100, 30, "─ Invariants"), (1, 1, ""), (80, 24, "─ Invariants"),
    ] {
      window.tmux.resize(columns: columns, rows: rows)
      // No cell of a window of one is drawn.
      guard !text.isEmpty else { continue }
      #expect(window.tmux.wait(for: text), "\(columns)x\(rows): \(window.tmux.text)")
    }
    try window.press("G", leadsTo: "! lost   C")
  }

  @Test func `help, panels and playing`() throws {
    let window = try open()
    try window.press("?", leadsTo: "Keys and signs")
    try window.press("End", leadsTo: "these roots have been scanned")
    try window.press("Escape", leadsTo: "takes a step")
    try window.press("G 2", leadsTo: "128KiB")
    try window.press("g", leadsTo: "step 0/")
    try window.press("2 }", leadsTo: "4.0 steps a second")
    try window.press("} } } Space", leadsTo: "step 23/23")
  }

  @Test func `Control-Z and fg come back to the same place`() throws {
    let window = try Window(Tmux.shell, awaiting: "shell>")
    let path = folder.script(Scripts.badCase)
    window.tmux.type("'\(Tricolor.binary)' '\(path)'\n")
    try #require(window.tmux.wait(for: "step 0/"))
    try window.press("v", leadsTo: "step 15/")
    try window.press("C-z", leadsTo: "Stopped")
    #expect(!window.tmux.text.contains("step 15/"))
    window.tmux.resize(columns: 120, rows: 40)
    window.tmux.type("fg\n")
    try #require(window.tmux.wait(for: "─ Object"), "\(window.tmux.text)")
    #expect(window.tmux.text.contains("step 15/"))
    try window.press("q", leadsTo: "shell>")
    window.tmux.type("echo status=$?\n")
    #expect(window.tmux.wait(for: "status=0"))
    #expect(!window.tmux.text.contains("─ Object"))
  }

  @Test func `where the locale is not UTF-8 it draws ASCII`() throws {
    let path = folder.script(Scripts.badCase)
    let window = try Window(
      "exec env LC_ALL=C '\(Tricolor.binary)' '\(path)'", awaiting: "step 0/")
    try window.press("v v", leadsTo: "! doomed C")
    #expect(window.tmux.text.utf8.allSatisfy { $0 < 0x80 }, "\(window.tmux.text)")
    #expect(window.tmux.text.contains("(. C W)"))
  }

  @Test func `NO_COLOR draws without colours, and the selection shows all the same`() throws {
    let path = folder.script(Scripts.badCase)
    let window = try Window(
      "exec env NO_COLOR=1 '\(Tricolor.binary)' '\(path)'", awaiting: "step 0/")
    try window.press("v v Tab", leadsTo: "A: black")
    let styled = window.tmux.styledText
    #expect(styled.contains("\u{1B}[7m"))
    #expect(!styled.contains("[38;5;") && !styled.contains("[48;5;"), "\(styled.debugDescription)")
  }
}
