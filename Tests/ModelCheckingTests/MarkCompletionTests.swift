import Testing

@testable import ModelChecking

struct MarkCompletionTests {
  private func run(_ order: MarkCompletionSettings.Order) throws -> PublishedRun {
    let check = try PublishedCheck(.markCompletion(MarkCompletionSettings(order: order)))
    return try #require(check.run().counterexample)
  }

  @Test func `what was read of the pool is old when the last worker stops`() throws {
    let run = try run(.queueFirst)
    #expect(run.start == ["the pool holds 3 grey objects"])
    #expect(
      run.lines == [
        "W0 start, which makes 1 active worker",
        "W0 take 2 of 3 grey objects and scan one",
        "W1 start, which makes 2 active workers",
        "W1 take the last grey object and scan it",
        "W1 read that the pool holds no grey objects",
        "W0 put the other back, which makes 1 grey object",
        "W0 read that the pool holds 1 grey object",
        "W0 stop, which leaves 1 active worker",
        "W1 stop, which leaves no active workers",
        "W1 declare marking complete, having seen no grey objects and no active workers: "
          + "marking is complete, and 1 object is grey",
      ])
    #expect(run.lost.isEmpty)
  }

  @Test func `a worker starts after the last active one has stopped`() throws {
    #expect(
      try run(.queueLast).lines == [
        "W0 start, which makes 1 active worker",
        "W0 take 2 of 3 grey objects and scan one",
        "W0 put the other back, which makes 2 grey objects",
        "W0 stop, which leaves no active workers",
        "W1 start, which makes 1 active worker",
        "W1 take 2 of 2 grey objects and scan one",
        "W0 read that the pool holds no grey objects",
        "W0 declare marking complete, having seen no grey objects and no active workers",
        "W1 put the other back, which makes 1 grey object: marking is complete, and 1 object is grey",
      ])
  }

  @Test func `under the lock an object put back wakes the idle`() {
    let system = MarkCompletion(MarkCompletionSettings(order: .locked))
    let lines = RuleModel(system).actions(
      from: system.beginning, [0, 1, 1, 1, 0, 0, 0, 0, 1, 1])
    #expect(
      lines == [
        "W0 take 2 of 3 grey objects and scan one",
        "W1 take the last grey object and scan it",
        "W1 find the pool empty",
        "W1 take the lock, see an empty pool and wait, which leaves 1 active worker",
        "W0 take the lock, put the other back, which makes 1 grey object, and wake W1",
        "W0 take the last grey object and scan it",
        "W0 find the pool empty",
        "W0 take the lock, see an empty pool and wait, which leaves 1 active worker",
        "W1 find the pool empty",
        "W1 take the lock, see an empty pool and nobody else active, and declare marking complete",
      ])
  }

  @Test func `under the lock a worker looks again before it waits`() {
    let system = MarkCompletion(MarkCompletionSettings(order: .locked))
    let lines = RuleModel(system).actions(from: system.beginning, [0, 1, 1, 0, 1])
    #expect(
      lines.suffix(2) == [
        "W0 take the lock, put the other back, which makes 1 grey object",
        "W1 take the lock, see 1 grey object and go on",
      ])
  }
}
