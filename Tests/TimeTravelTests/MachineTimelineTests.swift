import TestSupport
import Testing
import TimeTravel

/// A machine under a random program, as a timeline wants it.
private struct Run: ~Copyable, Replayable {
  var run: RandomRun

  mutating func perform(_ action: RandomRun.Step) throws(RandomRun.Refusal) {
    try run.perform(action)
  }

  borrowing func duplicate() -> Run? {
    guard let copy = run.copy() else { return nil }
    return Run(run: copy)
  }
}

struct MachineTimelineTests {
  private static let length = 10_000
  /// Positions at which the straight run is remembered.
  private static let stride = 25

  @Test(arguments: RandomRun.setups)
  func `after any walk a machine is that of a straight run`(_ setup: Setup) throws {
    for seed in 1...UInt64(Effort.isLong ? 20 : 1) {
      var program = RandomProgram(seed: seed)
      var timeline = Timeline(Run(run: try RandomRun(setup)), interval: 32, checkpointLimit: 50)
      var digests = [timeline.state.run.digest]
      var events = [timeline.state.run.lastEvents]
      for position in 1...Self.length {
        try timeline.record(program.next(for: timeline.state.run))
        guard position.isMultiple(of: Self.stride) else { continue }
        digests.append(timeline.state.run.digest)
        events.append(timeline.state.run.lastEvents)
      }
      #expect(Set(digests).count == digests.count)

      var generator = SeededGenerator(seed: seed)
      for _ in 0..<60 {
        let mark = Int.random(in: 0..<digests.count, using: &generator)
        // By way of somewhere near, ahead or behind.
        let detour = mark * Self.stride + Int.random(in: -60...60, using: &generator)
        timeline.seek(to: min(max(0, detour), Self.length))
        timeline.seek(to: mark * Self.stride)
        #expect(timeline.state.run.digest == digests[mark], "seed \(seed), mark \(mark)")
        #expect(timeline.state.run.lastEvents == events[mark])
      }
    }
  }

  @Test(arguments: RandomRun.setups)
  func `a run forked in the past goes its own way and the other one stays`(
    _ setup: Setup
  ) throws {
    var program = RandomProgram(seed: 5)
    var timeline = Timeline(Run(run: try RandomRun(setup)), interval: 16, checkpointLimit: 20)
    for _ in 0..<600 { try timeline.record(program.next(for: timeline.state.run)) }
    let end = timeline.state.run.digest
    timeline.seek(to: 251)
    let past = timeline.state.run.digest
    var fork = timeline.fork()!
    var other = RandomProgram(seed: 6)
    for _ in 0..<200 { try fork.record(other.next(for: fork.state.run)) }
    #expect(fork.actions.count == 451)
    timeline.seek(to: 600)
    #expect(timeline.state.run.digest == end)
    fork.seek(to: 251)
    #expect(fork.state.run.digest == past)
  }
}
