import Scenarios
import Testing

struct ScriptErrorTests {
  /// Each kind of error at least once: the script, and everything it is told.
  static let table: [(String, String)] = [
    // Characters.
    (
      "say \"a\u{200B}b\"",
      """
      t:1:7: error: invisible character U+200B; remove it
      say "a\u{FFFD}b"
            ^
      """
    ),
    (
      "start # a\u{202E}b",
      """
      t:1:10: error: invisible character U+202E; remove it
      start # a\u{FFFD}b
               ^
      """
    ),
    (
      "st\0art",
      """
      t:1:3: error: invisible character U+0000; remove it
      st\u{FFFD}art
        ^
      """
    ),
    (
      "say \"a\tb\"",
      """
      t:1:7: error: tab inside a text; use spaces
      say "a  b"
            ^~
      """
    ),
    (
      "say “hello”",
      """
      t:1:5: error: '“' only looks like '"'; type '"'
      say “hello”
          ^
      """
    ),
    (
      "root g ＝ nil",
      """
      t:1:8: error: '＝' only looks like '='; type '='
      root g ＝ nil
             ^~
      """
    ),
    (
      "say \"hello",
      """
      t:1:5: error: text without its closing quote; expected '"' before the end of the line
      say "hello
          ^~~~~~
      """
    ),
    (
      "say \"a\\",
      """
      t:1:5: error: text without its closing quote; expected '"' before the end of the line
      say "a\\
          ^~~
      """
    ),
    (
      "say \"a\\tb\"",
      """
      t:1:7: error: unknown escape '\\t' in a text; expected '\\"', '\\\\' or '\\n'
      say "a\\tb"
            ^~
      """
    ),
    // Words.
    (
      "= 3",
      """
      t:1:1: error: expected a statement, found '='
      = 3
      ^
      """
    ),
    (
      "finsh",
      """
      t:1:1: error: unknown statement 'finsh'; did you mean 'finish'?
      finsh
      ^~~~~
      """
    ),
    (
      "leap 3",
      """
      t:1:1: error: unknown statement 'leap'; expected a statement such as 'object A', \
      'x.0 = A' or 'step'
      leap 3
      ^~~~
      """
    ),
    (
      "objct A slots many\nA.0 = A",
      """
      t:1:1: error: unknown statement 'objct'; did you mean 'object'?
      objct A slots many
      ^~~~~
      """
    ),
    (
      "set barier none",
      """
      t:1:5: error: unknown setting 'barier'; did you mean 'barrier'?
      set barier none
          ^~~~~~
      """
    ),
    (
      "set colour none",
      """
      t:1:5: error: unknown setting 'colour'; expected collector, schedule, barrier, roots, \
      allocate, heap, atomicity, stacks, scan, handshake, stack-barrier, elide, worklist or strict
      set colour none
          ^~~~~~
      """
    ),
    (
      "set",
      """
      t:1:4: error: expected a setting, such as barrier, found the end of the line
      set
         ^
      """
    ),
    (
      "set barrier",
      """
      t:1:12: error: expected barrier: none, dijkstra, dijkstra-conditional, yuasa, \
      yuasa-conditional, hybrid or go, found the end of the line
      set barrier
                 ^
      """
    ),
    (
      "set heap",
      """
      t:1:9: error: expected a size, such as 64KiB or 1MiB, found the end of the line
      set heap
              ^
      """
    ),
    (
      "set barrier yuassa",
      """
      t:1:13: error: unknown barrier 'yuassa'; did you mean 'yuasa'?
      set barrier yuassa
                  ^~~~~~
      """
    ),
    (
      "set roots maybe",
      """
      t:1:11: error: unknown roots 'maybe'; expected once or rescan
      set roots maybe
                ^~~~~
      """
    ),
    (
      "set collector copying",
      """
      t:1:15: error: collector 'copying' is part of the language but not built yet
      set collector copying
                    ^~~~~~~
      """
    ),
    (
      "set barrier steele",
      """
      t:1:13: error: barrier 'steele' is part of the language but not built yet
      set barrier steele
                  ^~~~~~
      """
    ),
    (
      "set heap 99999999999999999999GiB",
      """
      t:1:10: error: '99999999999999999999GiB' is not a heap size; expected 8KiB to 8GiB, \
      as in 64KiB or 1MiB
      set heap 99999999999999999999GiB
               ^~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "title.fr \"Le pire\"",
      """
      t:1:6: error: unknown language 'fr'; expected 'zh', or none for English
      title.fr "Le pire"
           ^~~
      """
    ),
    (
      "title Bad",
      """
      t:1:7: error: expected a text in quotes, found 'Bad'
      title Bad
            ^~~
      """
    ),
    (
      "start now",
      """
      t:1:7: error: expected the end of the line, found 'now'
      start now
            ^~~
      """
    ),
    (
      "say \"a\" \"b\"",
      """
      t:1:9: error: expected the end of the line, found a text
      say "a" "b"
              ^~~
      """
    ),
    (
      "object A slot 2",
      """
      t:1:10: error: expected slots or bytes, found 'slot'; did you mean 'slots'?
      object A slot 2
               ^~~~
      """
    ),
    (
      "object A slots 65536",
      """
      t:1:16: error: expected a number of slots from 0 to 65535, found '65536'
      object A slots 65536
                     ^~~~~
      """
    ),
    (
      "object A bytes 99999999999999999999999999",
      """
      t:1:16: error: expected a number of bytes from 0 to 16777216, \
      found '99999999999999999999999…'
      object A bytes 99999999999999999999999999
                     ^~~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "object A slots 1 slots 2",
      """
      t:1:18: error: 'slots' is given twice
      object A slots 1 slots 2
                       ^~~~~
      """
    ),
    (
      "step 0",
      """
      t:1:6: error: expected a number of steps from 1 to 1000000, found '0'
      step 0
           ^
      """
    ),
    (
      "step 2 slots",
      """
      t:1:8: error: expected slot, object or phase, found 'slots'; did you mean 'slot'?
      step 2 slots
             ^~~~~
      """
    ),
    (
      "root g A",
      """
      t:1:8: error: expected '=', found 'A'
      root g A
             ^
      """
    ),
    (
      "root g =",
      """
      t:1:9: error: expected nil, a variable, a global, an object or a slot such as x.0, \
      found the end of the line
      root g =
              ^
      """
    ),
    (
      "object",
      """
      t:1:7: error: expected a name for the object, found the end of the line
      object
            ^
      """
    ),
    (
      "ask \"?\" answer",
      """
      t:1:15: error: expected the answer, a word or a text in quotes, found the end of the line
      ask "?" answer
                    ^
      """
    ),
    (
      "until",
      """
      t:1:6: error: expected a claim, such as 'A black' or 'strong holds', \
      found the end of the line
      until
           ^
      """
    ),
    (
      "scan",
      """
      t:1:5: error: expected 'stack', a global or an object, found the end of the line
      scan
          ^
      """
    ),
    (
      "object A\nexpect A gray",
      """
      t:2:10: error: expected white, grey, black, free, live, garbage, doomed or lost, \
      found 'gray'; did you mean 'grey'?
      expect A gray
               ^~~~
      """
    ),
    (
      "root g = nil\nexpect g",
      """
      t:2:9: error: expected '=', found the end of the line
      expect g
              ^
      """
    ),
    (
      "object A slots 1\nA.x = nil",
      """
      t:2:3: error: expected a slot number from 0 to 65534, found 'x'
      A.x = nil
        ^
      """
    ),
    (
      "object A slots 1\nA. = nil",
      """
      t:2:3: error: expected a slot number from 0 to 65534, found the end of the line
      A. = nil
        ^
      """
    ),
    (
      "object A slots 1\nA.0.1 = nil",
      """
      t:2:1: error: 'A.0.1' passes through two slots; load the first into a variable
      A.0.1 = nil
      ^~~~~
      """
    ),
    (
      "x = nil",
      """
      t:1:1: error: write 'local x = …' for a variable or 'root x = …' for a global
      x = nil
      ^
      """
    ),
    (
      "object A\nroot g = A\npush f\nlocal x = A\nx = g\ng = x\nA = x",
      """
      t:5:1: error: to change the variable 'x' write 'local x = …'
      x = g
      ^
      t:6:1: error: to change the global 'g' write 'root g = …'
      g = x
      ^
      t:7:1: error: 'A' is an object; write to one of its slots, as in 'A.0 = …'
      A = x
      ^
      """
    ),
    (
      "push f\nlocal x = nil\nscan x",
      """
      t:3:6: error: 'x' is a variable, and stacks are scanned whole; write 'scan stack'
      scan x
           ^
      """
    ),
    // Parts not built yet.
    (
      "thread T2",
      """
      t:1:1: error: 'thread' is part of the language but not built yet
      thread T2
      ^~~~~~
      """
    ),
    (
      "T2: local z = g",
      """
      t:1:1: error: 'THREAD: STATEMENT' is part of the language but not built yet
      T2: local z = g
      ^~~
      """
    ),
    (
      "set nursery 64KiB",
      """
      t:1:5: error: 'set nursery' is part of the language but not built yet
      set nursery 64KiB
          ^~~~~~~
      """
    ),
    (
      "set schedule incremental 5",
      """
      t:1:26: error: 'set schedule incremental N' is part of the language but not built yet
      set schedule incremental 5
                               ^
      """
    ),
    (
      "object A\nexpect A leaked",
      """
      t:2:10: error: 'leaked' is part of the language but not built yet
      expect A leaked
               ^~~~~~
      """
    ),
    (
      "expect freed 3",
      """
      t:1:8: error: 'expect freed' is part of the language but not built yet
      expect freed 3
             ^~~~~
      """
    ),
    // Names.
    (
      "object 2x\nobject a-b\nobject averyverylongname\nobject step\nobject 一二三四五六七",
      """
      t:1:8: error: '2x' cannot be a name: names start with a letter
      object 2x
             ^~
      t:2:8: error: 'a-b' cannot be a name: '-' is no letter, digit or '_'
      object a-b
             ^~~
      t:3:8: error: 'averyverylongname' cannot be a name: it takes 17 columns, expected 12 at most
      object averyverylongname
             ^~~~~~~~~~~~~~~~~
      t:4:8: error: 'step' cannot be a name: it is a word of the language
      object step
             ^~~~
      t:5:8: error: '一二三四五六七' cannot be a name: it takes 14 columns, expected 12 at most
      object 一二三四五六七
             ^~~~~~~~~~~~~~
      """
    ),
    (
      "object node\nroot g = nod\nexpect Node black\nroot h = q\nexpect stron holds",
      """
      t:2:10: error: unknown name 'nod'; did you mean 'node'?
      root g = nod
               ^~~
      t:3:8: error: unknown name 'Node'; did you mean 'node'?
      expect Node black
             ^~~~
      t:4:10: error: unknown name 'q'; expected nil, a variable, a global, an object or a slot \
      such as x.0
      root h = q
               ^
      t:5:8: error: unknown name 'stron'; did you mean 'strong'?
      expect stron holds
             ^~~~~
      """
    ),
    (
      "object A\npush f\nlocal x = A\npush h\nlocal y = x",
      """
      t:5:11: error: 'x' is a variable of another frame; only those of the top frame can be named
      local y = x
                ^
      """
    ),
    (
      "root g = nil\nexpect g black\nobject A\nexpect A = A\nexpect g = g",
      """
      t:2:8: error: 'g' is a global; expected an object
      expect g black
             ^
      t:4:8: error: 'A' is an object; expected a variable, a global or a slot such as x.0
      expect A = A
             ^
      t:5:12: error: 'g' is a global; expected nil or an object
      expect g = g
                 ^
      """
    ),
    (
      "object A\nobject A\nroot A = nil\npush f\nlocal A = nil\nlocal x = nil\npush h\nroot x = nil",
      """
      t:2:8: error: 'A' is already an object; expected a name of its own
      object A
             ^
      t:3:6: error: 'A' is already an object; expected a name of its own
      root A = nil
           ^
      t:5:7: error: 'A' is already an object; expected a name of its own
      local A = nil
            ^
      t:8:6: error: 'x' is already a variable; expected a name of its own
      root x = nil
           ^
      """
    ),
    (
      "object A\nobject B slots 1\nobject C slots 3\nA.0 = B\nB.1 = B\nC.3 = B.7",
      """
      t:4:3: error: 'A' has no slots
      A.0 = B
        ^
      t:5:3: error: 'B' has one slot; expected B.0
      B.1 = B
        ^
      t:6:3: error: 'C' has 3 slots; expected C.0 to C.2
      C.3 = B.7
        ^
      t:6:9: error: 'B' has one slot; expected B.0
      C.3 = B.7
              ^
      """
    ),
    // Order.
    (
      "local x = nil\nlocal y = x",
      """
      t:1:1: error: local needs a frame: push one first
      local x = nil
      ^~~~~
      """
    ),
    (
      "pop",
      """
      t:1:1: error: pop needs a frame: push one first
      pop
      ^~~
      """
    ),
    (
      "say \"set it up\"\nset barrier none\nstart\nset barrier go",
      """
      t:4:1: error: settings come before the first action; move this line up
      set barrier go
      ^~~
      """
    ),
    // The place.
    (
      "say \"坏\" 坏e\u{301}",
      """
      t:1:9: error: expected the end of the line, found '坏e\u{301}'
      say "坏" 坏e\u{301}
               ^~~
      """
    ),
    (
      "\tstart\tnow",
      """
      t:1:8: error: expected the end of the line, found 'now'
              start   now
                      ^~~
      """
    ),
  ]

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

/// The kinds of errors without their data, so that a test can ask for all.
enum KindName: CaseIterable {
  case notUTF8, looksLikeUTF16, invisibleCharacter, tabInText, lookalike, unclosedText
  case unknownEscape, expected, unknownStatement, unknownSetting, setting, unknownLanguage
  case notBuiltYet, optionTwice, nestedSlot, bareAssignment, scanOfVariable, badName, unknownName
  case hiddenVariable, wrongMeaning, taken, noSuchSlot, localWithoutFrame, popWithoutFrame
  case settingAfterAction

  init(_ kind: ScriptError.Kind) {
    self =
      switch kind {
      case .notUTF8: .notUTF8
      case .looksLikeUTF16: .looksLikeUTF16
      case .invisibleCharacter: .invisibleCharacter
      case .tabInText: .tabInText
      case .lookalike: .lookalike
      case .unclosedText: .unclosedText
      case .unknownEscape: .unknownEscape
      case .expected: .expected
      case .unknownStatement: .unknownStatement
      case .unknownSetting: .unknownSetting
      case .setting: .setting
      case .unknownLanguage: .unknownLanguage
      case .notBuiltYet: .notBuiltYet
      case .optionTwice: .optionTwice
      case .nestedSlot: .nestedSlot
      case .bareAssignment: .bareAssignment
      case .scanOfVariable: .scanOfVariable
      case .badName: .badName
      case .unknownName: .unknownName
      case .hiddenVariable: .hiddenVariable
      case .wrongMeaning: .wrongMeaning
      case .taken: .taken
      case .noSuchSlot: .noSuchSlot
      case .localWithoutFrame: .localWithoutFrame
      case .popWithoutFrame: .popWithoutFrame
      case .settingAfterAction: .settingAfterAction
      }
  }
}
