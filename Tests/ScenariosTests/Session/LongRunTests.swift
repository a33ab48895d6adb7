import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Long stories: many objects, many cycles.
struct LongRunTests {
  /// A program that builds lists and drops them, with a collection under way most of the time.
  private func longScript(stepCount: Int) -> Script {
    var statements: [Statement] = [.set(.barrier, "go"), .push("main"), .local(name: "x", .nil)]
    var steps = 2
    var number = 0
    while steps < stepCount {
      if number.isMultiple(of: 200) { statements.append(.local(name: "x", .nil)) }
      if number.isMultiple(of: 25) { statements += [.start, .step(count: 2, .step)] }
      let label = "O\(number)"
      statements += [
        .object(label: label, slotCount: 2, byteCount: 8),
        .store(SlotPath(label, 0), .name("x")),
        .local(name: "x", .name(label)),
        .step(count: 2, .step),
      ]
      steps += 5
      number += 1
      if number.isMultiple(of: 25) {
        statements += [.until(.phase(.idle))]
        steps += 120
      }
    }
    return Script(statements)
  }

  @Test func `a long run can be sought anywhere in no time`() throws {
    var session = try Session.playing(longScript(stepCount: 5_000))
    try #require(session.stepCount >= 5_000)

    let clock = ContinuousClock()
    var random = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let target = Int.random(in: 0...session.stepCount, using: &random)
      let duration = clock.measure { session.seek(to: target) }
      #expect(session.position == target)
      // A hundredth of it is usual; a machine may be busy.
      #expect(duration < .milliseconds(500))
    }
  }

  @Test func `a long run sought backwards is the straight run`() throws {
    var session = try Session.playing(longScript(stepCount: 2_000))
    var straight = try ObservedMachine(session.settings)
    var digests: [UInt64] = []
    for (step, action) in session.timeline.actions.enumerated() {
      if step.isMultiple(of: 100) { digests.append(straight.digest) }
      try straight.perform(action)
    }
    for (index, digest) in digests.enumerated().reversed() {
      session.seek(to: index * 100)
      #expect(session.timeline.state.digest == digest)
    }
  }
}
