public import GarbageCollection

/// All runs of the real machine, over all heaps of given bounds, one lawful action at a time.
///
/// A run starts when marking has just started. Whether an action is possible, and what it does, the
/// machine itself decides; the model only proposes. Ending marking and sweeping is one action.
public struct MachineModel: Model {
  public let settings: Settings
  public let bounds: Bounds
  let shape: StateShape
  private let turns: [Turn]

  public init(_ settings: Settings, _ bounds: Bounds) throws(CheckError) {
    try self.init(settings, bounds, mutatorCount: 1)
  }

  init(_ settings: Settings, _ bounds: Bounds, mutatorCount: Int) throws(CheckError) {
    shape = try StateShape(settings, bounds, mutatorCount: mutatorCount)
    self.settings = settings
    self.bounds = bounds
    turns = Turn.all(within: bounds, mutatorCount: mutatorCount)
  }

  /// Why a run breaks its promise.
  public enum Violation: Hashable, Sendable {
    /// These objects were freed though the program could reach them.
    case lost([ObjectLabel])
  }
}

// MARK: - Model

extension MachineModel {
  public func forEachInitialState(_ visit: (MachineState) -> Bool) {
    forEachHeap { heap in visit(stateWithMarkingStarted(on: heap)) }
  }

  public func forEachStep(
    from state: MachineState, _ visit: (Turn, Outcome<MachineState, Violation>) -> Void
  ) {
    let start = shape.unpack(state)
    var bench = bench(for: start)
    for turn in turns {
      switch bench.take(turn) {
      case .refused: continue
      case .done:
        let successor = shape.pack(bench.labelledSnapshot)
        visit(turn, .state(successor))
        if successor == state { continue }
      case .finished(let lost): visit(turn, outcome(ofLosing: lost, bench))
      }
      bench = self.bench(for: start)
    }
  }

  private func outcome(
    ofLosing lost: [ObjectLabel], _ bench: borrowing Bench
  ) -> Outcome<MachineState, Violation> {
    guard lost.isEmpty else { return .violation(.lost(lost)) }
    switch bounds.cycles {
    case .one: return .end
    case .many: return .state(shape.pack(bench.labelledSnapshot))
    }
  }
}

// MARK: - Machines

extension MachineModel {
  private func bench(for state: LabelledSnapshot) -> Bench {
    Bench(
      machine(for: state.snapshot), labels: state.labels, labelCount: bounds.objects,
      slotCount: bounds.slots)
  }

  private func machine(for snapshot: Snapshot) -> Machine {
    var settings = settings
    // All objects of a check fit into one page; a large heap would only be slow to set up.
    settings.heapLimitBytes = SettingName.heapLimits.lowerBound
    do throws(HeapError) {
      return try Machine.restored(from: snapshot, settings)
    } catch {
      preconditionFailure("a page of memory can be had: \(error)")
    }
  }

  private func stateWithMarkingStarted(on heap: LabelledSnapshot) -> MachineState {
    var bench = bench(for: heap)
    guard case .done = bench.take(.start) else {
      preconditionFailure("an idle machine can start a cycle")
    }
    return shape.pack(bench.labelledSnapshot)
  }
}
