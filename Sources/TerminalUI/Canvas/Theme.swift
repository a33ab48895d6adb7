/// What every role on the screen looks like on this terminal.
///
/// Colour is always the fourth channel: glyph, letter and bracket say the same. The accents 68, 129,
/// 160 and 244 keep a contrast of 3.5 : 1 on black and on white and stay apart under colour
/// blindness; badges carry their own background, so "black" shows on black and "white" on white.
public struct Theme: Hashable, Sendable {
  /// How many colours the terminal has, in the steps that matter to us.
  public enum Depth: Hashable, Sendable, CaseIterable {
    case monochrome, eight, palette
  }

  public var depth: Depth
  public var glyphs: Glyphs

  public init(depth: Depth, glyphs: Glyphs) {
    self.depth = depth
    self.glyphs = glyphs
  }

  /// 256 colours and Unicode: what most terminals get.
  public static let standard = Theme(depth: .palette, glyphs: .unicode)
  /// No colour at all, ASCII only: the least a terminal can offer.
  public static let plain = Theme(depth: .monochrome, glyphs: .ascii)
}

/// Everything that wants a look of its own.
public enum Role: Hashable, Sendable, CaseIterable {
  /// The fill of an object's badge, by colour.
  case whiteBadge, greyBadge, blackBadge
  /// The ghost of a freed object.
  case freedBadge
  /// A pointer to freed memory, a lost object.
  case danger
  /// A reachable white object that marking cannot find any more.
  case doomed
  /// The selected thing, the cursor of a pick.
  case selection
  /// What a barrier just did.
  case barrierHit
  /// What changed in this step.
  case changed
  case edge
  case title
  case heading
  case frame
  case text
  case faint
  case strong
  case good
  case key
}

extension Theme {
  public func style(_ role: Role) -> Style {
    switch role {
    case .whiteBadge:
      switch depth {
      case .palette: Style(foreground: .palette(16), background: .palette(231))
      case .eight: Style(foreground: .palette(0), background: .palette(7))
      case .monochrome: .plain
      }
    case .greyBadge:
      switch depth {
      case .palette: Style(foreground: .palette(16), background: .palette(246))
      case .eight, .monochrome: Style(isUnderlined: true)
      }
    case .blackBadge:
      switch depth {
      case .palette: Style(foreground: .palette(231), background: .palette(16))
      case .eight: Style(foreground: .palette(7), background: .palette(0))
      case .monochrome: Style(isBold: true)
      }
    case .freedBadge: Style(isDim: true)
    case .danger: accent(160, eight: 1, isBold: true, isReversed: true)
    case .doomed: accent(160, eight: 1, isBold: true)
    case .selection: accent(68, eight: 4, isReversed: true)
    case .barrierHit: accent(129, eight: 5, isBold: true)
    case .changed: accent(68, eight: 4, isBold: true)
    case .edge: depth == .palette ? Style(foreground: .palette(244)) : .plain
    case .title: Style(isBold: true, isReversed: true)
    case .heading: Style(isBold: true)
    case .frame, .faint: depth == .palette ? Style(foreground: .palette(244)) : .plain
    case .text: .plain
    case .strong: Style(isBold: true)
    case .good: accent(68, eight: 4, isBold: true)
    case .key: Style(isReversed: true)
    }
  }

  private func accent(
    _ index: UInt8, eight: UInt8, isBold: Bool = false, isReversed: Bool = false
  ) -> Style {
    switch depth {
    case .palette:
      Style(foreground: .palette(index), isBold: isBold, isReversed: isReversed)
    case .eight: Style(foreground: .palette(eight), isBold: isBold, isReversed: isReversed)
    case .monochrome: Style(isBold: isBold, isReversed: isReversed)
    }
  }
}
