/// The state of a machine as a small value without addresses.
///
/// Objects are numbered by address. `Machine.restored(from:_:)` builds a machine that has this
/// snapshot; its cells may stand elsewhere and its history is gone. While a lazy sweep is under way,
/// objects already swept read as black, as if their span still had to be. The checker stores snapshots,
/// JSON prints them, tests compare them.
public struct Snapshot: Hashable, Sendable {
  public struct Object: Hashable, Sendable {
    public var slots: [Int?]
    public var payloadBytes: Int
    public var color: Color
    /// Whether it is the second in a cell that two tiny objects share, so that it lives as long as the
    /// object before it.
    public var sharesCell: Bool
    /// Where it stands; nil for a cell, and for a heap that compaction has made one space.
    public var standing: Standing?
    /// Counted references, where references are counted.
    public var count = 0
    /// What trial deletion thinks of it, where there is any.
    public var trialColor = TrialColor.black

    public init(
      slots: [Int?], payloadBytes: Int, color: Color, sharesCell: Bool = false,
      standing: Standing? = nil
    ) {
      self.slots = slots
      self.payloadBytes = payloadBytes
      self.color = color
      self.sharesCell = sharesCell
      self.standing = standing
    }
  }

  /// Where in which space an object stands, and how many collections it has survived there.
  public struct Standing: Hashable, Sendable {
    /// 0-based, by address.
    public var space: Int
    /// Whether it was born while others were copied.
    public var isAtFarEnd: Bool
    public var age: Int
  }

  public struct Variable: Hashable, Sendable {
    public var name: String
    public var value: Int?
    /// Whether it holds an address that no collector knows of.
    public var isRaw: Bool

    public init(name: String, value: Int?, isRaw: Bool = false) {
      self.name = name
      self.value = value
      self.isRaw = isRaw
    }
  }

  public struct Global: Hashable, Sendable {
    public var name: String
    public var value: Int?
    public var isScanned: Bool

    public init(name: String, value: Int?, isScanned: Bool) {
      self.name = name
      self.value = value
      self.isScanned = isScanned
    }
  }

  public struct Frame: Hashable, Sendable {
    public var name: String
    public var variables: [Variable]

    public init(name: String, variables: [Variable]) {
      self.name = name
      self.variables = variables
    }
  }

  public struct Stack: Hashable, Sendable {
    public var thread: String
    public var isEnded: Bool
    public var frames: [Frame]
    public var isScanned: Bool

    public init(
      thread: String = "main", isEnded: Bool = false, frames: [Frame], isScanned: Bool
    ) {
      self.thread = thread
      self.isEnded = isEnded
      self.frames = frames
      self.isScanned = isScanned
    }
  }

  public struct Scan: Hashable, Sendable {
    public var object: Int
    public var nextSlot: Int

    public init(object: Int, nextSlot: Int) {
      self.object = object
      self.nextSlot = nextSlot
    }
  }

  public struct Remembered: Hashable, Sendable {
    public var slot: Int
    public var object: Int
  }

  /// A half-done store, with the place's object numbered; -1 if it has been freed meanwhile.
  public struct Store: Hashable, Sendable {
    public var place: Location<Int>
    public var new: Int?
    public var old: Int?
    public var nextInstruction: Int
    public var mutator: MutatorID
    public var access: BarrierProgram.Access
    /// What the flag said, where the program reads it before the store.
    public var wasMarking: Bool

    public init(
      place: Location<Int>, new: Int?, old: Int?, nextInstruction: Int, mutator: MutatorID,
      access: BarrierProgram.Access = .store, wasMarking: Bool = false
    ) {
      self.place = place
      self.new = new
      self.old = old
      self.nextInstruction = nextInstruction
      self.mutator = mutator
      self.access = access
      self.wasMarking = wasMarking
    }
  }

  /// What a counting collector keeps besides; all lists hold numbers of objects.
  public struct Counting: Hashable, Sendable {
    public var zeroCounts: [Int] = []
    public var candidates: [Int] = []
    public var pending: [Int] = []
    public var restoring: [Int] = []
    /// The next candidate that a pass of trial deletion looks at.
    public var nextCandidate = 0
    /// Whether the collection has only to let go of the stacks.
    public var isEnding = false

    public init() {}
  }

  public var objects: [Object] = []
  public var globals: [Global] = []
  public var stacks: [Stack] = [Stack(frames: [], isScanned: false)]
  public var phase: Phase = .idle
  /// Numbers of grey objects, the one shaded first first.
  public var worklist: [Int] = []
  /// Numbers of grey objects that wait for termination, the one that became dirty first first.
  public var deferred: [Int] = []
  /// By mutator, what its barriers have yet to shade; empty when nothing is.
  public var buffers: [[Int]] = []
  public var scan: Scan?
  /// The next object to sweep; meaningful while sweeping.
  public var nextSwept: Int?
  /// The next object that a pass of compaction looks at; nil when it has looked at all.
  public var nextCompacted: Int?
  /// The next stack to scan again; meaningful in termination.
  public var nextRescan = 0
  /// By address, the roles of the spaces that a collector has from the start.
  public var spaces: [Space.Role] = []
  /// Places in old objects that may refer to young ones, those first that are still to be looked
  /// at.
  public var remembered: [Remembered] = []
  public var pendingRememberedCount = 0
  /// Whether the cycle collects old and young.
  public var isMajor = false
  /// Nil where references are not counted.
  public var counting: Counting?
  /// By mutator: at most one of each.
  public var stores: [Store] = []

  public init() {}
}
