extension Barrier {
  /// What is known of a barrier; help, the tables, the screen and the tests read it here.
  public struct Facts: Hashable, Sendable {
    /// How sentences and headings call it.
    public var name: String
    public var mutator: MutatorColor
    public var invariant: Invariant?
    /// How often stacks must be scanned for the barrier to be sound.
    public var neededRoots: RootPolicy
    /// When stacks must be scanned for the barrier to be sound.
    public var neededStacks: StackPolicy
    /// Colours that objects may be born with.
    public var soundBirthColors: Set<Color>
    /// Whether it stays sound when objects are scanned slot by slot, blackened last or first.
    public var soundScans: Set<ScanGranularity>
    public var usedBy: String
    public var source: String
    /// One sentence for help.
    public var summary: String
  }

  /// Whether the mutator's own roots count as scanned.
  public enum MutatorColor: String, Hashable, Sendable {
    case grey, black
  }

  /// What a barrier maintains for the objects of the heap.
  public enum Invariant: String, Hashable, Sendable {
    case strong, weak
  }
}

extension Barrier {
  public var facts: Facts {
    switch self {
    case .none:
      Facts(
        name: "none", mutator: .black, invariant: nil, neededRoots: .once, neededStacks: .any,
        soundBirthColors: [.black], soundScans: [.object, .slotLast, .slotFirst],
        usedBy: "stop-the-world collectors", source: "",
        summary: "nothing but the store; sound only while the mutator waits")
    case .dijkstra:
      Facts(
        name: "Dijkstra", mutator: .grey, invariant: .strong, neededRoots: .rescan,
        neededStacks: .any, soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotLast, .slotFirst],
        usedBy: "Go 1.5 to 1.7, V8", source: "Dijkstra et al., CACM 21(11), 1978",
        summary: "insertion: shades the new value, so no black object points to a white one")
    case .dijkstraConditional:
      Facts(
        name: "Dijkstra, conditional", mutator: .grey, invariant: .strong, neededRoots: .rescan,
        neededStacks: .any, soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst],
        usedBy: "Lua (forward barrier)", source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "insertion: shades the new value when the source is black")
    case .yuasa:
      Facts(
        name: "Yuasa", mutator: .black, invariant: .weak, neededRoots: .once,
        neededStacks: .snapshot, soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst],
        usedBy: "G1, Shenandoah, OCaml 5", source: "Yuasa, J. Systems and Software 11(3), 1990",
        summary: "deletion: shades the old value, so what was reachable at the start stays so")
    case .yuasaConditional:
      Facts(
        name: "Yuasa, conditional", mutator: .black, invariant: .weak, neededRoots: .once,
        neededStacks: .snapshot, soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast],
        usedBy: "", source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "deletion: shades the old value unless the source is black")
    case .hybrid:
      Facts(
        name: "Go hybrid, as proposed", mutator: .black, invariant: .weak, neededRoots: .once,
        neededStacks: .any, soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst],
        usedBy: "", source: "Clements and Hudson, Go proposal 17503, 2016",
        summary: "shades the old value, and the new one while the current stack is grey")
    case .go:
      Facts(
        name: "Go hybrid, as shipped", mutator: .black, invariant: .strong, neededRoots: .once,
        neededStacks: .any, soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst],
        usedBy: "Go since 1.8", source: "Go runtime, mbarrier.go",
        summary: "shades the old value and the new one, always")
    }
  }
}
