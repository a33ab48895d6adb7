import Examples
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// The puzzles that come with the program.
struct PuzzleScriptTests {
  private func session(of puzzle: BuiltInScript) throws -> Session {
    try Session.playing(Script(bytes: puzzle.bytes, file: puzzle.name))
  }

  private func report(
    _ session: borrowing Session, losing label: String
  ) throws -> AdversaryReport {
    let threat = session.threat(to: label)
    guard case .answer(let report) = threat else {
      Issue.record("no search can start: \(threat)")
      return try #require(nil as AdversaryReport?)
    }
    return report
  }

  /// Those that cannot be won, by their names.
  private static let traps: Set = ["puzzles/09-go"]

  private static var winnable: [BuiltInScript] {
    BuiltInScript.puzzles.filter { !traps.contains($0.name) }
  }

  @Test(arguments: winnable)
  func `a puzzle's limit is the length of the shortest way, which wins`(
    puzzle: BuiltInScript
  ) throws {
    var session = try session(of: puzzle)
    let found = session.puzzle
    let goal = try #require(found).goal
    let report = try report(session, losing: goal.label)
    guard case .loses(let moves, let lost) = report.answer else {
      Issue.record("\(puzzle): \(report)")
      return
    }
    #expect(moves.count == goal.limit)
    #expect(lost == [goal.label])
    for move in moves { try session.inject(move) }
    #expect(session.puzzle?.outcome == .won)
    #expect(session.puzzle?.used == goal.limit)
    #expect(report.excludes(within: goal.limit - 1))
    #expect(!report.excludes(within: goal.limit))
  }

  @Test(arguments: BuiltInScript.puzzles.filter { traps.contains($0.name) })
  func `some puzzles cannot be won, and the search proves it`(puzzle: BuiltInScript) throws {
    let session = try session(of: puzzle)
    let found = session.puzzle
    let goal = try #require(found).goal
    let report = try report(session, losing: goal.label)
    #expect(report.answer == .keeps)
    #expect(report.states > 10_000)
    #expect(report.excludes(within: goal.limit))
  }

  @Test(arguments: BuiltInScript.puzzles)
  func `a puzzle has a title and a hint of what is wrong in two languages, and loses nothing`(
    puzzle: BuiltInScript
  ) throws {
    let session = try session(of: puzzle)
    let verdict = Verdict(session)
    #expect(verdict.isAsExpected)
    #expect(verdict.lost == [])
    #expect(session.puzzle?.start == session.stepCount, "the goal stands at the end")
    for language in LocalizedText.Language.allCases {
      let statements = session.script.statements
      #expect(statements.contains { $0.titleLanguage == language })
      #expect(
        session.presentCues(in: language).contains { cue in
          if case .say(let text) = cue.content { text.language == language } else { false }
        })
    }
  }
}

extension Statement {
  fileprivate var titleLanguage: LocalizedText.Language? {
    if case .title(let text) = self { text.language } else { nil }
  }
}
