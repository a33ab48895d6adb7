extension Barrier {
  /// What is known of each barrier.
  ///
  /// Which births and scans are sound is what the checker says of small heaps.
  public var facts: Facts {
    switch self {
    case .none:
      Facts(
        name: "none", kind: .none, mutator: .black, invariant: nil, wavefront: nil,
        neededRoots: .once, neededStacks: .any,
        soundBirthColors: [.black],
        soundScans: [.object, .slotLast, .slotFirst], floats: nil,
        usedBy: "stop-the-world collectors",
        source: "",
        summary: "nothing but the store; sound only while the mutator waits")
    case .dijkstra:
      Facts(
        name: "Dijkstra", kind: .write, mutator: .grey, invariant: .strong, wavefront: .advances,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .medium, usedBy: "Go 1.5 to 1.7, V8",
        source: "Dijkstra et al., CACM 21(11), 1978",
        summary: "insertion: shades the new value, so no black object points to a white one")
    case .dijkstraConditional:
      Facts(
        name: "Dijkstra, conditional", kind: .write, mutator: .grey, invariant: .strong,
        wavefront: .advances,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .medium, usedBy: "",
        source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "insertion: shades the new value when the source is black")
    case .dijkstraEarly:
      Facts(
        name: "Dijkstra, too early", kind: .write, mutator: .grey, invariant: nil,
        wavefront: .advances,
        neededRoots: .rescan, neededStacks: .any, defaultHandshake: false, isMistake: true,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .medium, usedBy: "",
        source: "Dijkstra et al., CACM 21(11), 1978, of the version withdrawn",
        summary: "a mistake: shades the new value, and writes it in a later action")
    case .steele:
      Facts(
        name: "Steele", kind: .write, mutator: .grey, invariant: .strong, wavefront: .retreats,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .least, usedBy: "JavaScriptCore (Riptide)",
        source: "Steele, CACM 18(9), 1975",
        summary: "insertion: makes a black source grey again when the new value is white")
    case .boehm:
      Facts(
        name: "Boehm, Demers, Shenker", kind: .write, mutator: .grey, invariant: .strong,
        wavefront: .retreats,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .least, usedBy: "",
        source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "insertion: makes a black source grey again, whatever the new value is")
    case .boehmDirty:
      Facts(
        name: "Boehm, with dirty objects", kind: .write, mutator: .grey, invariant: .strong,
        wavefront: .retreats,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .little,
        usedBy: "the Boehm collector, which keeps dirty pages",
        source: "Boehm, Demers, Shenker, PLDI 1991",
        summary: "insertion: a black source becomes dirty, to be scanned again when the world stops"
      )
    case .yuasa:
      Facts(
        name: "Yuasa", kind: .write, mutator: .black, invariant: .weak, wavefront: .advances,
        neededRoots: .once, neededStacks: .snapshot,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .most,
        usedBy: "G1, Shenandoah, OCaml 5",
        source: "Yuasa, J. Systems and Software 11(3), 1990",
        summary: "deletion: shades the old value, so what was reachable at the start stays so")
    case .yuasaConditional:
      Facts(
        name: "Yuasa, conditional", kind: .write, mutator: .black, invariant: .weak,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .snapshot,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast], floats: .most, usedBy: "",
        source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "deletion: shades the old value unless the source is black")
    case .hybrid:
      Facts(
        name: "Go hybrid, as proposed", kind: .write, mutator: .black, invariant: .weak,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .any,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .most, usedBy: "",
        source: "Clements and Hudson, Go proposal 17503, 2016",
        summary: "shades the old value, and the new one while the current stack is grey")
    case .hybridAny:
      Facts(
        name: "Go hybrid, any stack", kind: .write, mutator: .black, invariant: .weak,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .any,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .most, usedBy: "",
        source: "Clements and Hudson, Go proposal 17503, 2016",
        summary: "shades the old value, and the new one while any stack is grey")
    case .hybridInverted:
      Facts(
        name: "Go hybrid, upside down", kind: .write, mutator: .black, invariant: nil,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .any, isMistake: true,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .most, usedBy: "",
        source: "Clements and Hudson, Go proposal 17503, 2016, turned round",
        summary: "a mistake: shades the old value, and the new one once the current stack is black")
    case .go:
      Facts(
        name: "Go hybrid, as shipped", kind: .write, mutator: .black, invariant: .strong,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .any,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .most, usedBy: "Go since 1.8",
        source: "Go runtime, mbarrier.go",
        summary: "shades the old value and the new one, always")
    case .luaForward:
      Facts(
        name: "Lua, forward", kind: .write, mutator: .grey, invariant: .strong,
        wavefront: .advances,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .medium,
        usedBy: "Lua, for closures and metatables",
        source: "Lua 5.4, lgc.c, luaC_barrier_",
        summary: "insertion: shades a white new value when the source is black")
    case .luaBack:
      Facts(
        name: "Lua, back", kind: .write, mutator: .grey, invariant: .strong, wavefront: .retreats,
        neededRoots: .rescan, neededStacks: .any,
        soundBirthColors: [.white, .grey, .black],
        soundScans: [.object, .slotFirst], floats: .little, usedBy: "Lua, for tables",
        source: "Lua 5.4, lgc.c, luaC_barrierback_",
        summary: "insertion: a black source becomes dirty when the new value is white")
    case .baker:
      Facts(
        name: "Baker", kind: .read, mutator: .black, invariant: .strong, wavefront: .advances,
        neededRoots: .once, neededStacks: .snapshot,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast], floats: .medium, usedBy: "ART, for concurrent copying",
        source: "Baker, CACM 21(4), 1978",
        summary:
          "read: shades what is loaded from a grey source, so the mutator holds nothing white")
    case .bakerUnconditional:
      Facts(
        name: "Baker, unconditional", kind: .read, mutator: .black, invariant: .strong,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .snapshot,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast, .slotFirst], floats: .medium, usedBy: "",
        source: "Jones, Hosking, Moss, GC Handbook, ch. 15",
        summary: "read: shades whatever is loaded")
    case .appel:
      Facts(
        name: "Appel, Ellis, Li", kind: .read, mutator: .black, invariant: .strong,
        wavefront: .advances,
        neededRoots: .once, neededStacks: .snapshot,
        soundBirthColors: [.grey, .black],
        soundScans: [.object, .slotLast], floats: .medium,
        usedBy: "the Memory Pool System, by page protection",
        source: "Appel, Ellis, Li, PLDI 1988",
        summary: "read: scans a grey source before anything is loaded from it")
    }
  }
}
