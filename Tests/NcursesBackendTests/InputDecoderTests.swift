import TerminalUI
import TestTerminal
import Testing

@testable import NcursesBackend

@Suite struct InputDecoderTests {
  /// All events of `bytes`, fed in pieces of `size`, then left alone for long enough.
  private func events(
    _ bytes: [UInt8], inPiecesOf size: Int = .max, table: KeyTable = KeyTable()
  ) -> [InputEvent] {
    var decoder = InputDecoder(table: table)
    var events: [InputEvent] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      decoder.feed(rest.prefix(size))
      rest = rest.dropFirst(size)
      while let event = decoder.next(at: 0) { events.append(event) }
    }
    while decoder.patienceMilliseconds != nil {
      if let event = decoder.settle() { events.append(event) }
    }
    return events
  }

  private func events(_ text: String) -> [InputEvent] { events(Array(text.utf8)) }

  @Test(
    arguments: [
      ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .right), ("\u{1B}OD", .left),
      ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end),
      ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6;2~", .pageDown),
      ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab), ("\t", .tab), ("\r", .enter),
      ("\n", .enter), ("\u{1B}OM", .enter), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{1B}", .escape), ("\u{1B}OP", .function(1)), ("\u{1B}[[A", .function(1)),
      ("\u{1B}[11~", .function(1)), ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)),
      ("\u{1B}[17~", .function(6)), ("\u{1B}[21~", .function(10)), ("\u{1B}[24;2~", .function(12)),
      ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{1D}", .control("]")),
      ("a", .character("a")), (" ", .character(" ")), ("é", .character("é")),
      ("标", .character("标")), ("🀄", .character("🀄")), ("\u{1B}x", .character("x")),
      ("\u{1B}[", .character("[")), ("\u{1B}Oj", .character("*")), ("\u{1B}Oy", .character("9")),
    ] as [(String, Key)])
  func `a key is known by its bytes`(bytes: String, key: Key) {
    #expect(events(bytes) == [.key(key)])
  }

  @Test func `keys of this terminal come from its table`() {
    let table = KeyTable([(Array("\u{1B}[9z".utf8), .home), ([0x08], .left)])
    #expect(
      events(Array("\u{1B}[9z\u{8}a".utf8), table: table)
        == [.key(.home), .key(.backspace), .key(.character("a"))])
  }

  @Test(
    arguments: [
      "\u{1B}[3;2R", "\u{1B}[?62;22c", "\u{1B}[I", "\u{1B}[O", "\u{1B}[2~",
      "\u{1B}]11;rgb:0/0/0\u{7}",
      "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}P1+r\u{1B}\\", "\u{1B}[1;1", "\u{0}", "\u{85}",
      "\u{1B}[<35;3;4M", "\u{1B}[<1;3;4M", "\u{1B}[<2;3;4m", "\u{1B}[<0;0;1M", "\u{1B}[<0;1M",
      "\u{1B}[99999999999999999999;1u",
    ])
  func `what nobody asked for is no event`(bytes: String) {
    #expect(events(bytes) == [])
    // … and the next key is not lost with it, once it is complete.
    if bytes != "\u{1B}[1;1" {
      #expect(events(bytes + "a") == [.key(.character("a"))])
    }
  }

  @Test func `bytes that are no character are dropped`() {
    #expect(
      events([0xFF, 0x61, 0xE4, 0x62, 0xED, 0xA0, 0x80, 0x63, 0xE4, 0xB8])
        == ["a", "b", "c"].map { .key(.character($0)) })
  }

  @Test func `a sequence broken off by another gives way to it`() {
    #expect(events("\u{1B}[1;\u{1B}[A") == [.key(.up)])
    #expect(events("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
  }

  @Test func `pieces of any size give the same events`() {
    let stream = Array(
      "a标\u{1B}[A\u{1B}[<0;3;4M\u{1B}[<0;3;4m\u{1B}[200~多\r\nx\u{1B}[20q\u{1B}[201~é\u{1B}OP\u{1B}[M !!z"
        .utf8)
    let whole = events(stream)
    #expect(whole.count == 10)
    for size in 1...stream.count {
      #expect(events(stream, inPiecesOf: size) == whole, "pieces of \(size)")
    }
  }

  @Test func `a lone escape waits shorter than the rest of a sequence`() {
    var decoder = InputDecoder()
    #expect(decoder.patienceMilliseconds == nil)
    decoder.feed([0x1B])
    #expect(decoder.next(at: 0) == nil)
    #expect(decoder.patienceMilliseconds == 25)
    decoder.feed(Array("[".utf8))
    #expect(decoder.next(at: 0) == nil)
    #expect(decoder.patienceMilliseconds == 250)
    decoder.feed(Array("A".utf8))
    #expect(decoder.next(at: 0) == .key(.up))
    #expect(decoder.patienceMilliseconds == nil)
  }

  @Test func `random bytes never trap and never stick`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ -> UInt8 in
        Bool.random(using: &generator)
          ? Array("\u{1B}[<;0123M~OP?m".utf8).randomElement(using: &generator)!
          : UInt8.random(in: 0...255, using: &generator)
      }
      #expect(events(bytes) == events(bytes, inPiecesOf: 1), "\(bytes)")
    }
  }
}

