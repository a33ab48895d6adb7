import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// `Session.script`: what is written down replays identically.
struct WritingTests {
  @Test(arguments: 100..<160)
  func `a session with statements injected anywhere replays identically`(seed: Int) throws {
    var story = RandomStory(seed: UInt64(seed))
    var session = try play(story.settings())
    story.extend(&session, by: 40)
    for _ in 0..<12 {
      session.seek(to: story.number(below: session.stepCount + 1))
      for _ in 0..<5 { story.attempt(story.statement(for: session), in: &session) }
    }
    try expectFaithful(&session)
  }

  @Test(arguments: 200..<260)
  func `a script replays identically with the settings that overrode its own`(seed: Int) throws {
    var story = RandomStory(seed: UInt64(seed))
    var original = try play(story.settings())
    story.extend(&original, by: 40)
    let script = original.script
    let overrides = try Script(parsing: story.settings(), file: "overrides").statements
      .compactMap { statement -> (SettingName, String)? in
        if case .set(let name, let word) = statement { (name, word) } else { nil }
      }
    var session = try Session.playing(script, overrides: overrides)
    try expectFaithful(&session)

    session.seek(to: story.number(below: session.stepCount + 1))
    for _ in 0..<5 { story.attempt(story.statement(for: session), in: &session) }
    try expectFaithful(&session)
  }

  @Test(arguments: ["finish", "until phase sweeping", "step 5", "step 2 object", "step phase"])
  func `a statement cut in the middle is written as the steps that remain`(
    statement: String
  ) throws {
    var session = try play(badCaseOpening + statement + "\n")
    let first = session.lines[session.lines.count - 1].steps.lowerBound
    session.seek(to: first + 1)
    try session.type("a.1 = nil")
    #expect(session.script.statements.suffix(2).map(\.text) == ["step", "a.1 = nil"])
    try expectFaithful(&session)
  }

  @Test func `a collect cut in the middle is written as start and steps`() throws {
    var session = try play("object A\nroot g = A\ncollect\n")
    session.seek(to: 5)
    try session.type("root g = nil")
    #expect(
      session.script.statements.suffix(3).map(\.text) == ["start", "step 2", "root g = nil"])
    try expectFaithful(&session)
  }

  @Test func `a statement that had to wait for the collector is cut before it acts`() throws {
    var session = try play(
      "set schedule stop-the-world\nobject A slots 1\nroot g = A\nstart\ng.0 = A\n")
    let line = try #require(session.lines.last)
    #expect(line.steps.count > 2)
    session.seek(to: line.steps.lowerBound + 2)
    try session.type("say \"now\"")
    #expect(session.script.statements.suffix(2).map(\.text) == ["step 2", "say \"now\""])
    try expectFaithful(&session)
  }

  @Test func `what was said and expected at the cut stays`() throws {
    var session = try play(
      badCaseOpening + "say \"here\"\nexpect A black\nstep\nsay \"later\"\nexpect B black\n")
    session.seek(to: session.stepCount - 1)
    try session.type("say \"mine\"")
    #expect(
      session.script.statements.suffix(3).map(\.text)
        == ["say \"here\"", "expect A black", "say \"mine\""])
    #expect(session.presentCues.count == 3)
    try expectFaithful(&session)
  }

  @Test func `comments and blank lines stay with the statements they stand before`() throws {
    var session = try play("# one\nobject A\n\n# two\nroot g = A  # g\nstart\nfinish\n")
    session.seek(to: 4)
    try session.type("step 2")
    #expect(
      session.script.text
        == "# one\nobject A\n\n# two\nroot g = A  # g\nstart\nstep\nstep 2\n")
  }

  @Test func `an expectation that does not hold is written as a comment`() throws {
    var session = try play("object A\nexpect A black\n")
    #expect(session.script.text == "object A\n# expect A black\n")
    try expectFaithful(&session)
  }

  @Test func `settings that follow the barrier are not written`() throws {
    let session = try play("object A\n", [(.barrier, "dijkstra")])
    #expect(session.settings.roots == .rescan)
    #expect(session.script.text == "set barrier dijkstra\nobject A\n")
  }

  @Test func `a setting is written when only the barrier's default was overridden`() throws {
    var session = try play("object A\n", [(.barrier, "dijkstra"), (.roots, "once")])
    #expect(session.script.text == "set barrier dijkstra\nset roots once\nobject A\n")
    try expectFaithful(&session)
  }
}
