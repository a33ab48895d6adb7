public import GarbageCollection
import TimeTravel

/// How a story changed when the same statements were played under other settings.
public struct SessionDifference: Hashable, Sendable {
  /// Labels of objects that were lost before, and are lost now.
  public let lostBefore: [String]
  public let lostNow: [String]
  /// The first step that is told differently, in the new run.
  public let firstStep: Int?
  private let sentence: String?
  /// Of those that were lost before and are not now, the ones that live at the end.
  private let survivors: [String]
  private let barrier: Barrier
  private let isBarrierNew: Bool

  /// - Precondition: `latter` is at its end.
  public init(from former: borrowing Session, to latter: borrowing Session) {
    precondition(latter.isAtEnd, "what lives is known at the end of a run")
    lostBefore = former.lostLabels
    lostNow = latter.lostLabels
    survivors = lostBefore.filter { latter.isLive($0) }
    barrier = latter.settings.barrier
    isBarrierNew = former.settings.barrier != latter.settings.barrier
    let count = min(former.moments.count, latter.moments.count)
    let first = (0..<count).first { former.moments[$0].sentence != latter.moments[$0].sentence }
    let index = first ?? (former.moments.count == latter.moments.count ? nil : count)
    firstStep = index.map { $0 + 1 }
    sentence = index.flatMap {
      latter.moments.indices.contains($0) ? latter.moments[$0].sentence : nil
    }
  }

  /// Whether something is lost now that was not before.
  public var isWorse: Bool { lostNow.contains { !lostBefore.contains($0) } }
}

extension SessionDifference: CustomStringConvertible {
  /// Who lives or dies now, and where the story first differs.
  public var description: String {
    guard let firstStep else { return "\(conditions) the story is the same." }
    return "\(conditions) \(outcome). First difference at step \(firstStep)"
      + (sentence.map { ": \($0)" } ?? ", where the story ends.")
  }

  private var conditions: String {
    if !isBarrierNew { return "Under these settings" }
    return barrier == .none ? "Without a barrier" : "Under the \(barrier.nameInSentence)"
  }

  private var outcome: String {
    let victims = lostNow.filter { !lostBefore.contains($0) }
    let others = lostBefore.filter { !lostNow.contains($0) && !survivors.contains($0) }
    let clauses = [
      (survivors, "lives", "live"), (others, "is not lost", "are not lost"),
      (victims, "is lost", "are lost"),
    ].compactMap { labels, one, many in
      labels.isEmpty ? nil : "\(labels.list) \(labels.count == 1 ? one : many)"
    }
    if !clauses.isEmpty { return clauses.list }
    guard !lostNow.isEmpty else { return "nothing is lost" }
    return "\(lostNow.list) \(lostNow.count == 1 ? "is" : "are") lost as before"
  }
}

extension Session {
  /// Objects that were freed while the program could reach them, in order of death.
  public var lost: [ObjectID] { moments.flatMap(\.lost) }

  var lostLabels: [String] { lost.map { timeline.state.label(of: $0) } }

  fileprivate func isLive(_ label: String) -> Bool {
    guard let id = timeline.state.chronicle.object(labelled: label) else { return false }
    return timeline.state.fate(of: id, timeline.state.judgement) == .live
  }
}
