import Synchronization
import TestSupport
import Testing

@testable import GarbageCollection

/// Mutators and markers on threads of their own; the oracle judges at the end of every marking.
@Suite(.serialized)
struct ThreadedMachineTests {
  static let barriers = ThreadSettings.barriers

  private func settings(
    _ barrier: Barrier, markers: Int, order: WorklistOrder = .bySpan
  ) -> ThreadSettings {
    var settings = ThreadSettings()
    settings.barrier = barrier
    settings.markerCount = max(1, markers)
    if markers == 0 { settings.collection = .incremental }
    settings.order = order
    settings.limitBytes = 1 << 26
    settings.minimumBytes = 1 << 18
    settings.judges = true
    return settings
  }

  /// Runs threads that rewire graphs of their own and one they share; the machine when they have ended.
  private func rewire(_ settings: ThreadSettings, threads: Int, steps: Int) throws {
    let machine = try ThreadedMachine(settings)
    var owner = try machine.makeMutator(named: "keeper")
    let board = ExchangeBoard(
      object: try owner.allocate(slotCount: 32, payloadBytes: 0), slotCount: 32)
    owner.push(board.object)
    owner.whileAway {
      runThreads(threads) { number in
        var program = Rewiring(
          try! machine.makeMutator(named: "T\(number)"), seed: UInt64(number))
        try! program.populate()
        try! program.run(steps, exchanging: board)
      }
    }
    owner.collect()
    let report = machine.report()
    #expect(report.judgedCount > 1)
    #expect(report.lostCount == 0, "\(settings)")
    #expect(report.staleCount == 0, "\(settings)")
    _ = consume owner
    machine.close()
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
  }

  /// Steps of all threads together, with which `make check-tsan` and `make check-long` ask for more.
  @Test(arguments: [ThreadedCollection.concurrent, .incremental])
  func `four threads rewire a graph for long`(_ collection: ThreadedCollection) throws {
    var settings = settings(.go, markers: 2)
    settings.collection = collection
    settings.minimumBytes = 1 << 20
    try rewire(settings, threads: 4, steps: Environment.rewirings / 4)
  }

  @Test(arguments: barriers, [0, 1, 2])
  func `nothing is lost while threads rewire a graph`(_ barrier: Barrier, _ markers: Int) throws {
    try rewire(settings(barrier, markers: markers), threads: 3, steps: Effort.scaled(20_000))
  }

  @Test func `the world may stand still for all of marking`() throws {
    var settings = settings(.dijkstra, markers: 1)
    settings.collection = .stopTheWorld
    try rewire(settings, threads: 2, steps: Effort.scaled(20_000))
  }

  @Test(arguments: WorklistOrder.allCases)
  func `every order of the worklist is shared among markers`(_ order: WorklistOrder) throws {
    try rewire(
      settings(.go, markers: 3, order: order), threads: 2, steps: Effort.scaled(20_000))
  }
}
