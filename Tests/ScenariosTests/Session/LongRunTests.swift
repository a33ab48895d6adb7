import Foundation
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Long stories: many objects, many cycles. `LONG_RUN_STEPS` asks for longer ones, for measuring.
struct LongRunTests {
  private static let stepCount =
    ProcessInfo.processInfo.environment["LONG_RUN_STEPS"].flatMap { Int($0) } ?? 3_000

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
    let clock = ContinuousClock()
    let script = longScript(stepCount: Self.stepCount)
    let start = clock.now
    var session = try Session.playing(script)
    let playing = clock.now - start
    try #require(session.stepCount >= Self.stepCount)

    var random = SeededGenerator(seed: 1)
    var worst = Duration.zero
    var total = Duration.zero
    for _ in 0..<200 {
      let target = Int.random(in: 0...session.stepCount, using: &random)
      let duration = clock.measure { session.seek(to: target) }
      worst = max(worst, duration)
      total += duration
      #expect(session.position == target)
    }
    #expect(worst < .milliseconds(500))
    if Self.stepCount > 3_000 {
      print("played \(session.stepCount) steps in \(playing);")
      print("200 seeks: worst \(worst), mean \(total / 200)")
      let fork = clock.measure { _ = session.fork() }
      print("fork \(fork), objects \(session.timeline.state.chronicle.records.count)")
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      print(status.split(separator: "\n").filter { $0.hasPrefix("VmRSS") || $0.hasPrefix("VmHWM") })
    }
  }
}
