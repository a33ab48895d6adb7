import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// What is told of several threads.
struct ThreadStoryTests {
  private static let two = """
    thread T2
    T2: push worker
    push main
    object A slots 2
    root g = A
    T2: local w = g

    """

  @Test func `with several threads it is said who acts`() throws {
    let session = try play(Self.two + "T2: free w\nlocal x = g.0\njoin T2\n")
    #expect(
      session.sentences == [
        "Thread T2 starts, with an empty stack and a cache of its own.",
        "Thread T2 calls worker.",
        "Thread main calls main.",
        "Thread main allocates A; the heap grew by 128KiB for a span of 1 page.",
        "Thread main sets g to A.",
        "Thread T2 sets T2:worker.w to A.",
        "Thread T2 frees A by hand; its cell goes to the thread cache. "
          + "T2:worker.w and g dangle from now on.",
        "Thread main reads A.0 through g, which dangles: a USE AFTER FREE, "
          + "as A was freed by hand by thread T2 at step 7. A's cell is free and holds poison. "
          + "main.x gets nil.",
        "Thread T2 ends: its frames are gone; the cell of its cache goes back to its span.",
      ])
  }

  @Test func `each stack is scanned by name`() throws {
    let session = try play(Self.two + "start\nscan stack T2\nexpect A grey\nscan stack\n")
    #expect(
      session.sentences.suffix(2) == [
        "The collector scans the stack of T2: A turns grey.",
        "The collector scans the stack of main: nothing new.",
      ])
    #expect(Verdict(session).failures == [])
  }

  @Test func `a thread's store may stay half done while another acts`() throws {
    let split = "set barrier go\nset atomicity shade-first\n" + Self.two + "start\nT2: w.0 = A\n"
    var session = try play(split + "local x = g\n")
    #expect(session.timeline.state.machine.pendingStores.map(\.mutator) == [MutatorID(1)])
    #expect(
      session.sentences[7].hasSuffix(
        "The store of thread T2 pauses half done: '*slot = new' is still to come."))
    try session.type("T2: local v = w.0")
    #expect(
      session.sentences.suffix(2) == [
        "The store of thread T2 goes on. Thread T2 writes A into A.0 (was nil).",
        "Thread T2 loads A.0 (A) into T2:worker.v.",
      ])
  }

  @Test func `a thread finishes its store before it is joined`() throws {
    let session = try play(
      "set barrier go\nset atomicity shade-first\n" + Self.two
        + "start\nT2: w.0 = A\njoin T2\nexpect A.0 = A\n")
    #expect(session.timeline.state.machine.pendingStores == [])
    #expect(Verdict(session).failures == [])
  }

  @Test func `an expectation of a thread sees its variables`() throws {
    let session = try play(Self.two + "T2: expect w = A\nT2: expect w = nil\n")
    #expect(Verdict(session).failures.map(\.claim) == ["T2: w = nil"])
    #expect(Verdict(session).failures.map(\.found) == ["w is A"])
  }

  @Test func `a session with threads is written down so that it replays`() throws {
    var session = try play(Self.two)
    for text in ["thread T3", "T3: thread T4", "T2: w.1 = g", "T2: join T3", "join T2"] {
      try session.type(text)
    }
    #expect(
      session.script.text
        == Self.two + "thread T3\nT3: thread T4\nT2: w.1 = g\nT2: join T3\njoin T2\n")
    let again = try play(session.script.text)
    #expect(again.timeline.state.digest == session.timeline.state.digest)
    #expect(again.moments == session.moments)
  }

  @Test func `main need not be named, and is not when it is written down`() throws {
    let script = try Script(parsing: "main: push f\nmain: local x = nil\n", file: "t")
    #expect(script.text == "push f\nlocal x = nil\n")
  }

  @Test func `seeking back over the end of a thread gives it back its frames`() throws {
    var session = try play(Self.two + "join T2\n")
    session.seek(to: session.stepCount - 1)
    #expect(session.timeline.state.machine.roots.stacks[1].isEnded == false)
    #expect(session.timeline.state.place(named: "w", of: MutatorID(1)) != nil)
    #expect(session.fate("A") == .live)
    session.seek(to: session.stepCount)
    #expect(session.timeline.state.machine.roots.stacks[1].isEnded == true)
  }

  @Test func `a thread that an override leaves out is an error told`() throws {
    var session = try play(Self.two)
    #expect(throws: SessionError(.unknownThread("T9"))) {
      try session.inject(.by(thread: "T9", .pop))
    }
    #expect(throws: SessionError(.machine(.threadNameTaken("T2")))) {
      try session.inject(.thread("T2"))
    }
  }
}
