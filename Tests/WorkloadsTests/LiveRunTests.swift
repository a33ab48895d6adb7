import GarbageCollection
import Synchronization
import TestSupport
import Testing

@testable import Workloads

/// Programs on threads, watched, paused, stepped and rebuilt.
@Suite(.serialized)
struct LiveRunTests {
  private func settings(
    _ workload: WorkloadKind, _ collection: ThreadedCollection = .concurrent
  ) -> LiveSettings {
    var settings = LiveSettings(workload: workload, mutatorCount: 2, liveBytes: 1 << 20)
    settings.threads.collection = collection
    settings.threads.markerCount = 2
    settings.threads.limitBytes = 64 << 20
    settings.threads.minimumBytes = 1 << 18
    settings.threads.judges = true
    return settings
  }

  /// A clock that counts how often it is read.
  private func makeClock() -> @Sendable () -> UInt64 {
    let ticks = Ticks()
    return { ticks.next() }
  }

  private final class Ticks: Sendable {
    private let count = Atomic<UInt64>(0)
    func next() -> UInt64 { count.wrappingAdd(1000, ordering: .relaxed).newValue }
  }

  /// Samples until so many cycles have ended.
  private func watch(_ run: borrowing LiveRun, cycles: Int) -> ThreadSample {
    var sample = run.sample(cellCount: 100, waits: true)
    while sample.endedCycleCount < cycles, run.failure == nil {
      sample = run.sample(cellCount: 100, waits: false)
    }
    return sample
  }

  @Test(arguments: WorkloadKind.allCases, ThreadedCollection.allCases)
  func `a program runs beside its collector, and nothing is lost`(
    _ workload: WorkloadKind, _ collection: ThreadedCollection
  ) throws {
    let run = try LiveRun(settings(workload, collection), clock: makeClock())
    let sample = watch(run, cycles: 3)
    run.end()
    #expect(run.failure == nil)
    #expect(sample.mutators.count == 2)
    #expect(sample.map.contains { $0.objectCount > 0 })
    let report = run.report()
    #expect(report.judgedCount >= 3)
    #expect(report.lostCount == 0)
    #expect(report.staleCount == 0)
    #expect(run.operationCount > 0)
  }

  @Test(arguments: ThreadSettings.barriers)
  func `a paused cycle goes on slot by slot, and then by itself`(_ barrier: Barrier) throws {
    var settings = settings(.graph)
    settings.threads.barrier = barrier
    let run = try LiveRun(settings, clock: makeClock())
    _ = watch(run, cycles: 1)
    for _ in 0..<5 {
      run.pause()
      let before = run.view()
      let step = run.step()
      #expect(step.phaseBefore == before.phase)
      #expect(!step.events.isEmpty || step.phaseBefore == .sweeping)
      for _ in 0..<50 { _ = run.step() }
      let cycles = run.sample(cellCount: 0, waits: true).begunCycleCount
      run.resume()
      _ = watch(run, cycles: cycles + 1)
    }
    run.end()
    #expect(run.report().lostCount == 0)
    #expect(run.failure == nil)
  }

  @Test func `a whole cycle can be done while the world stands still`() throws {
    let run = try LiveRun(settings(.trees), clock: makeClock())
    _ = watch(run, cycles: 1)
    run.finishCycle()
    #expect(run.view().phase == .idle)
    let before = run.sample(cellCount: 10, waits: true)
    run.finishCycle()
    let after = run.sample(cellCount: 10, waits: true)
    #expect(after.begunCycleCount == before.begunCycleCount + 1)
    #expect(after.receivedBytes == before.receivedBytes, "nobody allocates meanwhile")
    run.resume()
    _ = watch(run, cycles: after.begunCycleCount + 1)
    run.end()
    #expect(run.report().lostCount == 0)
  }

  @Test func `a run that is paused can be ended`() throws {
    let run = try LiveRun(settings(.list), clock: makeClock())
    run.pause()
    run.end()
    #expect(run.failure == nil)
  }

  @Test func `a heap that is too small is told`() throws {
    var settings = settings(.lru)
    settings.threads.limitBytes = 1 << 19
    let run = try LiveRun(settings, clock: makeClock())
    while run.failure == nil { _ = run.sample(cellCount: 0, waits: true) }
    run.end()
    guard case .heap = run.failure else {
      Issue.record("\(String(describing: run.failure))")
      return
    }
    #expect(run.failureText == "the heap limit of 512KiB is reached; --limit raises it")
  }
}
