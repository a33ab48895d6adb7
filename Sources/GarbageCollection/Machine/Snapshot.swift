/// The state of a machine as a small value without addresses.
///
/// Objects are numbered by address. `Machine.restored(from:_:)` builds a machine that has this
/// snapshot; its cells may stand elsewhere and its history is gone. The checker stores snapshots,
/// JSON prints them, tests compare them.
public struct Snapshot: Hashable, Sendable {
  public struct Object: Hashable, Sendable {
    public var slots: [Int?]
    public var payloadBytes: Int
    public var color: Color
  }

  public struct Variable: Hashable, Sendable {
    public var name: String
    public var value: Int?
  }

  public struct Global: Hashable, Sendable {
    public var name: String
    public var value: Int?
    public var isScanned: Bool
  }

  public struct Frame: Hashable, Sendable {
    public var name: String
    public var variables: [Variable]
  }

  public struct Stack: Hashable, Sendable {
    public var frames: [Frame]
    public var isScanned: Bool
  }

  public struct Scan: Hashable, Sendable {
    public var object: Int
    public var nextSlot: Int
  }

  /// A half-done store, with the place's object numbered; -1 if it has been freed meanwhile.
  public struct Store: Hashable, Sendable {
    public var place: Location<Int>
    public var new: Int?
    public var old: Int?
    public var nextInstruction: Int
    public var mutator: MutatorID
  }

  public var objects: [Object] = []
  public var globals: [Global] = []
  public var stacks: [Stack] = [Stack(frames: [], isScanned: false)]
  public var phase: Phase = .idle
  /// Numbers of grey objects, the one shaded first first.
  public var worklist: [Int] = []
  public var scan: Scan?
  /// The next object to sweep; meaningful while sweeping.
  public var nextSwept: Int?
  /// The next stack to scan again; meaningful in termination.
  public var nextRescan = 0
  public var store: Store?

  public init() {}
}
