public import TerminalUI

/// What the terminal can do, settled before the first frame.
public struct Capabilities: Hashable, Sendable {
  /// The terminfo entry in use; not `TERM` where that has none (see `Terminfo`).
  public var entry: String
  /// 0, 8, 16, 88, 256, or 2^24 where a colour number is red, green and blue.
  public var colorCount: Int
  /// Whether the locale's character set is UTF-8.
  public var isUnicode: Bool
  /// Columns the terminal gave to `●`; nil when it was not asked or did not answer.
  public var probedColumns: Int?
  /// Whether the locale is Chinese, Japanese or Korean.
  public var isEastAsian: Bool
  /// Whether `NO_COLOR` is set to something (no-color.org).
  public var refusesColor: Bool
  /// Whether the terminal reports the mouse.
  public var hasMouse: Bool

  public init(
    entry: String, colorCount: Int, isUnicode: Bool, probedColumns: Int? = nil,
    isEastAsian: Bool = false, refusesColor: Bool = false, hasMouse: Bool = false
  ) {
    self.entry = entry
    self.colorCount = colorCount
    self.isUnicode = isUnicode
    self.probedColumns = probedColumns
    self.isEastAsian = isEastAsian
    self.refusesColor = refusesColor
    self.hasMouse = hasMouse
  }
}

/// The characters a terminal shows in the columns we count for them.
public enum Repertoire: Hashable, Sendable {
  case ascii
  /// Unicode without characters of ambiguous width.
  case neutral
  case unicode

  public init(_ capabilities: Capabilities, _ options: TerminalOptions = TerminalOptions()) {
    if options.isASCII || !capabilities.isUnicode {
      self = .ascii
      return
    }
    switch (options.ambiguousWidth, capabilities.probedColumns) {
    case (.narrow, _), (nil, 1): self = .unicode
    case (.wide, _), (nil, 2): self = .neutral
    // The three bytes were taken for three characters: the terminal does not do UTF-8.
    case (nil, .some): self = .ascii
    case (nil, nil): self = capabilities.isEastAsian ? .neutral : .unicode
    }
  }

  public var glyphs: Glyphs {
    switch self {
    case .ascii: .ascii
    case .neutral: .neutral
    case .unicode: .unicode
    }
  }
}

extension Theme {
  /// The look that suits a terminal and its user.
  public init(_ capabilities: Capabilities, _ options: TerminalOptions = TerminalOptions()) {
    self.init(
      depth: Depth(capabilities, options.color),
      glyphs: Repertoire(capabilities, options).glyphs)
  }
}

extension Theme.Depth {
  /// Terminals of 16 or 88 colours have other colours than xterm at our indices: eight for them.
  init(_ capabilities: Capabilities, _ color: TerminalOptions.Color) {
    let isRefused =
      switch color {
      case .auto: capabilities.refusesColor
      case .always: false
      case .never: true
      }
    switch capabilities.colorCount {
    case ..<8: self = .monochrome
    case _ where isRefused: self = .monochrome
    case ..<256: self = .eight
    default: self = .palette
    }
  }
}
