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
  case moved
  case movedWords = "moved-words"
  case pauses
  case longestPause = "longest-pause"
  case assists
  case leaked
  case liveBytes = "live-bytes"
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
    case .moved: "times that an object was moved"
    case .movedWords: "words of 8 bytes that were moved"
    case .pauses: "pauses: work of the collector between two actions of the program"
    case .longestPause: "units of work in the longest pause"
    case .assists: "units of work that allocations did beyond their budget"
    case .leaked: "objects that nothing reaches now, and nothing is going to free"
    case .liveBytes: "bytes of the objects that can be reached now, headers included"
    case .usesAfterFree: "reads and writes through pointers to freed objects"
    }
  }
}
