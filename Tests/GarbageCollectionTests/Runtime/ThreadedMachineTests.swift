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

  /// Runs threads that rewire graphs of their own and one they share; expects that nothing is lost.
  private func rewire(_ settings: ThreadSettings, threads: Int, steps: Int) throws {
    let report = try report(of: ThreadedMachine(settings), threads: threads, steps: steps)
    #expect(report.judgedCount > 1)
    #expect(report.lostCount == 0, "\(settings)")
    #expect(report.staleCount == 0, "\(settings)")
  }

  private func report(
    of machine: ThreadedMachine, threads: Int, steps: Int
  ) throws -> ThreadReport {
    var owner = try machine.makeMutator(named: "keeper")
    let board = ExchangeBoard(
      object: try owner.allocate(slotCount: 32, payloadBytes: 0), slotCount: 32)
    owner.push(board.object)
    // Through the board graphs hold each other, and would for ever: now and then all threads end.
    let stepsPerRound = 1_000_000
    for round in 0...(steps - 1) / stepsPerRound {
      owner.whileAway {
        runThreads(threads) { number in
          var program = Rewiring(
            try! machine.makeMutator(named: "T\(round).\(number)"),
            seed: UInt64(round * threads + number))
          try! program.populate()
          try! program.run(min(stepsPerRound, steps), exchanging: board)
        }
      }
      for slot in 0..<board.slotCount { owner.store(nil, in: slot, of: board.object) }
    }
    owner.collect()
    let report = machine.report()
    _ = consume owner
    machine.close()
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
    return report
  }

  /// While the stack is scanned and nothing else: a reference goes from a grey object to the stack.
  private func lostCount(_ store: BarrierProgram?) throws -> Int {
    let machine = try ThreadedMachine(settings(.go, markers: 1), store: store)
    var owner = try machine.makeMutator(named: "T")
    let holder = owner.push(try owner.allocate(slotCount: 2, payloadBytes: 8))
    let hidden = owner.push(try owner.allocate(slotCount: 2, payloadBytes: 8))
    owner.store(owner[hidden], in: 0, of: owner[holder]!)
    owner[hidden] = nil
    // What is born now is white when the next cycle begins.
    owner.collect()
    let program = owner
    program.whileMarking {
      program[hidden] = program.load(0, of: program[holder]!)
      program.store(nil, in: 0, of: program[holder]!)
    }
    let lost = machine.report().lostCount
    program.pop(to: 0)
    _ = consume program
    machine.close()
    return lost
  }

  @Test func `without its barrier the oracle finds that an object is lost`() throws {
    #expect(try lostCount(nil) == 0)
    #expect(try lostCount(BarrierProgram(.none, atomicity: .whole)) > 0)
  }

  @Test func `settings that no threads can run under are refused`() {
    var settings = ThreadSettings()
    settings.barrier = .steele
    #expect(throws: ThreadError.unsoundBarrier(.steele)) { try ThreadedMachine(settings) }
    settings.barrier = .go
    settings.markerCount = 0
    #expect(throws: ThreadError.badMarkerCount(0)) { try ThreadedMachine(settings) }
  }

  @Test func `a heap that is full of live objects says so, and is whole`() throws {
    var settings = settings(.go, markers: 1)
    settings.limitBytes = 1 << 20
    let machine = try ThreadedMachine(settings)
    var mutator = try machine.makeMutator(named: "T")
    #expect(throws: ThreadError.self) {
      while true { mutator.push(try mutator.allocate(slotCount: 4, payloadBytes: 200)) }
    }
    mutator.pop(to: 0)
    mutator.push(try mutator.allocate(slotCount: 4, payloadBytes: 200))
    _ = consume mutator
    machine.close()
  }

  /// A clock that goes on by one whenever it is read.
  private final class Ticks: Sendable {
    private let count = Atomic<UInt64>(0)

    func next() -> UInt64 { count.wrappingAdd(1, ordering: .relaxed).newValue }
  }

  @Test func `an allocation marks no more than so much, and the next ones pay the rest`() throws {
    var settings = settings(.go, markers: 0)
    // No cycle but the one below.
    settings.minimumBytes = 1 << 25
    let ticks = Ticks()
    let machine = try ThreadedMachine(settings) { ticks.next() }
    var mutator = try machine.makeMutator(named: "T")
    let count = 20_000
    let root = mutator.push(try mutator.allocate(slotCount: count, payloadBytes: 0))
    for slot in 0..<count {
      mutator.store(
        try mutator.allocate(slotCount: 4, payloadBytes: 0), in: slot, of: mutator[root]!)
    }
    let record = mutator.record
    #expect(machine.report().longestAssist == 0)
    // Nobody else marks meanwhile, and nobody wants the mutator.
    let (paid, owed) = mutator.whileMarking {
      machine.assist(record, units: 1_000_000)
      return (record.assistedUnits.load(ordering: .relaxed), record.debt)
    }
    #expect((1 << 14..<1 << 15).contains(paid))
    #expect(owed == 1_000_000 - paid)
    #expect(machine.report().longestAssist > 0)
    // Whoever still owes when marking has ended owes nothing any more.
    _ = try mutator.allocate(slotCount: 0, payloadBytes: 1 << 16)
    #expect(record.debt == 0)
    _ = consume mutator
    machine.close()
  }

  @Test func `whoever asks for a cycle gets one, and no other begins`() throws {
    var settings = settings(.go, markers: 1)
    settings.minimumBytes = 1 << 25
    let machine = try ThreadedMachine(settings)
    var mutator = try machine.makeMutator(named: "T")
    mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 8))
    for count in 1...500 {
      mutator.collect()
      #expect(machine.report().cycleCount == count)
    }
    _ = consume mutator
    machine.close()
    #expect(machine.report().cycleCount == 500)
  }

  @Test func `whoever stops the world can drive the cycle to its end`() throws {
    let machine = try ThreadedMachine(settings(.go, markers: 1))
    var mutator = try machine.makeMutator(named: "T")
    let root = mutator.push(try mutator.allocate(slotCount: 2, payloadBytes: 8))
    for _ in 0..<100 {
      let object = try mutator.allocate(slotCount: 2, payloadBytes: 8)
      mutator.store(mutator[root], in: 0, of: object)
      mutator[root] = object
    }
    mutator.whileAway {
      machine.withWorldStopped { machine in
        var silent = SilentObserver()
        try! machine.perform(.collect(.start), observer: &silent)
        while machine.phase != .idle { machine.advance(budget: 1, observer: &silent) }
      }
    }
    mutator.collect()
    let length = mutator.length(ofListIn: root)
    #expect(length == 101)
    _ = consume mutator
    machine.close()
  }

  /// Steps of all threads together, with which `make check-tsan` and `make check-long` ask for more.
  @Test(arguments: [ThreadedCollection.concurrent, .incremental])
  func `four threads rewire a graph for long`(_ collection: ThreadedCollection) throws {
    var settings = settings(.go, markers: 2)
    settings.collection = collection
    settings.minimumBytes = 1 << 17
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
