public import GarbageCollection

/// Tries on a real machine everything that may happen in a state.
public final class MachineExplorer<State: StateWord>: StateExplorer {
  private var bench: SearchBench<State>

  init(_ situation: Situation) { bench = SearchBench(situation) }

  public func expand(_ state: State, into steps: inout Steps<State, Breach>) {
    bench.expand(state, into: &steps)
  }

  /// The packed state of a snapshot after `turns`.
  func state(
    of snapshot: Snapshot, _ labels: [ObjectLabel], after turns: [Turn] = []
  ) -> State {
    bench.state(of: snapshot, labels, after: turns)
  }

  /// What the packed state of a snapshot after `turns` calls its objects: the snapshot's labels by the
  /// state's.
  func names(of snapshot: Snapshot, _ labels: [ObjectLabel], after turns: [Turn] = []) -> [Int] {
    bench.names(of: snapshot, labels, after: turns)
  }

  func follow(_ ordinal: UInt16, from state: State, _ names: inout [Int]) -> (Turn, State) {
    bench.follow(ordinal, from: state, &names)
  }
}

/// The machine and the turns of an explorer; owned, never shared.
struct SearchBench<State: StateWord>: ~Copyable {
  private var machine: PackableMachine
  /// By turn.
  private let filters: [TurnFilter]
  /// The machine's actions of all turns, and where those of each begin.
  private let actions: [Action]
  private let firstActions: [Int]
  private let situation: Situation
  private let labelCount: Int

  init(_ situation: Situation) {
    self.situation = situation
    labelCount = situation.layout.objects.count
    do throws(HeapError) {
      machine = try PackableMachine(situation.layout, situation.settings)
    } catch {
      preconditionFailure("a heap within bounds can be had: \(error)")
    }
    filters = situation.turns.map { TurnFilter($0, situation.layout) }
    var actions: [Action] = []
    var firstActions: [Int] = []
    for turn in situation.turns {
      firstActions.append(actions.count)
      if case .statement(let mutator, let index) = turn {
        actions.append(situation.programs[mutator.index][index].action(machine.cells))
      } else {
        actions += turn.actions(machine.cells, situation.layout)
      }
    }
    self.actions = actions
    self.firstActions = firstActions
  }
}

extension SearchBench {
  mutating func expand(_ state: State, into steps: inout Steps<State, Breach>) {
    let outline = machine.place(state)
    for index in filters.indices {
      guard filters[index].admits(outline, labelCount: labelCount),
        filters[index].kind != .statement || isNext(index)
      else { continue }
      let ordinal = UInt16(truncatingIfNeeded: index)
      switch take(index, outline, state) {
      case .refused: break
      case .done:
        if !machine.isWorklistWhole() {
          steps.breaks(.worklistAstray, by: ordinal)
        } else if situation.promise == .keepsObjects || keepsInvariant {
          steps.lead(to: pack(), by: ordinal)
        } else {
          steps.breaks(.invariantBroken, by: ordinal)
        }
        machine.goBack()
      case .finished(let lost):
        if !lost.isEmpty, situation.promise == .keepsObjects {
          steps.breaks(.lost(lost.map { ObjectLabel($0) }), by: ordinal)
        } else if situation.cycles == .one {
          steps.end()
        } else {
          steps.lead(to: pack(), by: ordinal)
        }
        _ = machine.place(state)
      }
    }
  }

  /// Whether the thread of a statement has come to it.
  private func isNext(_ index: Int) -> Bool {
    guard case .statement(let mutator, let number) = situation.turns[index] else { return true }
    return machine.positions[mutator.index] == number
  }

  enum Result {
    /// The machine does not allow it now and is as it was.
    case refused
    case done
    /// Marking ended and the sweep freed these labels' objects though the program could reach them.
    case finished(lost: [Int])
  }

  /// Lets a turn happen to the machine, which is in `state`.
  @inline(__always)
  private mutating func take(
    _ index: Int, _ outline: StateOutline, _ state: State
  ) -> Result {
    switch filters[index].kind {
    case .finish: return finish(outline.existing)
    case .allocate:
      let free = (~outline.existing).trailingZeroBitCount
      let mutator = MutatorID(filters[index].number)
      if mutator != .main { _ = machine.place(state, for: mutator) }
      let first = firstActions[index] + free * 2
      guard machine.perform(actions[first]) else { return .refused }
      guard machine.perform(actions[first + 1]) else {
        preconditionFailure("a newborn can be kept in a variable")
      }
      return .done
    case .statement: return takeStatement(index)
    case .mutate, .resume, .start, .scanStack, .scanGlobal, .scanObject:
      return machine.perform(actions[firstActions[index]]) ? .done : .refused
    }
  }

