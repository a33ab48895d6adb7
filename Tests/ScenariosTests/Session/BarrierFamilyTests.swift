import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// What is told of retreats, loads, buffers, early flags, copies and messages.
struct BarrierFamilyTests {
  /// A is black; b holds B, grey, and B.0 = C, white.
  private static let opening = """
    object A slots 2
    object B slots 2
    object C slots 2
    B.0 = C
    push main
    local a = A
    local b = B
    local y = nil
    start
    until phase marking
    scan A

    """

  private func last(_ settings: String, _ statements: String) throws -> String {
    try play(settings + Self.opening + statements).sentences.last ?? ""
  }

  @Test func `a barrier that retreats says so`() throws {
    let store = "local y = b.0\na.0 = y\n"
    #expect(
      try last("set barrier steele\n", store)
        == "The mutator writes C into A.0 (was nil). "
        + "The Steele barrier makes A grey again.")
    #expect(
      try last("set barrier boehm-dirty\n", store).hasSuffix(
        "The dirtying Boehm barrier makes A dirty: grey, to be scanned again last."))
    #expect(
      try last("set barrier steele\n", "a.0 = nil\n").hasSuffix(
        "The Steele barrier does nothing: A is not black, or the new value not white."))
  }

  @Test func `the end of a cycle with dirty objects is told`() throws {
    let session = try play(
      "set barrier lua-back\n" + Self.opening + "local y = b.0\na.0 = y\nfinish\n")
    let told = session.sentences.joined(separator: "\n")
    #expect(told.contains("No grey object is left but dirty ones."))
    #expect(told.contains("A, dirty, goes to the worklist."))
  }

  @Test func `a load tells what its barrier does`() throws {
    #expect(
      try last("set barrier baker\n", "local y = b.0\n")
        == "The Baker barrier shades C, the loaded value (line 3): it turns grey. "
        + "The mutator loads B.0 (C) into main.y.")
    #expect(
      try last("set barrier appel\n", "local y = b.0\n")
        == "The Appel barrier scans B: C turns grey; B is black now. "
        + "The mutator loads B.0 (C) into main.y.")
    #expect(
      try last("set barrier baker\n", "local y = a.0\n")
        == "The Baker barrier shades nothing: A is not grey. "
        + "The mutator loads A.0 (nil) into main.y.")
  }

  @Test func `buffers tell what goes in and out`() throws {
    let cut = "b.0 = nil\n"
    #expect(
      try last("set barrier yuasa\nset buffer on\n", cut)
        == "The Yuasa barrier puts C into the barrier buffer, 1 of 4. "
        + "The mutator clears B.0 (was C).")
    let kept = try play(
      "set barrier yuasa\nset buffer on\n" + Self.opening + cut + "finish\n")
    #expect(
      kept.sentences.contains("The collector empties the barrier buffer: C turns grey."))
    let lost = try play(
      "set barrier yuasa\nset buffer late\n" + Self.opening + "local y = b.0\n" + cut
        + "finish\nexpect C lost\n")
    #expect(Verdict(lost).failures == [])
    #expect(
      lost.sentences.contains {
        $0.hasPrefix("No grey object is left. C is still in the barrier buffer, and is forgotten.")
      })
  }

  @Test func `an early flag is told when it is read and when it counts`() throws {
    let session = try play(
      "set barrier yuasa\nset flag-check early\n" + Self.opening + "b.0 = nil\nresume\n")
    #expect(
      session.sentences.suffix(2) == [
        "The mutator asks whether marking is on: it is on. The store pauses half done: "
          + "'if not on: *slot = new, return' is still to come.",
        "The store goes on. The Yuasa barrier shades C, the old value (line 4): it turns grey. "
          + "The mutator clears B.0 (was C).",
      ])
    #expect(session.sentences.contains { $0.contains("Marking was off when it was asked") })
  }

  @Test func `a thread without the barrier is named`() throws {
    #expect(
      try last("set barrier go\nset unguarded main\n", "b.0 = nil\n").hasPrefix(
        "The barrier is skipped: the mutator runs without it. The mutator clears B.0 (was C)."))
  }

  @Test func `copies and messages are told`() throws {
    #expect(
      try last("set barrier go\n", "copy b to a\n")
        == "The mutator copies 2 slots of B to A. "
        + "The Go barrier shades C, the new value (line 2): it turns grey. "
        + "The mutator writes C into A.0 (was nil). The mutator clears A.1 (was nil).")
    #expect(
      try last("set barrier go\nset bulk-copy bare\n", "copy b to a\n").hasPrefix(
        "The mutator copies 2 slots of B to A. The barrier is skipped: the copy is bare."))
    let story = try play(
      "set barrier go\n" + Self.opening + "thread T2\nT2: push w\nsend b to T2 as q\n"
        + "T2: expect q = B\n")
    #expect(Verdict(story).failures == [])
    #expect(
      story.sentences.last
        == "Thread main sends main.b (B) to T2:w.q, on another stack. "
        + "The Go barrier shades nothing: the stack is scanned already.")
  }

  @Test(arguments: Barrier.allCases)
  func `every barrier has a name in sentences and facts that fit the screen`(_ barrier: Barrier) {
    #expect(barrier.nameInSentence.hasSuffix("barrier"))
    #expect(barrier.facts.clauses.allSatisfy { $0.count <= 76 })
    #expect(!barrier.facts.summary.isEmpty)
    #expect(barrier.facts.isMistake == barrier.facts.summary.hasPrefix("a mistake"))
  }
}
