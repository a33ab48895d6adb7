public import GarbageCollection

/// What a worker has found out about its share of a block of states.
///
/// States known already are dropped at once; the others wait in order to be added by one thread.
public struct Steps<State: StateWord, Violation: Hashable & Sendable>: Sendable {
  /// A state that was not known when the block began.
  struct Candidate: Sendable {
    let state: State
    /// Position of the state that it came out of.
    let parent: UInt32
    /// Which of the parent's steps led here.
    let ordinal: UInt16
  }

  struct Finding: Sendable {
    let violation: Violation
    let parent: UInt32
    let ordinal: UInt16
  }

  /// What is left of the steps when they are over.
  struct Harvest: Sendable {
    var candidates: [Candidate] = []
    var transitionCount = 0
    /// The first promise broken; nothing behind it counts.
    var finding: Finding?
  }

  private(set) var harvest = Harvest()
  private let known: StateTable<State>
  private var parent: UInt32 = 0
  /// The state being expanded, to which many steps lead back.
  private var origin = State()
  /// Where steps lead, each a look at the table that is still to be taken.
  private var successors: [Candidate] = []
  /// What stands where the table would first look for each.
  private var found: [State] = []

  init(known: StateTable<State>) { self.known = known }

  mutating func begin(_ state: State, at position: UInt32) {
    origin = state
    parent = position
    if successors.count >= Steps.batchSize { look() }
  }

  /// Successors whose looks at the table are taken together.
  private static var batchSize: Int { 64 }

  /// Ends the share of states.
  mutating func finish() { look() }

  /// Drops the successors that are known.
  ///
  /// All looks at the table are taken together, so that the processor waits for memory once and not for
  /// each: the table is far larger than its caches.
  private mutating func look() {
    found.removeAll(keepingCapacity: true)
    for successor in successors { found.append(known.firstLook(for: successor.state)) }
    for index in successors.indices where found[index] != successors[index].state {
      if known.contains(successors[index].state) { continue }
      harvest.candidates.append(successors[index])
    }
    successors.removeAll(keepingCapacity: true)
  }
}

extension Steps {
  /// Step number `ordinal` leads to `state`.
  @inline(__always)
  public mutating func lead(to state: State, by ordinal: UInt16) {
    guard harvest.finding == nil else { return }
    harvest.transitionCount &+= 1
    if state != origin {
      successors.append(Candidate(state: state, parent: parent, ordinal: ordinal))
    }
  }

  /// The run is over with this step, and every promise was kept.
  @inline(__always)
  public mutating func end() {
    if harvest.finding == nil { harvest.transitionCount &+= 1 }
  }

  /// Step number `ordinal` breaks a promise.
  public mutating func breaks(_ violation: Violation, by ordinal: UInt16) {
    guard harvest.finding == nil else { return }
    harvest.transitionCount += 1
    harvest.finding = Finding(violation: violation, parent: parent, ordinal: ordinal)
  }
}
