import GarbageCollection
import TestSupport
import Testing

/// Collectors with one mistake each; the numbers are those of the catalogue of barrier errors.
enum Wrong {
  static var setups: [Setup] {
    barriers + mistakes + births + scans + splits + elisions + switches
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
      Setup("yuasa, stacks at any time (B4)", seed: 600) {
        $0.barrier = .yuasa
        $0.chosenStacks = .any
      },
    ]
  }

  private static var mistakes: [Setup] {
    Barrier.allCases.filter(\.facts.isMistake).map { barrier in
      Setup(barrier.rawValue) { $0.barrier = barrier }
    } + [
      Setup("baker-unconditional, stacks at any time (B17)") {
        $0.barrier = .bakerUnconditional
        $0.chosenStacks = .any
      }
    ]
  }

  /// Side conditions that take away what a sound barrier depends on.
  private static var switches: [Setup] {
    [Barrier.dijkstra, .yuasa, .go, .steele, .baker].map { barrier in
      Setup("\(barrier.rawValue), in no thread (B8)") {
        $0.barrier = barrier
        $0.unguarded = .main
      }
    }
      + [Barrier.dijkstra, .yuasa, .go].map { barrier in
        Setup("\(barrier.rawValue), buffers flushed late") {
          $0.barrier = barrier
          $0.buffer = .late
        }
      }
      + [Barrier.dijkstra, .yuasa, .go].map { barrier in
        Setup("\(barrier.rawValue), early flag, no handshake (B22)") {
          $0.barrier = barrier
          $0.flagCheck = .early
          $0.chosenHandshake = false
        }
      }
  }

  /// Every birth colour that the facts do not call sound (B6).
  private static var births: [Setup] {
    deletionBarriers.flatMap { barrier in
      Color.allCases.filter { !barrier.facts.soundBirthColors.contains($0) }.map { color in
        Setup("\(barrier.rawValue), \(color.word) births") {
          $0.barrier = barrier
          $0.birthColor = color
        }
      }
    } + [
      Setup("yuasa, stacks first, black births (B7)", seed: 600) {
        $0.barrier = .yuasa
        $0.chosenStacks = .first
      }
    ]
  }

  private static let deletionBarriers = [
    Barrier.yuasa, .yuasaConditional, .hybrid, .hybridAny, .go, .baker, .bakerUnconditional,
    .appel,
  ]

  /// Every way to scan that the facts do not call sound (B13, B14).
  private static var scans: [Setup] {
    Barrier.allCases.flatMap { barrier in
      ScanGranularity.allCases.filter { !barrier.facts.soundScans.contains($0) }.map { scan in
        Setup("\(barrier.rawValue), \(scan.rawValue)") {
          $0.barrier = barrier
          $0.scan = scan
        }
      }
    }
  }

  private static var splits: [Setup] {
    [
      Setup("yuasa, shaded after the store, no handshake (B9)") {
        $0.barrier = .yuasa
        $0.atomicity = .storeFirst
        $0.chosenHandshake = false
      },
      Setup("go, shaded after the store, no handshake (B9)", seed: 1350) {
        $0.barrier = .go
        $0.atomicity = .storeFirst
        $0.chosenHandshake = false
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
        Setup("\(barrier.rawValue), old-nil elided (B19)", seed: barrier == .dijkstra ? 1 : 600) {
          $0.barrier = barrier
          $0.elision = .oldNil
        }
      }
  }
}

struct ConvictionTests {
  @Test(arguments: Wrong.setups)
  func `random programs convict every wrong collector`(_ setup: Setup) {
    // In a hurry, the search begins shortly before the first program known to convict.
    let result =
      Effort.isLong
      ? Exploration(setup.settings, budget: 5_000_000)
      : Exploration(setup.settings, seed: setup.seed, budget: 100_000)
    #expect(result.fault == nil)
    #expect(result.conviction != nil, "\(setup) went free")
  }

  @Test func `the facts call as many colours and scans unsound as the catalogue does`() {
    let facts = Barrier.allCases.filter { $0 != .none }.map(\.facts)
    #expect(
      facts.map { 3 - $0.soundBirthColors.count }
        == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1])
    #expect(
      facts.map { 3 - $0.soundScans.count }
        == [0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1])
    #expect(facts.filter(\.isMistake).count == 2)
  }
}
