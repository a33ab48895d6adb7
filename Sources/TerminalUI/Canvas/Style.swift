/// What a cell looks like, free of any terminal library.
///
/// Views never build styles by hand: they ask a `Theme` for a role, so that one place decides what
/// is legible on dark, light, 8-colour and colourless terminals.
public struct Style: Hashable, Sendable {
  public enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case terminal
    /// An index of the 256-colour palette; 0...7 on terminals with eight colours.
    case palette(UInt8)
  }

  public var foreground: Color = .terminal
  public var background: Color = .terminal
  public var isBold = false
  public var isDim = false
  public var isUnderlined = false
  public var isReversed = false

  public init(
    foreground: Color = .terminal, background: Color = .terminal, isBold: Bool = false,
    isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  /// The terminal's own colours and nothing else.
  public static let plain = Style()
}
