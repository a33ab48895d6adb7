/// Everything about a run that is chosen before it starts.
///
/// Each field is one `set` statement of a script and one option of the command line; `SettingName`
/// holds their words and their meaning.
public struct Settings: Hashable, Sendable {
  public var collector: CollectorKind = .markSweep
  public var schedule: Schedule = .incremental
  /// Units of work that the collector does at each allocation of an incremental cycle; nil leaves the
  /// collector to whoever steps it.
  public var workPerAllocation: Int?
  /// Nil asks for what the schedule needs.
  public var chosenTrigger: Trigger?
  public var barrier: Barrier = .none
  /// Nil asks for what the barrier needs to be sound.
  public var chosenRoots: RootPolicy?
  /// Nil asks for what the barrier needs to be sound.
  public var chosenStacks: StackPolicy?
  /// Colour of objects born while marking.
  public var birthColor: Color = .black
  /// Bytes of pages the heap may commit.
  public var heapLimitBytes = 1 << 20
  public var atomicity: Atomicity = .whole
  public var scan: ScanGranularity = .object
  /// Nil asks for what the barrier is meant to run with.
  public var chosenHandshake: Bool?
  /// Whether the barrier acts on variables too.
  public var stackBarrier = false
  public var elision: Elision = .none
  /// Threads whose stores and loads skip the barrier.
  public var unguarded: UnguardedThreads = .none
  public var bulkCopy: BulkCopy = .guarded
  public var send: SendPolicy = .shaded
  public var buffer: BufferPolicy = .off
  public var flagCheck: FlagCheck = .withStore
  public var worklistOrder: WorklistOrder = .lastInFirstOut
  public var sweep: SweepPolicy = .eager
  /// Bytes of the space where objects are born, where old and young are apart.
  public var nurseryBytes = 8192
  /// Collections that the young survive before they are promoted.
  public var promotionAge = 2
  /// Whether stores into old objects are remembered, where old and young are apart.
  public var remembersStores = true
  public var counting: CountingPolicy = .immediate
  public var cycleDetection: CycleDetection = .trialDeletion
  /// Whether freed cells are overwritten, so that a dangling pointer finds poison; measurements do
  /// without.
  public var poisonsFreedCells = true
  /// Whether a write that no real program could perform is an error, not a note.
  public var isStrict = false

  /// A mistake to be found, in tests.
  var faults = FaultSwitch()

  public init() {}

  /// The first setting that means nothing under the chosen collector; nil when all fit together.
  public var firstConflict: SettingConflict? {
    switch collector {
    case .markSweep, .markCompact: return nil
    case .generational:
      return flagCheck == .withStore
        ? nil : SettingConflict(.flagCheck, flagCheck.rawValue, collector)
    case .copying:
      switch barrier {
      case .none, .baker: break
      default: return SettingConflict(.barrier, barrier.rawValue, collector)
      }
      if birthColor != .black {
        return SettingConflict(.allocate, birthColor.word, collector)
      }
      if scan != .object { return SettingConflict(.scan, scan.rawValue, collector) }
      if chosenRoots == .rescan {
        return SettingConflict(.roots, RootPolicy.rescan.rawValue, collector)
      }
    case .referenceCounting:
      if barrier != .none { return SettingConflict(.barrier, barrier.rawValue, collector) }
      if flagCheck != .withStore {
        return SettingConflict(.flagCheck, flagCheck.rawValue, collector)
      }
    }
    if atomicity != .whole {
      return SettingConflict(.atomicity, atomicity.rawValue, collector)
    }
    return nil
  }

  /// Whether some collections begin by themselves: all, or those of the young.
  var paces: Bool { trigger != .off || collector == .generational }

  /// When collections begin by themselves.
  public var trigger: Trigger { chosenTrigger ?? (workPerAllocation == nil ? .off : .paced) }
  /// Whether stacks are scanned again before marking may end.
  ///
  /// Never, where they refer to copies from the start.
  public var roots: RootPolicy {
    collector == .copying ? .once : chosenRoots ?? barrier.facts.neededRoots
  }
  public var stacks: StackPolicy { chosenStacks ?? barrier.facts.neededStacks }
  /// Whether stacks are scanned, marking begun and ended, only while no store is half done.
  ///
  /// Always, where objects move: a half-done store holds references that nobody would set right.
  public var handshake: Bool {
    collector.movesObjects || chosenHandshake ?? barrier.facts.defaultHandshake
  }
}

/// Who runs while a cycle is under way.
public enum Schedule: String, Hashable, Sendable, CaseIterable {
  /// The mutator waits from `start` until the cycle has ended.
  case stopTheWorld = "stop-the-world"
  /// Mutator and collector take turns, one action at a time.
  case incremental
}

