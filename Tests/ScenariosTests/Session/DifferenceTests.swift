import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct DifferenceTests {
  private func difference(
    _ source: String, from: [(SettingName, String)] = [], to: [(SettingName, String)]
  ) throws -> SessionDifference {
    let former = try play(source, from)
    let latter = try play(source, to)
    return SessionDifference(from: former, to: latter)
  }

  private static let badCase = badCaseOpening + badCaseMove + "finish\n"

  @Test func `who lives under a barrier is said, and where the story parts`() throws {
    let difference = try difference(Self.badCase, to: [(.barrier, "dijkstra")])
    #expect(
      difference.description
        == "Under the Dijkstra barrier C lives. First difference at step 12: "
        + "The mutator loads B.0 (C) into main.c.")
    #expect(difference.isWorse == false)
    #expect(difference.firstStep == 12)
  }

  @Test func `who dies without a barrier is said`() throws {
    let difference = try difference(
      Self.badCase, from: [(.barrier, "go")], to: [(.barrier, "none")])
    #expect(difference.description.hasPrefix("Without a barrier C is lost. First difference at "))
    #expect(difference.isWorse)
  }

  @Test func `an object that dies a natural death is not said to live`() throws {
    let difference = try difference(
      Self.badCase + "a.1 = nil\ncollect\n", to: [(.barrier, "yuasa")])
    #expect(difference.description.hasPrefix("Under the Yuasa barrier C is not lost. "))
  }

  @Test func `the same story is called the same`() throws {
    let difference = try difference("object A\nroot g = A\n", to: [(.barrier, "yuasa")])
    #expect(difference.description == "Under the Yuasa barrier the story is the same.")
    #expect(difference.firstStep == nil)
  }

  @Test func `a loss that no setting prevents is said to be as before`() throws {
    let difference = try difference(Self.badCase, to: [(.worklist, "fifo"), (.scan, "slot-last")])
    #expect(difference.description.hasPrefix("Under these settings C is lost as before. "))
  }

  @Test func `a story that stops earlier differs where it ends`() throws {
    let former = try play(badCaseOpening + "finish\n")
    let latter = try play(badCaseOpening)
    let difference = SessionDifference(from: former, to: latter)
    #expect(
      difference.description == "Under these settings nothing is lost. "
        + "First difference at step 11, where the story ends.")
  }
}
