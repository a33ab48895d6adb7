extension Barrier {
  /// What is known of a barrier; help, the tables, the screen and the tests read it here.
  public struct Facts: Hashable, Sendable {
    /// How sentences and headings call it.
    public var name: String
    public var kind: Kind
    public var mutator: MutatorColor
    /// What it maintains; nil for one that maintains nothing.
    public var invariant: Invariant?
    /// Nil for none.
    public var wavefront: Direction?
    /// How often stacks must be scanned for the barrier to be sound.
    public var neededRoots: RootPolicy
    /// When stacks must be scanned for the barrier to be sound.
    public var neededStacks: StackPolicy
    /// Whether stacks are scanned, and marking ended, only between stores, unless chosen otherwise.
    public var defaultHandshake = true
    /// Whether it is one of the famous errors, kept for the lesson.
    public var isMistake = false
    /// Colours that objects may be born with.
    public var soundBirthColors: Set<Color>
    /// Whether it stays sound when objects are scanned slot by slot, blackened last or first.
    public var soundScans: Set<ScanGranularity>
    /// How much garbage outlives the cycle because of it; nil for none.
    public var floats: Floats?
    public var usedBy: String
    public var source: String
    /// One sentence for help.
    public var summary: String
  }

  /// Which accesses of the mutator the barrier guards.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case none, write, read
  }

  /// Whether the mutator's own roots count as scanned.
  public enum MutatorColor: String, Hashable, Sendable {
    case grey, black
  }

  /// What a barrier maintains for the objects of the heap.
  public enum Invariant: String, Hashable, Sendable {
    case strong, weak
  }

  /// Which way the boundary between black and white moves when the barrier acts.
  ///
  /// Advances are bounded by the size of the heap, retreats are not (Go proposal 17503).
  public enum Direction: String, Hashable, Sendable {
    case advances, retreats
  }

  /// How much floating garbage a barrier makes, compared with the others.
  ///
  /// The order of Vechev, Yahav and Bacon, PLDI 2006, on the scripts of `PrecisionTests`.
  public enum Floats: String, Hashable, Sendable, CaseIterable {
    case least, little, medium, most
  }
}

extension Barrier.Facts {
  /// The facts as short clauses, for help and for the screen.
  public var clauses: [String] {
    guard kind != .none else { return ["no barrier; sound while the mutator waits"] }
    let births = Color.allCases.filter(soundBirthColors.contains).map(\.word)
    let scans = ScanGranularity.allCases.filter(soundScans.contains).map(\.rawValue)
    return [
      isMistake ? "a deliberate mistake" : nil,
      "\(kind.rawValue) barrier",
      "\(mutator.rawValue) mutator",
      "invariant \(invariant?.rawValue ?? "none")",
      wavefront.map { "the wavefront \($0.rawValue)" },
      "needs roots \(neededRoots.rawValue)",
      "stacks \(neededStacks.rawValue)",
      "handshake \(defaultHandshake ? "on" : "off")",
      "births \(births.joined(separator: ", "))",
      "scans \(scans.joined(separator: ", "))",
      floats.map { "floating garbage: \($0.rawValue)" },
    ].compactMap { $0 }
  }
}
