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
  /// - Parameter target: the label of the object to lose; any object where it is nil.
  /// - Throws: `SceneError` where a search cannot start.
  public borrowing func adversary(
    losing target: String? = nil, limits: SearchLimits
  ) throws(SceneError) -> AdversaryReport {
    let scene = try Scene(timeline.state.machine)
    let labels = objectLabels
    let object = target.map { labels.firstIndex(of: $0) }
    // What does not stand cannot be lost.
    if case .some(.none) = object { return AdversaryReport(answer: .keeps, states: 0) }
    let search = SceneSearch.adversary(
      from: scene, target: object.flatMap { $0 }.map { ObjectLabel($0) }, limits: limits)
    let answer: AdversaryReport.Answer =
      switch search.answer {
      case .keeps: .keeps
      case .undecided(let depth): .undecided(depth: depth)
      case .loses(let turns, let lost):
        .loses(
          turns.dropLast().flatMap { statements(for: $0, scene, labels) } + [.finish],
          lost.map { labels[$0.index] })
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
    switch turn {
    case .scanObject(let label): return [.scan(.object(labels[label.index]))]
    // Before the last turn of a run the end of marking only finds more to do.
    case .finish: return [.step(count: 1, .step)]
    default: break
    }
    var names = Naming([])
    return turn.statements(on: scene.snapshot, nil, &names)
  }
}
