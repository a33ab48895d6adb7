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
      from: scene, target: object.flatMap { $0 }.map { ObjectLabel($0) })
    return AdversaryReport(search.run(limits: limits), in: scene, labels)
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
}

extension AdversaryReport {
  /// What a search has found, in statements.
  ///
  /// - Parameters:
  ///   - labels: by the search's number, what objects are called.
  ///   - globals: those of the scene, if not given.
  ///   - statement: the statements of programs.
  init(
    _ report: SceneSearch.Report, in scene: Scene, _ labels: [String],
    globals: [String]? = nil,
    statement: (MutatorID, Int) -> Statement? = { _, _ in nil }
  ) {
    states = report.states
    switch report.answer {
    case .keeps: answer = .keeps
    case .undecided(let depth): answer = .undecided(depth: depth)
    case .loses(let turns, let lost):
      let before = turns.dropLast().flatMap { turn -> [Statement] in
        switch turn {
        case .scanObject(let label): return [.scan(.object(labels[label.index]))]
        case .scanGlobal(let index):
          return [.scan(.global((globals ?? scene.layout.globals)[index]))]
        case .statement(let mutator, let index):
          return statement(mutator, index).map { [$0] } ?? []
        // Before the last turn of a run the end of marking only finds more to do.
        case .finish: return [.step(count: 1, .step)]
        default:
          var names = Naming([])
          return turn.statements(on: scene.snapshot, nil, &names)
        }
      }
      answer = .loses(before + [.finish], lost.map { labels[$0.index] })
    }
  }
}
