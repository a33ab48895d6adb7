import Examples
import Foundation
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct ExampleTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../../examples").standardized

  /// What each story loses; those not named lose nothing.
  private static let losses = [
    "02-book-bad-case": ["D"], "03-bad-case": ["C"], "05-weak-broken": ["D"],
    "09-dijkstra-no-rescan": ["B"], "11-allocate-white": ["N"], "12-slots-insertion": ["C"],
    "12-slots-deletion": ["B"], "14-store-then-shade": ["B"], "15-test-then-store": ["C"],
    "16-nil-elision": ["B"], "17-grey-stack": ["B"], "36-remembered-set": ["Y"],
  ]

  @Test func `the built-in scripts are those of the folder, byte for byte`() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".tri") }
    #expect(files.sorted() == BuiltInScript.all.map { "\($0.name).tri" }.sorted())
    for example in BuiltInScript.all {
      let file = Self.folder.appending(path: "\(example.name).tri")
      #expect(try Data(contentsOf: file) == Data(example.bytes), "\(example.name)")
    }
  }

  @Test func `the default is one of them, and their numbers ascend`() {
    #expect(BuiltInScript.all.contains(.badCase))
    let numbers = BuiltInScript.stories.map { $0.name.prefix(2) }
    #expect(numbers == numbers.sorted())
    let puzzles = BuiltInScript.puzzles.map(\.name)
    #expect(puzzles == puzzles.sorted())
    #expect(Set(BuiltInScript.all.map(\.name)).count == BuiltInScript.all.count)
  }

  @Test(arguments: BuiltInScript.stories)
  func `every expectation of every example holds`(example: BuiltInScript) throws {
    let session = try session(of: example)
    let verdict = Verdict(session)
    #expect(verdict.failures == [])
    #expect(verdict.isAsExpected)
    #expect(verdict.lost == Self.losses[example.name] ?? [])
    #expect(session.timeline.state.machine.phase == .idle)
    #expect(session.cues.filter(\.isExpectation).count >= 4)
  }

  @Test(arguments: BuiltInScript.all)
  func `every example is told the same way twice`(example: BuiltInScript) throws {
    let first = try session(of: example)
    let second = try session(of: example)
    #expect(first.moments == second.moments)
    #expect(first.timeline.state.digest == second.timeline.state.digest)
  }

  @Test(arguments: BuiltInScript.all)
  func `what a session of an example writes down replays to the same end`(
    example: BuiltInScript
  ) throws {
    let session = try session(of: example)
    let replayed = try play(session.script.text)
    #expect(replayed.timeline.state.digest == session.timeline.state.digest)
    #expect(replayed.moments == session.moments)
    #expect(replayed.cues == session.cues)
  }

  @Test(arguments: BuiltInScript.all)
  func `every example is written as the printer would print it`(example: BuiltInScript) throws {
    let script = try script(of: example)
    #expect(script.text == String(decoding: example.bytes, as: UTF8.self))
    #expect(try Script(parsing: script.text, file: example.name) == script)
  }

  @Test(arguments: BuiltInScript.all, Barrier.allCases)
  func `every example can be replayed under every barrier`(
    example: BuiltInScript, barrier: Barrier
  ) throws {
    let script = try script(of: example)
    // Counting is a barrier of its own, and takes no other.
    let counts = script.statements.contains { $0.text == "set collector reference-counting" }
    guard !counts || barrier == .none else { return }
    // Where objects are copied, the other barriers have nothing to do.
    let isCopying = script.statements.contains(.set(.collector, "copying"))
    if isCopying, barrier != .none, barrier != .baker { return }
    let session = try Session.playing(script, overrides: [(.barrier, barrier.rawValue)])
    let isSound =
      barrier != .none && Self.faults.isDisjoint(with: script.statements.map(\.text))
    // No barrier can save what no real program could do.
    let isLawful = !session.moments.contains { $0.sentence.hasPrefix("No root reaches") }
    if isSound, isLawful { #expect(Verdict(session).lost == []) }
  }

  /// Settings that make some barrier unsound, whichever it is.
  private static let faults: Set = [
    "set roots once", "set stacks any", "set allocate white", "set scan slot-last",
    "set scan slot-first", "set atomicity shade-first", "set atomicity store-first",
    "set elide new-nil", "set remember off",
  ]
}

// MARK: - For the audience

extension ExampleTests {
  @Test(arguments: BuiltInScript.stories)
  func `every example has a title in two languages, a pause and a question`(
    example: BuiltInScript
  ) throws {
    let statements = try script(of: example).statements
    for language in LocalizedText.Language.allCases {
      #expect(
        statements.contains {
          if case .title(let text) = $0 { text.language == language } else { false }
        }, "\(language)")
    }
    #expect(statements.contains(.beat))
    #expect(statements.contains { if case .ask = $0 { true } else { false } })
  }

  // At 80 columns the screen has two lines for the script's words.
  @Test(arguments: BuiltInScript.all)
  func `what is said at one moment fits on two lines of the screen`(
    example: BuiltInScript
  ) throws {
    let session = try session(of: example)
    for position in 0...session.stepCount {
      for language in LocalizedText.Language.allCases {
        let texts = session.cues.filter { $0.position == position }.compactMap(\.text)
          .filter { $0.language == language }.map(\.text)
        #expect(texts.count <= 2, "\(texts)")
        #expect(texts.allSatisfy { $0.columnsWide <= 78 }, "\(texts)")
      }
    }
  }

  @Test func `the bytes of the bad case spell who stands in the lost object's cell`() throws {
    let session = try session(of: .badCase)
    let sentence = try #require(session.moments.last?.sentence)
    #expect(sentence.contains("E stands in C's cell, with the bytes 45 45 45 45 (EEEE) there"))
    #expect(session.moments.last?.marks == .danglingUse)
  }

  private func script(of example: BuiltInScript) throws -> Script {
    try Script(bytes: example.bytes, file: example.name)
  }

  private func session(of example: BuiltInScript) throws -> Session {
    try Session.playing(script(of: example))
  }
}

extension Cue {
  fileprivate var isExpectation: Bool {
    if case .expectation = content { true } else { false }
  }

  fileprivate var text: LocalizedText? {
    switch content {
    case .say(let text), .ask(let text, _): text
    case .beat, .expectation, .goal, .note: nil
    }
  }
}

extension String {
  /// Columns on a screen, where Chinese characters take two.
  fileprivate var columnsWide: Int {
    unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }
}
