internal import CNcurses
internal import CTerminalGuard
internal import Glibc
public import TerminalUI

extension Terminal: Screen {
  public mutating func show(_ canvas: Canvas) {
    painter.paint(canvas, width: size.width, height: size.height)
  }

  public mutating func setMouse(enabled: Bool) {
    guard terminfo.hasMouse else { return }
    isMouseOn = enabled
    Self.write(PrivateMode.mouse(isOn: enabled))
  }

  public mutating func redraw() {
    leave()
    reenter()
  }

  public mutating func suspend() {
    suspend(wholeGroup: true)
  }

  public mutating func nextEvent(timeoutMilliseconds milliseconds: Int?) -> InputEvent {
    let deadline = milliseconds.map { terminal_milliseconds() + Int64(max(0, $0)) }
    while true {
      if let event = decodedEvent() { return event }
      if isClosed { return .closed }
      let now = terminal_milliseconds()
      let patience = decoder.patienceMilliseconds.map { now + Int64($0) }
      let end = [deadline, patience].compactMap { $0 }.min()
      let found = wait(milliseconds: end.map { max(0, $0 - now) })
      if found { continue }
      let after = terminal_milliseconds()
      if let patience, after >= patience {
        if let event = decoder.settle() { return event }
      } else if let deadline, after >= deadline {
        return .tick
      }
    }
  }
}

// MARK: Waiting

extension Terminal {
  private mutating func decodedEvent() -> InputEvent? {
    if !queue.isEmpty { return queue.removeFirst() }
    return decoder.next(at: terminal_milliseconds())
  }

  /// Whether something arrived; nil waits for ever.
  private mutating func wait(milliseconds: Int64?) -> Bool {
    let found = terminal_wait(
      input, guard_signal_descriptor(), Int32(clamping: milliseconds ?? -1))
    if found & Int32(TERMINAL_SIGNAL) != 0 { handleSignals() }
    if found & Int32(TERMINAL_INPUT) != 0 {
      if let bytes = Self.read(input) { decoder.feed(bytes) } else { isClosed = true }
    } else if found & Int32(TERMINAL_HANGUP) != 0 {
      isClosed = true
    }
    return found != 0
  }

  private mutating func handleSignals() {
    while true {
      switch guard_next_signal() {
      case 0: return
      case SIGWINCH: adoptSize()
      // Another process stopped us, and only us.
      case SIGTSTP: suspend(wholeGroup: false)
      // Stopped without a chance to leave (SIGSTOP): the shell has drawn over the screen.
      case SIGCONT:
        leave()
        reenter()
      case let signal: preconditionFailure("the guard does not report signal \(signal)")
      }
    }
  }
}

// MARK: Suspending and resizing

extension Terminal {
  private mutating func suspend(wholeGroup: Bool) {
    leave()
    guard_show_errors()
    guard_stop(wholeGroup ? 1 : 0)
    // Ours is the signal that continued us.
    while guard_next_signal() != 0 {}
    _ = guard_capture_errors()
    reenter()
  }

  /// Takes the screen again, at the size it has now; what was on it has to be drawn anew.
  private mutating func reenter() {
    enter()
    adoptSize()
    painter.forget()
    if queue.last != .resize { queue.append(.resize) }
  }

  /// Takes note of the window's size, where it changed.
  ///
  /// C: `resizeterm`
  private mutating func adoptSize() {
    var width: Int32 = 0
    var height: Int32 = 0
    guard unsafe terminal_size(STDOUT_FILENO, &width, &height) == 0,
      size != (Int(width), Int(height))
    else { return }
    resizeterm(height, width)
    size = (Int(width), Int(height))
    // Terminals move lines about when they change their width.
    unsafe wclear(tc_stdscr())
    Self.arm(terminfo, height: size.height)
    painter.forget()
    if queue.last != .resize { queue.append(.resize) }
  }
}

extension Terminal {
  /// Whether standard output is a terminal at all; if not, a story is better told as text.
  public static var isPossible: Bool { isatty(STDOUT_FILENO) == 1 }
}
