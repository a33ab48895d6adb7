@testable import GarbageCollection
import Testing

@testable import Workloads

/// Figures of the last seconds, from samples made by hand.
struct LiveHistoryTests {
  private func sample(at milliseconds: UInt64, received: Int = 0, _ pauses: [ThreadPause] = [])
    -> ThreadSample
  {
    var sample = ThreadSample()
    sample.time = milliseconds * 1_000_000
    sample.receivedBytes = received
    sample.newPauses = pauses
    return sample
  }

  private func pause(_ begin: UInt64, _ end: UInt64) -> ThreadPause {
    ThreadPause(begin: begin * 1_000_000, end: end * 1_000_000)
  }

  @Test func `rates are of the last second`() {
    var history = LiveHistory()
    for number in 0...40 {
      let received = number <= 20 ? 0 : (number - 20) * 1_000_000
      history.note(
        sample(at: UInt64(number) * 100, received: received), operationCount: number * 10)
    }
    #expect(abs(history.allocationRate - 10_000_000) < 1)
    #expect(abs(history.operationRate - 100) < 0.001)
    #expect(history.rates.count == 40)
  }

  @Test func `utilisation is the share of time without pauses`() {
    var history = LiveHistory()
    history.note(sample(at: 1000), operationCount: 0)
    history.note(sample(at: 2000, [pause(1100, 1200), pause(1300, 1350)]), operationCount: 0)
    #expect(abs(history.utilization - 0.85) < 1e-9)
    #expect(history.minimumUtilization(window: 100_000_000) == 0)
    #expect(abs(history.minimumUtilization(window: 200_000_000) - 0.5) < 1e-9)
    // From 1100 to 1350 two pauses of 150 together.
    #expect(abs(history.minimumUtilization(window: 250_000_000) - 0.4) < 1e-9)
    #expect(history.pauseCounts == [0, 0, 0, 0, 1, 1])
  }

  @Test func `without a pause the program has all the time`() {
    var history = LiveHistory()
    history.note(sample(at: 1000), operationCount: 0)
    history.note(sample(at: 3000), operationCount: 0)
    #expect(history.utilization == 1)
    #expect(history.minimumUtilization(window: 1_000_000) == 1)
  }

  @Test func `lines have the same fields in the same order`() {
    let line = LiveLine.line(LiveHistory(), operationCount: 0)
    let names = line.split(separator: " ").enumerated().filter { $0.0 % 2 == 0 }.map(\.1)
    #expect(names.prefix(4) == ["time", "phase", "cycles", "minors"])
    #expect(names.count == 21)
  }

  @Test(arguments: [(1.25, 1, "1.3"), (0.04, 2, "0.04"), (-1.5, 1, "-1.5"), (12, 0, "12")])
  func `numbers have fixed digits`(_ value: Double, _ digits: Int, _ text: String) {
    #expect(LiveLine.fixed(value, digits) == text)
  }
}
