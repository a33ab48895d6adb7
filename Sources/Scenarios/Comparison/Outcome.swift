public import GarbageCollection
import TimeTravel

/// How a schedule comes out under one barrier or collector: a row of the table that compares them.
public struct Outcome: Hashable, Sendable {
  public let variant: Variant
  public let barrier: Barrier
  /// Labels of objects freed while the program could reach them, in order of death.
  public let lost: [String]
  /// Labels of objects that are going to be freed, where the story ends before they are.
  public let doomed: [String]
  /// The step by which one of them was doomed; where there are none, one that was saved after all.
  public let doom: Doom?
  public let strongBreak: Break?
  public let weakBreak: Break?
  /// Objects that the barrier shaded.
  public let shadeCount: Int
  /// Garbage that outlived a cycle.
  public let floatingCount: Int
  public let rescanCount: Int
  /// References that the collector looked at.
  public let scanCount: Int
  public let stepCount: Int
  public let cost: Cost

  /// What the collector cost in all, and what it left.
  public struct Cost: Hashable, Sendable {
    public let work: Work
    public let cycleCount: Int
    public let pauseCount: Int
    public let longestPause: Int
    /// Of all time, what the program had, from 0 to 1.
    public let throughput: Double
    public let footprint: Footprint
    public let liveBytes: Int
    /// Objects that nothing is going to free.
    public let leakedCount: Int
  }

  public struct Doom: Hashable, Sendable {
    public let step: Int
    /// Whether an object was lost by it.
    public let isFinal: Bool

    public init(step: Int, isFinal: Bool) {
      self.step = step
      self.isFinal = isFinal
    }
  }

  /// The first time that an invariant is broken.
  public struct Break: Hashable, Sendable {
    public let step: Int
    /// Whether the barrier is there to keep it.
    public let isPromised: Bool

    public init(step: Int, isPromised: Bool) {
      self.step = step
      self.isPromised = isPromised
    }
  }

  /// - Precondition: the session is at its end.
  public init(_ variant: Variant, _ session: borrowing Session) {
    self.variant = variant
    let moments = session.moments
    let tally = moments.last?.tally ?? Tally()
    let promise = session.settings.barrier.facts.invariant
    let victims = session.victims
    func firstBreak(of invariant: Barrier.Invariant) -> Break? {
      moments.firstIndex { $0.broken.contains(invariant) }
        .map { Break(step: $0 + 1, isPromised: promise == invariant) }
    }
    barrier = session.settings.barrier
    lost = session.lostLabels
    doomed = session.doomedLabels
    let fatal = victims.compactMap { victim in session.doomedStep(of: victim) }.min()
    let passing = moments.firstIndex { !$0.doomed.isEmpty }.map { $0 + 1 }
    doom = (fatal ?? passing).map { Doom(step: $0, isFinal: fatal != nil) }
    strongBreak = firstBreak(of: .strong)
    weakBreak = firstBreak(of: .weak)
    shadeCount = tally[.shades]
    floatingCount = tally[.floating]
    rescanCount = tally[.rescans]
    scanCount = tally.scannedReferenceCount
    stepCount = session.stepCount
    let pauses = PauseTimeline(session)
    cost = Cost(
      work: tally.collectorWork, cycleCount: tally[.cycles], pauseCount: pauses.pauses.count,
      longestPause: pauses.longestPause, throughput: pauses.throughput,
      footprint: session.timeline.state.machine.heap.footprint,
      liveBytes: session.timeline.state.liveBytes,
      leakedCount: session.timeline.state.leakedCount)
  }
}

extension Session {
  /// The step from which on a victim was doomed: the last time that it became so before it died.
  func doomedStep(of victim: ObjectID) -> Int? {
    let lost = moments.firstIndex { $0.lost.contains(victim) }
    return moments[..<(lost ?? moments.count)].lastIndex { $0.doomed.contains(victim) }
      .map { $0 + 1 }
  }

  /// Labels of what is doomed at the end of the run.
  ///
  /// - Precondition: the session is at its end.
  fileprivate var doomedLabels: [String] {
    tension.doomedObjects.subtracting(lost).sorted().map { timeline.state.label(of: $0) }
  }
}
