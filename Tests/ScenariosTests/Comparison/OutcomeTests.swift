import GarbageCollection
import Scenarios
import Testing

struct OutcomeTests {
  private static let badCase = badCaseOpening + badCaseMove + "finish\n"

  private func outcome(_ barrier: Barrier, _ source: String = badCase) throws -> Outcome {
    Outcome(.barrier(barrier), try play(source, [(.barrier, barrier.rawValue)]))
  }

  @Test func `without a barrier C is lost, and both invariants break at their steps`() throws {
    let outcome = try outcome(.none)
    #expect(outcome.lost == ["C"])
    #expect(outcome.doom == Outcome.Doom(step: 14, isFinal: true))
    #expect(outcome.strongBreak == Outcome.Break(step: 13, isPromised: false))
    #expect(outcome.weakBreak == Outcome.Break(step: 14, isPromised: false))
    #expect(outcome.shadeCount == 0)
  }

  @Test func `under Yuasa the strong invariant breaks, which is not promised`() throws {
    let outcome = try outcome(.yuasa)
    #expect(outcome.lost.isEmpty)
    #expect(outcome.strongBreak?.isPromised == false)
    #expect(outcome.weakBreak == nil)
    #expect(outcome.shadeCount == 1)
  }

  @Test func `scanning the stack again is counted as work`() throws {
    let (once, again) = (try outcome(.go), try outcome(.dijkstra))
    #expect(once.rescanCount == 0)
    #expect(again.rescanCount == 1)
    // The stack has three variables by then.
    #expect(again.scanCount == once.scanCount + 3)
  }

  @Test func `what is doomed at the end is told apart from what is lost`() throws {
    let outcome = try outcome(.none, badCaseOpening + badCaseMove)
    #expect(outcome.lost.isEmpty)
    #expect(outcome.doomed == ["C"])
    #expect(outcome.doom?.isFinal == true)
  }

  @Test func `an object that was saved after all was doomed in passing`() throws {
    let outcome = try outcome(.none, badCaseOpening + badCaseMove + "a.1 = nil\nfinish\n")
    #expect(outcome.lost.isEmpty)
    #expect(outcome.doom == Outcome.Doom(step: 14, isFinal: false))
  }
}
