/// The loop: show, wait, handle.
extension Player {
  /// Runs until the player quits or the input ends.
  ///
  /// `write` stores a file and returns what went wrong.
  public mutating func run(
    on screen: inout some Screen & ~Copyable, write: (_ path: String, _ contents: String) -> String?
  ) {
    resize(width: screen.size.width, height: screen.size.height)
    while true {
      var canvas = Canvas(width: size.width, height: size.height)
      draw(on: &canvas)
      screen.show(canvas)
      let event = screen.nextEvent(timeoutMilliseconds: tickMilliseconds)
      if event == .resize { resize(width: screen.size.width, height: screen.size.height) }
      handle(event)
      for effect in takeEffects() {
        switch effect {
        case .quit: return
        case .suspend:
          screen.suspend()
          resize(width: screen.size.width, height: screen.size.height)
        case .redraw: screen.redraw()
        case .setMouse(let isOn): screen.setMouse(enabled: isOn)
        case .write(let path, let contents):
          let error = write(path, contents)
          noteWritten(to: path, error: error)
          if error != nil { break }
        }
      }
    }
  }
}
