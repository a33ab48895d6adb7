import GarbageCollection

/// A search of a collector as the literature has it, whose numbers others have published too.
public struct PublishedCheck: Hashable, Sendable {
  public let subject: Subject

  public enum Subject: Hashable, Sendable {
    case benAri(BenAriSettings)
    case dijkstraLamport(DijkstraLamportSettings)
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
    }
    guard bitCount <= SmallState.bitLimit else {
      throw .stateTooLarge(bits: bitCount, limit: SmallState.bitLimit)
    }
    self.subject = subject
  }

  /// Searches to the end or to the limits.
  public func run(limits: SearchLimits = SearchLimits()) -> PublishedReport {
    switch subject {
    case .benAri(let settings): report(on: BenAri(settings), limits)
    case .dijkstraLamport(let settings): report(on: DijkstraLamport(settings), limits)
    }
  }

  private func report(on system: some RuleSystem, _ limits: SearchLimits) -> PublishedReport {
    var search = Search(RuleModel(system), limits: limits)
    let verdict = search.run()
    return PublishedReport(
      finding: CheckReport.Finding(verdict), states: search.stateCount,
      transitions: search.transitionCount, depth: search.depth,
      counterexample: PublishedRun(verdict, of: system))
  }
}

extension PublishedCheck {
  public static let nodeRange = 1...8
  /// Slots of each node, which Ben-Ari calls sons.
  public static let slotRange = 1...8
  public static let mutatorRange = 1...2

  static func validate(_ rows: [(String, value: Int, range: ClosedRange<Int>)]) throws(CheckError) {
    for (name, value, range) in rows where !range.contains(value) {
      throw .outOfRange(name, value: value, range: range)
    }
  }
}

/// What a search of a published collector has found out.
public struct PublishedReport: Hashable, Sendable {
  public let finding: CheckReport.Finding
  /// States met before the search ended.
  public let states: Int
  /// Steps taken between them, which Murphi calls rules fired.
  public let transitions: Int
  /// Actions from a start to the states expanded last.
  public let depth: Int
  /// A shortest run that loses a node; nil when none was found.
  public let counterexample: PublishedRun?
}

/// A run that loses a node, to be read.
public struct PublishedRun: Hashable, Sendable {
  /// The heap at the start, a fact a line: `A is a root`, `A.0 = B`.
  public let heap: [String]
  /// One action a line: who acts, `GC` or `M`, and what is done.
  ///
  /// The last line says what is lost.
  public let lines: [String]
  public let lost: [ObjectLabel]

  init?<System: RuleSystem>(_ verdict: Verdict<RuleModel<System>>, of system: System) {
    guard case .fails(let violation, let start, let lines) = verdict else { return nil }
    heap = system.heap.lines(of: start)
    self.lines = lines
    lost = violation.nodes.labels
  }
}
