import Glibc
import TestTerminal
import Testing

/// `tricolor live`, as people run it.
struct LiveTests {
  private func open(_ options: String = "--live 2", columns: Int = 80, rows: Int = 24) throws
    -> Window
  {
    try Window(
      "exec '\(Tricolor.binary)' live \(options)", columns: columns, rows: rows,
      awaiting: "running")
  }

  @Test func `a run is watched, paused, stepped, changed and quit`() throws {
    let window = try open("graph --live 2")
    try window.press("Space", leadsTo: "PAUSED")
    try window.press(".", leadsTo: "The step just taken")
    try window.press("c", leadsTo: "taken to its end")
    try window.press(".", leadsTo: "The phase went from idle to roots")
    try window.press("Space", leadsTo: "running")
    try window.press("k", leadsTo: "begun anew with incremental collection")
    try window.press("g", leadsTo: "begun anew with nursery")
    try window.press("Space", leadsTo: "PAUSED")
    try window.press(".", leadsTo: "The step just taken")
    try window.press("Space", leadsTo: "running")
    try window.press("b", leadsTo: "begun anew with barrier")
    try window.press("t", leadsTo: "3 threads")
    try window.press("?", leadsTo: "Keys and signs")
    try window.press("Escape", leadsTo: "Allocation")
    window.tmux.press("q")
    #expect(holds { !window.tmux.isRunning })
  }

  @Test(arguments: ["trees", "lru", "list", "graph"])
  func `lines come without a screen, and totals end them`(workload: String) {
    let result = Tricolor.run(
      "live", workload, "--seconds", "1", "--format", "lines", "--live", "2")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 2)
    #expect(result.lines.first?.hasPrefix("time 1.") == true, "\(result.output)")
    #expect(result.lines.last?.hasPrefix("total 1.") == true, "\(result.output)")
    #expect(result.lines.last?.hasSuffix("samples 30") == true, "\(result.output)")
  }

  @Test(arguments: ["trees", "lru", "list", "graph"])
  func `with a nursery the young are collected alone`(workload: String) throws {
    let result = Tricolor.run(
      "live", workload, "--seconds", "1", "--format", "lines", "--live", "2", "--nursery", "1")
    #expect(result.status == 0, "\(result.errors)")
    let words = try #require(result.lines.last).split(separator: " ")
    let place = try #require(words.firstIndex(of: "minors"))
    #expect(try #require(Int(words[place + 1])) > 0, "\(result.output)")
  }

  @Test func `without samples there are only totals`() {
    let result = Tricolor.run(
      "live", "--seconds", "1", "--format", "lines", "--samples", "0", "--live", "1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 1)
  }

  @Test(arguments: [
    ["live", "bogus"], ["live", "--threads", "0"], ["live", "--markers", "65"],
    ["live", "--barrier", "none"], ["live", "--seconds", "0"], ["live", "--live", "513"],
    ["live", "--samples", "0", "--format", "screen"], ["live", "--collection", "never"],
    ["live", "--nursery", "257"], ["live", "--nursery", "64", "--limit", "128"],
  ])
  func `wrong usage is told in one line, with 64`(arguments: [String]) {
    let result = Tricolor.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func `a heap that is full of what lives ends it with 1`() {
    let result = Tricolor.run(
      "live", "lru", "--seconds", "3", "--format", "lines", "--live", "64", "--limit", "8")
    #expect(result.status == 1)
    #expect(result.errors.contains("live: a thread has ended"), "\(result.errors)")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal gives the screen back`(signal: Int32) throws {
    let pty = PTY(
      [Tricolor.binary, "live", "--live", "2"], environment: ["TERM": "xterm-256color"])
    try #require(pty.wait(for: "running"), "\(pty.output)")
    let raw = pty.modes
    pty.signal(signal)
    #expect(pty.exitStatus() == 128 + Int(signal))
    #expect(pty.modes != raw)
    #expect(pty.output.contains("\u{1B}[?1049l"))
  }

  @Test func `a terminal that will not do is refused with 69`() {
    let pty = PTY([Tricolor.binary, "live"], environment: ["TERM": "dumb"])
    #expect(pty.exitStatus() == 69)
  }
}
