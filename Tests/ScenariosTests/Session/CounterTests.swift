import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct CounterTests {
  private static let story = """
    set barrier dijkstra
    object A slots 2
    object B
    push main
    local a = A
    start
    until A black
    a.0 = B
    finish
    a.0 = nil
    collect

    """

  @Test(arguments: [
    (RunCounter.cycles, 2), (.freed, 1), (.shades, 1), (.rescans, 2), (.floating, 0),
    (.doubleFrees, 0), (.usesAfterFree, 0),
  ])
  func `what a run does is counted`(counter: RunCounter, count: Int) throws {
    let session = try play(Self.story + "expect \(counter.rawValue) \(count)\n")
    #expect(Verdict(session).failures == [])
    #expect(session.tally[counter] == count)
  }

  @Test(arguments: Counter.allCases)
  func `an expectation that fails tells the count`(counter: Counter) throws {
    let session = try play("expect \(counter.word) 999\n")
    #expect(Verdict(session).failures.map(\.claim) == ["\(counter.word) 999"])
    let count =
      switch counter {
      case .allocator(let counter): session.timeline.state.machine.heap.count(of: counter)
      case .run(.leaked): session.timeline.state.leakedCount
      case .run(.liveBytes): session.timeline.state.liveBytes
      case .run(let counter): session.tally[counter]
      }
    #expect(Verdict(session).failures.map(\.found) == ["\(counter.word) is \(count)"])
  }

  @Test func `words of counters are told apart`() {
    #expect(Set(Counter.allCases.map(\.word)).count == Counter.allCases.count)
    #expect(Counter.allCases.allSatisfy { !$0.summary.isEmpty })
  }

  @Test func `counts go back in time with the run`() throws {
    var session = try play(Self.story)
    session.seek(to: 0)
    #expect(session.tally[.cycles] == 0)
    session.seek(to: 5)
    #expect(session.tally[.cycles] == 1)
    session.forgetFuture()
    try session.type("finish")
    #expect(session.tally[.cycles] == 1)
  }

  @Test func `the collector can be stepped until something is counted`() throws {
    let session = try play(
      "object A slots 1\nobject B slots 1\nuntil freed 1\nexpect phase sweeping\n")
    #expect(Verdict(session).failures == [])
  }

  @Test func `garbage that a sweep keeps is floating`() throws {
    let session = try play(
      "set barrier yuasa\n" + badCaseOpening + "a.0 = nil\nfinish\nexpect floating 2\n")
    #expect(Verdict(session).failures == [])
  }
}
