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
  private let barrier: String
  private let isBarrierNew: Bool

  public init(from former: borrowing Session, to latter: borrowing Session) {
    lostBefore = former.lostLabels
    lostNow = latter.lostLabels
    barrier = latter.settings.barrier.facts.name
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
  public var description: String {
    let head = isBarrierNew ? "Barrier \(barrier): " : "Replayed: "
    guard let firstStep else { return head + "the story is the same." }
    return head + outcome + " First difference at step \(firstStep)"
      + (sentence.map { ": \($0)" } ?? ".")
  }

  private var outcome: String {
    let saved = lostBefore.filter { !lostNow.contains($0) }
    let victims = lostNow.filter { !lostBefore.contains($0) }
    var parts: [String] = []
    if !saved.isEmpty { parts.append("\(saved.joined(separator: ", ")) lives now.") }
    if !victims.isEmpty { parts.append("\(victims.joined(separator: ", ")) is lost now.") }
    if parts.isEmpty {
      parts.append(
        lostNow.isEmpty
          ? "nothing is lost." : "\(lostNow.joined(separator: ", ")) is lost as before.")
    }
    return parts.joined(separator: " ")
  }
}

extension Session {
  /// Objects that were freed while the program could reach them, in order of death.
  public var lost: [ObjectID] { moments.flatMap(\.lost) }

  var lostLabels: [String] { lost.map { timeline.state.label(of: $0) } }
}
