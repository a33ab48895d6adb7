import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct PlayingTests {
  // MARK: Settings

  @Test(arguments: Barrier.allCases)
  func `roots and stacks follow the barrier`(barrier: Barrier) throws {
    let session = try play("object A\n", [(.barrier, barrier.rawValue)])
    #expect(session.settings.roots == barrier.facts.neededRoots)
    #expect(session.settings.stacks == barrier.facts.neededStacks)
    #expect(session.settings.handshake == barrier.facts.defaultHandshake)
  }

  @Test func `what a script chooses is not changed by another barrier`() throws {
    let session = try play(
      "set barrier dijkstra\nset roots once\nset stacks first\n", [(.barrier, "yuasa")])
    #expect(session.settings.roots == .once)
    #expect(session.settings.stacks == .first)
  }

  @Test func `an override takes the place of what the script chooses`() throws {
    let session = try play("set barrier dijkstra\nset roots once\n", [(.roots, "rescan")])
    #expect(session.settings.roots == .rescan)
    #expect(session.isMoot == true)
  }

  @Test func `an override that changes nothing leaves the expectations in force`() throws {
    let session = try play(
      "set barrier dijkstra\nobject A\nexpect A black\n", [(.roots, "rescan")])
    #expect(session.isMoot == false)
    #expect(Verdict(session).failures.count == 1)
  }

  // MARK: Steps

  @Test(arguments: [
    ("step", 1), ("step 3", 3), ("step object", 1), ("step 2 object", 2), ("step phase", 1),
    ("step 2 phase", 2), ("until C black", 5), ("until phase idle", 0), ("start\nfinish", 9),
    ("collect", 9), ("step slot", 1),
  ])
  func `a collector statement takes as many steps as it says`(
    statement: String, count: Int
  ) throws {
    let setUp = """
      object A slots 1
      object B slots 1
      object C slots 1
      A.0 = B
      B.0 = C
      root g = A

      """
    let session = try play(setUp + statement + "\n")
    #expect(session.stepCount - 6 == count)
  }

  @Test func `slot by slot an object takes a step for every slot and one to be taken`() throws {
    let setUp = """
      set scan slot-last
      object A slots 3
      root g = A
      start
      until A grey

      """
    let session = try play(setUp + "step object\n")
    #expect(session.lines[session.lines.count - 1].steps.count == 4)
    let slots = try play(setUp + "step 2 slot\n")
    #expect(slots.lines[slots.lines.count - 1].steps.count == 3)
    #expect(slots.labels(.grey) == ["A"])
  }

  @Test func `until takes no step when the claim holds already`() throws {
    let session = try play("object A\nuntil A white\n")
    #expect(session.stepCount == 1)
  }

  @Test func `until begins a cycle when none is under way`() throws {
    let session = try play("object A slots 1\nroot g = A\nuntil A grey\n")
    #expect(session.labels(.grey) == ["A"])
  }

  // MARK: Errors

  @Test(arguments: [
    ("object A\nuntil A black\n", 2, "the cycle ended before 'A black' was true"),
    ("object A\n\nfinish\n", 3, "no collection cycle is under way; start one first"),
    ("start\nstart\n", 2, "a collection cycle is under way already"),
    ("object A\ncollect\nroot g = A\n", 3, "A was freed at step 4"),
    ("root g = nil\ng.0 = nil\n", 2, "the base is nil, so it has no slots"),
    ("object A\nroot g = A\ng.0 = nil\n", 3, "slot 0 does not exist: the object has no slots"),
    ("resume\n", 1, "no store is half done, so there is nothing to resume"),
    ("object A\nstart\nscan A\n", 3, "only a grey object can be scanned next"),
  ])
  func `a statement that cannot be played is an error with its line`(
    source: String, line: Int, message: String
  ) throws {
    let error = try #require(try playError(source))
    #expect(error.line == line)
    #expect(error.description == message)
  }

  @Test func `the heap limit is an error with its line`() throws {
    let error = try #require(
      try playError("set heap 8KiB\nobject A bytes 4000\nobject B bytes 6000\n"))
    #expect(error.line == 3)
    guard case .machine(.heap) = error.kind else {
      Issue.record("found \(error)")
      return
    }
    #expect(error.description.hasSuffix(" are committed; 'set heap' raises the limit"))
  }

  @Test func `a heap in which a nursery has no room says what raises the limit`() throws {
    let error = try #require(
      try playError("set collector generational\nset heap 16KiB\nobject A\n"))
    guard case .noMemory = error.kind else {
      Issue.record("found \(error)")
      return
    }
    #expect(error.description.hasSuffix(" are committed; 'set heap' raises the limit"))
  }

  @Test func `a typed statement has no line in its error, and changes nothing`() throws {
    var session = try play(badCaseOpening + "finish\n")
    session.seek(to: 9)
    let before = (session.stepCount, session.lines, session.timeline.state.digest)
    do throws(SessionError) {
      try session.inject(.resume)
      Issue.record("nothing was half done")
    } catch {
      #expect(error == SessionError(.machine(.noStoreToResume)))
    }
    #expect(session.stepCount == before.0)
    #expect(session.lines == before.1)
    #expect(session.timeline.state.digest == before.2)
  }

  @Test func `settings cannot be typed`() throws {
    var session = try play("object A\n")
    do throws(SessionError) {
      try session.inject(.set(.barrier, "yuasa"))
      Issue.record("a setting was accepted")
    } catch {
      #expect(error.kind == .settingsAreFixed)
    }
  }

  // MARK: What no real program could do

  private static let conjuring = "object A slots 1\nobject D\nroot g = A\nstart\ng.0 = D\n"

  @Test func `a write that no real program could perform is noted`() throws {
    let session = try play(Self.conjuring)
    #expect(
      session.sentences.last?.hasPrefix("No root reaches D: a real program could not do this.")
        == true)
  }

  @Test func `under strict it is an error with its line`() throws {
    let error = try #require(try playError("set strict on\n" + Self.conjuring))
    #expect(error.line == 6)
    guard case .machine(.unlawful) = error.kind else {
      Issue.record("found \(error)")
      return
    }
  }

  @Test func `a new object may be named until the next cycle begins`() throws {
    #expect(
      try playError("set strict on\nobject A slots 1\nobject D\nA.0 = D\nroot g = A\n") == nil)
  }
}
