import TerminalUI
import Testing

@testable import NcursesBackend

private func capabilities(
  colors: Int = 256, isUnicode: Bool = true, probed: Int? = nil, isEastAsian: Bool = false,
  refusesColor: Bool = false
) -> Capabilities {
  Capabilities(
    entry: "test", colorCount: colors, isUnicode: isUnicode, probedColumns: probed,
    isEastAsian: isEastAsian, refusesColor: refusesColor)
}

@Suite struct ColorDepthTests {
  @Test(
    arguments: [
      (0, .monochrome), (2, .monochrome), (8, .eight), (16, .eight), (88, .eight),
      (256, .palette), (1 << 24, .palette),
    ] as [(Int, Theme.Depth)])
  func `the depth follows the number of colours`(colors: Int, depth: Theme.Depth) {
    #expect(Theme(capabilities(colors: colors)).depth == depth)
  }

  @Test(
    arguments: [
      (.auto, false, .palette), (.auto, true, .monochrome), (.always, true, .palette),
      (.never, false, .monochrome),
    ] as [(TerminalOptions.Color, Bool, Theme.Depth)])
  func `the user's word stands above NO_COLOR`(
    color: TerminalOptions.Color, refuses: Bool, depth: Theme.Depth
  ) {
    let theme = Theme(capabilities(refusesColor: refuses), TerminalOptions(color: color))
    #expect(theme.depth == depth)
  }

  @Test func `always does not make colours where there are none`() {
    #expect(Theme(capabilities(colors: 0), TerminalOptions(color: .always)).depth == .monochrome)
  }

  @Test(
    arguments: [
      (16, 0), (231, 0xFFFFFF), (244, 0x808080), (246, 0x949494), (160, 0xD70000),
      (68, 0x5F87D7), (129, 0xAF00FF), (1, 1), (15, 0xFFFFFF), (8, 0x7F7F7F), (9, 0xFF0000),
    ] as [(UInt8, Int32)])
  func `where colours are numbered by their light, the palette is xterm's`(
    index: UInt8, light: Int32
  ) {
    #expect(Palette.number(.palette(index), colorCount: 1 << 24) == light)
  }

  @Test func `an index the terminal does not have falls into the eight`() {
    #expect(Palette.number(.palette(160), colorCount: 8) == 0)
    #expect(Palette.number(.palette(7), colorCount: 8) == 7)
    #expect(Palette.number(.terminal, colorCount: 8) == -1)
  }
}

@Suite struct RepertoireTests {
  @Test(
    arguments: [
      (true, 1, false, .unicode), (true, 2, false, .neutral), (true, nil, false, .unicode),
      (true, nil, true, .neutral), (true, 1, true, .unicode), (true, 3, true, .ascii),
      (false, 1, false, .ascii), (false, nil, true, .ascii),
    ] as [(Bool, Int?, Bool, Repertoire)])
  func `it follows the character set, then the probe, then the language`(
    isUnicode: Bool, probed: Int?, isEastAsian: Bool, expected: Repertoire
  ) {
    let found = Repertoire(
      capabilities(isUnicode: isUnicode, probed: probed, isEastAsian: isEastAsian))
    #expect(found == expected)
  }