/// When collections begin by themselves.
public enum Trigger: String, Hashable, Sendable, CaseIterable {
  /// Never: a full heap refuses.
  case off
  /// When an allocation finds no room.
  case full
  /// Early enough that marking ends before there is no room (Go's pacer, runtime/mgcpacer.go).
  case paced
}

/// Which references are counted, where objects are.
public enum CountingPolicy: String, Hashable, Sendable, CaseIterable {
  /// All, at once.
  case immediate
  /// Those from the heap and from globals; stacks are looked at when objects whose count is zero are to
  /// be freed (Deutsch and Bobrow, CACM 19(9), 1976).
  case deferred
}

/// What is done about garbage that refers to itself, where objects are counted.
public enum CycleDetection: String, Hashable, Sendable, CaseIterable {
  /// Bacon and Rajan, ECOOP 2001, synchronous.
  case trialDeletion = "trial-deletion"
  /// Nothing: it leaks.
  case off
}

/// How often stacks are scanned in a cycle.
public enum RootPolicy: String, Hashable, Sendable, CaseIterable {
  /// Once: from then on the mutator is black.
  case once
  /// Again before marking ends, with the world stopped: the mutator stays grey.
  case rescan
}

/// When stacks are scanned.
public enum StackPolicy: String, Hashable, Sendable, CaseIterable {
  /// At any time while marking.
  case any
  /// Before any global or heap object, one after the other.
  case first
  /// All at once, in the very action that starts the cycle.
  case snapshot
}

/// Into how many actions the store and its barrier fall.
public enum Atomicity: String, Hashable, Sendable, CaseIterable {
  case whole
  /// The barrier, then (another action) the write.
  case shadeFirst = "shade-first"
  /// The write, then (another action) the barrier, which remembers the old value.
  case storeFirst = "store-first"
  /// Reading the old value, then the barrier, then the write: three actions.
  case readFirst = "read-first"
}

/// How much of an object one collector step scans.
public enum ScanGranularity: String, Hashable, Sendable, CaseIterable {
  /// All its slots; sound for every barrier.
  case object
  /// One slot; the object is blackened after its last slot.
  case slotLast = "slot-last"
  /// One slot; the object is blackened before its first slot.
  case slotFirst = "slot-first"
}

/// Stores that skip the barrier.
public enum Elision: String, Hashable, Sendable, CaseIterable {
  case none
  /// Stores of nil.
  case newNil = "new-nil"
  /// Stores over nil.
  case oldNil = "old-nil"
}

/// Who sweeps, and when.
public enum SweepPolicy: String, Hashable, Sendable, CaseIterable {
  /// The collector, cell by cell, before the cycle ends.
  case eager
  /// Whoever wants cells of a span; the collector what is left, a span a step.
  case lazy
}

/// Which grey object is scanned next.
public enum WorklistOrder: String, Hashable, Sendable, CaseIterable {
  /// Depth first: the one shaded last.
  case lastInFirstOut = "lifo"
  /// Breadth first: the one shaded first.
  case firstInFirstOut = "fifo"
  /// Grouped by the page they stand in: the page whose first object was shaded first, and there by
  /// address. The fastest order on a large heap, where colours and slots of a page are read together.
  case bySpan = "span"
}

/// Threads without a barrier, as if the compiler had forgotten it there.
public enum UnguardedThreads: String, Hashable, Sendable, CaseIterable {
  case none
  /// The first thread.
  case main
  /// All but the first.
  case others
}

/// Whether an object that is copied as a whole is copied past the barrier.
public enum BulkCopy: String, Hashable, Sendable, CaseIterable {
  /// The barrier runs for each slot (`bulkBarrierPreWrite`, Go runtime/mbitmap.go).
  case guarded
  case bare
}

/// Whether a reference that goes to another thread's stack is shaded while the sender's is grey.
public enum SendPolicy: String, Hashable, Sendable, CaseIterable {
  case shaded
  case bare
}

/// Where barriers put what they would shade.
public enum BufferPolicy: String, Hashable, Sendable, CaseIterable {
  /// They shade it themselves.
  case off
  /// Into the mutator's buffer, which is emptied before its stack is scanned and before marking ends
  /// (Go runtime/mwbbuf.go).
  case on
  /// Into a buffer that nobody empties when marking ends: what is left in it is forgotten.
  case late
}

/// When a store asks whether objects are being marked.
public enum FlagCheck: String, Hashable, Sendable, CaseIterable {
  /// In the action of its first instruction.
  case withStore = "with-store"
  /// One action earlier.
  case early
}
