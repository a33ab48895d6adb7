public import GarbageCollection

/// What a run counts, by the word that claims use.
public enum Counter: Hashable, Sendable {
  case allocator(AllocatorCounter)
  case run(RunCounter)
}

/// What is counted of the program and the collector, from the beginning of the run.
public enum RunCounter: String, Hashable, Sendable, CaseIterable {
  case cycles, freed, shades, rescans, floating
  case doubleFrees = "double-frees"
  case usesAfterFree = "uses-after-free"
}

extension Counter: CaseIterable {
  public static let allCases =
    RunCounter.allCases.map(Counter.run) + AllocatorCounter.allCases.map(Counter.allocator)

  public var word: String {
    switch self {
    case .allocator(let counter): counter.rawValue
    case .run(let counter): counter.rawValue
    }
  }

  /// What is counted, in a few words for the manual.
  public var summary: String {
    switch self {
    case .allocator(let counter): counter.summary
    case .run(let counter): counter.summary
    }
  }

  init?(word: String) {
    guard let counter = Counter.allCases.first(where: { $0.word == word }) else { return nil }
    self = counter
  }
}

extension RunCounter {
  public var summary: String {
    switch self {
    case .cycles: "collection cycles begun"
    case .freed: "objects that the collector freed"
    case .shades: "objects that the barrier shaded"
    case .rescans: "stacks scanned again"
    case .floating: "objects that a sweep kept though nothing reached them"
    case .doubleFrees: "frees of objects that were free already, all refused"
    case .usesAfterFree: "reads and writes through pointers to freed objects"
    }
  }
}
