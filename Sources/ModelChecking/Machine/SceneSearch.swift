public import GarbageCollection

/// A search that goes on from one moment of a machine.
public struct SceneSearch {
  /// What has been found out.
  public enum Answer: Hashable, Sendable {
    /// The shortest way to lose an object, and which objects are lost at its end.
    case loses([Turn], [ObjectLabel])
    /// However the program and the collector take turns, nothing is lost.
    case keeps
    /// The limit of states came first: no way of fewer actions than this is a losing one.
    case undecided(depth: Int)
  }

  public let answer: Answer
  /// States met.
  public let states: Int

  /// Tries everything that the program's variables allow.
  public static func adversary(
    from scene: Scene, limits: SearchLimits
  ) -> SceneSearch {
    search(scene, scene.turns, programs: [], limits)
  }

  /// Tries every way to interleave the statements of programs with the collector's steps.
  ///
  /// - Parameter programs: by thread.
  public static func interleavings(
    of programs: [[ProgramStep]], from scene: Scene, layout: MachineLayout, limits: SearchLimits
  ) -> SceneSearch {
    var scene = scene
    scene.layout = layout
    let live = scene.snapshot.stacks.indices.filter { !scene.snapshot.stacks[$0].isEnded }
    var turns: [Turn] = []
    for (thread, program) in programs.enumerated() {
      turns += program.indices.map { .statement(MutatorID(thread), $0) }
      turns.append(.resume(MutatorID(thread)))
    }
    turns += live.map { .scanStack(MutatorID($0)) }
    turns += layout.globals.indices.map { .scanGlobal($0) }
    turns += layout.objects.indices.map { .scanObject(ObjectLabel($0)) }
    return search(scene, turns + [.finish], programs: programs, limits)
  }

  private static func search(
    _ scene: Scene, _ turns: [Turn], programs: [[ProgramStep]], _ limits: SearchLimits
  ) -> SceneSearch {
    var situation = Situation(
      settings: scene.settings, layout: scene.layout, turns: turns, cycles: .one,
      promise: .keepsObjects,
      mergesHeaps: programs.isEmpty && Set(scene.layout.objects).count <= 1)
    situation.programs = programs
    return switch StateSize(scene.layout.bitCount(scene.settings)) {
    case .small: SceneSearch(scene, situation, limits, SmallState.self)
    case .medium: SceneSearch(scene, situation, limits, MediumState.self)
    case .large: SceneSearch(scene, situation, limits, LargeState.self)
    }
  }

  private init<State: StateWord>(
    _ scene: Scene, _ situation: Situation, _ limits: SearchLimits, _: State.Type
  ) {
    let labels = scene.snapshot.objects.indices.map { ObjectLabel($0) }
    let model = MachineModel<State>(situation, from: .snapshot(scene.snapshot, labels))
    var search = Search(model, limits: limits)
    switch search.run() {
    case .holds: answer = .keeps
    case .undecided: answer = .undecided(depth: search.depth)
    case .fails(let breach, _, let turns):
      guard case .lost(let lost) = breach else {
        preconditionFailure("only the loss of objects is looked for")
      }
      answer = .loses(turns, lost)
    }
    states = search.stateCount
  }
}
