import GarbageCollection

/// All runs of the real machine under any collector, each state a machine built anew from a snapshot.
///
/// Slower than `MachineModel`, and knows nothing about how the collector works: whatever a snapshot
/// holds is part of a state. Objects are called by number, by address, in a state; a story gives them
/// names that last.
struct SnapshotModel: Model {
  let situation: Situation
  let bounds: Bounds
  private let store = SnapshotStore()

  init(_ check: Check) {
    situation = check.situation
    bounds = check.bounds
  }

  func makeExplorer() -> SnapshotExplorer { SnapshotExplorer(situation, store) }

  func forEachInitialState(_ visit: (SmallState) -> Bool) {
    bounds.forEachHeap { heap in visit(state(of: heap)) }
  }

  /// The state in which a run begins whose heap, idle, is this one.
  private func state(of heap: LabelledSnapshot) -> SmallState {
    var bench = Bench(heap.snapshot.newlyBorn(under: situation.settings.collector), situation)
    for turn in bounds.beginning {
      guard case .done = bench.take(turn) else {
        preconditionFailure("\(turn) can happen to begin with")
      }
    }
    return store.state(of: bench.machine.snapshot)
  }

  /// The idle heap from which the initial state `state` came.
  func heap(of state: SmallState) -> LabelledSnapshot {
    var found: LabelledSnapshot?
    bounds.forEachHeap { heap in
      if self.state(of: heap) == state { found = heap }
      return found == nil
    }
    guard let found else { preconditionFailure("an initial state comes from a heap") }
    return found
  }

  func actions(from start: SmallState, _ ordinals: [UInt16]) -> [Turn] {
    follow(from: start, ordinals).turns
  }

  /// The lost objects by the names they have in the run.
  func retold(_ breach: Breach, from start: SmallState, _ ordinals: [UInt16]) -> Breach {
    guard case .lost(let labels) = breach else { return breach }
    let names = follow(from: start, ordinals.dropLast()).names
    return .lost(labels.map { names[$0.index] }.sorted())
  }

  /// The turns of a run, and the run's names for the objects of its last state.
  private func follow(
    from start: SmallState, _ ordinals: some Sequence<UInt16>
  ) -> (turns: [Turn], names: [ObjectLabel]) {
    var snapshot = store.snapshot(of: start)
    var names = snapshot.objects.indices.map { ObjectLabel($0) }
    var turns: [Turn] = []
    for ordinal in ordinals {
      var bench = Bench(snapshot, situation, names: names)
      let turn = situation.turns[Int(ordinal)].renamed(names)
      if case .refused = bench.take(turn) {
        preconditionFailure("what the search did can be done again")
      }
      turns.append(turn)
      names = bench.labelsByAddress
      snapshot = bench.machine.snapshot
    }
    return (turns, names)
  }
}

/// Tries on machines built from a snapshot everything that may happen in a state.
final class SnapshotExplorer: StateExplorer {
  private let situation: Situation
  private let store: SnapshotStore

  init(_ situation: Situation, _ store: SnapshotStore) {
    self.situation = situation
    self.store = store
  }

  func expand(_ state: SmallState, into steps: inout Steps<SmallState, Breach>) {
    let snapshot = store.snapshot(of: state)
    for (index, turn) in situation.turns.enumerated() where snapshot.admits(turn, situation) {
      let ordinal = UInt16(truncatingIfNeeded: index)
      var bench = Bench(snapshot, situation)
      switch bench.take(turn) {
      case .refused: break
      case .done:
        if keepsInvariant(bench.machine) {
          steps.lead(to: store.state(of: bench.machine.snapshot), by: ordinal)
        } else {
          steps.breaks(.invariantBroken, by: ordinal)
        }
      case .finished(let lost):
        if !lost.isEmpty, situation.promise == .keepsObjects {
          steps.breaks(.lost(lost), by: ordinal)
        } else if situation.cycles == .one, bench.machine.phase == .idle {
          steps.end()
        } else {
          steps.lead(to: store.state(of: bench.machine.snapshot), by: ordinal)
        }
      }
    }
  }

  private func keepsInvariant(_ machine: borrowing Machine) -> Bool {
    guard situation.promise != .keepsObjects else { return true }
    let judgement = Oracle().judge(machine)
    let state =
      situation.promise == .strongInvariant ? judgement.strong : judgement.weak
    if case .broken = state { return false }
    return true
  }
}

extension Snapshot {
  /// Whether the turn can do anything here; the machine may still refuse it.
  fileprivate func admits(_ turn: Turn, _ situation: Situation) -> Bool {
    for register in turn.dereferenced where value(of: register) == nil { return false }
    switch turn {
    case .allocate: return objects.count < situation.layout.objects.count
    case .resume(let mutator): return stores.contains { $0.mutator == mutator }
    case .start, .startMinor: return phase == .idle
    case .scanStack, .scanGlobal: return phase == .roots || phase == .marking
    case .scanObject(let label):
      return label.index < objects.count && (phase == .roots || phase == .marking)
    case .finish: return phase == .marking || phase == .copying
    case .load, .copy, .clear, .store, .copyObject, .send, .statement: return true
    }
  }

  private func value(of register: Register) -> Int? {
    switch register.place {
    case .variable(let index, let frame):
      stacks[register.mutator.index].frames[frame].variables[index].value
    case .global(let index): globals[index].value
    }
  }
}

extension Bench {
  /// A machine in the state of a snapshot.
  ///
  /// - Parameter names: by number, what to call the snapshot's objects; their numbers if nil.
  fileprivate init(_ snapshot: Snapshot, _ situation: Situation, names: [ObjectLabel]? = nil) {
    var settings = situation.settings
    settings.heapLimitBytes = Bench.heapLimitBytes
    let machine: Machine
    do throws(HeapError) {
      machine = try Machine.restored(from: snapshot, settings)
    } catch {
      preconditionFailure("a heap within bounds can be had: \(error)")
    }
    var references = [Reference?](repeating: nil, count: situation.layout.objects.count)
    var number = 0
    machine.heap.forEachObject { object in
      references[names.map { $0[number].index } ?? number] = object
      number += 1
    }
    self.init(
      machine, references: references,
      birth: situation.layout.objects.first ?? MachineLayout.Object(ownCellFor: 1, 0))
  }

  /// The names of all objects, by address.
  fileprivate var labelsByAddress: [ObjectLabel] {
    var labels: [ObjectLabel] = []
    machine.heap.forEachObject { labels.append(label(of: $0)) }
    return labels
  }

  private static var heapLimitBytes: Int { 1 << 18 }
}

extension Turn {
  fileprivate func renamed(_ names: [ObjectLabel]) -> Turn {
    if case .scanObject(let label) = self { return .scanObject(names[label.index]) }
    return self
  }
}