@Suite struct PasteTests {
  private func events(_ text: String) -> [InputEvent] {
    var decoder = InputDecoder()
    decoder.feed(text.utf8)
    var events: [InputEvent] = []
    while let event = decoder.next(at: 0) { events.append(event) }
    return events
  }

  @Test func `pasted text is one event with lines`() {
    #expect(
      events("\u{1B}[200~三色\rq\r\nend\u{1B}[201~q")
        == [.paste("三色\nq\nend"), .key(.character("q"))])
  }

  @Test func `escapes inside a paste are text`() {
    #expect(events("\u{1B}[200~a\u{1B}[Ab\u{1B}[201~") == [.paste("a\u{1B}[Ab")])
  }

  @Test func `a paste that never ends is given out after a while`() {
    var decoder = InputDecoder()
    decoder.feed("\u{1B}[200~lost".utf8)
    #expect(decoder.next(at: 0) == nil)
    #expect(decoder.patienceMilliseconds == 1000)
    #expect(decoder.settle() == .paste("lost"))
    decoder.feed("q".utf8)
    #expect(decoder.next(at: 0) == .key(.character("q")))
  }
}

@Suite struct MouseTests {
  private func events(_ reports: [(String, Int64)]) -> [InputEvent] {
    var decoder = InputDecoder()
    return reports.flatMap { bytes, time -> [InputEvent] in
      decoder.feed(bytes.utf8)
      var events: [InputEvent] = []
      while let event = decoder.next(at: time) { events.append(event) }
      return events
    }
  }

  @Test(
    arguments: [
      ("\u{1B}[<0;3;4M", .press), ("\u{1B}[<0;3;4m", .release), ("\u{1B}[<2;3;4M", .rightPress),
      ("\u{1B}[<64;3;4M", .wheelUp), ("\u{1B}[<65;3;4M", .wheelDown), ("\u{1B}[<16;3;4M", .press),
      ("\u{1B}[M #$", .press), ("\u{1B}[M##$", .release), ("\u{1B}[M`#$", .wheelUp),
    ] as [(String, MouseEvent.Kind)])
  func `a report says what and where`(bytes: String, kind: MouseEvent.Kind) {
    #expect(events([(bytes, 0)]) == [.mouse(MouseEvent(kind, column: 2, row: 3))])
  }

  @Test func `a second press of a cell soon after is a double press, a third is not`() {
    let press = "\u{1B}[<0;1;1M"
    let kinds = events([(press, 0), (press, 300), (press, 500)]).map { event in
      event.mouseKind
    }
    #expect(kinds == [.press, .doublePress, .press])
  }

  @Test(arguments: [("\u{1B}[<0;2;1M", 100), ("\u{1B}[<0;1;1M", 401)] as [(String, Int64)])
  func `a press elsewhere or later is no double press`(second: String, time: Int64) {
    let all = events([("\u{1B}[<0;1;1M", 0), (second, time)])
    #expect(all.map(\.mouseKind) == [.press, .press])
  }
}

extension InputEvent {
  fileprivate var mouseKind: MouseEvent.Kind? {
    if case .mouse(let mouse) = self { mouse.kind } else { nil }
  }
}