  /// Lets a thread go on to its next statement.
  private mutating func takeStatement(_ index: Int) -> Result {
    guard case .statement(let mutator, let number) = situation.turns[index] else {
      preconditionFailure("the turn is a statement's")
    }
    if let label = situation.programs[mutator.index][number].newborn {
      machine.offer(label, to: mutator)
    }
    guard machine.perform(actions[firstActions[index]]) else { return .refused }
    machine.positions[mutator.index] += 1
    return .done
  }

  /// Ends marking, which includes scanning stacks again where the settings ask for it, and sweeps.
  ///
  /// One turn, because no mutator runs before marking has ended, and because afterwards nothing can
  /// save an object any more. What is lost is for the oracle to say, and for the cells to show.
  private mutating func finish(_ existing: UInt64) -> Result {
    var reachable: UInt64 = 0
    let cells = machine.cells
    let ending = machine.finishCycle { machine in
      reachable = Oracle().reachable(among: cells, in: machine)
    }
    switch ending {
    case .waits: return .refused
    case .goesOn: return .done
    case .isOver: break
    }
    reachable &= existing
    if reachable == 0 { return .finished(lost: []) }
    var lost: [Int] = []
    for (label, cell) in cells.enumerated() where reachable & 1 << UInt64(label) != 0 {
      if situation.target.map({ $0 != label }) ?? false { continue }
      if !machine.machine.heap.isObject(cell) { lost.append(label) }
    }
    return .finished(lost: lost)
  }

  private var keepsInvariant: Bool {
    let broken = Oracle().brokenInvariants(among: machine.cells, in: machine.machine)
    return situation.promise == .strongInvariant ? !broken.strong : !broken.weak
  }

  private mutating func pack() -> State {
    situation.mergesHeaps ? machine.packMerged().0 : machine.pack()
  }
}

// MARK: - Beginnings and counterexamples

extension SearchBench {
  mutating func state(
    of snapshot: Snapshot, _ labels: [ObjectLabel], after turns: [Turn]
  ) -> State {
    set(snapshot, labels, after: turns)
    return pack()
  }

  mutating func names(
    of snapshot: Snapshot, _ labels: [ObjectLabel], after turns: [Turn]
  ) -> [Int] {
    set(snapshot, labels, after: turns)
    guard situation.mergesHeaps else { return Array(0..<labelCount) }
    let (_, order): (State, LabelOrder) = machine.packMerged()
    return (0..<order.count).map { order.label(at: $0) }
  }

  private mutating func set(
    _ snapshot: Snapshot, _ labels: [ObjectLabel], after turns: [Turn]
  ) {
    machine.set(snapshot, labels: labels.map(\.index))
    for turn in turns {
      for action in turn.actions(machine.cells, situation.layout) {
        guard machine.perform(action) else {
          preconditionFailure("\(turn) can happen to begin with")
        }
      }
    }
  }

  /// Takes a step once more and tells which turn it was, and where it led.
  ///
  /// - Parameter names: by label of the state, how a story calls the object: brought from `state` to the
  ///   state that follows.
  mutating func follow(
    _ ordinal: UInt16, from state: State, _ names: inout [Int]
  ) -> (Turn, State) {
    let index = Int(ordinal)
    let outline = machine.place(state)
    if filters[index].kind == .allocate {
      // The story gives the newborn its own lowest free name.
      let free = (~outline.existing).trailingZeroBitCount
      let taken = Set(
        names.indices.filter { outline.existing & 1 << UInt64($0) != 0 }.map { names[$0] })
      let name = names.indices.first { !taken.contains($0) } ?? free
      if let holder = names.firstIndex(of: name) { names.swapAt(holder, free) }
    }
    let turn = situation.turns[index].renamed(names)
    _ = take(index, outline, state)
    guard situation.mergesHeaps else { return (turn, machine.pack()) }
    let (next, order): (State, LabelOrder) = machine.packMerged()
    names = (0..<order.count).map { [names] in names[order.label(at: $0)] }
    return (turn, next)
  }
}

extension Turn {
  fileprivate func renamed(_ names: [Int]) -> Turn {
    switch self {
    case .scanObject(let label): .scanObject(ObjectLabel(names[label.index]))
    case .load, .copy, .clear, .store, .copyObject, .send, .allocate, .statement, .resume, .start,
      .startMinor, .scanStack, .scanGlobal, .finish:
      self
    }
  }
}
