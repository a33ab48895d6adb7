public import GarbageCollection

/// A losing schedule, told in sentences and as actions for a new machine.
public struct Story: Equatable, Sendable {
  /// One turn: what a person reads, and what the machine performs.
  public struct Step: Equatable, Sendable {
    public let turn: Turn
    /// One sentence without a full stop.
    public let line: String
    public let actions: [Action]

    /// The object that the turn makes, if it makes one.
    public var newborn: (label: String, slotCount: Int, byteCount: Int)? {
      for case .mutate(.allocate(let label, let slotCount, let payloadBytes), _) in actions {
        return (label, slotCount, payloadBytes)
      }
      return nil
    }
  }

  /// The heap at the start, idle.
  public let start: LabelledSnapshot
  /// The heap at the start, one reference a line: `r0 = A`, `A.0 = B`.
  public let heap: [String]
  /// Builds that heap on a new machine of the same settings and starts marking.
  public let setup: [Action]
  public private(set) var steps: [Step] = []
  /// The objects freed though the program could reach them.
  public let lost: [ObjectLabel]

  /// The whole schedule, to be performed on a new machine.
  public var actions: [Action] { setup + steps.flatMap(\.actions) }
  /// The whole schedule, to be read.
  public var lines: [String] { steps.map(\.line) }
}

extension Story {
  /// The story of a run that loses objects.
  init(
    from start: LabelledSnapshot, _ turns: [Turn], _ settings: Settings, _ bounds: Bounds
  ) {
    var stage = Stage(start, settings, bounds)
    self.start = start
    setup = stage.actions
    heap = stage.heapLines
    lost = stage.play(turns, into: &steps)
  }
}
