internal import CNcurses
internal import CTerminalGuard
internal import Glibc
public import TerminalUI

/// The terminal in full-screen mode, from `init` until this value is gone.
///
/// It cannot be copied, so one owner gives the screen back at a known moment. When the process
/// dies before that, by a signal, a trap or `exit()`, CTerminalGuard does. Not Sendable: the
/// compiler keeps every curses call in one place. Only one may exist at a time.
///
/// Control keys arrive as keys, but for Ctrl-\, which ends a program that does not answer.
///
/// Safe: the one pointer is curses' own, made in `init` and freed in `deinit`.
@safe public struct Terminal: ~Copyable {
  public let capabilities: Capabilities
  /// What suits this terminal and its user's wishes.
  public let theme: Theme
  public internal(set) var size: (width: Int, height: Int)

  let terminfo: Terminfo
  /// Where keys are read.
  let input: Int32
  private let screen: OpaquePointer
  var decoder: InputDecoder
  var painter: Painter
  /// Decoded or made by signals, not yet asked for.
  var queue: [InputEvent] = []
  var isClosed = false
  var isMouseOn: Bool

  /// Takes the terminal over, and asks it what it can do.
  public init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNotATerminal }
    let isUnicode = Environment.adoptCharacterSet()
    let terminfo = try Terminfo(terminal: Environment.value("TERM"))
    let (screen, input) = unsafe try Self.open(terminfo)
    self.terminfo = terminfo
    self.input = input
    unsafe self.screen = screen
    decoder = InputDecoder(table: terminfo.keys)

    let asks = isUnicode && !options.isASCII && options.ambiguousWidth == nil
    let probe = Self.probe(input: input, asks: asks && terminfo.isStandard)
    decoder.feed(probe.typed)
    capabilities = Capabilities(
      entry: terminfo.name, colorCount: terminfo.number("colors") ?? 0, isUnicode: isUnicode,
      probedColumns: probe.columns,
      isEastAsian: Environment.isEastAsian(locale: Environment.locale),
      refusesColor: !(Environment.value("NO_COLOR") ?? "").isEmpty, hasMouse: terminfo.hasMouse)
    theme = Theme(capabilities, options)
    let hasColor = theme.depth != .monochrome && Self.startColor()
    painter = Painter(
      palette: Palette(
        colorCount: hasColor ? Int(tc_colors()) : 0, pairLimit: Int(tc_color_pairs())),
      repertoire: Repertoire(capabilities, options))
    size = (Int(tc_columns()), Int(tc_lines()))
    isMouseOn = options.hasMouse && terminfo.hasMouse
    enter()
  }

  deinit {
    leave()
    unsafe delscreen(screen)
    guard_show_errors()
    guard_end()
    close(input)
  }
}

// MARK: Opening

extension Terminal {
  /// The screen in curses' hands, guarded, in raw mode and not drawn yet; and where keys are read.
  ///
  /// The guard comes first: curses installs handlers only where there are none.
  ///
  /// C: `newterm`
  private static func open(
    _ terminfo: Terminfo
  ) throws(TerminalError) -> (screen: OpaquePointer, input: Int32) {
    let input = terminal_open_input(STDOUT_FILENO)
    guard input >= 0 else { throw .noInput }
    terminal_await_foreground(STDOUT_FILENO)
    precondition(guard_signal_descriptor() < 0, "only one Terminal at a time")
    guard guard_begin(STDOUT_FILENO) == 0 else {
      close(input)
      throw .cannotOpen(terminfo.name)
    }
    _ = guard_capture_errors()
    guard let screen = unsafe tc_newterm(terminfo.name) else {
      guard_show_errors()
      guard_end()
      close(input)
      throw .cannotOpen(terminfo.name)
    }
    takeKeyboard(terminfo)
    return unsafe (screen, input)
  }

  /// Keys come one by one, unseen and unchanged.
  ///
  /// C: `raw`, `noecho`, `nonl`, `keypad`
  private static func takeKeyboard(_ terminfo: Terminfo) {
    arm(terminfo, height: Int(tc_lines()))
    raw()
    noecho()
    nonl()
    terminal_keep_quit_key(STDOUT_FILENO)
    def_prog_mode()
    unsafe keypad(tc_stdscr(), true)
    // Or curses puts off drawing while keys are waiting.
    typeahead(-1)
    curs_set(0)
  }

  /// Whether there are colours, with the terminal's own among them.
  ///
  /// C: `start_color`, `use_default_colors`
  private static func startColor() -> Bool {
    start_color() == OK && use_default_colors() == OK
  }

  static func arm(_ terminfo: Terminfo, height: Int) {
    let sequence = terminfo.restoreSequence(height: height)
    let isArmed = unsafe guard_arm(STDOUT_FILENO, sequence, sequence.count)
    precondition(isArmed == 0, "the restore sequence is a few dozen bytes")
  }

  /// Asks and waits for the answer, a fifth of a second between two pieces of it.
  private static func probe(input: Int32, asks: Bool) -> WidthProbe {
    var probe = WidthProbe()
    guard asks else { return probe }
    write(WidthProbe.question)
    while !probe.isAnswered {
      guard terminal_wait(input, -1, 200) & Int32(TERMINAL_INPUT) != 0,
        let bytes = read(input)
      else { break }
      probe.feed(bytes)
    }
    write(WidthProbe.cleanup)
    return probe
  }
}

// MARK: Entering and leaving

extension Terminal {
  /// Shows an empty screen and switches on what curses does not.
  func enter() {
    Self.arm(terminfo, height: size.height)
    unsafe wclear(tc_stdscr())
    unsafe wrefresh(tc_stdscr())
    guard terminfo.isStandard else { return }
    Self.write(PrivateMode.bracketedPaste(isOn: true))
    if isMouseOn { Self.write(PrivateMode.mouse(isOn: true)) }
  }

  /// Gives the screen and the modes back.
  func leave() {
    if terminfo.isStandard { Self.write(PrivateMode.off) }
    endwin()
    guard_disarm()
  }

  static func write(_ bytes: [UInt8]) {
    unsafe terminal_write(STDOUT_FILENO, bytes, bytes.count)
  }

  /// What has arrived; empty when nothing has, nil at the end of input.
  static func read(_ input: Int32) -> [UInt8]? {
    let capacity = 4096
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      count = unsafe terminal_read(input, buffer.baseAddress, capacity)
      initialized = max(0, count)
    }
    return count < 0 ? nil : bytes
  }
}
