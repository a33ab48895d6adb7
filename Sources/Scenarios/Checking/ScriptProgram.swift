public import GarbageCollection
public import ModelChecking
import TimeTravel

/// A script taken apart for a checker: what builds the heap, and what its threads do while marking.
///
/// The heap is that of the first `start`. From there on each thread's statements are its program; when
/// each of them and each step of the collector happens is for the checker to choose, so the script's own
/// order counts for nothing, nor do its `step`, `until` and `finish`.
public struct ScriptProgram: ~Copyable {
  /// The session at the moment in which marking has started.
  public let beginning: Session
  let scene: Scene
  let layout: MachineLayout
  let programs: [[ProgramStep]]
  /// By thread, the statement of each program step.
  let statements: [[Statement]]
  /// What each label is called: objects of the heap by address, then those that programs allocate.
  public let labels: [String]

  /// - Throws: `ScriptProgramError` when there is nothing to interleave, or a statement cannot be.
  public init(
    _ script: Script, overrides: [(SettingName, String)] = []
  ) throws(ScriptProgramError) {
    guard let start = script.statements.firstIndex(where: \.startsCycle) else {
      throw .nothingStarts
    }
    let before = Script(Array(script.statements[..<start]) + [.start])
    let beginning = try ScriptProgram.play(before, overrides)
    let scene = try ScriptProgram.scene(of: beginning)
    var compiler = ProgramCompiler(scene, labels: beginning.objectLabels)
    for statement in script.statements[(start + 1)...] { try compiler.add(statement) }
    guard compiler.statements.contains(where: { !$0.isEmpty }) else { throw .nothingToDo }
    self.init(beginning, scene, compiler)
  }

  private init(_ beginning: consuming Session, _ scene: Scene, _ compiler: ProgramCompiler) {
    self.beginning = beginning
    self.scene = scene
    layout = compiler.layout
    programs = compiler.programs
    statements = compiler.statements
    labels = compiler.labels
  }

  private static func play(
    _ script: Script, _ overrides: [(SettingName, String)]
  ) throws(ScriptProgramError) -> Session {
    do throws(SessionError) { return try Session.playing(script, overrides: overrides) } catch {
      throw .cannotPlay(error.description)
    }
  }

  private static func scene(of session: borrowing Session) throws(ScriptProgramError) -> Scene {
    do throws(SceneError) { return try Scene(session.timeline.state.machine) } catch {
      throw .cannotSearch(error)
    }
  }
}

/// Why a script cannot be checked.
public enum ScriptProgramError: Error, Hashable, Sendable {
  case nothingStarts
  case nothingToDo
  case cannotPlay(String)
  case cannotSearch(SceneError)
  /// The statement cannot be put between any others.
  case cannotInterleave(String)
  case unknownName(String, in: String)
}

extension ScriptProgramError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nothingStarts: "no cycle is started; expected 'start' before the threads' statements"
    case .nothingToDo:
      "no thread does anything after 'start'; expected stores, loads or births there"
    case .cannotPlay(let reason): reason
    case .cannotSearch(let error): error.description
    case .cannotInterleave(let text):
      "'\(text)' after 'start' cannot be tried in every order; expected it before 'start'"
    case .unknownName(let name, let text): "'\(name)' in '\(text)' names nothing at that point"
    }
  }
}

extension ScriptProgram {
  /// Tries all ways in which the threads' statements and the collector's steps can follow each other.
  public func search(limits: SearchLimits) -> AdversaryReport {
    told(question.run(limits: limits))
  }

  /// The same as something to be searched bit by bit.
  public var question: SceneSearch {
    let lines = beginning.script.lines.map(\.text)
    let texts = statements.enumerated().flatMap { thread, statements in
      statements.map { $0.by(scene.layout.threads[thread].name).text }
    }
    return SceneSearch.interleavings(
      of: programs, from: scene, layout: layout,
      titled: (lines + texts).joined(separator: "; "))
  }

  /// What was found, in statements.
  public func told(_ report: SceneSearch.Report) -> AdversaryReport {
    AdversaryReport(report, in: scene, labels, globals: layout.globals) { mutator, index in
      statements[mutator.index][index].by(scene.layout.threads[mutator.index].name)
    }
  }

  /// The whole run as a script: what builds the heap, then a schedule.
  public func script(of schedule: [Statement], losing lost: [String]) -> Script {
    let rest = (schedule + lost.map { .expect(.fate(label: $0, .lost)) }).map { Script.Line($0) }
    return Script(lines: beginning.script.lines + rest)
  }
}

extension Statement {
  /// Whether a cycle begins here.
  fileprivate var startsCycle: Bool {
    switch self {
    case .start, .startMinor, .collect, .collectMinor: true
    default: false
    }
  }
}
