public import GarbageCollection

/// All runs of the real machine, over all heaps of given bounds, one lawful action at a time.
///
/// A run starts when marking has just started. Whether an action is possible, and what it does, the
/// machine itself decides; the model only proposes. Ending marking and sweeping is one action.
public struct MachineModel<State: StateWord>: Model {
  let situation: Situation
  private let start: Start

  /// Where runs begin.
  enum Start: Sendable {
    /// In every heap of the bounds, when marking has just started.
    case allHeaps(Bounds)
    /// In one state.
    case snapshot(Snapshot, [ObjectLabel])
  }

  init(_ situation: Situation, from start: Start) {
    self.situation = situation
    self.start = start
  }

  public func makeExplorer() -> MachineExplorer<State> { MachineExplorer(situation) }

  public func forEachInitialState(_ visit: (State) -> Bool) {
    let explorer = makeExplorer()
    switch start {
    case .allHeaps(let bounds):
      bounds.forEachHeap { heap in
        visit(explorer.state(of: heap.snapshot, heap.labels, after: bounds.beginning))
      }
    case .snapshot(let snapshot, let labels):
      _ = visit(explorer.state(of: snapshot, labels))
    }
  }

  /// The idle heap from which the initial state `state` came.
  func heap(of state: State) -> LabelledSnapshot {
    guard case .allHeaps(let bounds) = start else {
      preconditionFailure("only these have a heap each")
    }
    let explorer = makeExplorer()
    var found: LabelledSnapshot?
    bounds.forEachHeap { heap in
      if explorer.state(of: heap.snapshot, heap.labels, after: bounds.beginning) == state {
        found = heap
      }
      return found == nil
    }
    guard let found else { preconditionFailure("an initial state comes from a heap") }
    return found
  }

  public func actions(from start: State, _ ordinals: [UInt16]) -> [Turn] {
    follow(from: start, ordinals).turns
  }

  /// The lost objects by the names they have in the run.
  public func retold(
    _ breach: Breach, from start: State, _ ordinals: [UInt16]
  ) -> Breach {
    guard case .lost(let labels) = breach else { return breach }
    let names = follow(from: start, ordinals.dropLast()).names
    return .lost(labels.map { ObjectLabel(names[$0.index]) }.sorted())
  }

  /// The turns of a run, and what its last state calls its objects: the run's names by the state's.
  private func follow(
    from start: State, _ ordinals: some Sequence<UInt16>
  ) -> (turns: [Turn], names: [Int]) {
    let explorer = makeExplorer()
    var state = start
    var names = names(in: start, explorer)
    var turns: [Turn] = []
    for ordinal in ordinals {
      let (turn, next) = explorer.follow(ordinal, from: state, &names)
      turns.append(turn)
      state = next
    }
    return (turns, names)
  }

  private func names(in start: State, _ explorer: MachineExplorer<State>) -> [Int] {
    switch self.start {
    case .allHeaps(let bounds):
      let heap = heap(of: start)
      return explorer.names(of: heap.snapshot, heap.labels, after: bounds.beginning)
    case .snapshot(let snapshot, let labels): return explorer.names(of: snapshot, labels)
    }
  }
}
