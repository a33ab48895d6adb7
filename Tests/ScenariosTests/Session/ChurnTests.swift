import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// The workload `churn`, and collections that begin by themselves.
struct ChurnTests {
  @Test func `the same seed gives the same run, another one another`() throws {
    var first = try play("churn 60 keep 5 seed 3\n")
    var second = try play("churn 60 keep 5 seed 3\n")
    var other = try play("churn 60 keep 5 seed 4\n")
    let (digest, otherDigest) = (first.finalDigest, other.finalDigest)
    #expect(second.finalDigest == digest)
    #expect(second.moments == first.moments)
    #expect(otherDigest != digest)
  }

  @Test(arguments: [1, 2, 7], [0, 1, 3])
  func `at most twice as many live as are kept, and the table`(keep: Int, slotCount: Int) throws {
    var session = try play("churn 80 keep \(keep) slots \(slotCount)\n")
    var most = 0
    for position in 0...session.stepCount {
      session.seek(to: position)
      most = max(most, session.liveCount)
    }
    // One more: the table.
    #expect(most <= 2 * keep + 1)
    #expect(most > keep)
  }

  @Test(arguments: [
    "churn 5", "churn 5 keep 2", "churn 5 slots 0", "churn 5 bytes 0 seed 7",
    "churn 100000 keep 4096 slots 2 bytes 3 seed 9",
  ])
  func `a workload is printed as it was written`(text: String) throws {
    let statement = try Script.parseStatement(text, scope: Scope())
    #expect(statement.text == text)
  }

  @Test(arguments: [0, 1, 2, 3, 10, 25, 49])
  func `a fork in the middle of a workload writes a script that replays identically`(
    position: Int
  ) throws {
    var session = try play("object A\nchurn 20 keep 3 bytes 0\ncollect\n")
    session.seek(to: position)
    try session.type("root z = nil")
    #expect(session.stepCount == position + 1)
    try expectFaithful(&session)
  }

  @Test(arguments: CollectorKind.chosable, ["full", "paced"])
  func `a workload far larger than the heap runs, and loses nothing`(
    collector: CollectorKind, trigger: String
  ) throws {
    // 500 objects of 208 bytes, 104 kB; the heap has 64 KiB.
    let session = try play(
      """
      set collector \(collector.rawValue)
      set schedule stop-the-world
      set trigger \(trigger)
      set heap 64KiB
      churn 500 keep 5 bytes 192
      expect allocations 501
      """)
    #expect(Verdict(session).failures == [])
    #expect(Verdict(session).lost == [])
    if collector != .referenceCounting { #expect(session.tally[.cycles] > 0) }
  }

  @Test(arguments: ["incremental 1", "incremental 4", "incremental 32"])
  func `a budget loses nothing, and assists make up for what it lacks`(schedule: String) throws {
    let session = try play(
      """
      set barrier go
      set schedule \(schedule)
      set heap 64KiB
      churn 150 keep 16 bytes 1000
      """)
    #expect(Verdict(session).lost == [])
    #expect(session.tally[.cycles] > 1)
    let timeline = PauseTimeline(session)
    #expect(timeline.assistUnits == session.tally[.assists])
    if schedule == "incremental 1" { #expect(timeline.assistUnits > 0) }
  }

  @Test func `with the trigger off a full heap is an error`() throws {
    let error = try playError("set trigger off\nset heap 64KiB\nchurn 500 keep 5 bytes 192\n")
    #expect(error?.description.contains("the heap limit of 64KiB is reached") == true)
  }
}

extension Session {
  /// Objects that the program can reach now.
  fileprivate var liveCount: Int {
    var count = 0
    for id in timeline.state.chronicle.ids
    where timeline.state.fate(of: id, timeline.state.judgement) == .live {
      count += 1
    }
    return count
  }
}