  @Test func `the user decides against the probe`() {
    #expect(
      Repertoire(capabilities(probed: 2), TerminalOptions(ambiguousWidth: .narrow)) == .unicode)
    #expect(
      Repertoire(capabilities(probed: 1), TerminalOptions(ambiguousWidth: .wide)) == .neutral)
    #expect(Repertoire(capabilities(probed: 1), TerminalOptions(isASCII: true)) == .ascii)
  }

  /// All text of a glyph set.
  private func scalars(_ glyphs: Glyphs) -> [Unicode.Scalar] {
    Mirror(reflecting: glyphs).children.flatMap { child -> [Unicode.Scalar] in
      let texts = (child.value as? [String]) ?? (child.value as? String).map { [$0] } ?? []
      return texts.flatMap(\.unicodeScalars)
    }
  }

  @Test func `each glyph set keeps to its repertoire`() {
    #expect(scalars(.unicode).count > 60)
    #expect(scalars(.ascii).allSatisfy { $0.isASCII })
    #expect(!scalars(.neutral).contains(where: isWidthAmbiguous))
    #expect(scalars(.unicode).contains(where: isWidthAmbiguous))
    for glyphs in [Glyphs.unicode, .neutral, .ascii] {
      #expect(scalars(glyphs).allSatisfy { columnCount(of: $0) == 1 })
    }
  }

  @Test(
    arguments: [
      (.unicode, "●", 1, 1, "●"), (.neutral, "●", 1, 1, "*"), (.ascii, "●", 1, 1, "*"),
      (.neutral, "标", 2, 2, "标"), (.ascii, "标", 2, -1, "?"), (.unicode, "标", 2, 1, "?"),
      (.neutral, "“", 1, 1, "\""), (.ascii, "é", 1, -1, "?"), (.neutral, "◉", 1, 1, "◉"),
      (.neutral, "┼", 1, 1, "+"), (.ascii, "a", 1, 1, "a"), (.unicode, "\u{E000}", 1, -1, "?"),
    ] as [(Repertoire, Unicode.Scalar, Int, Int, Unicode.Scalar)])
  func `what would shear the screen is replaced`(
    repertoire: Repertoire, scalar: Unicode.Scalar, columns: Int, localeColumns: Int,
    shown: Unicode.Scalar
  ) {
    #expect(
      repertoire.shown(scalar, columns: columns, localeColumns: localeColumns) == shown)
  }
}

@Suite struct WidthProbeTests {
  @Test(
    arguments: [
      ("\u{1B}[1;2R\u{1B}[?62c", 1, ""), ("\u{1B}[24;3R\u{1B}[?1;2c", 2, ""),
      ("\u{1B}[?6c", nil, ""), ("q\u{1B}[1;2R\u{1B}[?62c", 1, "q"),
      ("\u{1B}[A\u{1B}[1;3Rx\u{1B}[?62c三", 2, "\u{1B}[Ax三"),
      ("\u{1B}[1;2Rc\u{1B}[>c\u{1B}[?c", 1, "c\u{1B}[>c"),
    ] as [(String, Int?, String)])
  func `the answer is told from what is typed`(bytes: String, columns: Int?, typed: String) {
    for size in 1...bytes.utf8.count {
      var probe = WidthProbe()
      var rest = Array(bytes.utf8)[...]
      while !rest.isEmpty {
        probe.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(probe.isAnswered)
      #expect(probe.columns == columns)
      #expect(probe.typed == Array(typed.utf8))
    }
  }

  @Test func `without the fence it waits on`() {
    var probe = WidthProbe()
    probe.feed("\u{1B}[1;2Rq\u{1B}[?6".utf8)
    #expect(!probe.isAnswered)
    #expect(probe.columns == 1)
  }
}

@Suite struct TerminfoTests {
  @Test(arguments: [
    ("xterm-kitty", true), ("kitty", true), ("xterm-ghostty", true), ("ghostty", true),
    ("foot", true), ("foot-extra", true), ("alacritty-direct", true), ("screen.rio", true),
    ("st-256color", true), ("tmux-direct", true), ("dumb", false), ("bogus", false),
    ("best", false), ("vt100", false), ("", false),
  ])
  func `terminals like xterm are known by a part of their name`(name: String, isAlike: Bool) {
    #expect(Terminfo.isXtermAlike(name) == isAlike)
  }

  @Test func `requests for padding are left out`() {
    let bytes = Terminfo.withoutPadding(Array("\u{1B}[m\u{F}$<2>x$<50/>y$<z$".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[m\u{F}xy$<z$")
  }

  @Test func `every error is one line that says what was expected`() {
    let errors: [TerminalError] = [
      .outputIsNotATerminal, .noInput, .terminalIsNotNamed, .unknownTerminal("x"),
      .cannotPlaceCursor("x"), .cannotOpen("x"),
    ]
    for text in errors.map(\.description) {
      #expect(!text.contains("\n") && !text.hasSuffix("."))
    }
  }
}
