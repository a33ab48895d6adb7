public import GarbageCollection
import TimeTravel

/// How a story changed when the same statements were played under other settings, or in another
/// order.
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
  /// What was moved, if anything was.
  private let change: String?
  private let formerBreaks: Breaks
  private let latterBreaks: Breaks

  /// When something went wrong for the first time.
  private struct Breaks: Hashable {
    let doom: Int?
    let strong: Int?
    let weak: Int?

    init(_ session: borrowing Session) {
      let victims = session.victims
      doom = victims.compactMap { victim in session.doomedStep(of: victim) }.min()
      strong = session.moments.firstIndex { $0.broken.contains(.strong) }.map { $0 + 1 }
      weak = session.moments.firstIndex { $0.broken.contains(.weak) }.map { $0 + 1 }
    }
  }

  /// `change` says what was moved, where the order is another one.
  ///
  /// - Precondition: `latter` is at its end.
  public init(
    from former: borrowing Session, to latter: borrowing Session, change: String? = nil
  ) {
    precondition(latter.isAtEnd, "what lives is known at the end of a run")
    self.change = change
    formerBreaks = Breaks(former)
    latterBreaks = Breaks(latter)
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
    // In another order something differs at once, and what matters is what became of it.
    if change != nil { return "\(conditions) \(outcome).\(breaks)" }
    return "\(conditions) \(outcome). First difference at step \(firstStep)"
      + (sentence.map { ": \($0)" } ?? ", where the story ends.")
  }

  private var conditions: String {
    if let change { return "\(change):" }
    if !isBarrierNew { return "Under these settings" }
    return barrier == .none ? "Without a barrier" : "Under the \(barrier.nameInSentence)"
  }

  /// What breaks earlier, later or not at all in the new order.
  private var breaks: String {
    let lines = [
      SessionDifference.shift(of: "Doomed", formerBreaks.doom, latterBreaks.doom),
      SessionDifference.shift(of: "Strong broken", formerBreaks.strong, latterBreaks.strong),
      SessionDifference.shift(of: "Weak broken", formerBreaks.weak, latterBreaks.weak),
    ]
    return lines.compactMap { $0.map { " \($0)." } }.joined()
  }

  private static func shift(of what: String, _ former: Int?, _ latter: Int?) -> String? {
    guard former != latter else { return nil }
    guard let latter else { return "\(what) no more" }
    return "\(what) at step \(latter)" + (former.map { ", not \($0)" } ?? " now")
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
