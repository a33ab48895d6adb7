/// What the user decides about the terminal instead of leaving it to be found out.
public struct TerminalOptions: Hashable, Sendable {
  /// When to use colour.
  public enum Color: String, Hashable, Sendable, CaseIterable {
    /// Unless `NO_COLOR` is set to something.
    case auto
    /// As many colours as the terminal has, whatever `NO_COLOR` says.
    case always
    case never
  }

  /// Columns the terminal gives to characters of East Asian ambiguous width.
  public enum AmbiguousWidth: Int, Hashable, Sendable, CaseIterable {
    case narrow = 1
    case wide = 2
  }

  public var color: Color
  /// Asked of the terminal when nil.
  public var ambiguousWidth: AmbiguousWidth?
  /// ASCII only, whatever the locale says.
  public var isASCII: Bool
  public var hasMouse: Bool

  public init(
    color: Color = .auto, ambiguousWidth: AmbiguousWidth? = nil, isASCII: Bool = false,
    hasMouse: Bool = true
  ) {
    self.color = color
    self.ambiguousWidth = ambiguousWidth
    self.isASCII = isASCII
    self.hasMouse = hasMouse
  }
}
