/// A key of the keyboard, as people name it.
public enum Key: Hashable, Sendable {
  /// A printable character; also what Alt adds nothing to.
  case character(Character)
  /// Control with a lower-case letter.
  case control(Character)
  case up, down, left, right
  case home, end, pageUp, pageDown
  case enter, escape, tab, backTab, backspace, delete
  /// F1 is 1.
  case function(Int)
}

/// What the mouse did; `column` and `row` are 0-based cells.
public struct MouseEvent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case press, release, doublePress, rightPress, wheelUp, wheelDown
  }
  public var kind: Kind
  public var column: Int
  public var row: Int

  public init(_ kind: Kind, column: Int, row: Int) {
    self.kind = kind
    self.column = column
    self.row = row
  }
}

/// What can happen to a running program from outside.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text pasted in one piece.
  case paste(String)
  /// The window changed; `Screen.size` is already the new one.
  case resize
  /// The time asked for ran out with nothing else happening.
  case tick
  /// The terminal went away, or the input ended.
  case closed
}

/// Where frames go and input comes from: a terminal, or a list of keys in a test.
public protocol Screen: ~Copyable {
  var size: (width: Int, height: Int) { get }

  mutating func show(_ canvas: Canvas)

  /// The next event; `.tick` after `milliseconds`, or never when that is nil.
  mutating func nextEvent(timeoutMilliseconds milliseconds: Int?) -> InputEvent

  /// Gives the terminal back and stops the process, as Ctrl-Z asks; returns when resumed.
  mutating func suspend()

  /// Shows the last canvas anew, whatever has been written over it.
  mutating func redraw()

  /// Turns mouse reporting on or off, so that the terminal's own text selection works.
  mutating func setMouse(enabled: Bool)
}
