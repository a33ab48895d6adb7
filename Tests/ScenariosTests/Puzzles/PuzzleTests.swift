import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// A goal, and how the player's actions are judged.
struct PuzzleTests {
  /// A is black, B grey, C white.
  private static let opening = badCaseOpening + "local b = nil\nlocal c = nil\n"
  private static let way = ["local b = a.0", "local c = b.0", "b.0 = nil", "scan B", "finish"]

  private func playing(_ statements: [String], within limit: Int = 5) throws -> Session {
    var session = try play(Self.opening + "goal C lost within \(limit)\n")
    for statement in statements { try session.type(statement) }
    return session
  }

  @Test func `a script without a goal is no puzzle`() throws {
    let session = try play(badCaseOpening)
    #expect(session.puzzle == nil)
  }

  @Test func `the shortest way wins, and the end of the cycle is one action`() throws {
    let session = try playing(Self.way)
    let found = session.puzzle
    let puzzle = try #require(found)
    #expect(puzzle.outcome == .won)
    #expect(puzzle.used == 5)
    #expect(puzzle.description == "lose C within 5 actions: won with 5")
    #expect(session.stepCount > puzzle.start + 5, "the sweep takes several steps")
  }

  @Test func `the end of the cycle is one action step by step, too`() throws {
    var session = try playing(Array(Self.way.dropLast()))
    for _ in 0..<20 where session.timeline.state.machine.phase != .idle { try session.type("step") }
    #expect(session.puzzle?.outcome == .won)
    #expect(session.puzzle?.used == 5)
  }

  @Test func `more actions than allowed lose, even if the object is lost`() throws {
    var session = try playing(["local b = b"] + Self.way)
    #expect(session.puzzle?.outcome == .tooManyActions)
    #expect(session.puzzle?.used == 6)
    session.seek(to: 0)
    #expect(session.puzzle?.outcome == .open, "before the goal nothing has been used")
    #expect(session.puzzle?.used == 0)
  }

  @Test func `a cycle in which the object survives leaves the actions that are left`() throws {
    let session = try playing(["scan B", "scan C", "finish", "start"], within: 9)
    #expect(session.puzzle?.outcome == .open)
    #expect(session.puzzle?.used == 4)
    #expect(session.puzzle?.left == 5)
  }

  @Test func `under other settings nothing counts`() throws {
    let session = try playing(Self.way)
    var settings = session.settings
    settings.barrier = .yuasa
    let replayed = try session.replayed(under: settings)
    #expect(replayed.puzzle?.outcome == .moot)
  }

  @Test func `a solution written down wins again, and its loss is expected`() throws {
    let script = try playing(Self.way).script.text
    let session = try play(script)
    #expect(session.puzzle?.outcome == .won)
    #expect(Verdict(session).isAsExpected)
    #expect(Verdict(session).lost == ["C"])
  }

  @Test func `acting before the goal leaves the puzzle`() throws {
    var session = try playing([])
    session.seek(to: session.stepCount - 1)
    try session.type("local b = a.0")
    #expect(session.puzzle == nil)
  }
}

/// What a program can say.
struct SpokenTests {
  private func spoken(_ text: String, in session: borrowing Session) throws -> Session.Spoken {
    session.spoken(try Script.parseStatement(text, scope: session.script.finalScope))
  }

  @Test(arguments: [
    ("A.0 = nil", "a.0 = nil"), ("a.1 = A", "a.1 = a"), ("local b = A.0", "local b = a.0"),
    ("root g = A", "root g = a"), ("copy A to A", "copy a to a"), ("free A", "free a"),
    ("scan B", "scan B"), ("step 3", "step 3"), ("a.0 = nil", "a.0 = nil"),
  ])
  func `labels stand for the variables that refer to their objects`(
    text: String, expected: String
  ) throws {
    let session = try play(badCaseOpening)
    #expect(try spoken(text, in: session).text == expected)
  }

  @Test(arguments: [("B.0 = nil", "B"), ("a.1 = C", "C"), ("local b = B.0", "B"), ("free C", "C")])
  func `what no variable refers to cannot be named`(text: String, label: String) throws {
    let session = try play(badCaseOpening)
    #expect(try spoken(text, in: session) == .unreachable(label: label))
  }

  @Test func `a newborn is named by its label at once, and never after`() throws {
    var session = try play(badCaseOpening + "object N\n")
    #expect(try spoken("local n = N", in: session) != .unreachable(label: "N"))
    try session.type("step")
    #expect(try spoken("local n = N", in: session) == .unreachable(label: "N"))
  }

  @Test func `each thread has variables of its own`() throws {
    let session = try play("object A slots 1\nthread T2\nT2: push w\nT2: local t = A\n")
    #expect(try spoken("A.0 = nil", in: session) == .unreachable(label: "A"))
    #expect(try spoken("T2: A.0 = nil", in: session).text == "T2: t.0 = nil")
  }
}

extension Session.Spoken {
  fileprivate var text: String? {
    if case .statement(let statement) = self { statement.text } else { nil }
  }
}
