import Scenarios
import Testing

struct ScriptErrorTests {
  /// Each kind of error at least once: the script, and everything it is told.
  static let table = characterTable + statementTable + threadTable + formTable + nameTable

  private func errors(in source: String) -> ScriptErrors? {
    #expect(throws: ScriptErrors.self) { try Script(parsing: source, file: "t") }
  }

  @Test(arguments: table)
  func `errors say where, what and what was expected`(source: String, message: String) {
    #expect(errors(in: source)?.description == message)
  }

  @Test func `the table has every kind of error`() {
    let kinds = Self.table.flatMap { errors(in: $0.0)?.errors.map { KindName($0.kind) } ?? [] }
    let ofBytes: Set<KindName> = [.notUTF8, .looksLikeUTF16]
    #expect(Set(kinds).union(ofBytes) == Set(KindName.allCases))
  }

  @Test func `bytes that are not UTF-8 are reported line by line`() {
    let bytes = Array("say \"".utf8) + [0xC4, 0xE3] + Array("\"\nfinsh\r\nobject A ".utf8) + [0xFF]
    let errors = #expect(throws: ScriptErrors.self) { try Script(bytes: bytes, file: "t") }
    #expect(
      errors?.description == """
        t:1:6: error: not UTF-8; save the file as UTF-8
        say "\u{FFFD}\u{FFFD}"
             ^
        t:2:1: error: unknown statement 'finsh'; did you mean 'finish'?
        finsh
        ^~~~~
        t:3:10: error: not UTF-8; save the file as UTF-8
        object A \u{FFFD}
                 ^
        """)
  }

  @Test func `UTF-16 is recognised`() {
    let errors = #expect(throws: ScriptErrors.self) {
      try Script(bytes: [0xFF, 0xFE, 0x61, 0x00], file: "t")
    }
    #expect(errors?.errors.map(\.kind) == [.looksLikeUTF16])
  }

  @Test func `a declaration with an error still declares its name`() {
    let source =
      "object A slots x\nroot g = \npush 1\nlocal y = Q\nA.9 = g\ny.0 = A\nobject B \u{0}\n"
    #expect(errors(in: source + "root h = B")?.errors.map(\.line) == [1, 2, 3, 4, 7])
  }

  @Test(arguments: [(" ", "…坏"), ("  ", "… ")])
  func `a long line is shown around the place`(gap: String, start: String) {
    let (text, comment) = (
      String(repeating: "坏", count: 500), String(repeating: "-", count: 500)
    )
    let excerpt = errors(in: "say \"\(text)\"\(gap)oops # \(comment)")?.errors.first?.excerpt
    #expect(
      excerpt?.source == start + String(repeating: "坏", count: 18) + "\"\(gap)oops # "
        + String(repeating: "-", count: 53) + "…")
    #expect(excerpt?.caret == String(repeating: " ", count: 41) + "^~~~")
  }

  @Test func `the caret of a long token ends with the excerpt`() {
    let excerpt = errors(in: String(repeating: "x", count: 1_000_000))?.errors.first?.excerpt
    #expect(excerpt?.source == String(repeating: "x", count: 100) + "…")
    #expect(excerpt?.caret == "^" + String(repeating: "~", count: 99))
  }

  @Test func `of very many errors the first fifty are worded`() {
    let errors = errors(in: String(repeating: "leap\n", count: 1_000))
    #expect(errors?.errors.count == 1_000)
    #expect(errors?.description.hasSuffix("\n… and 950 more errors") == true)
  }

  @Test(arguments: ["", "  # nothing"])
  func `a prompt wants a statement`(text: String) {
    let errors = #expect(throws: ScriptErrors.self) {
      try Script.parseStatement(text, scope: Scope())
    }
    #expect(
      errors?.errors.first?.message == "expected a statement, found the end of the line")
  }

  @Test func `a prompt takes one line`() {
    let errors = #expect(throws: ScriptErrors.self) {
      try Script.parseStatement("start\nfinish", scope: Scope())
    }
    #expect(errors?.errors.map(\.kind) == [.invisibleCharacter("\n")])
  }

  @Test func `settings are refused at a prompt once the machine runs`() {
    let errors = #expect(throws: ScriptErrors.self) {
      try Script.parseStatement("set barrier go", scope: Scope(settingsLocked: true))
    }
    #expect(errors?.errors.map(\.kind) == [.settingAfterAction])
  }
}
