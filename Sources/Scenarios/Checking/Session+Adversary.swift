import GarbageCollection
public import ModelChecking
import TimeTravel

/// The shortest way to lose an object from a moment on, or that there is none.
public struct AdversaryReport: Hashable, Sendable {
  public enum Answer: Hashable, Sendable {
    /// These statements, one action each but for the last, which ends the cycle, lose these objects.
    case loses([Statement], [String])
    /// However program and collector take turns, nothing is lost in this cycle.
    case keeps
    /// No way of fewer actions than this loses anything; farther the search did not get.
    case undecided(depth: Int)
  }

  public let answer: Answer
  /// States looked at.
  public let states: Int
}

extension Session {
  /// Searches everything that the program's variables allow from the present moment on.
  ///
  /// - Throws: `SceneError` where a search cannot start.
  public borrowing func adversary(
    limits: SearchLimits
  ) throws(SceneError) -> AdversaryReport {
    let scene = try Scene(timeline.state.machine)
    let search = SceneSearch.adversary(from: scene, limits: limits)
    let labels = objectLabels
    let answer: AdversaryReport.Answer =
      switch search.answer {
      case .keeps: .keeps
      case .undecided(let depth): .undecided(depth: depth)
      case .loses(let turns, let lost):
        .loses(
          turns.flatMap { statements(for: $0, scene, labels) }, lost.map { labels[$0.index] })
      }
    return AdversaryReport(answer: answer, states: search.states)
  }

  /// What the objects that stand are called, by address.
  var objectLabels: [String] { labels(of: timeline.state) }

  private func labels(of state: borrowing ObservedMachine) -> [String] {
    var labels: [String] = []
    state.machine.heap.forEachObject { object in
      labels.append(state.chronicle.tenant(of: object).map { state.label(of: $0) } ?? "?")
    }
    return labels
  }

  private func statements(
    for turn: Turn, _ scene: Scene, _ labels: [String]
  ) -> [Statement] {
    if case .scanObject(let label) = turn { return [.scan(.object(labels[label.index]))] }
    var names = Naming([])
    return turn.statements(on: scene.snapshot, nil, &names)
  }
}
