import GarbageCollection
import Scenarios
import Testing

struct StatementTests {
  /// Each canonical line with its statement, parsed in the scope of the manual's examples.
  static let table: [(String, Statement)] = [
    ("title \"The bad case\"", .title(LocalizedText("The bad case"))),
    ("title.zh \"坏情形\"", .title(LocalizedText("坏情形", in: .chinese))),
    ("set barrier yuasa", .set(.barrier, "yuasa")),
    ("set heap 64KiB", .set(.heap, "64KiB")),
    ("object C", .object(label: "C", slotCount: 0, byteCount: 0)),
    ("object C slots 2", .object(label: "C", slotCount: 2, byteCount: 0)),
    ("object C bytes 16", .object(label: "C", slotCount: 0, byteCount: 16)),
    (
      "object 对象 slots 65535 bytes 16777216",
      .object(label: "对象", slotCount: 65_535, byteCount: 16_777_216)
    ),
    ("root g = nil", .root(name: "g", .nil)),
    ("root h = A", .root(name: "h", .name("A"))),
    ("root h = x.0", .root(name: "h", .slot(SlotPath("x", 0)))),
    ("push main", .push("main")),
    ("push start", .push("start")),
    ("pop", .pop),
    ("local x = y", .local(name: "x", .name("y"))),
    ("local z = A.1", .local(name: "z", .slot(SlotPath("A", 1)))),
    ("x.1 = B", .store(SlotPath("x", 1), .name("B"))),
    ("g.0 = nil", .store(SlotPath("g", 0), .nil)),
    ("A.1 = y.65534", .store(SlotPath("A", 1), .slot(SlotPath("y", 65_534)))),
    ("start", .start),
    ("step", .step(count: 1, .step)),
    ("step 3", .step(count: 3, .step)),
    ("step slot", .step(count: 1, .slot)),
    ("step 1000000 phase", .step(count: 1_000_000, .phase)),
    ("until A black", .until(.color(label: "A", .black))),
    ("finish", .finish),
    ("collect", .collect),
    ("scan stack", .scan(.stack(thread: nil))),
    ("scan stack T2", .scan(.stack(thread: "T2"))),
    ("scan A", .scan(.object("A"))),
    ("scan g", .scan(.global("g"))),
    ("resume", .resume),
    ("free x", .free("x")),
    ("free A", .free("A")),
    ("thread T3", .thread("T3")),
    ("join T2", .join("T2")),
    ("T2: push f", .by(thread: "T2", .push("f"))),
    ("T2: local z = t", .by(thread: "T2", .local(name: "z", .name("t")))),
    ("T2: t.1 = g", .by(thread: "T2", .store(SlotPath("t", 1), .name("g")))),
    ("T2: free t", .by(thread: "T2", .free("t"))),
    ("T2: resume", .by(thread: "T2", .resume)),
    ("T2: thread T3", .by(thread: "T2", .thread("T3"))),
    ("T2: expect t = A", .by(thread: "T2", .expect(.holds(.name("t"), label: "A")))),
    ("say \"\"", .say(LocalizedText(""))),
    ("say \"a \\\"b\\\" \\\\ # =\\n\"", .say(LocalizedText("a \"b\" \\ # =\n"))),
    ("beat", .beat),
    ("ask \"Which?\" answer B", .ask(question: LocalizedText("Which?"), answer: "B")),
    ("ask \"Which?\" answer \"A, B\"", .ask(question: LocalizedText("Which?"), answer: "A, B")),
    (
      "ask.zh \"哪个？\" answer slot-last",
      .ask(question: LocalizedText("哪个？", in: .chinese), answer: "slot-last")
    ),
    ("expect A white", .expect(.color(label: "A", .white))),
    ("expect A free", .expect(.free(label: "A"))),
    ("expect A doomed", .expect(.fate(label: "A", .doomed))),
    ("goal A lost within 5", .goal(Goal("A", within: 5))),
    ("expect strong broken", .expect(.invariant(.strong, holds: false))),
    ("expect weak holds", .expect(.invariant(.weak, holds: true))),
    ("expect cache-hits 7", .expect(.count(.allocator(.cacheHits), 7))),
    ("until freed 1", .until(.count(.run(.freed), 1))),
    ("expect A released", .expect(.fate(label: "A", .released))),
    ("expect phase termination", .expect(.phase(.termination))),
    ("expect x = A", .expect(.holds(.name("x"), label: "A"))),
    ("expect g = nil", .expect(.holds(.name("g"), label: nil))),
    ("until A.1 = B", .until(.holds(.slot(SlotPath("A", 1)), label: "B"))),
  ]

  @Test(arguments: table)
  func `a canonical line is its statement and back`(line: String, statement: Statement) throws {
    #expect(try Script.parseStatement(line, scope: Grammar.exampleScope) == statement)
    #expect(statement.text == line)
  }

  @Test(arguments: [
    ("  x.1=B#why", "x.1 = B"),
    ("object\tC  bytes 1 slots 007", "object C slots 7 bytes 1"),
    ("step 1 step", nil),
    ("step 1", "step"),
    ("object C slots 0", "object C"),
    ("say\"a\"", "say \"a\""),
    ("root\u{A0}g\u{3000}= nil", "root g = nil"),
    ("ask \"?\" answer \"B\"", "ask \"?\" answer B"),
  ])
  func `other spellings become canonical`(source: String, canonical: String?) {
    let statement = try? Script.parseStatement(source, scope: Grammar.exampleScope)
    #expect(statement?.text == canonical)
  }

  @Test func `every setting takes every word it offers`() throws {
    for name in SettingName.allCases {
      for word in name.choices {
        let line = "set \(name.rawValue) \(word)"
        #expect(try Script.parseStatement(line, scope: Scope()) == .set(name, word))
      }
    }
  }

  @Test func `every claim word is a claim`() throws {
    let words =
      Color.allCases.map(\.word) + Fate.allCases.map(\.rawValue) + ["free"]
    let claims =
      words.map { "A \($0)" } + Phase.allCases.map { "phase \($0.rawValue)" }
      + ["strong holds", "strong broken", "weak holds", "weak broken"]
    for claim in claims {
      for word in ["expect", "until"] {
        let statement = try Script.parseStatement("\(word) \(claim)", scope: Grammar.exampleScope)
        #expect(statement.text == "\(word) \(claim)")
      }
    }
  }
}
