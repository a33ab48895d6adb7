import GarbageCollection
import Scenarios
import Testing

struct CompletionTests {
  static let scope = Scope(
    labels: ["A": 2, "Alpha": 0, "B": 1], globals: ["g"], variables: ["x"])

  static let table: [(String, [String])] = [
    ("f", ["free", "finish"]),
    ("free ", ["A", "Alpha", "B", "g", "x"]),
    ("thread ", []),
    ("join ", []),
    ("  sta", ["start"]),
    ("s", ["set", "send", "start", "step", "scan", "say", "say.zh"]),
    ("A", ["A."]),
    ("A.", ["A.", "A.0", "A.1"]),
    ("x.", ["x."]),
    ("q", []),
    ("set ", SettingName.allCases.map(\.rawValue)),
    ("set st", ["stacks", "stack-barrier", "strict"]),
    ("set barrier ", Barrier.allCases.map(\.rawValue)),
    ("set barrier y", ["yuasa", "yuasa-conditional"]),
    ("set heap ", []),
    ("object ", []),
    ("object C ", ["slots", "bytes"]),
    ("object C slots 2 ", ["bytes"]),
    ("object C slots ", []),
    ("root ", ["g"]),
    ("root g", ["g"]),
    ("root g ", ["="]),
    ("root g = ", ["nil", "A", "Alpha", "B", "g", "x"]),
    ("root g =A", ["A", "Alpha"]),
    ("root g = A.", ["A.0", "A.1"]),
    ("local y = n", ["nil"]),
    ("A.1 ", ["="]),
    ("A.1 = B", ["B"]),
    ("push ", []),
    ("step ", ["slot", "object", "phase"]),
    ("step 3 o", ["object"]),
    ("scan ", ["stack", "A", "Alpha", "B", "g"]),
    (
      "until ",
      ["strong", "weak", "phase"] + Counter.allCases.map(\.word)
        + ["A", "Alpha", "B", "g", "x"]
    ),
    ("expect cache-", ["cache-hits", "cache-misses"]),
    ("expect cache-hits ", []),
    (
      "expect A ",
      [
        "white", "grey", "black", "free", "live", "garbage", "leaked", "doomed", "lost",
        "collected", "released",
      ]
    ),
    ("expect A gr", ["grey"]),
    ("expect strong ", ["holds", "broken"]),
    ("expect phase ", Phase.allCases.map(\.rawValue)),
    ("expect x ", ["="]),
    ("expect x = ", ["nil", "A", "Alpha", "B"]),
    ("expect A.0", ["A.0"]),
    ("go", ["goal"]),
    ("goal ", ["A", "Alpha", "B"]),
    ("goal A ", ["lost"]),
    ("goal A lost ", ["within"]),
    ("goal A lost within ", []),
    ("ask \"?\" ", ["answer"]),
    ("ask \"?\" answer A", ["A", "Alpha"]),
    ("say \"fin", []),
    ("say \"a\"", []),
    ("start # f", []),
    ("start f", []),
    ("start ", ["minor"]),
    ("leap ", []),
    ("say \u{200B}", []),
  ]

  @Test(arguments: table)
  func `what fits at the cursor is offered`(text: String, candidates: [String]) {
    #expect(Completion.candidates(for: text, scope: Self.scope) == candidates)
  }

  @Test func `every statement word is offered on an empty line`() {
    let candidates = Completion.candidates(for: "", scope: Self.scope)
    for entry in Grammar.entries
    where entry.section != .claims && entry.example.prefix(3).allSatisfy(\.isLetter) {
      let word = entry.example.split(separator: " ").first.map(String.init)
      #expect(candidates.contains { $0 == word }, "\(entry.example)")
    }
    #expect(candidates.suffix(4) == ["A.", "B.", "g.", "x."])
  }

  @Test(arguments: [
    ("", ["x.", "main:", "T2:"]), ("T", ["T2:"]), ("T2: lo", ["local"]), ("T2: s", []),
    ("T2: ", ["B.", "g.", "t."]), ("T2: local y = ", ["nil", "A", "Alpha", "B", "g", "t"]),
    ("join ", ["T2"]), ("T2: join ", []), ("scan stack ", ["main", "T2"]), ("main: f", ["free"]),
  ])
  func `threads are offered where there are several, each with its variables`(
    text: String, candidates: [String]
  ) {
    var scope = Self.scope
    scope.addThread("T2", variables: ["t"])
    scope.addThread("T1", isEnded: true)
    #expect(Completion.candidates(for: text, scope: scope).suffix(candidates.count) == candidates)
  }

  @Test(arguments: [("set bar", "bar"), ("root g =A", "A"), ("start ", ""), ("", "")])
  func `a candidate replaces the unfinished word`(text: String, word: String) {
    #expect(text[Completion.wordStart(in: text)...] == word)
  }

  @Test func `every word of the sample script is offered where it stands`() throws {
    var scope = Scope()
    for line in try Script(parsing: sampleScript, file: "sample.tri").lines {
      guard let statement = line.statement else { continue }
      for word in Self.words(of: statement, statement.text[...]) {
        let before = String(statement.text[..<word.startIndex])
        let candidates = Completion.candidates(
          for: before + String(word.prefix(word == "=" ? 0 : 1)), scope: scope)
        let isOffered =
          candidates.contains(String(word)) || candidates.contains { word.hasPrefix($0) }
        #expect(isOffered, "\(statement.text): \(word)")
      }
      scope.apply(statement)
    }
  }

  /// The words that are not made up by the writer.
  private static func words(of statement: Statement, _ text: Substring) -> [Substring] {
    let words = text.split(separator: " ")
    return switch statement {
    case .title, .say: Array(words.prefix(1))
    case .ask: [words[0], words[words.count - 2]]
    case .object: words.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    case .set(.heap, _): [words[0]]
    case .root, .local, .raw: [words[0]] + words[2...]
    case .work, .repeat: [words[0]]
    case .churn: words.filter { Int($0) == nil }
    case .step: words.filter { Int($0) == nil }
    case .push, .thread: [words[0]]
    case .by(_, let inner):
      words.prefix(1) + Self.words(of: inner, text.drop { $0 != " " }.dropFirst())
    case .expect(.count): Array(words.prefix(2))
    case .goal: words.dropLast()
    case .set, .pop, .store, .start, .startMinor, .until, .finish, .collect, .collectMinor,
      .scan, .resume, .beat, .expect,
      .copy, .free, .join, .end:
      words
    case .send: words.dropLast()
    }
  }
}
