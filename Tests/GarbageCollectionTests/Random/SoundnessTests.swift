import GarbageCollection
import TestSupport
import Testing

/// Collectors that are sound by the books, as the barriers' own facts tell it.
enum Sound {
  /// Every combination that the facts of a barrier call sound.
  static var byFacts: [Setup] {
    Barrier.allCases.filter { !$0.facts.isMistake }.flatMap { barrier in
      combinations(of: barrier.facts).map { scan, order, color in
        Setup("\(barrier.rawValue) \(scan.rawValue) \(order.rawValue) \(color.word)") {
          $0.barrier = barrier
          if barrier == .none { $0.schedule = .stopTheWorld }
          $0.scan = scan
          $0.worklistOrder = order
          $0.birthColor = color
        }
      }
    }
  }

  private static func combinations(
    of facts: Barrier.Facts
  ) -> [(ScanGranularity, WorklistOrder, Color)] {
    ScanGranularity.allCases.filter(facts.soundScans.contains).flatMap { scan in
      WorklistOrder.allCases.flatMap { order in
        Color.allCases.filter(facts.soundBirthColors.contains).map { (scan, order, $0) }
      }
    }
  }

  /// What else is sound: other atomicity, elision, stack barriers, buffers, stop-the-world.
  static var besides: [Setup] {
    splits + buffers + earlyFlags + [
      Setup("none stop-the-world, white births") {
        $0.schedule = .stopTheWorld
        $0.birthColor = .white
      },
      Setup("dijkstra, new-nil elided") {
        $0.barrier = .dijkstra
        $0.elision = .newNil
      },
      Setup("yuasa, old-nil elided") {
        $0.barrier = .yuasa
        $0.elision = .oldNil
      },
      Setup("dijkstra, stack barrier, roots once") {
        $0.barrier = .dijkstra
        $0.stackBarrier = true
        $0.chosenRoots = .once
      },
      Setup("yuasa, stacks first, grey births") {
        $0.barrier = .yuasa
        $0.chosenStacks = .first
        $0.birthColor = .grey
      },
      Setup("none stop-the-world, swept lazily") {
        $0.schedule = .stopTheWorld
        $0.sweep = .lazy
      },
      Setup("dijkstra, swept lazily") {
        $0.barrier = .dijkstra
        $0.sweep = .lazy
      },
      Setup("go, swept lazily") {
        $0.barrier = .go
        $0.sweep = .lazy
      },
      Setup("steele, stack barrier, roots once") {
        $0.barrier = .steele
        $0.stackBarrier = true
        $0.chosenRoots = .once
      },
      Setup("boehm-dirty, stack barrier, roots once") {
        $0.barrier = .boehmDirty
        $0.stackBarrier = true
        $0.chosenRoots = .once
      },
      Setup("steele, swept lazily") {
        $0.barrier = .steele
        $0.sweep = .lazy
      },
      Setup("go, stacks first") {
        $0.barrier = .go
        $0.chosenStacks = .first
      },
    ]
  }

  /// Barriers that shade later than they run.
  private static var buffers: [Setup] {
    [Barrier.dijkstra, .dijkstraConditional, .luaForward, .yuasa, .hybrid, .go, .baker].map {
      barrier in
      Setup("\(barrier.rawValue), buffered") {
        $0.barrier = barrier
        $0.buffer = .on
      }
    }
  }

  /// With the handshake no cycle begins between the flag and the store.
  private static var earlyFlags: [Setup] {
    [Barrier.dijkstra, .steele, .boehmDirty, .yuasa, .hybrid, .go].map { barrier in
      Setup("\(barrier.rawValue), flag read early") {
        $0.barrier = barrier
        $0.flagCheck = .early
      }
    }
  }

  private static var splits: [Setup] {
    let sound: [(Barrier, [Atomicity])] = [
      (.dijkstra, [.shadeFirst, .storeFirst, .readFirst]),
      (.dijkstraConditional, [.storeFirst]),
      (.steele, [.storeFirst]), (.boehm, [.storeFirst]), (.boehmDirty, [.storeFirst]),
      (.luaForward, [.storeFirst]), (.luaBack, [.storeFirst]),
      (.hybridAny, [.shadeFirst, .storeFirst, .readFirst]),
      (.yuasa, [.shadeFirst, .storeFirst, .readFirst]),
      (.yuasaConditional, [.shadeFirst, .readFirst]),
      (.hybrid, [.shadeFirst, .storeFirst, .readFirst]),
      (.go, [.shadeFirst, .storeFirst, .readFirst]),
    ]
    return sound.flatMap { barrier, atomicities in
      atomicities.map { atomicity in
        Setup("\(barrier.rawValue) \(atomicity.rawValue)") {
          $0.barrier = barrier
          $0.atomicity = atomicity
        }
      }
    }
  }
}

struct SoundnessTests {
  @Test(arguments: Sound.byFacts + Sound.besides)
  func `no program loses an object under a sound collector`(_ setup: Setup) {
    let result = Exploration(setup.settings, budget: Effort.scaled(1000))
    #expect(result.fault == nil)
    #expect(result.conviction == nil)
    #expect(result.deathCount > 0, "the programs made no garbage: nothing was tested")
  }

  @Test(arguments: Barrier.allCases.filter { $0.facts.invariant != nil })
  func `the strong invariant holds where the new value is always shaded in time`(
    _ barrier: Barrier
  ) {
    let holds = barrier.facts.invariant == .strong
    // What breaks it elsewhere is rare.
    let budget = holds ? 2000 : 12_000
    let setup = Setup(barrier.rawValue) { $0.barrier = barrier }
    let result = Exploration(setup.settings, budget: Effort.scaled(budget))
    #expect((result.strongBreachCount == 0) == holds)
    #expect(result.conviction == nil)
  }
}
