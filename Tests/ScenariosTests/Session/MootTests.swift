import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Stories told under other settings than the script's own.
struct MootTests {
  private static let story =
    badCaseOpening + "expect C white\nsay \"C is white.\"\n" + badCaseMove
      + """
      say "Look."
      expect C doomed
      say "C is doomed."
      ask "Who dies?" answer C
      finish
      expect C lost
      say "C is lost."

      """

  private func words(_ session: borrowing Session) -> [String] {
    session.cues.compactMap {
      switch $0.content {
      case .say(let text): "say \(text.text)"
      case .ask(let question, _): "ask \(question.text)"
      case .note(let text): "note \(text)"
      case .beat, .expectation, .goal: nil
      }
    }
  }

  @Test func `under its own settings a script says everything`() throws {
    let session = try play(Self.story)
    #expect(
      words(session) == [
        "say C is white.", "say Look.", "say C is doomed.", "ask Who dies?", "say C is lost.",
      ])
  }

  @Test func `what an untrue expectation stands beside is not said`() throws {
    let session = try play(Self.story, [(.barrier, "go")])
    #expect(
      words(session) == [
        "say C is white.", "note 'C doomed' is not so here: C is live",
        "note 'C lost' is not so here: C is live",
      ])
    #expect(Verdict(session).isAsExpected)
    #expect(Verdict(session).isMoot)
  }

  @Test func `what remains true is said, but nothing is asked`() throws {
    let session = try play(Self.story, [(.worklist, "fifo")])
    #expect(
      words(session) == [
        "say C is white.", "say Look.", "say C is doomed.", "say C is lost.",
      ])
  }

  @Test func `what cannot be done is left out with a note`() throws {
    let session = try play(
      badCaseOpening + "local b = a.0\nfinish\nsay \"The end.\"\n",
      [(.schedule, "stop-the-world")])
    #expect(
      words(session) == [
        "note left out here: 'finish', as no collection cycle is under way; start one first"
      ])
    #expect(session.lines.filter(\.isLeftOut).map(\.line.text) == ["finish"])
  }

  @Test func `what was left out is played again under settings that allow it`() throws {
    let session = try play(
      badCaseOpening + "local b = a.0\nfinish\n", [(.schedule, "stop-the-world")])
    let replayed = try session.replayed(under: session.scriptSettings)
    let original = try play(badCaseOpening + "local b = a.0\nfinish\n")
    #expect(replayed.sentences == original.sentences)
    #expect(replayed.isMoot == false)
  }

  @Test func `what was left out is written as a comment`() throws {
    let session = try play(
      badCaseOpening + "local b = a.0\nfinish\n", [(.schedule, "stop-the-world")])
    #expect(session.script.text.hasSuffix("local b = a.0\n# finish\n"))
    let replayed = try play(session.script.text)
    #expect(replayed.sentences == session.sentences)
  }

  @Test func `what a statement did before it was left out is written as steps`() throws {
    let moot = try play(
      "object A slots 1\nroot g = A\nstart\nuntil strong broken\n", [(.worklist, "fifo")])
    #expect(moot.script.text.hasSuffix("start\n# until strong broken\nstep 4\n"))
    let replayed = try play(moot.script.text)
    #expect(replayed.sentences == moot.sentences)
  }

  @Test func `a typed expectation is judged under whatever settings`() throws {
    var session = try play(Self.story, [(.barrier, "go")])
    try session.type("expect C lost")
    #expect(Verdict(session).failures.map(\.claim) == ["C lost"])
  }

  @Test func `a lost object no expectation foresaw spoils the verdict`() throws {
    let session = try play(badCaseOpening + badCaseMove + "finish\n")
    #expect(Verdict(session).lost == ["C"])
    #expect(Verdict(session).unexpectedlyLost == ["C"])
    #expect(Verdict(session).isAsExpected == false)
  }

  @Test func `an expectation that fails is reported with its line`() throws {
    let verdict = Verdict(try play("object A\n\nexpect A black\n"))
    let failure = try #require(verdict.failures.first)
    #expect(verdict.failures.count == 1)
    #expect("\(failure.line): \(failure.claim), \(failure.found)" == "3: A black, A is white")
  }
}
