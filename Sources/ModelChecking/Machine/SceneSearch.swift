public import GarbageCollection

/// A question about everything that may come after one moment of a machine.
public struct SceneSearch: Sendable {
  private let scene: Scene
  private let situation: Situation
  private let title: String

  /// What has been found out.
  public struct Report: Hashable, Sendable {
    public enum Answer: Hashable, Sendable {
      /// The shortest way to lose an object, and which objects are lost at its end.
      case loses([Turn], [ObjectLabel])
      /// However the program and the collector take turns, nothing is lost.
      case keeps
      /// The search was not over: no way of fewer actions than this is a losing one.
      case undecided(depth: Int)
    }

    public let answer: Answer
    /// States met.
    public let states: Int
  }

  /// Tries everything that the program's variables allow.
  ///
  /// - Parameter target: the object to lose; any where it is nil.
  public static func adversary(from scene: Scene, target: ObjectLabel? = nil) -> SceneSearch {
    SceneSearch(
      scene, scene.turns, target: target, programs: [],
      mergesHeaps: target == nil && Set(scene.layout.objects).count <= 1, title: "")
  }

  /// Tries every way to interleave the statements of programs with the collector's steps.
  ///
  /// - Parameters:
  ///   - programs: by thread.
  ///   - title: says what is searched; a search of anything else refuses its checkpoints.
  public static func interleavings(
    of programs: [[ProgramStep]], from scene: Scene, layout: MachineLayout, titled title: String
  ) -> SceneSearch {
    var scene = scene
    scene.layout = layout
    return SceneSearch(
      scene, scene.turns(of: programs), target: nil, programs: programs, mergesHeaps: false,
      title: title)
  }

  private init(
    _ scene: Scene, _ turns: [Turn], target: ObjectLabel?, programs: [[ProgramStep]],
    mergesHeaps: Bool, title: String
  ) {
    self.scene = scene
    self.title = title
    var situation = Situation(
      settings: scene.settings, layout: scene.layout, turns: turns, cycles: .one,
      promise: .keepsObjects, mergesHeaps: mergesHeaps)
    situation.target = target?.index
    situation.programs = programs
    self.situation = situation
  }
}

// MARK: - Searching

/// A search from one moment under way.
public protocol RunningScene: KeptSearch {
  /// What has been found out so far.
  var report: SceneSearch.Report { get }
}

extension SceneSearch {
  /// Searches to the end or to the limits.
  public func run(limits: SearchLimits) -> Report {
    var search = begin(limits: limits)
    while !search.isOver { search.advance() }
    return search.report
  }

  /// A search at its beginning.
  public func begin(limits: SearchLimits) -> any RunningScene {
    switch size {
    case .small: SceneRun(Search(model(SmallState.self), limits: limits), title)
    case .medium: SceneRun(Search(model(MediumState.self), limits: limits), title)
    case .large: SceneRun(Search(model(LargeState.self), limits: limits), title)
    }
  }

  /// A search taken up where a checkpoint left it.
  public func resume(
    from checkpoint: [UInt8], limits: SearchLimits
  ) throws(CheckpointError) -> any RunningScene {
    switch size {
    case .small: try resume(SmallState.self, from: checkpoint, limits)
    case .medium: try resume(MediumState.self, from: checkpoint, limits)
    case .large: try resume(LargeState.self, from: checkpoint, limits)
    }
  }

  /// States that fit in so many bytes, table and parents included.
  public func stateCount(within byteCount: Int) -> Int { size.stateCount(within: byteCount) }

  private var size: StateSize { StateSize(scene.layout.bitCount(scene.settings)) }

  private func model<State: StateWord>(_: State.Type) -> MachineModel<State> {
    let labels = scene.snapshot.objects.indices.map { ObjectLabel($0) }
    return MachineModel(situation, from: .snapshot(scene.snapshot, labels))
  }

  private func resume<State: StateWord>(
    _: State.Type, from checkpoint: [UInt8], _ limits: SearchLimits
  ) throws(CheckpointError) -> SceneRun<State> {
    SceneRun(
      try Search(
        model(State.self), limits: limits, resuming: checkpoint, titled: title), title)
  }
}

/// A search from one moment whose states are of one type.
private struct SceneRun<State: StateWord>: RunningScene, SearchHolder {
  fileprivate(set) var search: Search<MachineModel<State>>
  let title: String

  init(_ search: Search<MachineModel<State>>, _ title: String) {
    self.search = search
    self.title = title
  }

  @specialized(where State == SmallState)
  @specialized(where State == MediumState)
  @specialized(where State == LargeState)
  mutating func advance() { search.advance() }

  var report: SceneSearch.Report {
    SceneSearch.Report(answer: answer, states: search.stateCount)
  }

  private var answer: SceneSearch.Report.Answer {
    switch search.verdict {
    case .holds: return .keeps
    case nil, .undecided: return .undecided(depth: search.depth)
    case .fails(let breach, _, let turns):
      guard case .lost(let lost) = breach else {
        preconditionFailure("only the loss of objects is looked for")
      }
      return .loses(turns, lost)
    }
  }
}
