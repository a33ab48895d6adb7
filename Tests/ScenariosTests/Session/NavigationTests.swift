import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct NavigationTests {
  private static let story =
    badCaseOpening + badCaseMove + "finish\nobject E\nlocal c = a.1\nlocal x = c.0\n"

  private func positions(
    with marks: Moment.Marks, forwards: Bool
  ) throws -> [Int] {
    var session = try play(Self.story)
    session.seek(to: forwards ? 0 : session.stepCount)
    var positions: [Int] = []
    while let next = forwards
      ? session.nextPosition(with: marks) : session.previousPosition(with: marks)
    {
      positions.append(next)
      session.seek(to: next)
    }
    return positions
  }

  @Test func `events are found forwards`() throws {
    #expect(try positions(with: .all, forwards: true) == [8, 9, 13, 14, 18, 21, 24])
    #expect(try positions(with: .violations, forwards: true) == [13, 14, 21, 24])
    #expect(try positions(with: .phaseChange, forwards: true) == [8, 9, 18, 21])
    #expect(try positions(with: .doomed, forwards: true) == [14])
    #expect(try positions(with: .lost, forwards: true) == [21])
  }

  @Test func `the last step is an event too where one stands at it`() throws {
    var session = try play(Self.story)
    session.seek(to: session.stepCount - 1)
    #expect(session.nextPosition(with: .danglingUse) == session.stepCount)
    session.seek(to: session.stepCount)
    #expect(session.nextPosition(with: .all) == nil)
    #expect(session.previousPosition(with: .danglingUse) == nil)
  }

  @Test func `backwards come all the same but the one where one stands`() throws {
    #expect(try positions(with: .all, forwards: false) == [21, 18, 14, 13, 9, 8])
    #expect(try positions(with: .barrierHit, forwards: false) == [])
  }

  // MARK: What is said

  private static let bilingual = """
    title "One"
    title.zh "一"
    say "before"
    object A
    say "both"
    say.zh "两者"
    ask "Who?" answer A
    root g = A
    say "english only"

    """

  private func texts(at position: Int, in language: LocalizedText.Language) throws -> [String] {
    var session = try play(Self.bilingual)
    session.seek(to: position)
    return session.presentCues(in: language).compactMap {
      switch $0.content {
      case .say(let text): text.text
      case .ask(let question, _): question.text
      case .beat, .expectation, .goal, .note: nil
      }
    }
  }

  @Test func `a text is said at the position it stands at`() throws {
    #expect(try texts(at: 0, in: .english) == ["before"])
    #expect(try texts(at: 1, in: .english) == ["both", "Who?"])
    #expect(try texts(at: 2, in: .english) == ["english only"])
  }

  @Test func `another language is spoken where there is a text in it`() throws {
    #expect(try texts(at: 1, in: .chinese) == ["两者", "Who?"])
    #expect(try texts(at: 2, in: .chinese) == ["english only"])
  }

  @Test func `titles fall back on English`() throws {
    let session = try play(Self.bilingual)
    #expect(session.title(in: .chinese) == "一")
    #expect(try play("title \"One\"\n").title(in: .chinese) == "One")
    #expect(try play("object A\n").title() == nil)
  }
}
