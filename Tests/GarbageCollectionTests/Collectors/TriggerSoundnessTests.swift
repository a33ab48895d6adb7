import GarbageCollection
import TestSupport
import Testing

/// Programs that fill small heaps, under every collector that begins by itself.
struct TriggerSoundnessTests {
  private static let collectors: [Setup] = [
    Setup("mark-sweep") { $0.barrier = .dijkstra },
    Setup("mark-sweep, lazy") {
      $0.barrier = .yuasa
      $0.sweep = .lazy
    },
    Setup("mark-compact") {
      $0.collector = .markCompact
      $0.barrier = .go
    },
    Setup("copying") {
      $0.collector = .copying
      $0.barrier = .baker
    },
    Setup("generational") {
      $0.collector = .generational
      $0.barrier = .dijkstra
      $0.nurseryBytes = 1024
    },
    Setup("reference-counting") { $0.collector = .referenceCounting },
    Setup("reference-counting, deferred") {
      $0.collector = .referenceCounting
      $0.counting = .deferred
    },
  ]

  private static let setups: [Setup] = collectors.flatMap { setup in
    [Trigger.full, .paced].flatMap { trigger in
      Schedule.allCases.map { schedule in
        Setup("\(setup.description), \(trigger.rawValue), \(schedule.rawValue)") {
          $0 = setup.settings
          $0.heapLimitBytes = pageCount(setup.settings.collector) * Page.bytes
          $0.schedule = schedule
          $0.chosenTrigger = trigger
          $0.workPerAllocation = trigger == .paced ? 8 : nil
        }
      }
    }
  }

  /// Where objects stand in cells, each of 21 sizes needs a span; among the old, too.
  private static func pageCount(_ collector: CollectorKind) -> Int {
    switch collector {
    case .markSweep, .referenceCounting: 24
    case .markCompact, .copying: 16
    case .generational: 32
    }
  }

  @Test(arguments: setups)
  func `a full heap is collected in time, and nothing is lost`(_ setup: Setup) throws {
    for seed in 1...UInt64(Effort.isLong ? 10 : 1) {
      let run = try Self.run(setup.settings, seed: seed, births: 1500)
      #expect(run.fault == nil, "seed \(seed)")
      #expect(run.deathCount > 500, "seed \(seed)")
      // Where all references are counted at once nothing is left for a collection here.
      let leavesNothing =
        setup.settings.collector == .referenceCounting && setup.settings.counting == .immediate
      #expect(run.cycleCount > 0 || leavesNothing, "seed \(seed)")
    }
  }

  /// What a lazy sweep has left is room: no reason to begin at once again.
  @Test func `a lazy sweep needs no more cycles than an eager one`() throws {
    func cycles(_ sweep: SweepPolicy) throws -> Int {
      var settings = Settings()
      settings.barrier = .dijkstra
      settings.sweep = sweep
      settings.heapLimitBytes = Self.pageCount(.markSweep) * Page.bytes
      settings.chosenTrigger = .paced
      settings.workPerAllocation = 8
      return try Self.run(settings, seed: 3, births: 3000).cycleCount
    }
    let (eager, lazy) = (try cycles(.eager), try cycles(.lazy))
    #expect(lazy > 1)
    #expect(lazy <= eager * 2, "\(lazy) lazy cycles for \(eager)")
  }

  private struct Outcome {
    var fault: String?
    var deathCount = 0
    var cycleCount = 0
  }

  /// Objects of random sizes are born, and the last of them hang from a few globals in chains.
  private static func run(_ settings: Settings, seed: UInt64, births: Int) throws -> Outcome {
    var generator = SeededGenerator(seed: seed)
    var observed = try ObservedMachine(settings)
    var outcome = Outcome()
    for name in ["g0", "g1", "g2", "g3"] {
      try observed.perform(.mutate(.setGlobal(name, .null)))
    }
    for number in 0..<births where outcome.fault == nil {
      let slotCount = Int.random(in: 1...4, using: &generator)
      let payloadBytes = Int.random(in: 0...200, using: &generator)
      var owedCount = 0
      while let owed = observed.machine.workOwed(
        slotCount: slotCount, payloadBytes: payloadBytes, by: .main)
      {
        try observed.perform(.collect(owed))
        owedCount += 1
        try #require(owedCount < 20_000, "the debt of birth \(number) is never paid")
      }
      try observed.perform(
        .mutate(
          .allocate(label: "o", slotCount: slotCount, payloadBytes: payloadBytes)))
      var newborn: Reference?
      for case .allocated(let id, _, _) in observed.chronicle.events {
        newborn = observed.chronicle[id].reference
      }
      let object = try #require(newborn)
      let global = Int.random(in: 0..<4, using: &generator)
      // Every sixth begins a chain anew; the others hang the chain behind them.
      let isFirst = Int.random(in: 0..<6, using: &generator) == 0
      if !isFirst {
        try observed.perform(
          .mutate(.store(slot: 0, of: .object(object), .place(.global(global)))))
      }
      try observed.perform(.mutate(.setGlobal("g\(global)", .object(object))))
      if number.isMultiple(of: 10) { outcome.fault = observed.firstFault() }
      if number.isMultiple(of: 100), let lost = observed.firstLost { outcome.fault = lost }
    }
    if let lost = observed.firstLost { outcome.fault = lost }
    outcome.deathCount = observed.chronicle.records.count { $0.death != nil }
    outcome.cycleCount = observed.machine.collector.cycleCount
    return outcome
  }
}

extension ObservedMachine {
  fileprivate var firstLost: String? {
    chronicle.records.first { $0.death?.wasReachable == true }.map { "\($0.label) was lost" }
  }
}
