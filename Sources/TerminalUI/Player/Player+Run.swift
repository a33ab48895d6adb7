/// The loop: show, wait, handle.
extension Player {
  /// Stores a file and says what went wrong; an existing one is replaced only if `mayReplace`.
  public typealias Writer = (_ path: String, _ contents: String, _ mayReplace: Bool) -> String?

  /// Runs until the player quits or the input ends.
  public mutating func run(on screen: inout some Screen & ~Copyable, write: Writer) {
    resize(width: screen.size.width, height: screen.size.height)
    repeat {
      var canvas = Canvas(width: size.width, height: size.height)
      draw(on: &canvas)
      screen.show(canvas)
      let event = screen.nextEvent(timeoutMilliseconds: tickMilliseconds)
      if event == .resize { resize(width: screen.size.width, height: screen.size.height) }
      handle(event)
    } while perform(takeEffects(), on: &screen, write: write)
  }

  /// Does what was asked for, in order; whether the program goes on.
  ///
  /// What follows a file that could not be written is left out, so that `wq` loses nothing.
  private mutating func perform(
    _ effects: [Effect], on screen: inout some Screen & ~Copyable, write: Writer
  ) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return false
      case .suspend:
        screen.suspend()
        resize(width: screen.size.width, height: screen.size.height)
      case .redraw: screen.redraw()
      case .setMouse(let isOn): screen.setMouse(enabled: isOn)
      case .write(let path, let contents, let mayReplace):
        let error = write(path, contents, mayReplace)
        noteWritten(to: path, error: error)
        if error != nil { return true }
      }
    }
    return true
  }
}
