import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Blocks: `repeat` and `end`.
struct RepeatTests {
  @Test func `a block in a block is played as often as both say`() throws {
    let session = try play(
      """
      object T slots 1
      root g = T
      repeat 3
      object A
      repeat 2
      object B
      end
      end
      expect allocations 10
      """)
    #expect(Verdict(session).failures == [])
    #expect(session.stepCount == 2 + 3 * (1 + 2))
  }

  @Test func `a label of a block names its newest object, the others get numbers`() throws {
    let session = try play(
      """
      repeat 3
      object A slots 1
      root g = A
      end
      expect g = A
      """)
    #expect(session.timeline.state.chronicle.records.map(\.label) == ["A", "A_2", "A_3"])
    #expect(session.fate("A") == .live)
    #expect(session.fate("A_2") == .garbage)
    #expect(session.fate("A_3") == .live)
    #expect(Verdict(session).failures == [])
  }

  @Test func `frames of a block are pushed and popped each time`() throws {
    let session = try play(
      """
      repeat 4
      push f
      object A
      local a = A
      pop
      end
      expect A garbage
      """)
    #expect(Verdict(session).failures == [])
    #expect(session.timeline.state.machine.roots.stacks[0].frames.isEmpty)
  }

  @Test func `a block replays identically`() throws {
    var session = try play(Self.story)
    try expectFaithful(&session)
    #expect(session.script.text == Self.story)
  }

  @Test(arguments: 0..<26)
  func `a fork in the middle of a block writes a script that replays identically`(
    position: Int
  ) throws {
    var session = try play(Self.story)
    try #require(position < session.stepCount)
    session.seek(to: position)
    try session.type("root z = nil")
    #expect(session.stepCount == position + 1)
    try expectFaithful(&session)
  }

  private static let story = """
    object T slots 2
    root g = T
    repeat 3
    object A slots 1
    T.0 = A
    repeat 2
    object B slots 1
    B.0 = A
    T.1 = B
    end
    end
    root g = nil
    collect

    """

  @Test func `a block cannot be opened at a prompt`() throws {
    var session = try play("object A\n")
    #expect(throws: SessionError.self) { try session.type("repeat 2") }
    #expect(session.stepCount == 1)
  }

  @Test func `work stops at its budget and at the end of the cycle`() throws {
    let session = try play(
      """
      object A slots 2
      object B slots 2
      root g = A
      A.0 = B
      start
      work 1
      expect phase marking
      work
      expect phase idle
      expect cycles 1
      expect pauses 1
      """)
    #expect(Verdict(session).failures == [])
    #expect(session.moments.suffix(2).allSatisfy { $0.cost.mutatorUnits == 0 })
    #expect(session.moments[session.stepCount - 2].cost.collectorUnits >= 1)
  }

  @Test func `work with no cycle under way is an error`() throws {
    #expect(throws: SessionError.self) { _ = try play("object A\nwork 3\n") }
  }
}
