import Foundation
import GarbageCollection
import Testing

@testable import ModelChecking

struct CheckTests {
  @Test(arguments: Row.sound)
  func `a sound row has the states of the independent search`(_ row: Row) throws {
    let report = try row.check()
    #expect(report.found == row.expected)
    #expect(report.story == nil)
  }

  /// Searched once for both claims: the length, and that the schedule is real.
  @Test(arguments: Row.unsound)
  func `an unsound row has the shortest length and loses its object on a machine with a history`(
    _ row: Row
  ) throws {
    let report = try row.check()
    #expect(report.found == row.expected)

    let story = try #require(report.story)
    #expect(try row.losses(of: story) == story.lost.map(\.description))
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["TRICOLOR_LONG"] == "1"),
    arguments: Row.longSound + Row.longUnsound)
  func `a long row has the states or the length of the independent search`(_ row: Row) throws {
    #expect(try row.check(workers: 2).found == row.expected)
  }

  @Test(arguments: Row.sound)
  func `a search that merges equal heaps finds nothing either, in fewer states`(_ row: Row) throws {
    let report = try row.check(mergesHeaps: true)
    guard case .holds(let all) = row.expected, case .holds(let merged)? = report.found else {
      Issue.record("\(row.name) is sound")
      return
    }
    #expect(merged < all)
  }

  /// Also that the names in the story are right, though the search renames objects at every step.
  @Test(arguments: Row.unsound)
  func `a search that merges equal heaps finds a loss of the same length, and its story is real`(
    _ row: Row
  ) throws {
    let report = try row.check(workers: 2, mergesHeaps: true)
    #expect(report.found == row.expected)
    let story = try #require(report.story)
    #expect(try row.losses(of: story) == story.lost.map(\.description))
  }

  @Test func `no barrier is convicted by the story of the books`() throws {
    let report = try Check(settings: Settings(), bounds: Bounds()).run()
    let story = try #require(report.story)
    #expect(story.lost == [ObjectLabel(1)])
    #expect(story.heap == ["r1 = A", "A.0 = B"])
    #expect(
      story.lines == [
        "the collector scans the stack; this shades A",
        "the program loads r0 = r1.0, which is B",
        "the program stores r1.0 = nil (A.0 from B to nil)",
        "the collector scans A",
        "marking ends, the collector sweeps, and frees B, which r0 still reaches",
      ])
  }

  @Test func `a half-done store says where it stops`() throws {
    var settings = Settings()
    settings.barrier = .yuasa
    settings.chosenStacks = .first
    settings.atomicity = .storeFirst
    settings.chosenHandshake = false
    let story = try #require(try Check(settings: settings, bounds: Bounds()).run().story)
    #expect(
      story.lines[2]
        == "the program stores r1.0 = nil (A.0 from B to nil); it stops before: shade(old)")
  }

  @Test(arguments: [Row.sound[0], Row.unsound[3]])
  func `a check gives the same report again`(_ row: Row) throws {
    let first = try row.check()
    #expect(try row.check() == first)
  }

  @Test func `a limit of states leaves the verdict open`() throws {
    var settings = Settings()
    settings.barrier = .go
    var check = try Check(settings: settings, bounds: Bounds())
    check.limits = SearchLimits(stateCount: 1139)
    let report = check.run()
    #expect(report.finding == .undecided)
    #expect(report.states == 1139)
    check.limits = SearchLimits(stateCount: 1140)
    #expect(check.run().found == .holds(states: 1140))
  }

  @Test func `a heap too large to enumerate stops at the limit of states`() throws {
    let report = try Check(
      settings: Settings(), bounds: Bounds(objects: 5, slots: 4, registers: 4),
      limits: SearchLimits(stateCount: 100)
    ).run()
    #expect(report.finding == .undecided)
    #expect(report.states == 100)
  }

  @Test(arguments: [
    (
      Bounds(objects: 0), CheckError.outOfRange("objects", value: 0, range: 1...7),
      "objects is 0; expected 1 to 7"
    ),
    (
      Bounds(registers: 8), .outOfRange("registers", value: 8, range: 1...7),
      "registers is 8; expected 1 to 7"
    ),
    (
      Bounds(mutators: 5), .outOfRange("mutators", value: 5, range: 1...4),
      "mutators is 5; expected 1 to 4"
    ),
  ])
  func `bounds that cannot be checked say so`(
    _ bounds: Bounds, _ error: CheckError, _ message: String
  ) {
    #expect(throws: error) { try Check(settings: Settings(), bounds: bounds) }
    #expect("\(error)" == message)
  }
}

extension Row {
  /// What a new machine loses that performs the story's actions, none of them unlawful.
  fileprivate func losses(of story: Story) throws -> [String] {
    var settings = settings
    settings.isStrict = true
    var run = try ObservedMachine(settings)
    for action in story.actions { try run.perform(action) }
    let judgement = run.judgement
    let lost = run.chronicle.ids.filter { run.fate(of: $0, judgement) == .lost }
    return lost.map { run.label(of: $0) }
  }
}
