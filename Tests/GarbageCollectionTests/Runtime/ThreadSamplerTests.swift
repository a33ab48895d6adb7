import Synchronization
import TestSupport
import Testing

@testable import GarbageCollection

/// Samples and pauses of a machine whose threads run.
@Suite(.serialized)
struct ThreadSamplerTests {
  private func settings(_ collection: ThreadedCollection) -> ThreadSettings {
    var settings = ThreadSettings()
    settings.collection = collection
    settings.markerCount = 2
    settings.limitBytes = 1 << 26
    settings.minimumBytes = 1 << 18
    settings.judges = true
    return settings
  }

  @Test(arguments: ThreadedCollection.allCases)
  func `samples and steps disturb nothing`(_ collection: ThreadedCollection) throws {
    let machine = try ThreadedMachine(settings(collection), clock: { 1 })
    let endedCount = Atomic<Int>(0)
    let programs = (0..<2).map { number in
      SystemThread {
        var program = Rewiring(
          try! machine.makeMutator(named: "T\(number)"), seed: UInt64(number))
        try! program.populate()
        try! program.run(Effort.scaled(20_000))
        endedCount.wrappingAdd(1, ordering: .releasing)
      }
    }
    var sampler = ThreadSampler(machine)
    var seenCount = 0
    var turn = 0
    while endedCount.load(ordering: .acquiring) < programs.count {
      let sample = sampler.take(cellCount: 64, waits: turn % 2 == 0)
      seenCount = max(seenCount, sample.map.reduce(0) { $0 + $1.objectCount })
      turn += 1
      guard turn % 50 == 0 else { continue }
      machine.pause()
      for _ in 0..<20 { _ = machine.step() }
      if turn % 200 == 0 { machine.finishCycle() }
      machine.resume()
    }
    for program in programs { program.join() }
    machine.close()
    #expect(seenCount > 0)
    #expect(machine.report().lostCount == 0)
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
  }

  @Test func `a paused cycle visits each slot once`() throws {
    var settings = settings(.concurrent)
    settings.judges = false
    let machine = try ThreadedMachine(settings)
    var mutator = try machine.makeMutator(named: "T")
    let parent = try mutator.allocate(slotCount: 3, payloadBytes: 0)
    mutator.push(parent)
    let child = try mutator.allocate(slotCount: 1, payloadBytes: 0)
    mutator.store(child, in: 1, of: parent)
    var events: [Event<Reference>] = []
    mutator.whileAway {
      machine.pause()
      repeat { events += machine.step().events } while machine.whilePaused { $0.phase != .idle }
      machine.resume()
    }
    let slots = events.compactMap { event -> Int? in
      if case .examinedSlot(let slot, parent, _) = event { slot } else { nil }
    }
    #expect(slots == [0, 1, 2])
    #expect(events.contains(.blackened(child)))
    _ = consume mutator
    machine.close()
  }
}
