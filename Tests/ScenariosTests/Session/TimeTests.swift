import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct TimeTests {
  /// Digests of a straight run of the session's actions, at the positions asked for.
  private func straightDigests(
    of session: borrowing Session, at positions: Set<Int>
  ) throws -> [Int: UInt64] {
    var machine = try ObservedMachine(session.settings)
    var digests: [Int: UInt64] = [:]
    for (index, action) in session.timeline.actions.enumerated() {
      if positions.contains(index) { digests[index] = machine.digest }
      try machine.perform(action)
    }
    digests[session.stepCount] = machine.digest
    return digests
  }

  // Twenty stories of 500 actions and more: 10,000 in all.
  @Test(arguments: 0..<20)
  func `seeking there and back gives the state of a straight run`(seed: Int) throws {
    var story = RandomStory(seed: UInt64(seed))
    var session = try play(story.settings())
    story.extend(&session, by: 500)

    let walk = (0..<40).map { _ in story.number(below: session.stepCount + 1) }
    let digests = try straightDigests(of: session, at: Set(walk))
    for position in walk {
      session.seek(to: position)
      #expect(session.timeline.state.digest == digests[position], "at step \(position)")
    }
  }

  @Test func `the random stories hold everything that can happen`() throws {
    var marks: Moment.Marks = []
    for seed in 0..<20 {
      var story = RandomStory(seed: UInt64(seed))
      var session = try play(story.settings())
      story.extend(&session, by: 500)
      for moment in session.moments { marks.formUnion(moment.marks) }
    }
    #expect(marks == .all)
  }

  @Test func `seeking beyond an end stops there`() throws {
    var session = try play(badCaseOpening)
    session.seek(to: -5)
    #expect(session.position == 0)
    session.seek(to: 1_000_000)
    #expect(session.isAtEnd == true)
  }

  @Test func `what is told of a step does not change when one comes back to it`() throws {
    var session = try play(badCaseOpening + badCaseMove + "finish\n")
    let told = session.sentences
    for position in [0, 14, 3, session.stepCount] { session.seek(to: position) }
    #expect(session.sentences == told)
    session.seek(to: 4)
    #expect(session.moment?.sentence == told[3])
  }
}
