import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// What is told of memory that the program frees by hand.
struct FreeStoryTests {
  private static let freed = """
    object A slots 1
    object B slots 1
    A.0 = B
    push main
    local x = A
    local y = A
    free x

    """

  private func sentence(after source: String) throws -> String? {
    try play(Self.freed + source + "\n").sentences.last
  }

  @Test func `a free by hand says which pointers dangle`() throws {
    #expect(
      try sentence(after: "")
        == "The mutator frees A by hand; its cell goes to the thread cache. "
        + "main.x and main.y dangle from now on.")
  }

  @Test func `a use after free is called one, and names the step of the free`() throws {
    #expect(
      try sentence(after: "local z = y.0")
        == "The mutator reads A.0 through main.y, which dangles: a USE AFTER FREE, "
        + "as A was freed by hand at step 7. A's cell is free and holds poison. main.z gets nil.")
    #expect(
      try sentence(after: "object C slots 1\ny.0 = B")
        == "The mutator writes A.0 through main.y, which dangles: a USE AFTER FREE, "
        + "as A was freed by hand at step 7. C stands in A's cell, and the slot is C.0. "
        + "The mutator writes B into C.0 (was nil).")
  }

  @Test(arguments: ["free y", "free A"])
  func `a double free says who freed the object, and what it would have done`(
    again: String
  ) throws {
    let start = "The mutator frees A, which was freed by hand at step 7: a DOUBLE FREE, refused. "
    #expect(
      try sentence(after: again)
        == start
        + "A real free would have put A's cell on the free list twice, for two objects to get.")
    #expect(
      try sentence(after: "object C slots 1\n" + again)
        == start + "C stands in A's cell now: a real free would have freed C, "
        + "somebody else's object.")
  }

  @Test func `a free of what the sweep has freed names the sweep`() throws {
    let session = try play(
      badCaseOpening + badCaseMove + "finish\nlocal c = a.1\nfree c\n")
    #expect(
      session.sentences.last?.hasPrefix(
        "The mutator frees C, which was freed by the sweep at step ")
        == true)
    #expect(session.moments.last?.marks == .danglingUse)
  }

  @Test func `a released object is not lost, whatever reached it`() throws {
    let session = try play(Self.freed + "collect\nexpect A released\nexpect B collected\n")
    #expect(Verdict(session).failures == [])
    #expect(Verdict(session).lost == [])
    #expect(Verdict(session).isAsExpected)
  }

  @Test func `a free of nil is an error`() throws {
    #expect(
      try playError("root g = nil\nfree g\n")?.description
        == "there is nothing to free: the reference is nil")
  }

  @Test func `frees and counters are written down as they were typed`() throws {
    var session = try play(Self.freed)
    try session.type("free A")
    try session.type("expect double-frees 1")
    #expect(session.script.text == Self.freed + "free A\nexpect double-frees 1\n")
    #expect(Verdict(session).failures == [])
  }
}
