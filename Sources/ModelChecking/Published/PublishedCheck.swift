import GarbageCollection

/// A search of a collector, or of a part of one, as others have modelled it, whose numbers are known.
public struct PublishedCheck: Hashable, Sendable {
  public let subject: Subject

  public enum Subject: Hashable, Sendable {
    case benAri(BenAriSettings)
    case dijkstraLamport(DijkstraLamportSettings)
    case markCompletion(MarkCompletionSettings)
  }

  /// - Throws: `CheckError` when no state of these settings can be searched.
  public init(_ subject: Subject) throws(CheckError) {
    let bitCount: Int
    switch subject {
    case .benAri(let settings):
      try settings.validate()
      bitCount = BenAri(settings).bitCount
    case .dijkstraLamport(let settings):
      try settings.validate()
      bitCount = DijkstraLamport(settings).bitCount
    case .markCompletion(let settings):
      try settings.validate()
      bitCount = MarkCompletion(settings).bitCount
    }
    guard bitCount <= SmallState.bitLimit else {
      throw .stateTooLarge(bits: bitCount, limit: SmallState.bitLimit)
    }
    self.subject = subject
  }

  /// Searches to the end or to the limits.
  public func run(limits: SearchLimits = SearchLimits()) -> PublishedReport {
    var search = begin(limits: limits)
    while !search.isOver { search.advance() }
    return search.report
  }

  /// A search at its beginning.
  public func begin(limits: SearchLimits = SearchLimits()) -> any RunningPublishedCheck {
    switch subject {
    case .benAri(let settings): PublishedSearch(BenAri(settings), limits: limits)
    case .dijkstraLamport(let settings): PublishedSearch(DijkstraLamport(settings), limits: limits)
    case .markCompletion(let settings): PublishedSearch(MarkCompletion(settings), limits: limits)
    }
  }

  /// A search taken up where a checkpoint left it.
  public func resume(
    from checkpoint: [UInt8], limits: SearchLimits = SearchLimits()
  ) throws(CheckpointError) -> any RunningPublishedCheck {
    switch subject {
    case .benAri(let settings):
      try PublishedSearch(BenAri(settings), limits: limits, resuming: checkpoint)
    case .dijkstraLamport(let settings):
      try PublishedSearch(DijkstraLamport(settings), limits: limits, resuming: checkpoint)
    case .markCompletion(let settings):
      try PublishedSearch(MarkCompletion(settings), limits: limits, resuming: checkpoint)
    }
  }

  /// States that fit in so many bytes, table and parents included.
  public static func stateCount(within byteCount: Int) -> Int {
    SearchLimits.states(SmallState.self, within: byteCount)
  }
}

extension PublishedCheck {
  public static let nodeRange = 1...8
  /// Slots of each node, which Ben-Ari calls sons.
  public static let slotRange = 1...8
  public static let mutatorRange = 1...2
  /// Workers that share the marking.
  public static let markerRange = 1...3
  /// Grey objects that marking begins with.
  public static let greyRange = 1...4

  static func validate(_ rows: [(String, value: Int, range: ClosedRange<Int>)]) throws(CheckError) {
    for (name, value, range) in rows where !range.contains(value) {
      throw .outOfRange(name, value: value, range: range)
    }
  }
}

/// What a search of a published model has found out.
public struct PublishedReport: Hashable, Sendable {
  public let finding: CheckReport.Finding
  /// States met before the search ended.
  public let states: Int
  /// Steps taken between them, which Murphi calls rules fired.
  public let transitions: Int
  /// Actions from a start to the states expanded last.
  public let depth: Int
  /// A shortest run that goes wrong; nil when none was found.
  public let counterexample: PublishedRun?
}

/// A run that goes wrong, to be read.
public struct PublishedRun: Hashable, Sendable {
  /// What there is at the start, a fact a line: `A is a root`, `A.0 = B`.
  public let start: [String]
  /// One action a line: who acts, `GC`, `M` or `W0`, and what is done.
  ///
  /// The last line says what is wrong.
  public let lines: [String]
  /// Nodes that are lost; none where marking ends too early.
  public let lost: [ObjectLabel]
}
