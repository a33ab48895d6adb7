/// A time in which the world stood still, on the machine's clock: nanoseconds.
public struct ThreadPause: Hashable, Sendable {
  public let begin: UInt64
  public let end: UInt64

  public init(begin: UInt64, end: UInt64) {
    self.begin = begin
    self.end = end
  }

  public var nanoseconds: UInt64 { end - begin }
}

/// The last pauses, and how many there have been.
struct ThreadCensus: Sendable {
  private(set) var pauses: [ThreadPause] = []
  private(set) var pauseCount = 0
  private(set) var longest: UInt64 = 0

  /// Pauses that are remembered one by one.
  static let limit = 4096

  mutating func note(_ pause: ThreadPause) {
    if pauses.count == ThreadCensus.limit { pauses.removeFirst(ThreadCensus.limit / 2) }
    pauses.append(pause)
    pauseCount += 1
    longest = max(longest, pause.nanoseconds)
  }
}

/// What the oracle has found at the ends of markings.
struct ThreadJudge: Sendable {
  private(set) var judgedCount = 0
  /// Objects that were reachable and white.
  private(set) var lostCount = 0
  /// Objects that no root reached at one end of marking, and that were marked again at the next.
  private(set) var staleCount = 0
  /// Marked objects that no root reaches: garbage that floats for a cycle.
  private var floating = ReferenceSet()

  /// Judges a machine whose young have just been collected.
  ///
  /// - Parameter expected: objects that were reachable before.
  mutating func judgePromotion(_ machine: borrowing Machine, expected: Int) {
    judgedCount += 1
    var found = 0
    for object in Oracle().reachable(in: machine) {
      if machine.heap.isObject(object), !machine.heap.isYoung(object) { found += 1 }
    }
    lostCount += abs(expected - found)
  }

  /// Judges a machine at the end of marking, before anything is swept.
  mutating func judge(_ machine: borrowing Machine) {
    judgedCount += 1
    let reachable = Oracle().reachable(in: machine)
    var lost = 0
    var stale = 0
    var next = ReferenceSet()
    let before = floating
    for object in reachable where !machine.heap.isObject(object) { lost += 1 }
    machine.heap.forEachObject { object in
      // The young have been dealt with: who is left lives, and is white again.
      if machine.heap.isYoung(object) { return }
      let isMarked = machine.heap.color(of: object) != .white
      let isReachable = reachable.contains(object)
      if isReachable, !isMarked { lost += 1 }
      guard isMarked, !isReachable else { return }
      if before.contains(object) { stale += 1 }
      _ = next.insert(object)
    }
    lostCount += lost
    staleCount += stale
    floating = next
  }
}
