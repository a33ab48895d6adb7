import Examples
import GarbageCollection
import ModelChecking
import Scenarios
import Testing
import TimeTravel

struct AdversaryTests {
  private static let story = """
    object A slots 1
    object B slots 1
    push main
    local x = A
    local y = nil
    A.0 = B
    start
    """

  private func loss(
    of session: borrowing Session, losing label: String? = nil
  ) throws -> ([Statement], [String])? {
    let report = try session.adversary(losing: label, limits: SearchLimits(stateCount: 200_000))
    if case .loses(let schedule, let lost) = report.answer { return (schedule, lost) }
    #expect(report.answer == .keeps)
    return nil
  }

  @Test func `without a barrier the adversary plays the bad case`() throws {
    var session = try play(AdversaryTests.story)
    let (schedule, lost) = try #require(try loss(of: session))
    #expect(
      schedule.map(\.text) == ["scan stack", "local x = x.0", "scan A", "finish"]
        || schedule.count == 5)
    #expect(lost == ["B"])
    for statement in schedule { try session.inject(statement) }
    #expect(session.lost.map { session.timeline.state.label(of: $0) } == ["B"])
  }

  @Test(arguments: Barrier.allCases.filter { !$0.facts.isMistake && $0 != .none })
  func `under a sound barrier it finds nothing`(_ barrier: Barrier) throws {
    let session = try play(AdversaryTests.story, [(.barrier, barrier.rawValue)])
    #expect(try loss(of: session) == nil)
  }

  @Test func `it goes on from the middle of a run, and loses what it is asked to`() throws {
    let script = try #require(BuiltInScript.all.first { $0.name == "03-bad-case" })
    var session = try play(String(decoding: script.bytes, as: UTF8.self))
    session.seek(to: 12)
    let (schedule, lost) = try #require(try loss(of: session, losing: "C"))
    #expect(lost == ["C"])
    session.forgetFuture()
    for statement in schedule { try session.inject(statement) }
    #expect(session.lost.map { session.timeline.state.label(of: $0) } == ["C"])
    #expect(try loss(of: session, losing: "C") == nil)
  }

  @Test func `where marking is over it says so`() throws {
    let session = try play(AdversaryTests.story + "\nstep phase\nstep phase")
    #expect(throws: SceneError.markingIsOver) {
      try session.adversary(limits: SearchLimits())
    }
  }

  @Test func `a limit of states leaves it open`() throws {
    let session = try play(AdversaryTests.story, [(.barrier, "go")])
    let report = try session.adversary(limits: SearchLimits(stateCount: 20))
    guard case .undecided = report.answer else {
      Issue.record("\(report)")
      return
    }
    #expect(report.states == 20)
  }
}

struct ScriptProgramTests {
  private func report(
    _ source: String, _ overrides: [(SettingName, String)] = []
  ) throws -> AdversaryReport {
    let script = try Script(parsing: source, file: "test")
    let program = try ScriptProgram(script, overrides: overrides)
    return program.search(limits: SearchLimits())
  }

  private static let births = """
    object A slots 1
    push main
    local x = A
    start
    object N slots 1
    x.0 = N
    push inner
    local y = N
    pop
    """

  @Test func `births, frames and stores are interleaved with the collector`() throws {
    let safe = try report(ScriptProgramTests.births, [(.barrier, "go")])
    #expect(safe.answer == .keeps)
    let unsafe = try report(
      ScriptProgramTests.births, [(.barrier, "none"), (.allocate, "white")])
    guard case .loses(let schedule, let lost) = unsafe.answer else {
      Issue.record("a white newborn in a black object is lost")
      return
    }
    #expect(lost == ["N"])
    #expect(schedule.last == .finish)
  }

  @Test func `a global made while marking is one root more`() throws {
    let source = """
      set stacks any
      object A slots 1
      object B slots 1
      push main
      local x = A
      A.0 = B
      start
      root g = x.0
      x.0 = nil
      """
    #expect(try report(source, [(.barrier, "go")]).answer == .keeps)
    guard case .loses(let schedule, let lost) = try report(source).answer else {
      Issue.record("the new global hides B, once it is scanned")
      return
    }
    #expect(lost == ["B"])
    #expect(schedule.contains(.scan(.global("g"))))
  }

  @Test func `its own order counts for nothing`() throws {
    let early = try report(
      "object A slots 1\nobject B\npush m\nlocal x = A\nA.0 = B\nstart\nstep 5\nlocal x = x.0")
    let late = try report(
      "object A slots 1\nobject B\npush m\nlocal x = A\nA.0 = B\nstart\nlocal x = x.0\nstep 5")
    #expect(early == late)
  }

  @Test(arguments: [
    ("object A slots 1", ScriptProgramError.nothingStarts),
    ("object A slots 1\nstart\nfinish", .nothingToDo),
    (
      "object A slots 1\nstart\nthread T2",
      .cannotInterleave("thread T2")
    ),
    (
      "object A bytes 3\nobject B bytes 3\nobject C slots 1\nstart\nC.0 = A",
      .cannotSearch(.objectsOfNoClass)
    ),
  ])
  func `what cannot be checked says why`(_ source: String, _ error: ScriptProgramError) throws {
    let script = try Script(parsing: source, file: "test")
    #expect(throws: error) { _ = try ScriptProgram(script).labels }
  }
}
