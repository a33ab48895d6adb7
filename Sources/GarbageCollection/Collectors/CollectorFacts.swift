extension CollectorKind {
  /// What is known of a collector; help, the README's table, the menu and the tests read it here.
  public struct Facts: Hashable, Sendable {
    /// How sentences and headings call it.
    public var name: String
    /// Whether an object may stand at another address after a collection.
    public var movesObjects: Bool
    /// What the mutator has to do besides its stores and loads for the collector's sake.
    public var barrier: Need
    /// Memory beyond that of the objects.
    public var space: String
    /// What a collection takes time in proportion to.
    public var work: String
    /// How long the program waits.
    public var pauses: String
    /// Which programs it suits.
    public var suits: String
    public var usedBy: String
    public var source: String
    /// One sentence for help.
    public var summary: String
  }

  /// Which accesses need a barrier.
  public enum Need: String, Hashable, Sendable, CaseIterable {
    /// None while the world is stopped; a write or a read barrier once collections are incremental.
    case whenIncremental = "only when incremental"
    /// A read barrier once collections are incremental: the program must not see what is left behind.
    case readWhenIncremental = "on reads, when incremental"
    /// Every store that writes or erases a reference.
    case everyWrite = "on every write, always"
    /// Every store into an old object.
    case writesToOld = "on writes to old objects, always"
  }
}

extension CollectorKind {
  public var facts: Facts {
    switch self {
    case .markSweep:
      Facts(
        name: "mark-sweep", movesObjects: movesObjects, barrier: .whenIncremental,
        space: "a colour for each object; holes between objects",
        work: "marking: live objects; sweeping: the heap",
        pauses: "the whole collection, or short ones when incremental",
        suits: "objects that must not move; much that survives",
        usedBy: "Go, the Boehm collector, Lua",
        source: "McCarthy, CACM 3(4), 1960",
        summary: "marks what can be reached, then frees the rest cell by cell; nothing moves")
    case .markCompact:
      Facts(
        name: "mark-compact", movesObjects: movesObjects, barrier: .whenIncremental,
        space: "a word in each header for the new place; no holes",
        work: "marking: live objects; three passes over the heap",
        pauses: "long: the world waits while objects move",
        suits: "heaps that run for long and must not fragment; much that survives",
        usedBy: "HotSpot Serial and Parallel (old generation), V8 (old space)",
        source: "Jones, Hosking, Moss, GC Handbook, ch. 3; Jonkers, IPL 9(1), 1979",
        summary: "marks what can be reached, then slides it together in the order of addresses")
    case .copying:
      Facts(
        name: "copying", movesObjects: movesObjects, barrier: .readWhenIncremental,
        space: "twice the objects: half of the heap stands empty",
        work: "live objects only; what is dead costs nothing",
        pauses: "as long as copying what is live, or short ones with Baker's read barrier",
        suits: "much that dies early: the less survives, the cheaper",
        usedBy: "OCaml (minor heap), V8 (scavenger), Chicken Scheme",
        source: "Cheney, CACM 13(11), 1970; Baker, CACM 21(4), 1978",
        summary: "copies what can be reached into the other half, and leaves the rest behind")
    case .referenceCounting:
      Facts(
        name: "reference counting", movesObjects: movesObjects, barrier: .everyWrite,
        space: "a count in each header",
        work: "the stores of the program, and what dies",
        pauses: "none but for the objects that die together",
        suits: "memory that must come back at once; few stores, few cycles",
        usedBy: "CPython, Swift, PHP",
        source: "Collins, CACM 3(12), 1960; Bacon and Rajan, ECOOP 2001",
        summary: "counts the references to every object and frees it when there are none left")
    case .generational:
      Facts(
        name: "generational", movesObjects: movesObjects, barrier: .writesToOld,
        space: "a nursery, room for survivors, a remembered set",
        work: "young that survive; now and then everything",
        pauses: "short for the young; those of the old generation's collector now and then",
        suits: "programs whose objects mostly die young, which is most programs",
        usedBy: "HotSpot, V8, .NET, OCaml",
        source: "Lieberman and Hewitt, CACM 26(6), 1983; Ungar, SDE 1984",
        summary: "copies survivors out of a nursery, and marks and sweeps the old")
    }
  }
}

extension CollectorKind.Facts {
  /// The facts as short clauses, for help and for the screen.
  public var clauses: [String] {
    [
      movesObjects ? "moves objects" : "moves nothing",
      "barrier \(barrier.rawValue)",
      "space: \(space)",
      "time: \(work)",
      "pauses: \(pauses)",
      "suits \(suits)",
    ]
  }
}
