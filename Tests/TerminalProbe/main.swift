// What the tests of NcursesBackend drive: shows what arrives, and dies in every way there is.

import Glibc
import NcursesBackend
import TerminalUI
import TestTerminal

/// Shows `canvas(…)` anew after each event, until `q` or the terminal is gone.
func loop(
  on terminal: inout Terminal,
  _ canvas: (_ events: [InputEvent], _ terminal: borrowing Terminal) -> Canvas
) {
  var events: [InputEvent] = []
  while true {
    terminal.show(canvas(events, terminal))
    let event = terminal.nextEvent(timeoutMilliseconds: nil)
    events.append(event)
    switch event {
    case .key(.character("q")), .closed: return
    case .key(.control("z")): terminal.suspend()
    case .key(.character("%")): terminal.setMouse(enabled: false)
    default: break
    }
  }
}

func report(_ events: [InputEvent], _ terminal: borrowing Terminal) -> Canvas {
  var canvas = Canvas(width: terminal.size.width, height: terminal.size.height)
  let size = "\(terminal.size.width)x\(terminal.size.height)"
  canvas.write("Probe 三色 \(size)", column: 0, row: 0)
  let theme = terminal.theme
  canvas.write("\(theme.depth) \(theme.glyphs.white)\(theme.glyphs.lines[10])", column: 0, row: 1)
  canvas.write("entry \(terminal.capabilities.entry) process \(getpid()).", column: 0, row: 2)
  canvas.write("danger", column: 0, row: 3, style: theme.style(.danger))
  let first = max(0, events.count - max(0, terminal.size.height - 5))
  for (row, event) in events[first...].enumerated() {
    canvas.write("#\(first + row + 1) \(description(event))", column: 0, row: row + 4)
  }
  return canvas
}

func description(_ event: InputEvent) -> String {
  switch event {
  case .key(let key): "key \(key)"
  case .mouse(let mouse): "mouse \(mouse.kind) at \(mouse.column),\(mouse.row)"
  default: "\(event)"
  }
}

func message(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
}

func run(_ mode: String) throws(TerminalError) -> Int32 {
  var terminal = try Terminal()
  terminal.show(report([], terminal))
  switch mode {
  case "trap": fatalError("the probe traps")
  case "segv": unsafe UnsafeMutablePointer<Int>(bitPattern: 8)!.pointee = 1
  case "abort": abort()
  case "exit":
    message("said while the screen was up")
    exit(3)
  case "canvas":
    loop(on: &terminal) { events, terminal in
      .random(seed: events.count, width: terminal.size.width, height: terminal.size.height)
    }
  case "busy": while true {}
  default:
    if mode == "message" { message("said while the screen was up") }
    loop(on: &terminal, report)
  }
  return 0
}

do {
  exit(try run(CommandLine.arguments.dropFirst().first ?? ""))
} catch {
  message("error: \(error)")
  exit(69)
}
