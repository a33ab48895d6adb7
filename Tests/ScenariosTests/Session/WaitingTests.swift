import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Who waits for whom: stopped worlds, half-done stores, safepoints.
struct WaitingTests {
  private static let split = """
    set barrier yuasa
    set atomicity shade-first
    object A slots 1
    object B slots 1
    A.0 = B
    push main
    local a = A
    start
    a.0 = nil

    """

  @Test func `the program waits until a stopped world runs again`() throws {
    let session = try play(
      "set schedule stop-the-world\n" + badCaseOpening + "local b = a.0\n")
    let line = session.lines[session.lines.count - 1]
    #expect(line.steps.count > 1)
    #expect(session.timeline.state.machine.phase == .idle)
    #expect(session.sentences.last == "The mutator loads A.0 (B) into main.b.")
  }

  @Test func `the program waits for the second scan of its stack`() throws {
    let session = try play(
      "set barrier dijkstra\n" + badCaseOpening + "until phase termination\nlocal b = a.0\n")
    let line = session.lines[session.lines.count - 1]
    #expect(line.steps.count == 3)
    #expect(session.timeline.state.machine.phase == .sweeping)
  }

  @Test func `a split store is finished before the program's next statement`() throws {
    let session = try play(Self.split + "local x = nil\n")
    let line = session.lines[session.lines.count - 1]
    #expect(line.steps.count == 2)
    #expect(
      session.sentences.suffix(2) == [
        "The store goes on. The mutator clears A.0 (was B).", "The mutator sets main.x to nil.",
      ])
  }

  @Test func `a script may end in the middle of a store`() throws {
    let session = try play(Self.split)
    #expect(session.timeline.state.machine.pendingStore != nil)
  }

  @Test func `a single step waits for a safepoint and says so`() throws {
    let session = try play(
      Self.split + "until B black\nstep\nstep\nexpect phase marking\n")
    #expect(
      session.sentences.last == "The collector waits for a safepoint: a store is half done.")
    #expect(Verdict(session).failures == [])
  }

  @Test(arguments: ["finish", "until phase sweeping", "step 2 phase", "step 9 object"])
  func `where the collector must get on, the store is finished for it`(
    statement: String
  ) throws {
    let session = try play(Self.split + statement + "\n")
    #expect(session.timeline.state.machine.pendingStore == nil)
    let wait = try #require(session.sentences.firstIndex { $0.contains("waits for a safepoint") })
    #expect(session.sentences[wait + 1] == "The store goes on. The mutator clears A.0 (was B).")
  }

  @Test func `without the handshake nobody waits`() throws {
    let session = try play("set handshake off\n" + Self.split + "finish\n")
    #expect(session.timeline.state.machine.pendingStore != nil)
    #expect(session.sentences.contains { $0.contains("safepoint") } == false)
  }

}
