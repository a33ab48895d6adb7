import GarbageCollection
import TestSupport
import Testing

/// Collectors with one mistake each; the numbers are those of the catalogue of barrier errors.
enum Wrong {
  static var setups: [Setup] {
    barriers + births + scans + splits + elisions
  }

  private static var barriers: [Setup] {
    [
      Setup("no barrier (B1)") { _ in },
      Setup("no barrier, atomic snapshot (B1')") { $0.chosenStacks = .snapshot },
      Setup("no barrier, stacks rescanned (B2)") { $0.chosenRoots = .rescan },
      Setup("dijkstra, roots once (B3)") {
        $0.barrier = .dijkstra
        $0.chosenRoots = .once
      },
      Setup("dijkstra-conditional, roots once (B3)") {
        $0.barrier = .dijkstraConditional
        $0.chosenRoots = .once
      },
      Setup("yuasa, stacks at any time (B4)") {
        $0.barrier = .yuasa
        $0.chosenStacks = .any
      },
    ]
  }

  private static var births: [Setup] {
    [Barrier.yuasa, .yuasaConditional, .hybrid, .go].map { barrier in
      Setup("\(barrier.rawValue), white births (B6)") {
        $0.barrier = barrier
        $0.birthColor = .white
      }
    } + [
      Setup("yuasa, stacks first, black births (B7)") {
        $0.barrier = .yuasa
        $0.chosenStacks = .first
      }
    ]
  }

  private static var scans: [Setup] {
    [
      Setup("dijkstra-conditional, slot-last (B13)") {
        $0.barrier = .dijkstraConditional
        $0.scan = .slotLast
      },
      Setup("yuasa-conditional, slot-first (B14)") {
        $0.barrier = .yuasaConditional
        $0.scan = .slotFirst
      },
    ]
  }

  private static var splits: [Setup] {
    [
      Setup("yuasa, shaded after the store, no handshake (B9)") {
        $0.barrier = .yuasa
        $0.atomicity = .storeFirst
        $0.handshake = false
      },
      Setup("go, shaded after the store, no handshake (B9)") {
        $0.barrier = .go
        $0.atomicity = .storeFirst
        $0.handshake = false
      },
      Setup("yuasa-conditional, tested after the store (B10)") {
        $0.barrier = .yuasaConditional
        $0.atomicity = .storeFirst
      },
      // Rare: eleven thousand programs before this one go free.
      Setup("dijkstra-conditional, tested before the store (B11)", seed: 11_200) {
        $0.barrier = .dijkstraConditional
        $0.atomicity = .shadeFirst
      },
    ]
  }

  private static var elisions: [Setup] {
    [Barrier.yuasa, .hybrid, .go].map { barrier in
      Setup("\(barrier.rawValue), new-nil elided (B18)") {
        $0.barrier = barrier
        $0.elision = .newNil
      }
    }
      + [Barrier.dijkstra, .hybrid, .go].map { barrier in
        Setup("\(barrier.rawValue), old-nil elided (B19)") {
          $0.barrier = barrier
          $0.elision = .oldNil
        }
      }
  }
}

struct ConvictionTests {
  @Test(arguments: Wrong.setups)
  func `random programs convict every wrong collector`(_ setup: Setup) {
    let result = Exploration(setup.settings, seed: setup.seed, budget: 100_000)
    #expect(result.fault == nil)
    #expect(result.conviction != nil, "\(setup) went free")
  }
}
