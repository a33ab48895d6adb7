import Dispatch
import GarbageCollection
import Synchronization

/// A breadth-first search through all states of a model, nearest first, on all cores.
///
/// States are expanded in blocks. The workers share out a block and look states up in a table that
/// nobody changes meanwhile; then one thread adds what was new, in the order in which a single worker
/// would have met it. So states, their order, counts and the counterexample do not depend on the
/// number of workers.
///
/// A state costs its own size twice (in the order of meeting, and in the table, which is at least three
/// eighths full) and 6 bytes that say how it was first met: the position of its parent, and which of
/// the parent's steps it was.
public struct Search<Subject: Model> {
  public let model: Subject
  public let limits: SearchLimits
  /// What has been found out; nil while the search is under way.
  public private(set) var verdict: Verdict<Subject>?
  /// Steps taken so far, those to known states and to the end of a run included.
  public internal(set) var transitionCount = 0
  /// Actions from an initial state to the states being expanded.
  public internal(set) var depth = 0

  /// Whether every initial state is among the states; else nothing can be proved by going on.
  public private(set) var hasAllBeginnings = true

  var table = StateTable<Subject.State>()
  /// In the order in which they were met.
  var states: [Subject.State] = []
  var parents: [UInt32] = []
  var ordinals: [UInt16] = []
  /// The next state to expand.
  var next = 0
  /// The states of the present depth end here.
  var levelEnd = 0
  private let workers: [Worker]

  /// Begins with the initial states.
  ///
  /// - Parameter goesOn: is asked now and then; when it answers false, the search ends undecided.
  public init(
    _ model: Subject, limits: SearchLimits = SearchLimits(), while goesOn: () -> Bool = { true }
  ) {
    self.init(empty: model, limits: limits)
    var count = 0
    model.forEachInitialState { state in
      insert(state, parent: Search.noParent, ordinal: 0)
      count += 1
      if count % Search.blockSize == 0, !goesOn(), verdict == nil {
        verdict = .undecided(states: states.count)
      }
      return verdict == nil
    }
    hasAllBeginnings = verdict == nil
    levelEnd = states.count
    if verdict == nil, states.isEmpty { concludeThatItHolds() }
  }

  init(empty model: Subject, limits: SearchLimits) {
    self.model = model
    self.limits = limits
    workers = (0..<max(1, limits.workerCount)).map { _ in Worker(model) }
  }

  /// The parent of an initial state.
  static var noParent: UInt32 { .max }

  /// States expanded between two looks at the table; fewer where a level ends.
  private static var blockSize: Int { 1 << 14 }
  /// Candidates whose places in the table are fetched together.
  private static var lookahead: Int { 32 }
  /// States that are worth a second worker.
  private static var shareSize: Int { 256 }
}

/// How much a search may use.
public struct SearchLimits: Hashable, Sendable {
  /// States to store at most.
  public var stateCount: Int
  /// Threads that expand states.
  public var workerCount: Int

  public init(stateCount: Int = .max, workerCount: Int = 1) {
    self.stateCount = min(stateCount, Int(UInt32.max) - 1)
    self.workerCount = workerCount
  }
}

// MARK: - Blocks

extension Search {
  /// One thread's explorer.
  private final class Worker: Sendable {
    let explorer: Mutex<Subject.Explorer>

    init(_ model: Subject) { explorer = Mutex(model.makeExplorer()) }
  }

  /// What one worker found in its share of a block.
  private final class Share: Sendable {
    let harvest: Mutex<Steps<Subject.State, Subject.Violation>.Harvest?> = Mutex(nil)
  }

  public var stateCount: Int { states.count }

  /// States met whose steps are not tried yet.
  public var waitingCount: Int { states.count - next }

  /// Searches to the end.
  public mutating func run() -> Verdict<Subject> {
    while true {
      if let verdict { return verdict }
      advance()
    }
  }

  /// Takes every step out of the states of the next block.
  ///
  /// - Precondition: there is no verdict yet.
  public mutating func advance() {
    precondition(verdict == nil, "a search ends with its verdict")
    if next == levelEnd {
      depth += 1
      levelEnd = states.count
    }
    let block = next..<min(levelEnd, next + Search.blockSize)
    let transitionsBefore = transitionCount
    for harvest in expand(block) {
      add(harvest)
      if verdict == nil { continue }
      // A search that is taken up again begins with this block.
      if case .undecided? = verdict { transitionCount = transitionsBefore }
      return
    }
    next = block.upperBound
    if next == states.count { concludeThatItHolds() }
  }

  private func expand(_ block: Range<Int>) -> [Steps<Subject.State, Subject.Violation>.Harvest] {
    let count = min(workers.count, max(1, block.count / Search.shareSize))
    let shares = (0..<count).map { _ in Share() }
    let (states, table, workers) = (states, table, workers)
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let start = block.lowerBound + block.count * number / count
      let end = block.lowerBound + block.count * (number + 1) / count
      var steps = Steps<Subject.State, Subject.Violation>(known: table)
      workers[number].explorer.withLock { explorer in
        for position in start..<end where steps.harvest.finding == nil {
          steps.begin(states[position], at: UInt32(position))
          explorer.expand(states[position], into: &steps)
        }
      }
      steps.finish()
      shares[number].harvest.withLock { $0 = steps.harvest }
    }
    return shares.compactMap { share in share.harvest.withLock { $0 } }
  }

  private mutating func add(_ harvest: Steps<Subject.State, Subject.Violation>.Harvest) {
    transitionCount += harvest.transitionCount
    for (index, candidate) in harvest.candidates.enumerated() {
      if index % Search.lookahead == 0 {
        table.warm(harvest.candidates[index...].prefix(Search.lookahead).lazy.map(\.state))
      }
      insert(candidate.state, parent: candidate.parent, ordinal: candidate.ordinal)
      if verdict != nil { return }
    }
    if let finding = harvest.finding {
      let (start, ordinals) = run(to: finding.parent, then: finding.ordinal)
      verdict = .fails(
        model.retold(finding.violation, from: start, ordinals), from: start,
        after: model.actions(from: start, ordinals))
    }
  }

  private mutating func insert(_ state: Subject.State, parent: UInt32, ordinal: UInt16) {
    guard states.count < limits.stateCount else {
      if !table.contains(state) { verdict = .undecided(states: states.count) }
      return
    }
    guard table.insert(state) else { return }
    states.append(state)
    parents.append(parent)
    ordinals.append(ordinal)
  }

  private mutating func concludeThatItHolds() {
    verdict = .holds(states: states.count, transitions: transitionCount, depth: depth)
  }
}

// MARK: - Counterexamples

extension Search {
  /// The run that first met state `position`, and one more step.
  private func run(
    to position: UInt32, then last: UInt16
  ) -> (start: Subject.State, ordinals: [UInt16]) {
    var ordinals = [last]
    var position = position
    while parents[Int(position)] != Search.noParent {
      ordinals.append(self.ordinals[Int(position)])
      position = parents[Int(position)]
    }
    return (states[Int(position)], ordinals.reversed())
  }
}
