import Scenarios
import Testing

struct ScriptTests {
  @Test func `the sample script prints as it is written`() throws {
    #expect(try Script(parsing: sampleScript, file: "sample.tri").text == sampleScript)
  }

  @Test func `the described language can be read`() {
    // It speaks of a D that it does not make.
    let source = describedScript.replacing("expect D", with: "expect B")
    #expect(throws: Never.self) { try Script(parsing: source, file: "described.tri") }
  }

  @Test func `comments and blank lines are lines of their own`() throws {
    let script = try Script(
      parsing: "\n   \t\n#  the heap \t\nobject A# leaf\n#\n", file: "heap.tri")

    #expect(
      script.lines.map(\.comment) == [nil, nil, "  the heap", " leaf", ""])
    #expect(script.lines.map(\.number) == [1, 2, 3, 4, 5])
    #expect(script.statements == [.object(label: "A", slotCount: 0, byteCount: 0)])
    #expect(script.text == "\n\n#  the heap\nobject A  # leaf\n#\n")
  }

  @Test(arguments: [
    "start\nfinish", "start\r\nfinish\r\n", "\u{FEFF}start\nfinish\n", "start\n\tfinish\t\n",
  ])
  func `line breaks, byte order mark and last line make no difference`(source: String) throws {
    let script = try Script(parsing: source, file: "a.tri")
    #expect(script == Script([.start, .finish]))
    #expect(try Script(bytes: Array(source.utf8), file: "a.tri") == script)
  }

  @Test(arguments: ["", "\u{FEFF}"])
  func `nothing is an empty script`(source: String) throws {
    #expect(try Script(parsing: source, file: "a.tri") == Script())
    #expect(try Script(bytes: Array(source.utf8), file: "a.tri") == Script())
  }

  @Test func `a line made by a program cannot break out of its line`() throws {
    let line = Script.Line(.say(LocalizedText("a\tb\u{1B}\nc")), comment: " x\nstart\u{202E} ")
    let script = Script(lines: [line])
    #expect(script.text == "say \"a\u{FFFD}b\u{FFFD}\\nc\"  # x\u{FFFD}start\u{FFFD}\n")
    #expect(try Script(parsing: script.text, file: "a.tri") == script)
  }

  @Test func `a script numbers the lines it takes`() {
    var script = Script([.start])
    script.append(Script.Line(comment: " then"))
    script.append(Script.Line(.finish))
    #expect(script.lines.map(\.number) == [1, 2, 3])
  }

  @Test func `the final scope knows what is left to be named`() throws {
    let source = "object A slots 3\nroot g = A\npush f\nlocal x = A\npush h\nlocal y = A\npop\n"
    let scope = try Script(parsing: source, file: "a.tri").finalScope
    #expect(scope.meaning(of: "A") == .object(slotCount: 3))
    #expect(scope.meaning(of: "g") == .global)
    #expect(scope.meaning(of: "x") == .variable)
    #expect(scope.meaning(of: "y") == nil)
    #expect(scope.hasFrame && scope.settingsLocked)
  }

  @Test func `a long script and a long line are read whole`() throws {
    let block = "object %\nroot g = %\npush f\nlocal x = g\n# note\nstep 3\n"
    let source = (0..<20_000).map { block.split(separator: "%").joined(separator: "N\($0)") }
      .joined()
    #expect(try Script(parsing: source, file: "long.tri").lines.count == 120_000)

    let text = String(repeating: "很长 ", count: 250_000)
    let line = "say \"\(text)\""
    #expect(
      try Script(parsing: line, file: "wide.tri").statements == [.say(LocalizedText(text))])
  }
}
